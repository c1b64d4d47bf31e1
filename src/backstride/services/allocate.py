"""Drawing run days by chance, once, and showing what has begun of them."""

import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from backstride.core.allocation import (
    BLOCK_DAYS,
    MAX_SEED,
    PERIOD_DAYS,
    Allocation,
    AllocationScheme,
    Arm,
    effective_allocations,
)
from backstride.core.records import Records
from backstride.diary.opening import open_diary, open_store
from backstride.diary.schema import OWNER
from backstride.diary.store import Store
from backstride.errors import BadValue
from backstride.programme.schedule import BASELINE_DAYS, allocate, is_revealed, least_weeks
from backstride.runtime.paths import default_diary_location
from backstride.services.plan import plan_for, refuse_runs_that_wait


@dataclass(frozen=True, slots=True)
class Schedule:
    """What may be seen of a schedule.

    Attributes:
        as_of: the day on which it is seen.
        shown: the drawn days of the weeks that have begun, in order.
        done: of the shown days up to yesterday, those with a run.
        last_day: the last drawn day, seen or not; None where nothing is drawn.
        first_day: the first drawn day that is in force.
        law: how the days to come are chosen.
    """

    as_of: date
    shown: tuple[Allocation, ...]
    done: frozenset[date]
    first_day: date | None
    last_day: date | None
    law: AllocationScheme = AllocationScheme.OWN


def allocate_days(
    law: AllocationScheme,
    *,
    zone: ZoneInfo,
    first_day: date | None = None,
    weeks: int | None = None,
    seed: int | None = None,
    diary: str | None = None,
    now: datetime | None = None,
) -> Schedule:
    """Draw and keep a schedule in the diary of its owner, or hand the days back; the rest is as in `allocate_for`.

    Args:
        law: days, weeks, blocks of weeks, or own.
        zone: the person's own zone.
        first_day, weeks, seed, now: as in `allocate_for`.
        diary: its path or URL; the person's own unless given.
    """
    moment = now or datetime.now(UTC)
    today = moment.astimezone(zone).date()
    with open_store(diary or default_diary_location()) as store:
        return allocate_for(
            store, OWNER, law, today=today, first_day=first_day, weeks=weeks, seed=seed, now=moment
        )


def allocate_for(
    store: Store,
    person: int,
    law: AllocationScheme,
    *,
    today: date,
    now: datetime,
    first_day: date | None = None,
    weeks: int | None = None,
    seed: int | None = None,
) -> Schedule:
    """Draw and keep a schedule, or hand the days back to the person; what has begun is never changed.

    Args:
        store: where.
        person: whose.
        law: days, weeks, blocks of weeks, or own.
        today: the local day.
        now: the moment of storing.
        first_day: the first day of it; the next Monday unless given. It must lie ahead.
        weeks: how many weeks; as few as possible unless given.
        seed: the system's own chance unless given.

    Raises:
        BadValue: the first day has begun, cuts a drawn block in two, follows too short a baseline, or runs wait for a
            talk with the provider. Days can be handed back at any time.
        DiaryError: it was not stored.
    """
    start = first_day or today + timedelta(days=7 - today.weekday())
    book = store.diary(person)
    records = book.records()
    if law is not AllocationScheme.OWN:
        refuse_runs_that_wait(plan_for(store, person, today=today, records=records))
    _check_start(start, today=today, records=records, law=law)
    new: tuple[Allocation, ...] = ()
    if law is not AllocationScheme.OWN:
        chance = secrets.randbelow(MAX_SEED) if seed is None else seed
        new = allocate(law, first_day=start, weeks=least_weeks(law) if weeks is None else weeks, seed=chance)
    _refuse_known_schedule(new, records)
    handed_back = _revoked(records, start, {allocation.day for allocation in new})
    book.add(Records(allocations=handed_back + new), source="draw", now=now)
    return schedule_of(book.records(), today=today)


def schedule(*, zone: ZoneInfo, diary: str | None = None, now: datetime | None = None) -> Schedule:
    """Return the part of the owner's schedule that has begun.

    Raises:
        DiaryError: the diary cannot be opened.
    """
    today = (now or datetime.now(UTC)).astimezone(zone).date()
    with open_diary(diary or default_diary_location()) as book:
        return schedule_of(book.records(), today=today)


def schedule_of(records: Records, *, today: date) -> Schedule:
    """Return the part of the schedule in these records that has begun."""
    days = [
        allocation
        for allocation in effective_allocations(records.allocations).values()
        if allocation.assigned is not Arm.OWN
    ]
    shown = tuple(allocation for allocation in days if is_revealed(allocation, today=today))
    done = frozenset(run.local_day for run in records.runs if run.is_running)
    first, last = (days[0].day, days[-1].day) if days else (None, None)
    ahead = [allocation.law for allocation in days if allocation.day >= today]
    return Schedule(today, shown, done, first, last, ahead[-1] if ahead else AllocationScheme.OWN)


def choice_opens_on(records: Records) -> date | None:
    """Return the Monday from which run days can be drawn for the week after it; None without any rated morning."""
    earliest = _earliest_start(records)
    if earliest is None:
        return None
    return earliest - timedelta(days=7) + timedelta(days=-earliest.weekday() % 7)


def _revoked(records: Records, start: date, reallocated: set[date]) -> tuple[Allocation, ...]:
    """Days of an earlier schedule from `start` on, which the new one leaves out.

    A word that was said before is not stored again: a number of its own makes it a new one.
    """
    number = secrets.randbelow(MAX_SEED)
    return tuple(
        Allocation(day=day, assigned=Arm.OWN, law=AllocationScheme.OWN, block=day, seed=number, source="draw")
        for day, allocation in effective_allocations(records.allocations).items()
        if day >= start and day not in reallocated and allocation.assigned is not Arm.OWN
    )


def _refuse_known_schedule(new: tuple[Allocation, ...], records: Records) -> None:
    """Refuse a schedule that was cancelled before: the diary knows its days, so they would not count again."""
    known = {
        (allocation.day, allocation.law, allocation.block, allocation.seed)
        for allocation in records.allocations
    }
    if any(
        (allocation.day, allocation.law, allocation.block, allocation.seed) in known for allocation in new
    ):
        raise BadValue("This very draw was made before.", advice="Draw without --seed, or with another one.")


def _check_start(start: date, *, today: date, records: Records, law: AllocationScheme) -> None:
    if start <= today:
        raise BadValue(
            f"{start} has begun, and what has begun is not drawn.", advice="Give a day that lies ahead."
        )
    for allocation in effective_allocations(records.allocations).values():
        end = allocation.block + timedelta(days=BLOCK_DAYS[allocation.law])
        together = _together(allocation.law)
        over = (start - allocation.block).days % together
        if allocation.block < start < end and over:
            raise BadValue(
                f"{start} lies in the middle of days that fell together.",
                advice=f"Begin on {start + timedelta(days=together - over)}, the day after them.",
            )
    if law is not AllocationScheme.OWN:
        _check_baseline(start, records)


def _together(law: AllocationScheme) -> int:
    """How many days a later draw may not part: a pair of weeks, for one tells the other, and else one period."""
    return BLOCK_DAYS[law] if law is AllocationScheme.WEEKS else PERIOD_DAYS[law]


def _check_baseline(start: date, records: Records) -> None:
    earliest = _earliest_start(records)
    if earliest is None:
        raise BadValue(
            "There is no morning rating yet.",
            advice=f"Rate your back each morning for {BASELINE_DAYS} days before the first drawn day.",
        )
    if start < earliest:
        raise BadValue(
            f"A draw needs {BASELINE_DAYS} days of your mornings before it.",
            advice=f"Begin on {earliest} or later.",
        )


def _earliest_start(records: Records) -> date | None:
    """Return the first day that lies behind a whole baseline of mornings; None without any rated morning."""
    rated = [check_in.local_day for check_in in records.check_ins if check_in.pain is not None]
    return min(rated) + timedelta(days=BASELINE_DAYS) if rated else None
