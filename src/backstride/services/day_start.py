"""The hour at which a person's day starts: what they tell before it belongs to the evening before."""

from dataclasses import replace
from datetime import date, datetime

from backstride.core.check_in import CheckIn, with_day_start
from backstride.core.datetimes import DAY_STARTS_H, LATEST_DAY_START_H, day_lived
from backstride.core.records import Records
from backstride.diary.settings import current_settings, set_setting
from backstride.diary.store import Store
from backstride.errors import BadValue
from backstride.runtime.clock import utc_now
from backstride.runtime.timezone import default_timezone

CHOICE = "day starts"
HOURS = tuple(range(LATEST_DAY_START_H + 1))


def day_start_of(value: str | None) -> int:
    """Parse the stored hour; three where nothing was chosen."""
    return int(value) if value and value in map(str, HOURS) else DAY_STARTS_H


def day_start(store: Store, person: int) -> int:
    """Return the hour that this person chose, else three."""
    return day_start_of(current_settings(store, person).get(CHOICE))


def today_for(store: Store, person: int) -> date:
    """Return the day that a person lives now, in this machine's zone: until three at night, still the one before."""
    return day_lived(utc_now().astimezone(default_timezone().zone), day_start(store, person))


def with_day_starts(records: Records, day_starts_h: int) -> Records:
    """Set the hour at which the day starts on records; a check-in that names an hour itself keeps it."""
    check_ins = (
        each if each.day_starts_h is not None else with_day_start(each, day_starts_h)
        for each in records.check_ins
    )
    return replace(records, check_ins=tuple(check_ins))


def choose_day_start(store: Store, person: int, day_starts_h: int, *, now: datetime) -> int:
    """Keep the hour, and put the check-ins of past nights on the day to which they now belong.

    What each of them said before stays in its history.

    Returns:
        How many check-ins moved to another day.

    Raises:
        BadValue: no day can start at this hour.
        DiaryError: the diary cannot be read or written.
    """
    if day_starts_h not in HOURS:
        raise BadValue(
            f"A day cannot start at {day_starts_h} o'clock.",
            advice=f"Give a whole hour from 0 to {LATEST_DAY_START_H}.",
        )
    set_setting(store, person, CHOICE, str(day_starts_h), now=now)
    diary = store.diary(person)
    moved = 0
    for entry in diary.entries():
        if not isinstance(entry.record, CheckIn) or entry.record.moment.hour >= LATEST_DAY_START_H:
            continue
        placed = with_day_start(entry.record, day_starts_h)
        if placed.local_day != entry.record.local_day:
            diary.amend(entry.id, placed, now=now)
            moved += 1
    return moved
