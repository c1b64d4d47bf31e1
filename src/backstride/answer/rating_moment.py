"""Whether ratings are of the moments they stand for: not from memory, and alike on run days and on other days.

A painful time is remembered by its worst and by its last moments (Redelmeier & Kahneman 1996,
doi:10.1016/0304-3959(96)02994-6), so in a week that is filled in on Sunday what a run did to one morning is lost.

Stiff on getting up, looser an hour later: whoever rates at 05:45 before an early run and at 08:30 on other days
compares two times of day. After a run mostly comes a day without one, so what looks like the work of the run may be
the clock. Two things show it:

    the clock      medians of the times of rating on days with and without a run, and P(earlier on run days)
    chance         y[t] = g z[t] + c1 z[t-1] + c2 z[t-2] + c3 z[t-3] + h mean(y[t-7..t-1]) + e,    z the drawn days:
                   z[t] is drawn for the day itself and its run comes after the rating, so g is 0 unless the ratings
                   differ (a negative control outcome: Lipsitch et al. 2010, Epidemiology 21, 383)

Where the person chose the days, pain is one reason of the choice, and g would not be 0: there the clock alone tells.
"""

from typing import NamedTuple

import numpy as np

from backstride.answer.doubts.rerandomisation import assigned_days
from backstride.answer.least_squares import least_squares, mean_of_days_before
from backstride.core.allocation import AllocationScheme
from backstride.core.days import USUAL_TIME_WITHOUT_CHECK_INS, DiaryDay
from backstride.diary.series import DailySeries

MIN_OF_EACH = 10
"""Rated mornings of days with a run, and of days without one."""
FAR_APART_HOURS = 1.5
NEAR_HOURS = 0.5
MOSTLY = 0.8
"""Of pairs of a run day and another one, the share that lie in the same order of clock; of ratings, that are near."""
_MIN_ASSIGNED = 28
CLEAR_SE = 2.576
"""Standard errors: by chance in one diary of a hundred."""
_EARLIER_DAYS = 3


MOSTLY_FROM_MEMORY = 0.5
"""From this share of ratings on that were filled in on a later day, no days are compared."""


class RatingClocks(NamedTuple):
    """When pain is rated, hours after midnight: medians on days with a run and on other days."""

    run_hour: float
    rest_hour: float


def share_from_memory(series: DailySeries) -> float:
    """Return the share of the rated mornings that were filled in on a later day.

    A table that gives a day and no time does not say when it was filled in, so those mornings do not count as late.
    """
    rated = [
        day.check_in for day in series.days if day.check_in is not None and day.check_in.pain is not None
    ]
    late = [one for one in rated if one.filled_in_late and one.moment.time() != USUAL_TIME_WITHOUT_CHECK_INS]
    return len(late) / max(len(rated), 1)


def rated_by_another_clock(series: DailySeries) -> RatingClocks | None:
    """Return both clocks where they are far apart and hardly overlap; None else, or where there are too few."""
    hours = np.array([_hour(day) for day in series.days])
    known = ~np.isnan(hours) & ~np.isnan(series.dose)
    run, rest = hours[known & (series.dose > 0.0)], hours[known & (series.dose == 0.0)]
    if min(len(run), len(rest)) < MIN_OF_EACH:
        return None
    found = RatingClocks(float(np.median(run)), float(np.median(rest)))
    if abs(found.run_hour - found.rest_hour) < FAR_APART_HOURS:
        return None
    earlier = float(np.mean(run[:, None] < rest)) + 0.5 * float(np.mean(run[:, None] == rest))
    return found if max(earlier, 1.0 - earlier) >= MOSTLY else None


def rated_by_one_clock(series: DailySeries) -> bool:
    """Whether the times on record say that run days and other days are rated at one time of the morning.

    Most ratings of either kind lie near the median of them all. A rating without a time, or of a later day, tells
    nothing of it.
    """
    hours = np.array([_hour(day) if _has_time(day) else np.nan for day in series.days])
    known = ~np.isnan(hours) & ~np.isnan(series.dose)
    run, rest = hours[known & (series.dose > 0.0)], hours[known & (series.dose == 0.0)]
    if min(len(run), len(rest)) < MIN_OF_EACH:
        return False
    usual = np.median(hours[known])
    return all(np.mean(np.abs(of - usual) <= NEAR_HOURS) >= MOSTLY for of in (run, rest))


def gap_before_drawn_runs(series: DailySeries) -> float | None:
    """Return by how much mornings before a drawn run are rated higher than before a drawn rest, points.

    None where it is no clearer than chance makes it, or where no days were drawn one by one.
    """
    assigned = assigned_days(series)
    if assigned is None or assigned.law is not AllocationScheme.DAYS:
        return None
    drawn = np.full(len(series.pain), np.nan)
    drawn[assigned.row] = assigned.ran
    day = np.arange(_EARLIER_DAYS, len(series.pain))
    columns = np.column_stack(
        [
            np.ones(len(day)),
            *(drawn[day - back] for back in range(_EARLIER_DAYS + 1)),
            mean_of_days_before(series.pain)[day],
        ]
    )
    rating = series.pain[day]
    known = ~np.isnan(columns).any(axis=1) & ~np.isnan(rating)
    if known.sum() < _MIN_ASSIGNED:
        return None
    found = least_squares(columns[known], rating[known])
    gap, error = float(found.effects[1]), float(found.errors[1])
    return gap if abs(gap) > CLEAR_SE * error else None


def _has_time(day: DiaryDay) -> bool:
    """Whether the check-in says when the morning's pain was rated: on the day, and not by the hour of a bare date."""
    rated = day.check_in
    return (
        rated is not None and not rated.filled_in_late and rated.moment.time() != USUAL_TIME_WITHOUT_CHECK_INS
    )


def _hour(day: DiaryDay) -> float:
    """Return when the morning's pain was rated, hours after local midnight; nan where it was not."""
    if day.check_in is None or day.check_in.pain is None:
        return float("nan")
    return float(day.check_in.moment.hour + day.check_in.moment.minute / 60.0)
