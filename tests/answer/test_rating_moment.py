"""Mornings of run days that are rated at another moment than those of other days."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from backstride.answer.rating_moment import (
    gap_before_drawn_runs,
    rated_by_another_clock,
    rated_by_one_clock,
    share_from_memory,
)
from backstride.core.allocation import AllocationScheme
from backstride.programme.schedule import allocate


def rated_at(series, run_hour, rest_hour, *, spread=0.2):
    """Move the clock of every rating, by whether the day has a run."""
    rng = np.random.default_rng(5)
    days = []
    for day, dose in zip(series.days, series.dose, strict=True):
        hour = (run_hour if dose > 0.0 else rest_hour) + rng.normal(0.0, spread)
        if day.check_in is None:
            days.append(day)
            continue
        midnight = day.check_in.moment.replace(hour=0, minute=0, second=0, microsecond=0)
        moved = replace(day.check_in, moment=midnight + timedelta(minutes=round(60.0 * hour)))
        days.append(replace(day, check_in=moved))
    return replace(series, days=tuple(days))


@pytest.fixture
def half_run(series):
    """The same diary with a run on every third day."""
    return replace(series, dose=np.where(np.arange(len(series)) % 3 == 0, 1.0, 0.0))


@pytest.mark.parametrize(("run_hour", "rest_hour"), [(5.75, 8.5), (9.0, 7.0)])
def test_two_clocks_are_found_with_their_hours(half_run, run_hour, rest_hour):
    """Earlier or later on run days."""
    found = rated_by_another_clock(rated_at(half_run, run_hour, rest_hour))
    assert found == pytest.approx((run_hour, rest_hour), abs=0.15)


@pytest.mark.parametrize(("rest_hour", "spread"), [(7.0, 0.2), (8.0, 0.2), (8.6, 3.0)])
def test_clocks_that_are_near_or_overlap_are_one(half_run, rest_hour, spread):
    """An hour later on days without a run, or a clock that wanders by hours anyway."""
    assert rated_by_another_clock(rated_at(half_run, 7.0, rest_hour, spread=spread)) is None


@pytest.mark.parametrize(
    ("run_hour", "rest_hour", "spread", "one"),
    [(7.1, 7.1, 0.12, True), (7.1, 7.1, 2.0, False), (6.5, 7.5, 0.12, False), (7.0, 7.0, 0.0, False)],
)
def test_times_on_record_are_one_clock_where_they_agree(half_run, run_hour, rest_hour, spread, one):
    """Not where they wander or part, and the hour that stands for a bare date is none."""
    assert rated_by_one_clock(rated_at(half_run, run_hour, rest_hour, spread=spread)) is one


def test_few_run_days_show_no_clock(half_run):
    """Nine of them."""
    dose = np.where(np.cumsum(half_run.dose) > 9.0, 0.0, half_run.dose)
    assert rated_by_another_clock(rated_at(replace(half_run, dose=dose), 5.0, 9.0)) is None


def drawn(series, *, shift, push, seed):
    """Live a diary of drawn days: `shift` moves ratings of run mornings, `push` those of the mornings after."""
    first, weeks = series.days[0].day, len(series) // 7
    draws = allocate(AllocationScheme.DAYS, first_day=first, weeks=weeks, seed=seed)
    runs = np.array([float(bool(draw.to_run)) for draw in draws])
    rng = np.random.default_rng(seed)
    noise, pain = 0.0, np.zeros(len(runs))
    for t in range(len(runs)):
        noise = 0.4 * noise + rng.normal(0.0, 0.6)
        pain[t] = np.clip(np.round(4.0 + noise + shift * runs[t] + (push * runs[t - 1] if t else 0.0)), 0, 10)
    days = tuple(replace(day, allocation=draw) for day, draw in zip(series.days, draws, strict=False))
    kept = slice(0, len(runs))
    return replace(series, days=days, pain=pain, dose=runs, allocation=runs, **_cut(series, kept))


def _cut(series, kept):
    names = set(series.__dataclass_fields__) - {"days", "pain", "dose", "allocation", "measures"}
    return {name: getattr(series, name)[kept] for name in names}


@pytest.mark.parametrize("shift", [-1.5, 1.5])
def test_drawn_runs_show_ratings_that_differ_before_them(series, shift):
    """Rated after a warm-up, or stiff before an early run: found in most of twenty lives, on its side."""
    found = [gap_before_drawn_runs(drawn(series, shift=shift, push=0.0, seed=n)) for n in range(20)]
    assert np.mean([gap is not None and gap * shift > 0.0 for gap in found]) >= 0.9


@pytest.mark.parametrize("push", [-1.5, 0.0, 1.5])
def test_the_work_of_earlier_runs_is_no_such_gap(series, push):
    """What a run does to the next morning is found in one life of twenty at most."""
    found = [gap_before_drawn_runs(drawn(series, shift=0.0, push=push, seed=n)) for n in range(60)]
    assert np.mean([gap is not None for gap in found]) <= 0.05


def test_own_days_show_no_such_gap(series):
    """Pain is one reason of the choice there."""
    assert gap_before_drawn_runs(series) is None


def filled_in_later(series, *, on_the_day, hour=6, minute=50):
    """Mark every rating as filled in late, but for one weekday."""
    days = []
    for day in series.days:
        rated = day.check_in
        if rated is not None:
            moment = rated.moment.replace(hour=hour, minute=minute, second=0, microsecond=0)
            rated = replace(rated, moment=moment, filled_in_late=day.day.weekday() != on_the_day)
        days.append(replace(day, check_in=rated))
    return replace(series, days=tuple(days))


def test_a_week_filled_in_on_sundays_is_from_memory(series):
    """Six of seven mornings, whatever time they carry."""
    assert share_from_memory(series) == 0.0
    assert share_from_memory(filled_in_later(series, on_the_day=6)) == pytest.approx(6 / 7, abs=0.02)


def test_a_table_of_days_without_times_is_not_taken_for_memory(series):
    """Such a day stands for seven o'clock, and nobody knows when it was filled in."""
    assert share_from_memory(filled_in_later(series, on_the_day=None, hour=7, minute=0)) == 0.0
