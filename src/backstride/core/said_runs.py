"""Runs that only a check-in tells of, as in "Did you run yesterday? Yes, 30 minutes, in the evening".

Such a run is no record of its own: it lives in the check-in. So an edit of the check-in changes it, and what a watch
recorded on that day takes its place.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from backstride.core.check_in import CheckIn
from backstride.core.run import Run

HOURS: Final[Mapping[str | None, time]] = {
    "morning": time(9),
    "midday": time(12, 30),
    "afternoon": time(15, 30),
    "evening": time(19),
    None: time(12, 30),
}
"""About when each time of day is; noon stands in where it was not said, and then proves no order."""
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SaidRun:
    """A run that only a check-in tells of.

    Attributes:
        told_on: the local day of the check-in that tells of it; the run was before that.
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
    firsts: dict[date, CheckIn] = {}
    for check_in in sorted(check_ins, key=lambda one: one.moment):
        if not check_in.is_after_midnight:
            firsts.setdefault(check_in.local_day, check_in)
    return tuple(
        SaidRun(day, _run(check_in, firsts.get(day - ONE_DAY)), check_in.ran_at is not None)
        for day, check_in in firsts.items()
        if check_in.ran_minutes and check_in.ran_yesterday is not False and day - ONE_DAY not in recorded
    )


def days_without_minutes(check_ins: Iterable[CheckIn], runs: Iterable[Run]) -> tuple[date, ...]:
    """Return the days on which a check-in reports a run of unknown length."""
    check_ins, runs = tuple(check_ins), tuple(runs)
    known = {run.local_day for run in runs if run.is_running}
    known |= {each.check_in_day - ONE_DAY for each in said_runs(check_ins, runs)}
    reported = {
        one.local_day - ONE_DAY for one in check_ins if one.ran_yesterday and not one.is_after_midnight
    }
    return tuple(sorted(reported - known))


def with_said_runs(check_ins: Iterable[CheckIn], runs: Iterable[Run]) -> tuple[Run, ...]:
    """Merge recorded sessions with runs that only check-ins report, in order of their starts."""
    check_ins, runs = tuple(check_ins), tuple(runs)
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
