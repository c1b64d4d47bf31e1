"""What a drawn run does to all seven mornings after it."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from backstride.answer.drawn_week import week_after_drawn_run
from backstride.answer.kinds import Hurdle, Opener
from backstride.answer.plain_limits import plain_limit
from backstride.core.allocation import AllocationScheme
from backstride.programme.schedule import allocate
from backstride.report.later_mornings_words import CLEAR_SE

LATE = (0.0, 0.0, 0.3, 1.6, 1.6, 1.0, 0.5)


def lived(series, pushes, *, seed):
    """Live a diary anew whose days chance drew, one in two; what a run does to the coming mornings, points."""
    rng = np.random.default_rng(seed)
    run = rng.integers(0, 2, len(series)).astype(float)
    noise, pain = 0.0, np.zeros(len(series))
    for t in range(len(series)):
        noise = 0.4 * noise + rng.normal(0.0, 0.6)
        carried = sum(push * run[t - k] for k, push in enumerate(pushes, start=1) if t >= k)
        pain[t] = np.clip(np.round(4.0 + noise + carried), 0.0, 10.0)
    return replace(series, pain=pain, dose=run, allocation=run.copy())


def limit(series, way=0):
    """Return what stops 'no difference', or a side, of three drawn runs a week."""
    return plain_limit(
        way, series, Opener.BLOCKS, is_small=not way, is_drawn=True, run_days=3.5, worthwhile=1.0
    )


def test_seven_mornings_add_up(series):
    """Over twenty lives the mean lies at what was lived, and four fifths of the errors hold it within 1.28."""
    found = [week_after_drawn_run(lived(series, (0.5, 0.5, 0.5, 0.5), seed=n)) for n in range(20)]
    assert np.mean([one.total for one in found]) == pytest.approx(2.0, abs=0.4)
    assert np.mean([abs(one.total - 2.0) < 1.2816 * one.error for one in found]) > 0.5


def drawn_by_law(series, law, weeks, *, seed):
    """Live days drawn as the product draws them, of runs that do nothing; noise is carried on by .7."""
    rng = np.random.default_rng(seed)
    fell = allocate(law, first_day=date(2026, 1, 5), weeks=weeks, seed=seed)
    noise, pain = 0.0, np.zeros(len(fell))
    for t in range(len(fell)):
        noise = 0.7 * noise + rng.normal(0.0, 0.8)
        pain[t] = np.clip(np.round(4.5 + noise), 0.0, 10.0)
    return replace(series, pain=pain, allocation=np.array([float(day.to_run) for day in fell]))


@pytest.mark.parametrize("law", [AllocationScheme.DAYS, AllocationScheme.WEEKS])
@pytest.mark.parametrize("weeks", [8, 16, 30])
def test_runs_that_do_nothing_are_sure_of_a_side_in_one_life_of_five(series, law, weeks):
    """At 1.28 errors, however few weeks were drawn; and beyond two errors, where a side is named, in hardly any."""
    found = [week_after_drawn_run(drawn_by_law(series, law, weeks, seed=n)) for n in range(200)]
    assert np.mean([one.are_sure for one in found]) < 0.28
    assert np.mean([abs(one.total) > CLEAR_SE * one.error for one in found]) < 0.1


def test_what_comes_on_the_fourth_to_sixth_morning_is_no_lack_of_difference(series):
    """Most of twenty lives stop 'no difference'; of those where a run does nothing, hardly any."""
    stopped = [limit(lived(series, LATE, seed=n)) for n in range(20)]
    assert sum(one is not None for one in stopped) >= 15
    assert all(one.hurdle is Hurdle.LATER_MORNINGS for one in stopped if one)
    assert sum(limit(lived(series, (0.0,), seed=n)) is not None for n in range(20)) <= 2


def with_pills(series, *, pill, seed, run_effect=0.0):
    """Live a diary anew with a pill before two runs in three, told the morning after; what it does next morning."""
    rng = np.random.default_rng(seed)
    life = lived(series, (run_effect,), seed=seed)
    took = rng.random(len(series)) < np.where(life.dose > 0, 0.65, 0.15)
    pain = np.clip(life.pain + np.append(0.0, np.round(pill * took[:-1])), 0.0, 10.0)
    return replace(life, pain=pain, medicine=np.append(0.0, took[:-1].astype(float)))


def test_a_pill_before_runs_is_no_help_of_the_runs(series):
    """Less pain by pills alone is stopped in most lives, and less pain by runs beside idle pills in few."""
    by_pills = [limit(with_pills(series, pill=-2.0, seed=n), way=-1) for n in range(20)]
    by_runs = [limit(with_pills(series, pill=0.0, seed=n, run_effect=-2.0), way=-1) for n in range(20)]
    assert sum(one is not None for one in by_pills) >= 17
    assert sum(one is not None for one in by_runs) <= 2
