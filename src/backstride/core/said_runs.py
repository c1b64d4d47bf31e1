"""Runs that only a check-in reports, as in "Did you run yesterday? Yes, 30 minutes, in the evening".

Such a run is no record of its own: it lives in the check-in. So an edit of the check-in changes it, and what a watch
recorded on that day takes its place.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from backstride.core.check_in import CheckIn
from backstride.core.datetimes import ONE_DAY
from backstride.core.run import Run

HOURS: Final[Mapping[str | None, time]] = {
    "morning": time(9),
    "midday": time(12, 30),
    "afternoon": time(15, 30),
    "evening": time(19),
    None: time(12, 30),
}
"""About when each time of day is; noon stands in where it was not said, and then proves no order."""


@dataclass(frozen=True, slots=True)
class SaidRun:
    """A run that only a check-in reports.

    Attributes:
        check_in_day: the local day of the check-in that reports it; the run was before that.
        run: the run, at about its time.
        is_timed: whether its time of day was said; else its place between the two check-ins is not known.
    """

    check_in_day: date
    run: Run
    is_timed: bool


def said_runs(check_ins: Iterable[CheckIn], runs: Iterable[Run]) -> tuple[SaidRun, ...]:
    """Derive runs from check-ins that report one where no session is on record, in order of days.

    The first check-in of a day counts. A run on record on the day before it is the same run: its minutes count.

    Args:
        check_ins: in any order.
        runs: sessions on record, in any order.
    """
    recorded = {run.local_day for run in runs if run.is_running}
    firsts = _first_check_ins(check_ins)
    return tuple(
        SaidRun(day, _run(check_in, firsts.get(day - ONE_DAY)), check_in.ran_at is not None)
        for day, check_in in firsts.items()
        if _has_minutes(check_in) and day - ONE_DAY not in recorded
    )


def with_reported_minutes(check_ins: Iterable[CheckIn], runs: Iterable[Run]) -> tuple[Run, ...]:
    """Complete each run of unknown length by the next morning's check-in, where it was the only one of its day."""
    each = tuple(runs)
    if all(run.moving_s is not None for run in each):
        return each
    of_day = Counter(run.local_day for run in each if run.is_running)
    reported = {
        day - ONE_DAY: 60.0 * (check_in.ran_minutes or 0.0)
        for day, check_in in _first_check_ins(check_ins).items()
        if _has_minutes(check_in) and of_day[day - ONE_DAY] == 1
    }
    return tuple(
        replace(run, moving_s=reported[run.local_day])
        if run.is_running and run.moving_s is None and run.local_day in reported
        else run
        for run in each
    )


def _has_minutes(check_in: CheckIn) -> bool:
    return bool(check_in.ran_minutes) and check_in.ran_yesterday is not False


def _first_check_ins(check_ins: Iterable[CheckIn]) -> dict[date, CheckIn]:
    """Index the first check-in of each day, those after midnight left out."""
    firsts: dict[date, CheckIn] = {}
    for check_in in sorted(check_ins, key=lambda one: one.moment):
        if not check_in.is_after_midnight:
            firsts.setdefault(check_in.local_day, check_in)
    return firsts


def days_without_minutes(check_ins: Iterable[CheckIn], runs: Iterable[Run]) -> tuple[date, ...]:
    """Return the days of which it is known that there was a run, and not how long it was."""
    check_ins = tuple(check_ins)
    runs = with_reported_minutes(check_ins, runs)
    unknown = {run.local_day for run in runs if run.is_running and run.moving_s is None}
    known = {run.local_day for run in runs if run.is_running}
    known |= {each.check_in_day - ONE_DAY for each in said_runs(check_ins, runs)}
    reported = {
        one.local_day - ONE_DAY for one in check_ins if one.ran_yesterday and not one.is_after_midnight
    }
    return tuple(sorted((reported - known) | unknown))


def with_said_runs(check_ins: Iterable[CheckIn], runs: Iterable[Run]) -> tuple[Run, ...]:
    """Merge recorded sessions with runs that only check-ins report, in order of their starts."""
    check_ins = tuple(check_ins)
    runs = with_reported_minutes(check_ins, runs)
    said = (each.run for each in said_runs(check_ins, runs))
    return tuple(sorted((*runs, *said), key=lambda run: run.start))


def _run(check_in: CheckIn, before: CheckIn | None) -> Run:
    """Build a run from a check-in, placed between the check-in before it and the one that reports it."""
    length = timedelta(minutes=check_in.ran_minutes or 0.0)
    day = check_in.local_day - ONE_DAY
    start = datetime.combine(day, HOURS[check_in.ran_at], tzinfo=check_in.moment.tzinfo)
    start = min(start, check_in.moment - length)
    if before is not None:
        start = max(start, before.moment.astimezone(check_in.moment.tzinfo))
    return Run(start=start, moving_s=length.total_seconds(), source=check_in.source)
