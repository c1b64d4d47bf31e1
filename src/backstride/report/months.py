"""The days before the strip begins, one row a month, so that ten years stay readable."""

from collections.abc import Sequence
from itertools import groupby
from statistics import fmean

from backstride.answer.answer import DayPoint
from backstride.report.amounts import number
from backstride.report.day_strip import MAX_DAYS_SHOWN


def earlier_days(days: Sequence[DayPoint]) -> Sequence[DayPoint]:
    """Return the days that the strip does not show."""
    return days[:-MAX_DAYS_SHOWN]


def month_rows(days: Sequence[DayPoint]) -> list[tuple[str, ...]]:
    """Month, mornings rated, mean of those ratings, days with a run, minutes of running, days not known."""
    months = groupby(earlier_days(days), key=lambda day: f"{day.day:%Y-%m}")
    return [_month_row(month, list(group)) for month, group in months]


def _month_row(month: str, days: list[DayPoint]) -> tuple[str, ...]:
    ratings = [day.pain for day in days if day.pain is not None]
    run = [day.run_minutes for day in days if day.run_minutes]
    unknown = sum(day.run_minutes is None for day in days)
    return (
        month,
        str(len(ratings)),
        number(fmean(ratings)) if ratings else "",
        str(len(run)),
        number(sum(run), decimals=0),
        str(unknown),
    )
