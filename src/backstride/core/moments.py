"""Moments: every time in backstride knows its zone, and its local day."""

from datetime import UTC, datetime
from typing import Literal

from backstride.errors import BadValue

ZoneSource = Literal["stated", "position", "assumed"]
"""How the zone of a time is known: in the file, from a position, or taken from the person's own zone."""

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)


def checked_moment(moment: datetime, *, what: str) -> datetime:
    """`moment` itself, if it knows its zone and lies in a believable year.

    Raises:
        BadValue: a time without a zone, or before 1990 or after 2099.
    """
    if moment.utcoffset() is None:
        raise BadValue(
            f"The time of {what} has no zone.", advice="Give the zone, as in 2026-05-01T07:30+02:00."
        )
    try:
        believable = EARLIEST <= moment < LATEST
    except OverflowError:
        believable = False
    if not believable:
        raise BadValue(
            f"The time of {what} is {moment.isoformat()}.",
            advice="Correct the date: it must lie between 1990 and 2099.",
        )
    return moment
