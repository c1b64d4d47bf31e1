"""How many more days."""

from statistics import NormalDist

import numpy as np
import pytest

from backstride.answer.answer import Question, TierLetter, Verdict
from backstride.answer.days_needed import (
    _first_likely,
    days_needed,
    share_left,
    verdict_chance,
    widest_negligible,
)
from backstride.answer.verdict import NEGLIGIBLE, SURE


def test_a_stronger_effect_needs_fewer_days():
    """With the same variance left."""
    share = 1.0 / (1.0 + np.arange(366)[:, None] / 50)
    weak, strong = (_first_likely(mean, 0.9, share, 0.2) for mean in (-0.8, -2.0))
    assert strong < weak


def test_what_cannot_be_narrowed_is_never_settled():
    """None beyond the horizon."""
    assert _first_likely(0.0, 3.0, np.ones((366, 2)), 1.0) is None


def test_what_may_be_quiet_or_not_lies_between():
    """Half of the draws narrow quickly and half slowly: sooner than the slow ones, later than the quick ones."""
    quick, slow = (1.0 / (1.0 + np.arange(366) / speed) for speed in (10, 100))
    shares = (np.stack(pair, axis=1) for pair in ((quick, quick), (quick, slow), (slow, slow)))
    first, mixed, last = (_first_likely(-0.8, 0.9, share, 0.2) for share in shares)
    assert first < mixed < last


def test_what_is_open_of_the_noises_becomes_known():
    """Today every draw leaves all of it; after very many mornings each its own part of the mean variance."""
    variance = np.tile([1.0, 3.0], (10_001, 1))
    share = share_left(variance, 40)
    np.testing.assert_allclose(share[0], 1.0)
    np.testing.assert_allclose(share[40], [1.0 / 2.0**0.5, (3.0 / 2.0) ** 0.5])
    np.testing.assert_allclose(share[-1], [0.5, 1.5], rtol=5e-3)


@pytest.mark.parametrize(
    ("mean", "moved", "sd"), [(-0.8, 0.5, 0.6), (0.1, 0.4, 0.4), (0.0, 1.0, 0.52), (2.0, 0.1, 3.0)]
)
def test_the_chance_of_a_verdict_is_a_share_of_means_to_come(mean, moved, sd):
    """As counted among drawn means by the verdict's own rule, within four standard errors."""
    means = np.random.default_rng(3).normal(mean, moved, size=4000)
    to_come = [NormalDist(float(m), sd) for m in means]
    sure = [
        max(d.cdf(0.0), 1.0 - d.cdf(0.0)) >= SURE or d.cdf(1.0) - d.cdf(-1.0) >= NEGLIGIBLE for d in to_come
    ]
    share = float(np.mean(sure))
    error = max(np.sqrt(share * (1.0 - share) / 4000), 1e-3)
    assert verdict_chance(mean, moved, sd, 1.0) == pytest.approx(share, abs=4.0 * error)


def test_a_wide_posterior_is_negligible_nowhere():
    """Where the worthwhile difference is less than 1.645 sd, no mean will do."""
    assert widest_negligible(0.62, 1.0) == -1.0
    assert 0.0 < widest_negligible(0.4, 1.0) < widest_negligible(0.1, 1.0) < 1.0


OPEN = dict.fromkeys(Question, Verdict.CANNOT_TELL)


def asked_of(fitted, *, tier=TierLetter.MORNING_FIRST, verdicts=OPEN):
    """Days needed of the fitted person, by question."""
    found = days_needed(
        fitted.posterior, fitted.deltas, fitted.design, tier=tier, worthwhile=1.0, verdicts=verdicts
    )
    return {need.question: need for need in found}


def test_looking_back_is_never_settled_by_going_on(fitted):
    """Own days give no verdict in tier C; a draw may, from the eighth week on."""
    found = asked_of(fitted, tier=TierLetter.LOOKING_BACK)
    assert list(found) == list(Question)
    assert {need.own_days for need in found.values()} == {None}
    ways = [n for need in found.values() for n in (need.days_drawn, need.weeks_drawn)]
    drawn = [n for n in ways if n is not None]
    assert drawn
    assert min(drawn) >= 56


def test_drawn_weeks_are_not_held_back_where_mornings_come_first(fitted):
    """Eight drawn weeks are asked of those who look back alone."""
    first, back = (asked_of(fitted, tier=t) for t in (TierLetter.MORNING_FIRST, TierLetter.LOOKING_BACK))
    for question in Question:
        for name in ("days_drawn", "weeks_drawn"):
            mine, theirs = getattr(first[question], name), getattr(back[question], name)
            assert (theirs is None) if mine is None else theirs == max(mine, 56)


def test_a_verdict_that_stands_needs_no_more_days(fitted):
    """0, however wide its range still is."""
    found = asked_of(fitted, verdicts={**OPEN, Question.WEEK: Verdict.HELPS})
    week = found[Question.WEEK]
    assert (week.own_days, week.days_drawn, week.weeks_drawn) == (0, 0, 0)


def test_too_few_runs_are_not_counted_in_days(fitted):
    """Runs come first."""
    assert asked_of(fitted, verdicts=dict.fromkeys(Question, Verdict.TOO_FEW_RUNS)) == {}
