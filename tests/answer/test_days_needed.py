"""How many more days."""

import numpy as np
import pytest

from backstride.answer.answer import Question, TierLetter, Verdict
from backstride.answer.days_needed import (
    HORIZON,
    _covariance,
    _first_likely,
    _responses,
    _Spread,
    _variance_left,
    days_needed,
)

SPREAD = _Spread(phi=0.4, s_eta=0.8, s_mu=0.05, s_y=0.6, tau=28.0)


def test_further_days_never_leave_more_variance(fitted):
    """Information only grows."""
    left = _variance_left(fitted.design, np.resize([1.0, 0, 0, 1, 0], HORIZON), SPREAD, (1.0, 0.5))
    for share in left.values():
        assert share[0] == 1.0
        assert np.all(np.diff(share) <= 1e-9)


def test_one_factor_serves_every_horizon(fitted):
    """The variance left after 40 days equals that of a dense recomputation with 40 days alone."""
    future = np.resize([1.0, 0, 0, 1, 0], HORIZON)
    left = _variance_left(fitted.design, future, SPREAD, (1.0, 0.5))[Question.WEEK][40]
    design = fitted.design
    past = np.nan_to_num(design.series.dose[-365:], nan=design.mean_dose)
    seen = np.flatnonzero(~np.isnan(design.series.pain[-365:]))
    g = _responses(np.full(7, design.usual_dose), SPREAD).mean(axis=0)

    def variance(extra: int) -> float:
        rows = np.concatenate([seen, len(past) + np.arange(extra)])
        x = _responses(np.concatenate([past, future]) - design.mean_dose, SPREAD)[rows]
        information = x.T @ np.linalg.solve(_covariance(rows, SPREAD), x) + np.diag([1.0, 4.0])
        return float(g @ np.linalg.solve(information, g))

    assert left == pytest.approx(variance(40) / variance(0), rel=1e-6)


def test_a_stronger_effect_needs_fewer_days():
    """With the same variance left."""
    share = 1.0 / (1.0 + np.arange(366) / 50)
    weak, strong = (_first_likely(mean, 0.9, share, 0.2) for mean in (-0.8, -2.0))
    assert strong < weak


def test_what_cannot_be_narrowed_is_never_settled():
    """None beyond the horizon."""
    assert _first_likely(0.0, 3.0, np.ones(366), 1.0) is None


OPEN = dict.fromkeys(Question, Verdict.CANNOT_TELL)


def asked_of(fitted, *, tier=TierLetter.MORNING_FIRST, verdicts=OPEN):
    """Days needed of the fitted person, by question."""
    found = days_needed(
        fitted.posterior, fitted.deltas, fitted.design, tier=tier, worthwhile=1.0, verdicts=verdicts
    )
    return {need.question: need for need in found}


def test_looking_back_is_never_settled_by_going_on(fitted):
    """Own days give no verdict in tier C; drawn weeks may, from the eighth on."""
    found = asked_of(fitted, tier=TierLetter.LOOKING_BACK)
    assert list(found) == list(Question)
    assert {need.own_days for need in found.values()} == {None}
    drawn = [need.drawn_days for need in found.values() if need.drawn_days is not None]
    assert drawn
    assert min(drawn) >= 56


def test_drawn_weeks_are_not_held_back_where_mornings_come_first(fitted):
    """Eight drawn weeks are asked of those who look back alone."""
    first, back = (asked_of(fitted, tier=t) for t in (TierLetter.MORNING_FIRST, TierLetter.LOOKING_BACK))
    for question in Question:
        mine, theirs = first[question].drawn_days, back[question].drawn_days
        assert (theirs is None) if mine is None else theirs == max(mine, 56)


def test_a_verdict_that_stands_needs_no_more_days(fitted):
    """0, however wide its range still is."""
    found = asked_of(fitted, verdicts={**OPEN, Question.WEEK: Verdict.HELPS})
    assert (found[Question.WEEK].own_days, found[Question.WEEK].drawn_days) == (0, 0)


def test_too_few_runs_are_not_counted_in_days(fitted):
    """Runs come first."""
    assert asked_of(fitted, verdicts=dict.fromkeys(Question, Verdict.TOO_FEW_RUNS)) == {}
