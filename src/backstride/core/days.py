"""The order of the day: check-in, then run or rest, then the next check-in.

    morning check-in t (before any run)  ->  run or rest, x_t  ->  morning check-in t+1

A run belongs to the day whose check-in came before it. A day without a check-in borrows the person's usual
check-in time. A day without a run is a rest day only where somebody said so; else it is missing.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from statistics import median

from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.core.run import Run

USUAL_TIME_WITHOUT_CHECK_INS = time(7, 0)


@dataclass(frozen=True, slots=True)
class DiaryDay:
    """One day of a person, from its morning check-in to the next.

    Attributes:
        day: the local calendar day.
        begins: the moment of the check-in, or the usual time on a day without one.
        check_in: the first check-in of the day, or None.
        later_check_ins: the others of that day; kept, never used as the morning's rating.
        sessions: all sessions between this check-in and the next day's, walks included.
        rest_is_known: no running, and a source or a check-in says so.
    """

    day: date
    begins: datetime
    check_in: CheckIn | None
    later_check_ins: tuple[CheckIn, ...]
    sessions: tuple[Run, ...]
    rest_is_known: bool

    @property
    def runs(self) -> tuple[Run, ...]:
        """The sessions that were running."""
        return tuple(session for session in self.sessions if session.is_running)

    @property
    def walks(self) -> tuple[Run, ...]:
        """The sessions that were walking."""
        return tuple(session for session in self.sessions if session.activity == "walk")

    @property
    def is_missing(self) -> bool:
        """Whether nobody knows if there was a run."""
        return not self.runs and not self.rest_is_known

    @property
    def rated_before_run(self) -> bool:
        """Whether there were runs, and pain was rated on the same local day before the first of them."""
        if not self.runs or self.check_in is None or self.check_in.pain is None:
            return False
        first = min(self.runs, key=lambda run: run.start)
        return self.check_in.local_day == first.local_day and self.check_in.moment <= first.start


def usual_check_in_time(check_ins: Iterable[CheckIn]) -> time:
    """The median local time of the first check-in of each day (07:00 where there is none)."""
    firsts: dict[date, time] = {}
    for check_in in sorted(check_ins, key=lambda c: c.moment):
        firsts.setdefault(check_in.local_day, check_in.moment.time())
    if not firsts:
        return USUAL_TIME_WITHOUT_CHECK_INS
    seconds = int(median(t.hour * 3600 + t.minute * 60 + t.second for t in firsts.values()))
    return (datetime.min + timedelta(seconds=seconds)).time()


def diary_days(records: Records, *, zone: tzinfo) -> tuple[DiaryDay, ...]:
    """Every day from the first to the last record, in order and without holes.

    Args:
        records: check-ins, sessions and covered spans in any order.
        zone: the person's own zone, for days without a check-in.
    """
    by_day: defaultdict[date, list[CheckIn]] = defaultdict(list)
    for check_in in sorted(records.check_ins, key=lambda c: c.moment):
        by_day[check_in.local_day].append(check_in)
    days = _calendar(records)
    usual = usual_check_in_time(records.check_ins)
    begins = _increasing([_beginning(day, by_day.get(day), usual, zone) for day in days])
    sessions: defaultdict[int, list[Run]] = defaultdict(list)
    for run in sorted(records.runs, key=lambda r: r.start):
        sessions[max(bisect_right(begins, run.start) - 1, 0)].append(run)
    return tuple(
        DiaryDay(
            day=day,
            begins=begins[i],
            check_in=by_day[day][0] if day in by_day else None,
            later_check_ins=tuple(by_day[day][1:]) if day in by_day else (),
            sessions=tuple(sessions.get(i, ())),
            rest_is_known=_rest_is_known(day, sessions.get(i, ()), by_day, records),
        )
        for i, day in enumerate(days)
    )


def _calendar(records: Records) -> list[date]:
    marks = [c.local_day for c in records.check_ins] + [r.local_day for r in records.runs]
    if not marks:
        return []
    first, last = min(marks), max(marks)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _beginning(day: date, check_ins: list[CheckIn] | None, usual: time, zone: tzinfo) -> datetime:
    if check_ins:
        return check_ins[0].moment
    return datetime.combine(day, usual, tzinfo=zone)


def _increasing(moments: list[datetime]) -> list[datetime]:
    """Travel can make a borrowed time fall after the next check-in; each day begins no later than the next."""
    for i in range(len(moments) - 2, -1, -1):
        moments[i] = min(moments[i], moments[i + 1])
    return moments


def _rest_is_known(
    day: date, sessions: Iterable[Run], by_day: dict[date, list[CheckIn]], records: Records
) -> bool:
    if any(session.is_running for session in sessions):
        return False
    said = [c.ran_yesterday for c in by_day.get(day + timedelta(days=1), ()) if c.ran_yesterday is not None]
    if said:
        return not said[0]
    return any(day in span for span in records.covered)
