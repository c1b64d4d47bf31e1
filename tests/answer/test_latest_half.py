"""The latest half of the records as an analysis of its own."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from backstride.answer.ask import verdict_only
from backstride.answer.design import between, design
from backstride.answer.kinds import Analysis, Hurdle, Question, Verdict
from backstride.answer.latest_half import MIN_DAYS, latest_half
from backstride.testing.people import make_person

from .conftest import series_of


@pytest.fixture(scope="module")
def ready():
    """A hundred and twenty-six days."""
    return design(series_of(make_person(seed=6, first_day=date(2026, 1, 5), days=126)))


def test_the_half_holds_the_last_days_and_asks_about_the_same_running(ready):
    """Days, ratings and runs are the diary's last; what 'runs as usual' means stays."""
    half = latest_half(ready)
    days = len(half.series)
    assert MIN_DAYS <= days <= len(ready.series) // 2 + 1
    assert half.series.days == ready.series.days[-days:]
    np.testing.assert_array_equal(half.data.dose, ready.data.dose[-days:])
    assert half.usual_dose == ready.usual_dose
    assert half.data.chronic_start > 0.0


def test_a_short_diary_has_no_half_of_its_own(series):
    """Seven weeks by themselves say next to nothing."""
    assert latest_half(design(series)) is None


def test_a_half_without_runs_is_not_asked(ready):
    """Nothing can be said of running in months without a run."""
    dose = ready.series.dose.copy()
    dose[60:] = 0.0
    assert latest_half(replace(ready, series=replace(ready.series, dose=dose))) is None


@pytest.mark.parametrize(
    ("days", "rated", "runs", "has_half"),
    [(112, 28, 10, True), (110, 28, 10, False), (112, 27, 10, False), (112, 28, 9, False)],
)
def test_a_half_of_its_own_starts_at_its_limits(ready, days, rated, runs, has_half):
    """56 days, 28 ratings and ten runs are enough; one fewer of any is not."""
    series = between(ready.series, 0, days - 1)
    late = np.arange(days) - days // 2
    series = replace(
        series,
        pain=np.where(late < rated, 3.0, np.nan),
        dose=np.where((late >= 0) & (late < runs), 1.0, 0.0),
    )
    assert (latest_half(replace(ready, series=series)) is not None) == has_half


def turned(seed: int):
    """Seventy days on which a run takes away 3 points by next morning, and seventy on which it adds them."""
    rng = np.random.default_rng(seed)
    series = series_of(make_person(seed=seed, first_day=date(2026, 1, 5), days=140))
    days = len(series)
    early = np.arange(days) < days // 2
    runs = rng.random(days) < np.where(early, 0.55, 0.35)
    after = np.concatenate([[0.0], np.where(runs, 1.0, 0.0)[:-1]])
    effect = np.where(early, -3.0, 3.0)
    pain = np.clip(np.round(5.0 + effect * (after - 0.4) + 0.8 * rng.standard_normal(days)), 0, 10)
    return replace(
        series,
        dose=np.where(runs, 1.0, 0.0),
        pain=pain,
        pain_lower=np.where(pain > 0, pain - 0.5, -np.inf),
        pain_upper=np.where(pain < 10, pain + 0.5, np.inf),
        measures=(),
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_effect_that_turned_is_not_told_as_it_was(seed):
    """Running that helped and now harms is never told to help, nor to make no difference."""
    week, season = verdict_only(turned(seed), seed=1)
    assert week.verdict is Verdict.CANNOT_TELL
    assert season.verdict not in (Verdict.HELPS, Verdict.HELPS_A_LITTLE, Verdict.NO_DIFFERENCE)
    rows = {row.analysis: row for row in week.panel}
    if week.reason.hurdle is Hurdle.DISAGREE:
        assert rows[Analysis.LATEST_HALF].estimate.mean > 0.0
    assert week.question is Question.WEEK
