"""Moments: every time in backstride knows its zone, and its local day."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final, Literal

from backstride.errors import BadValue

ONE_DAY: Final = timedelta(days=1)
ZoneSource = Literal["stated", "position", "assumed"]
"""How the zone of a time is known: in the file, from a position, or taken from the person's own zone."""

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)


DAY_STARTS_H: Final = 3
"""The hour of the clock until which a person still lives the evening before, unless they chose another."""
LATEST_DAY_START_H: Final = 12


def day_lived(moment: datetime, day_starts_h: int | None = None) -> date:
    """Return the local day to which a timestamp belongs; the hours after midnight belong to the day before.

    Args:
        moment: at the offset of where the person was.
        day_starts_h: hours after midnight at which their day starts; three unless given.
    """
    hours = DAY_STARTS_H if day_starts_h is None else day_starts_h
    day = moment.date()
    return day if moment.hour >= hours else day - timedelta(days=1)


def to_fixed_offset(moment: datetime) -> datetime:
    """Return `moment` at its own fixed offset, without the name of its zone.

    Python compares and subtracts two times of one named zone by the clock on the wall, which goes wrong on
    the days when that clock is changed; at a fixed offset they are compared as the instants they are.
    """
    return moment.replace(tzinfo=timezone(moment.utcoffset() or timedelta()), fold=0)


def checked_moment(moment: datetime, *, what: str) -> datetime:
    """Return `moment`, pinned, if it knows its zone and lies in a believable year.

    Raises:
        BadValue: a time without a zone, or before 1990 or after 2099.
    """
    if moment.utcoffset() is None:
        raise BadValue(
            f"The time of {what} has no zone.", advice="Give the zone, as in 2026-05-01T07:30+02:00."
        )
    try:
        at_offset = to_fixed_offset(moment)
        believable = EARLIEST <= at_offset < LATEST
    except OverflowError:
        believable = False
    if not believable:
        raise BadValue(
            f"The time of {what} is {moment.isoformat()}.",
            advice="Correct the date: it must lie between 1990 and 2099.",
        )
    return at_offset
