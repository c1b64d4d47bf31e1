"""Drinks beside the next run: what a diary holds of the days after drinks, and of those after none."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from backstride.core.days import DiaryDay


@dataclass(frozen=True, slots=True)
class NextRuns:
    """The days after drinks, or after none.

    Attributes:
        days: with an answer on drinks, and of which it is known whether there was a run after that answer.
        run_days: those of them with a run.
        mean_minutes: of running on a day with a run; None where there is none.
        mean_pace: seconds a kilometre, of the runs with a distance; None where there is none.
    """

    days: int
    run_days: int
    mean_minutes: float | None
    mean_pace: float | None


def runs_after_drinks(days: Sequence[DiaryDay]) -> tuple[NextRuns, NextRuns]:
    """Return what was run on the days whose check-in reports drinks the day before, and on those whose says none.

    Args:
        days: of the diary, in order. What was run counts from that check-in to the next day's.
    """
    answered = [
        (day, day.check_in.drinks)
        for day in days
        if not day.is_missing and day.check_in and day.check_in.drinks is not None
    ]
    after, without = ([day for day, drinks in answered if (drinks > 0) is some] for some in (True, False))
    return _next_runs(after), _next_runs(without)


def _next_runs(days: Sequence[DiaryDay]) -> NextRuns:
    ran = [day for day in days if day.runs]
    minutes = [day.run_minutes for day in ran if day.run_minutes is not None]
    paces = [
        run.moving_s / (run.distance_m / 1000)
        for day in ran
        for run in day.runs
        if run.distance_m and run.moving_s is not None
    ]
    return NextRuns(len(days), len(ran), fmean(minutes) if minutes else None, fmean(paces) if paces else None)
