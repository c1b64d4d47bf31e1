"""The panel: each analysis fitted only where it can change what is said."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from backstride.answer import deltas as deltas_module
from backstride.answer import panel as module
from backstride.answer import plain_limits
from backstride.answer import record_limits as limits_module
from backstride.answer import rulings as rulings_module
from backstride.answer.answer import Gate
from backstride.answer.deltas import delta, rows_of
from backstride.answer.design import design
from backstride.answer.doubts.randomisation import MeanDifference
from backstride.answer.effect import Tier
from backstride.answer.kinds import Analysis, Hurdle, Opener, Question, TierLetter, Verdict
from backstride.answer.later_mornings import LaterMornings
from backstride.answer.monte_carlo import Passed, Share
from backstride.answer.panel import Panel
from backstride.answer.rating_moment import RatingClocks
from backstride.answer.rulings import (
    Said,
    _unless_faded,
    _with_a_true_reason,
    bears_season,
    caused,
    rulings,
    unless_lasting_cause,
    unless_past_pain_decides,
)
from backstride.answer.run_lengths import OppositeLengths
from backstride.answer.settling import Health
from backstride.answer.verdict import Event, Ruling, Rulings
from backstride.report.open_words import why_open

OPEN_GATE = Gate(0.3, 0.5, 1.5, is_open=True)
TIERS = dict.fromkeys(Question, Tier(TierLetter.MORNING_FIRST, 0.9, 1.0, 0.0, 0.0, None, 0))


@pytest.fixture
def panel(series, monkeypatch) -> Panel:
    """Of one person, with few draws at each step."""
    monkeypatch.setattr(module, "DRAWS", (150, 300))
    return Panel(design(series), seed=2, worthwhile=1.0)


def test_nothing_is_fitted_before_it_is_asked_for(panel):
    """One row at a time, and each but once."""
    assert panel.rows == ()
    first = panel.row(Analysis.MAIN)
    assert panel.row(Analysis.MAIN) is first
    assert [row.analysis for row in panel.rows] == [Analysis.MAIN]


def test_a_threshold_within_its_error_takes_more_draws(panel, monkeypatch):
    """It is sampled on to the last number of draws, and nothing is said where it stays on the line."""
    monkeypatch.setattr(module, "settled", lambda _health: True)
    monkeypatch.setattr(module, "share", lambda _event, _draws: Share(0.9, 0.1))
    said = rulings(panel, TIERS, OPEN_GATE)[Question.WEEK]
    assert said.reason.hurdle is Hurdle.THRESHOLD
    assert {row.posterior.settings.draws for row in panel.rows} == {300}


def test_a_clear_threshold_takes_no_more_draws(panel, monkeypatch):
    """Passed or missed at once, and no other row is fitted."""
    monkeypatch.setattr(module, "settled", lambda _health: True)
    monkeypatch.setattr(module, "share", lambda _event, _draws: Share(0.3, 0.01))
    said = rulings(panel, TIERS, OPEN_GATE)
    assert {s.reason.hurdle for s in said.values()} == {Hurdle.BOTH_WAYS}
    assert [(row.analysis, row.posterior.settings.draws) for row in panel.rows] == [(Analysis.MAIN, 150)]


@pytest.mark.parametrize(("hours", "known"), [(None, {}), (10.5, {"hours_to_run": 10.5})])
def test_looking_back_names_the_hours_where_they_are_known(panel, hours, known):
    """Where nobody knows which came first nothing is fitted, and the reason holds what the record tells, no more."""
    tiers = dict.fromkeys(Question, Tier(TierLetter.LOOKING_BACK, 0.2, hours, 0.0, 0.0, None, 0))
    said = rulings(panel, tiers, OPEN_GATE)
    assert {s.reason.hurdle for s in said.values()} == {Hurdle.NO_ORDER}
    assert [dict(s.reason.numbers) for s in said.values()] == [{"rated_before_run": 0.2, **known}] * 2
    assert panel.rows == ()


def test_what_never_settles_is_open(panel, monkeypatch):
    """However clear the threshold looks: chains that disagree pass nothing."""
    monkeypatch.setattr(module, "settled", lambda _health: False)
    monkeypatch.setattr(module, "nearly_settled", lambda _health: False)
    assert panel.passes(Analysis.MAIN, Question.WEEK, Event.NEGLIGIBLE) is Passed.OPEN


@pytest.mark.parametrize(
    ("health", "passed"), [(Health(1.03, 300.0, 300.0), True), (Health(1.06, 300.0, 300.0), False)]
)
def test_a_main_row_that_is_near_is_asked_chain_by_chain(panel, monkeypatch, health, passed):
    """A clear effect is not lost to a few draws too many in a row; chains that lie apart pass nothing."""
    monkeypatch.setattr(module, "settled", lambda _health: False)
    panel.more(Analysis.MAIN)
    row = panel.row(Analysis.MAIN)
    panel._rows[Analysis.MAIN] = row._replace(health=dict.fromkeys(Question, health))
    monkeypatch.setattr(module, "share", lambda _event, _draws: Share(0.99, 0.001))
    assert (panel.passes(Analysis.MAIN, Question.WEEK, Event.NEGLIGIBLE) is Passed.YES) is passed


def test_chains_that_agree_on_a_threshold_alone_pass_it(panel, monkeypatch):
    """Of the other rows, once no more may be drawn: each chain by itself lies on the same side, or it is open."""
    monkeypatch.setattr(module, "settled", lambda _health: False)
    monkeypatch.setattr(module, "nearly_settled", lambda _health: False)
    row = panel.row(Analysis.DATA_ALONE)
    week, chains = Question.WEEK, row.totals[Question.WEEK].shape[0]
    monkeypatch.setattr(module, "threshold", lambda _analysis, _event: 0.5)
    for shares, passed in (((0.9, 0.8), Passed.YES), ((0.9, 0.4), Passed.OPEN), ((0.1, 0.2), Passed.NO)):
        left = iter([Share(shares[i % 2], 0.01) for i in range(chains)])
        monkeypatch.setattr(module, "share", lambda _event, _draws, left=left: next(left))
        assert panel.passes(Analysis.DATA_ALONE, week, Event.NEGLIGIBLE) is Passed.OPEN
        panel.more(Analysis.DATA_ALONE)
        assert panel.passes(Analysis.DATA_ALONE, week, Event.NEGLIGIBLE) is passed
        panel._rows[Analysis.DATA_ALONE] = row


@pytest.mark.parametrize(
    ("error", "passed"), [(0.013, Passed.YES), (0.02, Passed.OPEN)], ids=["over three errors", "two errors"]
)
def test_slow_chains_are_judged_together_by_three_errors(panel, monkeypatch, error, passed):
    """Chains near to settling that part on a threshold: their common probability decides, if it is clear enough."""
    monkeypatch.setattr(module, "settled", lambda _health: False)
    monkeypatch.setattr(module, "nearly_settled", lambda _health: True)
    monkeypatch.setattr(module, "threshold", lambda _analysis, _event: 0.9)
    panel.more(Analysis.MAIN)
    chains = panel.row(Analysis.MAIN).totals[Question.WEEK].shape[0]
    # all draws together first, then each chain by itself, of which one says no
    shares = iter([Share(0.94, error), Share(0.8, 0.01), *[Share(0.99, 0.01)] * (chains - 1)])
    monkeypatch.setattr(module, "share", lambda _event, _draws: next(shares))
    assert panel.passes(Analysis.MAIN, Question.WEEK, Event.NEGLIGIBLE) is passed


def test_an_open_threshold_of_an_unsettled_row_is_told_as_that(panel, monkeypatch):
    """Not as lying on the line between two verdicts."""
    monkeypatch.setattr(rulings_module, "nearly_settled", lambda _health: False)
    monkeypatch.setattr(module, "nearly_settled", lambda _health: False)
    monkeypatch.setattr(
        module.Row, "is_settled", lambda row, _question: row.analysis is not Analysis.DATA_ALONE
    )
    monkeypatch.setattr(
        module,
        "happens",
        lambda event, draws, _w: draws < np.inf if event is Event.NEGLIGIBLE else draws > np.inf,
    )
    monkeypatch.setattr(
        module, "share", lambda event, _draws: Share(float(event.mean()), 0.3 if event.shape[0] == 1 else 0.0)
    )
    said = rulings(panel, TIERS, OPEN_GATE)[Question.WEEK]
    assert (said.reason.hurdle, said.reason.analysis) == (Hurdle.SAMPLER, Analysis.DATA_ALONE)
    assert "rhat" in said.reason.numbers


@pytest.mark.parametrize(("share_of_runs", "open_"), [(1.0, False), (0.5, True)])
def test_medicine_that_goes_with_every_run_leaves_nothing_to_say(panel, monkeypatch, share_of_runs, open_):
    """Told on the morning after each run and after no rest; after every second run it is no such thing."""
    series = panel.design.series
    ran = np.nan_to_num(series.dose) > 0.0
    taken = ran & (np.cumsum(ran) % round(1.0 / share_of_runs) == 0)
    medicine = np.concatenate([[0.0], taken[:-1].astype(float)])
    monkeypatch.setattr(panel, "design", replace(panel.design, series=replace(series, medicine=medicine)))
    said = rulings(panel, TIERS, OPEN_GATE)
    told = {s.reason is not None and s.reason.hurdle is Hurdle.WITH_MEDICINE for s in said.values()}
    assert told == {not open_}


def test_nearly_flat_priors_leave_the_data_alone(panel, monkeypatch):
    """The season is no surer than in the main analysis, by draws enough to tell two spreads apart."""
    monkeypatch.setattr(module, "DRAWS", (2000,))
    sd = {a: panel.row(a).totals[Question.SEASON].std() for a in (Analysis.MAIN, Analysis.DATA_ALONE)}
    assert sd[Analysis.DATA_ALONE] > sd[Analysis.MAIN]


def test_a_delta_is_worked_out_for_new_draws_alone(panel, monkeypatch):
    """Those of the first draws are kept, and all together are as if they had been asked for at once."""
    asked = []

    def counted(question, rows, dose):
        asked.append(len(rows.rows))
        return delta(question, rows, dose)

    monkeypatch.setattr(deltas_module, "delta", counted)
    panel.row(Analysis.MAIN)
    panel.more(Analysis.MAIN)
    row = panel.row(Analysis.MAIN)
    assert asked == [4 * 150] * 4
    for question, found in row.contrasts.items():
        rows = rows_of(question, row.posterior, panel.design)
        assert np.array_equal(found.parts, delta(question, rows, panel.design.usual_dose).parts)
        assert np.allclose(row.totals[question].ravel(), found.parts.sum(axis=1))


@pytest.mark.parametrize(
    ("own", "named"),
    [
        (MeanDifference(-0.8, 0.03, weeks=True, least=0.001), True),
        (MeanDifference(-0.2, 0.62, weeks=True, least=0.001), False),
        (MeanDifference(0.8, 0.03, weeks=True, least=0.001), False),
        (MeanDifference(-0.8, 0.33, weeks=True, least=0.33), True),
        (None, False),
    ],
)
def test_chance_is_named_where_the_draw_itself_shows_the_side(panel, monkeypatch, own, named):
    """A gap that every other draw gives as wide carries no claim, nor does one that points the other way."""
    monkeypatch.setattr(rulings_module, "mean_difference", lambda _series, **_seed: own)
    drawn = replace(TIERS[Question.WEEK], letter=TierLetter.RANDOMISED)
    assert caused(Verdict.HELPS, Question.WEEK, drawn, panel, seed=1) is named


@pytest.mark.parametrize(("least", "named"), [(0.143, False), (0.01, True)])
def test_one_round_of_blocks_never_names_chance(panel, monkeypatch, least, named):
    """Luck alone makes its widest gap in 2 of 14 draws; two rounds can rule that out."""
    own = MeanDifference(-1.0, least, weeks=True, least=least)
    monkeypatch.setattr(rulings_module, "slow_difference", lambda _series, **_seed: own)
    drawn = replace(TIERS[Question.SEASON], letter=TierLetter.RANDOMISED)
    assert caused(Verdict.HELPS, Question.SEASON, drawn, panel, seed=1) is named


@pytest.mark.parametrize(
    ("letter", "p", "stands"),
    [
        (TierLetter.MORNING_FIRST, 0.0005, False),
        (TierLetter.MORNING_FIRST, 0.02, True),
        (TierLetter.MORNING_FIRST, None, True),
        (TierLetter.RANDOMISED, 0.0005, True),
    ],
)
def test_no_side_is_claimed_where_past_pain_decides_who_runs(letter, p, stands):
    """Of days that the person chose: the choosing may be all that is found."""
    said = Said(Verdict.HARMS, too_small=False, reason=None)
    tier = replace(TIERS[Question.SEASON], letter=letter)
    found = unless_past_pain_decides(said, Question.SEASON, tier, p)
    assert (found == said) is stands
    assert stands or found.reason.hurdle is Hurdle.PAST_PAIN


def test_short_and_long_runs_that_part_have_no_one_answer(panel, monkeypatch):
    """Of neither question: one effect a minute would be that of neither length. Nothing is fitted for it."""
    parted = OppositeLengths(60.0, -1.2, 1.9)
    monkeypatch.setattr(limits_module, "opposite_lengths", lambda _series: parted)
    said = rulings(panel, TIERS, OPEN_GATE)
    assert {s.reason.hurdle for s in said.values()} == {Hurdle.RUN_LENGTHS}
    assert said[Question.WEEK].reason.numbers == parted._asdict()
    assert panel.rows == ()


def test_ratings_at_two_clocks_have_no_answer(panel, monkeypatch):
    """Of neither question: two times of day would be compared. Nothing is fitted for it."""
    clocks = RatingClocks(5.75, 8.5)
    monkeypatch.setattr(limits_module, "rated_by_another_clock", lambda _series: clocks)
    said = rulings(panel, TIERS, OPEN_GATE)
    assert {s.reason.hurdle for s in said.values()} == {Hurdle.RATING_MOMENT}
    assert said[Question.SEASON].reason.numbers == clocks._asdict()
    assert panel.rows == ()


def test_ratings_from_memory_have_no_answer_even_on_drawn_days(panel, monkeypatch):
    """Chance decides the days, but the mornings after them are not those that were rated."""
    monkeypatch.setattr(limits_module, "share_from_memory", lambda _series: 0.5)
    tiers = {q: replace(tier, letter=TierLetter.RANDOMISED) for q, tier in TIERS.items()}
    said = rulings(panel, tiers, OPEN_GATE)
    assert {s.reason.hurdle for s in said.values()} == {Hurdle.FROM_MEMORY}
    assert said[Question.WEEK].reason.opened_by == (Opener.RATING_ON_THE_DAY,)


@pytest.mark.parametrize(
    ("letter", "asked"), [(TierLetter.RANDOMISED, True), (TierLetter.MORNING_FIRST, False)]
)
def test_a_gap_before_drawn_runs_stops_drawn_days_alone(panel, monkeypatch, letter, asked):
    """Of days that the person chose, pain before a run is one reason of the choice."""
    monkeypatch.setattr(limits_module, "gap_before_drawn_runs", lambda _series: -1.2)
    tiers = {q: replace(tier, letter=letter) for q, tier in TIERS.items()}
    week = rulings(panel, tiers, OPEN_GATE)[Question.WEEK]
    assert (week.reason is not None and week.reason.hurdle is Hurdle.RATING_MOMENT) is asked


@pytest.mark.parametrize("one", [True, False])
def test_to_rate_at_one_moment_is_no_advice_to_who_does(panel, monkeypatch, one):
    """Where the times agree the gap may be luck, and more days count."""
    monkeypatch.setattr(limits_module, "gap_before_drawn_runs", lambda _series: 0.5)
    monkeypatch.setattr(limits_module, "rated_by_one_clock", lambda _series: one)
    tiers = {q: replace(tier, letter=TierLetter.RANDOMISED) for q, tier in TIERS.items()}
    reason = rulings(panel, tiers, OPEN_GATE)[Question.WEEK].reason
    assert reason.opened_by == ((Opener.DAYS,) if one else (Opener.SAME_MOMENT,))
    assert ("this may be luck" in why_open(reason)) is one


@pytest.mark.parametrize(
    ("verdict", "mornings", "stands"),
    [
        (Verdict.HELPS, LaterMornings(-1.0, -0.3, 0.4), True),
        (Verdict.HELPS, LaterMornings(-1.0, 0.7, 0.4), False),
        (Verdict.HARMS, LaterMornings(-1.0, -0.3, 0.4), False),
        (Verdict.NO_DIFFERENCE, LaterMornings(0.2, 0.9, 0.4), True),
        (Verdict.NO_DIFFERENCE, LaterMornings(0.0, 2.5, 0.6), False),
        (Verdict.NO_DIFFERENCE, LaterMornings(0.0, 2.5, 2.0), True),
        (Verdict.NO_DIFFERENCE, LaterMornings(-2.0, -0.5, 0.6), False),
        (Verdict.HELPS, None, True),
    ],
)
def test_three_mornings_must_bear_out_what_is_said_of_the_week(panel, monkeypatch, verdict, mornings, stands):
    """A side that they do not show clearly is not said, nor is 'no difference' where they show one that matters."""
    monkeypatch.setattr(plain_limits, "later_mornings", lambda _series, **_kw: mornings)
    monkeypatch.setattr(rulings_module, "_unless_faded", lambda *_given: Ruling(verdict))
    said = rulings(panel, TIERS, OPEN_GATE)
    assert (said[Question.WEEK].verdict is verdict) is stands
    assert said[Question.SEASON].verdict is verdict
    assert stands or said[Question.WEEK].reason.hurdle is Hurdle.LATER_MORNINGS


@pytest.mark.parametrize(("lately", "stands"), [(-1.0, True), (-0.55, True), (-0.2, False), (0.1, False)])
def test_an_effect_that_faded_is_not_said(panel, monkeypatch, lately, stands):
    """The whole diary shows 1 point less; a latest half that is sure of under half of that takes it back."""
    draws = {Analysis.MAIN: np.full((4, 100), -1.0), Analysis.LATEST_HALF: np.full((4, 100), lately)}
    noise = 0.1 * np.random.default_rng(1).standard_normal((4, 100))

    class Two:
        latest_half = panel.design

        def row(self, analysis):
            return SimpleNamespace(totals={Question.WEEK: draws[analysis] + noise})

    found = _unless_faded(Ruling(Verdict.HELPS), Question.WEEK, Two())
    assert (found.verdict is Verdict.HELPS) is stands
    assert stands or (found.hurdle, found.analysis) == (Hurdle.DISAGREE, Analysis.LATEST_HALF)


@pytest.mark.parametrize(
    ("blocks", "weeks", "draw"),
    [(12, 48.0, Opener.KEEP_TO_DRAW), (3, 48.0, Opener.BLOCKS), (0, 0.0, Opener.BLOCKS)],
)
def test_who_had_chance_draw_long_enough_is_told_to_keep_to_it(panel, blocks, weeks, draw):
    """Not to draw the blocks that they drew already."""
    tier = Tier(TierLetter.MORNING_FIRST, 0.9, 1.0, weeks, weeks, 0.5, blocks)
    said = {Question.WEEK: NOT_SAID, Question.SEASON: Said(Verdict.HARMS, too_small=False, reason=None)}
    found = unless_lasting_cause(said, tier, panel, seed=1)[Question.SEASON]
    assert found.reason.opened_by == (draw,)


def near_week(panel, beyond=0.0):
    """A panel whose season lies so many points beyond its week."""
    week = np.random.default_rng(1).normal(-1.0, 0.2, (4, 100))
    totals = {Question.WEEK: week, Question.SEASON: week - beyond}
    return SimpleNamespace(
        design=panel.design, worthwhile=1.0, row=lambda _main: SimpleNamespace(totals=totals)
    )


@pytest.mark.parametrize(("beyond", "stands"), [(0.0, True), (0.9, True), (1.1, False)])
def test_a_season_of_own_days_goes_no_further_than_its_week(panel, beyond, stands):
    """What lies more than a worthwhile change beyond the week rests on months alone, and has no side."""
    said = {Question.WEEK: HELPS, Question.SEASON: HELPS}
    found = unless_lasting_cause(said, TIERS[Question.SEASON], near_week(panel, beyond), seed=1)
    assert (found[Question.SEASON] == HELPS) is stands


NOT_SAID = Said(Verdict.CANNOT_TELL, too_small=False, reason=None)
HELPS = Said(Verdict.HELPS, too_small=False, reason=None)


@pytest.mark.parametrize(
    ("week", "stands"),
    [
        (HELPS, True),
        (Said(Verdict.HELPS_A_LITTLE, too_small=False, reason=None), True),
        (Said(Verdict.HELPS_A_LITTLE, too_small=True, reason=None), False),
        (Said(Verdict.HARMS, too_small=False, reason=None), False),
        (Said(Verdict.NO_DIFFERENCE, too_small=False, reason=None), False),
        (NOT_SAID, False),
    ],
)
def test_a_season_of_own_days_has_a_side_only_where_the_days_show_it(panel, week, stands):
    """What lasts for weeks moves running and pain together; it hardly moves what a run does to the next mornings."""
    said = {Question.WEEK: week, Question.SEASON: HELPS}
    found = unless_lasting_cause(said, TIERS[Question.SEASON], near_week(panel), seed=1)
    assert found[Question.WEEK] == week
    assert (found[Question.SEASON] == HELPS) is stands
    assert stands or found[Question.SEASON].reason.hurdle is Hurdle.LASTING_CAUSE


@pytest.mark.parametrize(
    ("blocks", "own", "stands"),
    [
        (6, MeanDifference(-1.8, 0.01, weeks=True, least=0.001), True),
        (5, MeanDifference(-1.8, 0.01, weeks=True, least=0.001), False),
        (6, MeanDifference(-1.8, 0.2, weeks=True, least=0.001), False),
        (6, MeanDifference(1.8, 0.01, weeks=True, least=0.001), False),
        (6, None, False),
    ],
)
def test_drawn_blocks_bear_a_season_by_their_own_gap(panel, monkeypatch, blocks, own, stands):
    """Blocks that were not kept well enough for tier A still are an experiment, where their gap is rare."""
    monkeypatch.setattr(rulings_module, "slow_difference", lambda _series, **_seed: own)
    tier = replace(TIERS[Question.SEASON], blocks=blocks)
    assert bears_season(NOT_SAID, -1, tier, panel.design.series, seed=1) is stands


def test_a_randomised_season_needs_nothing_of_the_week(panel):
    """Chance drew the blocks, and they were kept."""
    tier = replace(TIERS[Question.SEASON], letter=TierLetter.RANDOMISED)
    assert bears_season(NOT_SAID, -1, tier, panel.design.series, seed=1)


@pytest.mark.parametrize(("width", "named"), [(0.3, Hurdle.DISAGREE), (2.0, Hurdle.PRIOR_ALONE)])
def test_a_reason_that_the_draws_deny_is_not_given(panel, monkeypatch, width, named):
    """'The records alone leave room' is no reason where all of their draws are under the change that matters."""
    alone = np.random.default_rng(2).normal(0.0, width, (4, 500))
    monkeypatch.setattr(panel, "row", lambda _analysis: SimpleNamespace(totals={Question.WEEK: alone}))
    room = Ruling(
        Verdict.CANNOT_TELL, hurdle=Hurdle.PRIOR_ALONE, analysis=Analysis.DATA_ALONE, event=Event.NEGLIGIBLE
    )
    later = Ruling(Verdict.CANNOT_TELL, hurdle=Hurdle.DISAGREE, analysis=Analysis.LATEST_HALF)
    found = _with_a_true_reason(Rulings((later, room), ()), Question.WEEK, panel)
    assert found.hurdle is named


def test_felt_pain_is_drawn_once_for_all_that_reads_it(panel, monkeypatch):
    """The placebo test of a claim and three checks read the same draws, however far the row was sampled on."""
    asked = []
    monkeypatch.setattr(
        module, "sample_paths", lambda posterior, _: asked.append(posterior.settings.draws) or asked
    )
    first = panel.paths
    panel.more(Analysis.MAIN)
    assert panel.paths is first
    assert len(asked) == 1
