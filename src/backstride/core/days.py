"""The order of the day: check-in, then run or rest, then the next check-in.

    morning check-in t (before any run)  ->  run or rest, x_t  ->  morning check-in t+1

A run belongs to the day whose check-in came before it; a run at the very moment of a check-in comes after it.
What is noted after midnight, until three or the hour a person chose, belongs to the evening before. A day without a
check-in borrows the person's usual check-in time. A day without a run is a rest day only where somebody said so; else
it is missing.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from functools import reduce
from statistics import median

from backstride.core.allocation import Allocation, effective_allocations
from backstride.core.check_in import CheckIn, joined
from backstride.core.datetimes import to_fixed_offset
from backstride.core.early_runs import runs_before_rating
from backstride.core.pain_before import PainBefore
from backstride.core.records import Records
from backstride.core.run import Run, total_minutes
from backstride.core.said_runs import said_runs, with_reported_minutes
from backstride.core.scales import PainRating
from backstride.core.timezone_history import TimezoneHistory, timezone_history

USUAL_TIME_WITHOUT_CHECK_INS = time(7, 0)
NO_DAY, ONE_DAY = timedelta(0), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DiaryDay:
    """One day of a person, from its morning check-in to the next.

    Attributes:
        day: the local calendar day.
        begins: the moment of the check-in, or the usual time on a day without one.
        check_in: the first check-in of the day, or None.
        later_check_ins: the others of that day, those of the night after it included; kept, never used as the
            morning's rating.
        sessions: all sessions between this check-in and the next day's, walks included.
        rest_is_known: no running, and a source or a check-in says so.
        pain_before: ratings of pain between this check-in and the next, in order.
        allocation: what the schedule gave the day, with its law; None where none is on record. Of who runs before the
            check-in it is that of the next date, whose run lies in this day.
        is_timed: whether it is known when the sessions were; not where a check-in reports one and not when it was.
    """

    day: date
    begins: datetime
    check_in: CheckIn | None
    later_check_ins: tuple[CheckIn, ...]
    sessions: tuple[Run, ...]
    rest_is_known: bool
    allocation: Allocation | None = None
    pain_before: tuple[PainBefore, ...] = ()
    is_timed: bool = True

    @property
    def runs(self) -> tuple[Run, ...]:
        """The sessions that were running."""
        return tuple(session for session in self.sessions if session.is_running)

    @property
    def walks(self) -> tuple[Run, ...]:
        """The sessions that were walking."""
        return tuple(session for session in self.sessions if session.activity == "walk")

    @property
    def pain_before_run(self) -> PainRating | None:
        """The last rating before the first run; on a day without a run the last one of the day. None without any."""
        end = min((run.start for run in self.runs), default=None) if self.is_timed else None
        ratings = [each for each in self.pain_before if end is None or each.time <= end]
        return ratings[-1].pain if ratings else None

    @property
    def drawn_to_run(self) -> bool | None:
        """What chance drew: the schedule's word, else what the check-in says; None on own days."""
        if self.allocation is not None:
            return self.allocation.to_run
        return self.check_in.drawn_to_run if self.check_in else None

    @property
    def is_missing(self) -> bool:
        """Whether nobody knows if there was a run."""
        return not self.runs and not self.rest_is_known

    @property
    def run_minutes(self) -> float | None:
        """Minutes of running, 0 on a day of rest; None where nobody knows if there was a run, or how long it was."""
        return None if self.is_missing else total_minutes(self.runs)

    @property
    def rated_before_run(self) -> bool:
        """Whether there were runs, and pain was rated on the same local day before the first of them.

        A rating filled in on a later day, or told with a day and no time, proves no order.
        """
        return self.hours_to_run is not None

    @property
    def hours_to_run(self) -> float | None:
        """Hours from the morning's rating to the first run; None where it is not known to come before it that day."""
        if not self.runs or not self.is_timed or self.check_in is None or self.check_in.pain is None:
            return None
        first = min(self.runs, key=lambda run: run.start)
        late = self.check_in.filled_in_late or self.check_in.local_day != first.local_day
        if late or self.check_in.moment > first.start:
            return None
        return (first.start - self.check_in.moment) / timedelta(hours=1)

    @property
    def hours_since_rating(self) -> float | None:
        """Hours from the last rating known to come before the first run, to that run; None where it is not known."""
        start = min((run.start for run in self.runs), default=None)
        if start is None or not self.is_timed:
            return None
        since = [(start - each.time) / timedelta(hours=1) for each in self.pain_before if each.time <= start]
        return min(since, default=self.hours_to_run)


def usual_check_in_time(check_ins: Iterable[CheckIn]) -> time:
    """Return the median local time of each day's first check-in (07:00 where there is none)."""
    firsts: dict[date, time] = {}
    for check_in in sorted(check_ins, key=lambda c: c.moment):
        if not check_in.is_after_midnight:
            firsts.setdefault(check_in.local_day, check_in.moment.time())
    if not firsts:
        return USUAL_TIME_WITHOUT_CHECK_INS
    seconds = int(median(t.hour * 3600 + t.minute * 60 + t.second for t in firsts.values()))
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60)


def diary_days(records: Records, *, zone: tzinfo) -> tuple[DiaryDay, ...]:
    """Return every day from the first check-in or session to the last, in order and without holes, for the model.

    A day begins with its morning's rating, so that whatever comes before a rating belongs to the day before: a run
    at six that is followed by a rating at seven is the day's before, for it can have changed that rating.

    Covered days after the last record are days too; days before the first check-in or session are not, even
    if covered, for there is no morning whose pain they could affect.

    Args:
        records: check-ins, sessions and covered spans in any order.
        zone: the person's own zone, for days without a check-in.
    """
    return _days_of(records, zone, by_calendar=False)


def calendar_days(records: Records, *, zone: tzinfo) -> tuple[DiaryDay, ...]:
    """Return every day as `diary_days` does, with each session on the date on which it began: for people to look at.

    Args:
        records: check-ins, sessions and covered spans in any order.
        zone: the person's own zone, for days without a check-in.
    """
    return _days_of(records, zone, by_calendar=True)


def _days_of(records: Records, zone: tzinfo, *, by_calendar: bool) -> tuple[DiaryDay, ...]:
    check_ins = _by_day(records.check_ins)
    mornings = {day: first for day, of_day in check_ins.items() if (first := _first_of(of_day))}
    days = _calendar(records, check_ins)
    begins = _beginnings(
        days, mornings, usual_check_in_time(records.check_ins), timezone_history(records, home=zone)
    )
    sessions: defaultdict[int, list[Run]] = defaultdict(list)
    for run in sorted(with_reported_minutes(records.check_ins, records.runs), key=lambda r: r.start):
        row = (run.local_day - days[0]).days if by_calendar else bisect_right(begins, run.start) - 1
        sessions[row].append(run)
    untimed = _join_said(records, days, sessions)
    ratings: defaultdict[int, list[PainBefore]] = defaultdict(list)
    for rating in sorted(records.pain_before, key=lambda r: r.time):
        ratings[bisect_right(begins, rating.time) - 1].append(rating)
    allocations = effective_allocations(records.allocations)
    # a run before breakfast lies between the check-ins of the day before and of its own, and so does its draw
    shift = ONE_DAY if not by_calendar and runs_before_rating(records.runs, allocations, mornings) else NO_DAY
    made = []
    for i, day in enumerate(days):
        next_morning = [c for c in check_ins.get(day + ONE_DAY, ()) if not c.is_after_midnight]
        rest = _rest_is_known(day, sessions[i], next_morning, records)
        first = mornings.get(day)
        later = tuple(c for c in check_ins.get(day, ()) if c is not first)
        before = tuple(ratings[i])
        made.append(
            DiaryDay(
                day,
                begins[i],
                first,
                later,
                tuple(sessions[i]),
                rest,
                allocations.get(day + shift),
                before,
                i not in untimed,
            )
        )
    return _without_empty_ends(made)


def _join_said(records: Records, days: list[date], sessions: defaultdict[int, list[Run]]) -> set[int]:
    """Put the runs of which only check-ins tell on their days, and give the rows on which their time is not known."""
    untimed = set()
    for said in said_runs(records.check_ins, records.runs):
        row = (said.check_in_day - days[0]).days - 1
        sessions[row] = sorted([*sessions[row], said.run], key=lambda run: run.start)
        if not said.is_timed:
            untimed.add(row)
    return untimed


def row_of(moment: datetime, days: Sequence[DiaryDay]) -> int:
    """Return the index of the diary day that contains `moment`; -1 before the first day."""
    return bisect_right(days, moment, key=lambda day: day.begins) - 1


def _by_day(check_ins: Iterable[CheckIn]) -> dict[date, list[CheckIn]]:
    """Check-ins by local day, in the order in which they were lived; those of one moment joined.

    Who flies east over the date line lives a day twice: its check-ins all count for the day that came first.
    """
    of_moment: defaultdict[datetime, list[CheckIn]] = defaultdict(list)
    for check_in in sorted(check_ins, key=lambda c: c.moment):
        of_moment[check_in.moment].append(check_in)
    by_day: defaultdict[date, list[CheckIn]] = defaultdict(list)
    day = date.min
    for same_moment in of_moment.values():
        check_in = reduce(joined, same_moment)
        day = max(day, check_in.local_day)
        by_day[day].append(check_in)
    return dict(by_day)


def _first_of(check_ins: Iterable[CheckIn]) -> CheckIn | None:
    """Return the first check-in of a day, skipping those made after midnight, which belong to the evening before."""
    return next((check_in for check_in in check_ins if not check_in.is_after_midnight), None)


def _calendar(records: Records, check_ins: dict[date, list[CheckIn]]) -> list[date]:
    """All days that may hold something: a run before its day's check-in belongs to the day before."""
    bounds = [*check_ins, *(run.local_day for run in records.runs)]
    if not bounds:
        return []
    # One day back, and two more, for the zones of two neighbouring days can lie 26 hours apart.
    first = min(bounds) - 3 * ONE_DAY
    last = max(bounds + [span.last_day for span in records.covered])
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _beginnings(
    days: list[date], mornings: dict[date, CheckIn], usual: time, where: TimezoneHistory
) -> list[datetime]:
    """When each day begins, never earlier than the day before it; a check-in is never moved."""
    begins = [
        mornings[day].moment
        if day in mornings
        else to_fixed_offset(datetime.combine(day, usual, tzinfo=where.zone_on(day)))
        for day in days
    ]
    borrowed = [day not in mornings for day in days]
    for i in range(1, len(days)):
        if borrowed[i]:
            begins[i] = max(begins[i], begins[i - 1])
    for i in range(len(days) - 2, -1, -1):
        if borrowed[i]:
            begins[i] = min(begins[i], begins[i + 1])
    return begins


def _rest_is_known(
    day: date, sessions: Iterable[Run], next_morning: Iterable[CheckIn], records: Records
) -> bool:
    lived = list(sessions)
    if any(session.is_running for session in lived):
        return False
    said = [c.ran_yesterday for c in next_morning if c.ran_yesterday is not None]
    if said:
        return not said[0]
    if any(session.kind_source == "unknown" for session in lived):  # it may have been a run
        return False
    return any(day in span for span in records.covered)


def _without_empty_ends(days: list[DiaryDay]) -> tuple[DiaryDay, ...]:
    lived = [i for i, day in enumerate(days) if day.check_in or day.later_check_ins or day.sessions]
    if not lived:
        return ()
    known = [i for i, day in enumerate(days) if day.rest_is_known]
    return tuple(days[lived[0] : max(lived + known) + 1])
