"""Trends: a diary by weeks and months, as plain numbers to look back at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from backstride.answer.answer import DayPoint
from backstride.core.datetimes import ONE_DAY
from backstride.core.days import calendar_days, diary_days
from backstride.core.measurement import MeasurementKind
from backstride.core.records import Records
from backstride.core.roland_morris import RolandMorris
from backstride.diary.diary import Diary
from backstride.diary.drinks import NextRuns, runs_after_drinks
from backstride.diary.periods import Period, months, period, unmeasured_run_days, weeks
from backstride.services.recent_days import day_point

View = Literal["weeks", "months", "all"]
WEEKS_SHOWN = 16
MONTHS_SHOWN = 24
MAX_WEEKS = 60
"""All of a diary is shown by weeks up to here, and by months where it is longer."""
FOUR_WEEKS = timedelta(days=28)
Values = tuple[tuple[date, float], ...]


@dataclass(frozen=True, slots=True)
class Trends:
    """What the page Trends shows.

    Attributes:
        periods: the weeks or months that are shown, in order; empty for an empty diary.
        are_months: whether they are months.
        latest, before: the last four weeks, and the four weeks before them.
        has_legs: whether any day of the diary reports on the legs.
        questionnaires: the Roland-Morris questionnaires of the whole diary, the first one first.
        drinks: the runs on days after drinks, and on days after none, over the whole diary.
        measured: of each kind of measurement its values within the periods, in order of days.
        year: which year its calendar is of.
        years: every year of the diary, in order.
        points: each day of that year that the diary reaches, in order.
        unmeasured: every day with a run of which nobody knows how long it was.
    """

    periods: tuple[Period, ...]
    are_months: bool
    latest: Period
    before: Period
    has_legs: bool
    questionnaires: tuple[RolandMorris, ...]
    drinks: tuple[NextRuns, NextRuns]
    measured: Mapping[MeasurementKind, Values]
    year: int
    years: tuple[int, ...]
    points: tuple[DayPoint, ...]
    unmeasured: tuple[date, ...]


def trends(diary: Diary, view: View, *, year: int | None, today: date, zone: ZoneInfo) -> Trends:
    """Look back at a diary.

    Args:
        diary: whose.
        view: the last weeks, the last months, or everything.
        year: of the calendar; that of today unless given, or where the diary does not reach it.
        today: the person's local day.
        zone: the person's own zone.

    Raises:
        DiaryError: the diary could not be read.
    """
    records = _until(diary.records(), today)
    days = calendar_days(records, zone=zone)
    by_month = months(days, today=today)
    shown, are_months = _periods(weeks(days, today=today), by_month, view)
    years = tuple(range(days[0].day.year, today.year + 1)) if days else (today.year,)
    chosen = year if year in years else today.year
    of_day = {day.day: day for day in days}
    begins = max(date(chosen, 1, 1), days[0].day) if days else today
    ends = min(date(chosen, 12, 31), today)
    of_year = (begins + n * ONE_DAY for n in range((ends - begins).days + 1))
    return Trends(
        periods=shown,
        are_months=are_months,
        latest=period(days, today - FOUR_WEEKS + ONE_DAY, today, today=today),
        before=period(days, today - 2 * FOUR_WEEKS + ONE_DAY, today - FOUR_WEEKS, today=today),
        has_legs=any(each.leg_reported_days for each in by_month),
        questionnaires=records.roland_morris,
        drinks=runs_after_drinks([day for day in diary_days(records, zone=zone) if day.day < today]),
        measured=_measured(records, shown),
        year=chosen,
        years=years,
        points=tuple(day_point(day, of_day.get(day), today=today) for day in of_year) if days else (),
        unmeasured=unmeasured_run_days(days),
    )


def _until(records: Records, today: date) -> Records:
    """Return the records of today and earlier days."""
    return Records(
        check_ins=tuple(each for each in records.check_ins if each.local_day <= today),
        runs=tuple(each for each in records.runs if each.local_day <= today),
        measurements=tuple(each for each in records.measurements if each.local_day <= today),
        covered=tuple(each for each in records.covered if each.last_day < today),
        allocations=records.allocations,
        roland_morris=tuple(each for each in records.roland_morris if each.local_day <= today),
    )


def _periods(
    by_week: tuple[Period, ...], by_month: tuple[Period, ...], view: View
) -> tuple[tuple[Period, ...], bool]:
    if view == "weeks":
        return by_week[-WEEKS_SHOWN:], False
    if view == "months":
        return by_month[-MONTHS_SHOWN:], True
    return (by_week, False) if len(by_week) <= MAX_WEEKS else (by_month, True)


def _measured(records: Records, shown: tuple[Period, ...]) -> dict[MeasurementKind, Values]:
    if not shown:
        return {}
    first, last = shown[0].first_day, shown[-1].last_day
    of_kind: dict[MeasurementKind, list[tuple[date, float]]] = {}
    for each in sorted(records.measurements, key=lambda one: one.moment):
        if first <= each.local_day <= last:
            of_kind.setdefault(each.kind, []).append((each.local_day, each.value))
    return {kind: tuple(values) for kind, values in of_kind.items()}
