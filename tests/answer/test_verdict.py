"""The verdict rule, row by row as the contract has it."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.answer.kinds import Analysis, Hurdle, Question, Verdict
from backstride.answer.monte_carlo import Passed
from backstride.answer.verdict import (
    Event,
    chances,
    direction,
    happens,
    rule,
    rulings_of,
    threshold,
    verdict_of_one,
)

MIRROR = {
    Verdict.HELPS: Verdict.HARMS, Verdict.HELPS_A_LITTLE: Verdict.HARMS_A_LITTLE,
    Verdict.HARMS: Verdict.HELPS, Verdict.HARMS_A_LITTLE: Verdict.HELPS_A_LITTLE,
}  # fmt: skip
MIRROR_EVENT = dict(zip(Event, reversed(Event), strict=True))
MAIN, FLAT, FREER, DRAWN = Analysis.MAIN, Analysis.DATA_ALONE, Analysis.FREER, Analysis.AS_DRAWN
LATEST = Analysis.LATEST_HALF
SURE, WORTH, SMALL = (MAIN, Event.CLEARLY_LESS), (MAIN, Event.WORTHWHILE_LESS), (MAIN, Event.NEGLIGIBLE)
SMALL_FLAT = (FLAT, Event.NEGLIGIBLE)
BY_ITSELF, AS_DRAWN = (FREER, Event.CLEARLY_LESS), (DRAWN, Event.LESS)
WEEK, SEASON = Question.WEEK, Question.SEASON

ROWS = [
    # question, drawn, thresholds passed, verdict, too small, hurdle, row that stopped it
    (WEEK, False, {SURE, WORTH}, Verdict.HELPS, False, None, None),
    (WEEK, False, {SURE}, Verdict.HELPS_A_LITTLE, False, None, None),
    (WEEK, False, {SURE, SMALL}, Verdict.HELPS_A_LITTLE, False, None, None),
    (WEEK, False, {SURE, SMALL, SMALL_FLAT}, Verdict.HELPS_A_LITTLE, True, None, None),
    (WEEK, True, {SURE, WORTH}, Verdict.CANNOT_TELL, False, Hurdle.DISAGREE, DRAWN),
    (WEEK, True, {SURE, WORTH, AS_DRAWN}, Verdict.HELPS, False, None, None),
    (SEASON, False, {SURE, WORTH}, Verdict.CANNOT_TELL, False, Hurdle.DISAGREE, FREER),
    (SEASON, False, {SURE, WORTH, BY_ITSELF}, Verdict.HELPS, False, None, None),
    (SEASON, True, {SURE, WORTH, BY_ITSELF}, Verdict.CANNOT_TELL, False, Hurdle.DISAGREE, DRAWN),
    (SEASON, True, {SURE, BY_ITSELF, AS_DRAWN}, Verdict.HELPS_A_LITTLE, False, None, None),
    # never 'no difference' where main is sure of a side and a row stopped it
    (SEASON, False, {SURE, SMALL, SMALL_FLAT}, Verdict.CANNOT_TELL, False, Hurdle.DISAGREE, FREER),
    (WEEK, True, {SURE, SMALL, SMALL_FLAT}, Verdict.CANNOT_TELL, False, Hurdle.DISAGREE, DRAWN),
    (WEEK, False, {SMALL, SMALL_FLAT}, Verdict.NO_DIFFERENCE, False, None, None),
    (SEASON, True, {SMALL, SMALL_FLAT}, Verdict.NO_DIFFERENCE, False, None, None),
    (WEEK, False, {SMALL}, Verdict.CANNOT_TELL, False, Hurdle.PRIOR_ALONE, FLAT),
    (SEASON, False, {WORTH, SMALL_FLAT, BY_ITSELF, AS_DRAWN}, Verdict.CANNOT_TELL, False, Hurdle.BOTH_WAYS, None),
]  # fmt: skip


@pytest.mark.parametrize(("question", "drawn", "passed", "said", "small", "hurdle", "row"), ROWS)
def test_the_rule_of_the_contract(question, drawn, passed, said, small, hurdle, row):
    """Each row of the table, and what stopped it."""
    found = rule(lambda a, e: (a, e) in passed, question=question, is_drawn=drawn)
    assert (found.verdict, found.too_small, found.hurdle, found.analysis) == (said, small, hurdle, row)


@pytest.mark.parametrize(("question", "drawn", "passed", "said", "small", "hurdle", "row"), ROWS)
def test_harm_is_the_mirror_image(question, drawn, passed, said, small, hurdle, row):
    """The same thresholds on the other side of 0."""
    turned = {(a, MIRROR_EVENT[e]) for a, e in passed}
    found = rule(lambda a, e: (a, e) in turned, question=question, is_drawn=drawn)
    assert (found.verdict, found.too_small) == (MIRROR.get(said, said), small)
    assert (found.hurdle, found.analysis) == (hurdle, row)


def test_the_thresholds_are_those_of_the_contract():
    """0.95 in main, 0.90 elsewhere for a side; 0.9 for what is negligible; as likely as not for its size."""
    assert threshold(MAIN, Event.CLEARLY_LESS) == 0.95
    assert threshold(FREER, Event.CLEARLY_MORE) == threshold(DRAWN, Event.MORE) == 0.90
    assert threshold(MAIN, Event.NEGLIGIBLE) == threshold(FLAT, Event.NEGLIGIBLE) == 0.90
    assert threshold(MAIN, Event.WORTHWHILE_MORE) == threshold(LATEST, Event.NEGLIGIBLE) == 0.5
    assert threshold(LATEST, Event.LESS) == 0.3
    assert threshold(LATEST, Event.CLEARLY_MORE) == 0.95


def test_a_row_is_asked_only_where_it_can_change_what_is_said():
    """A question with nothing to claim takes the main analysis alone."""
    asked = []
    rule(lambda *what: bool(asked.append(what[0])), question=SEASON, is_drawn=True)
    assert set(asked) == {MAIN}


@pytest.mark.parametrize(
    ("passed", "said", "hurdle"),
    [
        ({SURE, WORTH}, Verdict.CANNOT_TELL, Hurdle.DISAGREE),
        ({SURE, WORTH, (LATEST, Event.LESS)}, Verdict.HELPS, None),
        ({SMALL, SMALL_FLAT}, Verdict.CANNOT_TELL, Hurdle.DISAGREE),
        ({SMALL, SMALL_FLAT, (LATEST, Event.NEGLIGIBLE)}, Verdict.NO_DIFFERENCE, None),
        (
            {SMALL, SMALL_FLAT, (LATEST, Event.NEGLIGIBLE), (LATEST, Event.CLEARLY_MORE)},
            Verdict.CANNOT_TELL,
            Hurdle.DISAGREE,
        ),
    ],
)
def test_the_latest_half_may_not_contradict_what_is_said(passed, said, hurdle):
    """An effect that has turned is not told as one effect, nor as no difference."""
    found = rule(lambda a, e: (a, e) in passed, question=WEEK, is_drawn=False, has_halves=True)
    assert (found.verdict, found.hurdle) == (said, hurdle)
    assert found.analysis == (LATEST if hurdle else None)


@pytest.mark.parametrize(("passed", "small"), [(set(), False), ({(LATEST, Event.NEGLIGIBLE)}, True)])
def test_a_little_is_too_small_only_if_it_still_is(passed, small):
    """An effect that began in the later half is not too small to matter by the mean of both halves."""
    held = {SURE, SMALL, SMALL_FLAT, (LATEST, Event.LESS)} | passed
    found = rule(lambda a, e: (a, e) in held, question=WEEK, is_drawn=False, has_halves=True)
    assert (found.verdict, found.too_small) == (Verdict.HELPS_A_LITTLE, small)


@pytest.mark.parametrize(
    ("yes", "still_open", "said", "hurdle"),
    [
        ({SURE}, {WORTH}, Verdict.HELPS_A_LITTLE, None),
        ({WORTH}, {SURE}, Verdict.CANNOT_TELL, Hurdle.THRESHOLD),
        ({SMALL}, {SMALL_FLAT}, Verdict.CANNOT_TELL, Hurdle.THRESHOLD),
        ({SURE, SMALL}, {SMALL_FLAT}, Verdict.HELPS_A_LITTLE, None),
        (set(), {WORTH, SMALL_FLAT}, Verdict.CANNOT_TELL, Hurdle.BOTH_WAYS),
        ({SMALL, SMALL_FLAT}, {SURE}, Verdict.CANNOT_TELL, Hurdle.THRESHOLD),
    ],
)
def test_nothing_is_said_that_hangs_on_an_open_threshold(yes, still_open, said, hurdle):
    """A side that stands either way is told in its weaker form; else the threshold itself is the reason."""

    def asks(analysis, event):
        if (analysis, event) in still_open:
            return Passed.OPEN
        return Passed.YES if (analysis, event) in yes else Passed.NO

    found = rulings_of(asks, question=WEEK, is_drawn=False).final
    assert (found.verdict, found.too_small, found.hurdle) == (said, False, hurdle)


@pytest.mark.parametrize(
    ("yes", "still_open"),
    [
        # the latest half not settled: small enough, and on no side for sure, are both open
        ({SMALL, SMALL_FLAT}, {(LATEST, Event.NEGLIGIBLE), (LATEST, Event.CLEARLY_MORE)}),
        # main near a side that the natural course would stop, and near what is negligible
        ({SMALL_FLAT, (LATEST, Event.NEGLIGIBLE)}, {SURE, SMALL}),
    ],
)
def test_both_ends_alike_are_no_agreement(yes, still_open):
    """Some way for the open thresholds to fall gives a verdict, though all passed and all missed give none."""

    def asks(analysis, event):
        if (analysis, event) in still_open:
            return Passed.OPEN
        return Passed.YES if (analysis, event) in yes else Passed.NO

    found = rulings_of(asks, question=SEASON, is_drawn=False, has_halves=True)
    ends = (found.possible[0].verdict, found.possible[-1].verdict)
    assert ends == (Verdict.CANNOT_TELL, Verdict.CANNOT_TELL)
    assert not found.agree
    assert found.final.hurdle is Hurdle.THRESHOLD


def test_every_combination_is_tried_once():
    """Against trying all of them by brute force, for random rules of the record."""
    rng = np.random.default_rng(4)
    asked = [(a, e) for a in (MAIN, FLAT, FREER, DRAWN, LATEST) for e in Event]
    for _ in range(60):
        fixed = {one: rng.choice([Passed.YES, Passed.NO]) for one in asked}
        still_open = [asked[i] for i in rng.choice(len(asked), 6, replace=False)]
        fixed |= dict.fromkeys(still_open, Passed.OPEN)
        found = rulings_of(lambda *one, f=fixed: f[one], question=SEASON, is_drawn=True, has_halves=True)
        brute = set()
        for way in product((True, False), repeat=len(still_open)):
            taken = dict(zip(still_open, way, strict=True))
            ruling = rule(
                lambda *one, f=fixed, t=taken: t.get(one, f[one] is Passed.YES),
                question=SEASON,
                is_drawn=True,
                has_halves=True,
            )
            brute.add((ruling.verdict, ruling.too_small, ruling.hurdle, ruling.analysis))
        assert {(r.verdict, r.too_small, r.hurdle, r.analysis) for r in found.possible} == brute


def test_an_open_threshold_that_changes_nothing_takes_no_more_draws():
    """Whether main finds it negligible is open, but the data alone do not, so it cannot be said either way."""
    opened = {SMALL: Passed.OPEN, SMALL_FLAT: Passed.NO}
    found = rulings_of(lambda a, e: opened.get((a, e), Passed.NO), question=WEEK, is_drawn=False)
    assert found.agree
    assert found.still_open == (SMALL,)


@given(st.floats(-3, 3), st.floats(0.05, 2))
def test_one_posterior_says_the_same_in_the_mirror(mean, sd):
    """Turning the sign of Delta turns the verdict."""
    delta = mean + sd * np.linspace(-3, 3, 401)
    w = np.full(401, 1 / 401)
    said, turned = (verdict_of_one(chances(x, w, 1.0))[0] for x in (delta, -delta))
    assert MIRROR.get(said, said) == turned


def test_a_spike_beside_nought_is_no_side():
    """Nineteen draws of twenty a millionth below 0 say nothing of less pain."""
    delta = np.full(1000, -1e-6)
    delta[:50] = 0.5
    said, _ = verdict_of_one(chances(delta, np.full(1000, 1e-3), 1.0))
    assert said is Verdict.NO_DIFFERENCE


def test_chances_are_sums_of_weights():
    """By hand: less, clearly less, worthwhile less, negligible, and the mirror images."""
    c = chances(np.array([-2.0, -0.05, 0.5, 3.0]), np.array([0.1, 0.2, 0.3, 0.4]), 1.0)
    assert np.allclose(c, (0.3, 0.1, 0.1, 0.5, 0.4, 0.7, 0.7))


def test_the_edges_of_the_events():
    """0.1 is on no side, the smallest worthwhile change is worthwhile."""
    edge = np.array([-1.0, -0.1, 0.1, 1.0])
    assert happens(Event.CLEARLY_LESS, edge, 1.0).tolist() == [True, False, False, False]
    assert happens(Event.WORTHWHILE_MORE, edge, 1.0).tolist() == [False, False, False, True]
    assert happens(Event.NEGLIGIBLE, edge, 1.0).tolist() == [False, True, True, False]


@pytest.mark.parametrize("said", list(Verdict))
def test_a_side_is_one_of_two(said):
    """'Helps' in any form points down, 'harms' up, and nothing else points anywhere."""
    assert direction(said) == (said.value.startswith("harms") - said.value.startswith("helps"))
