"""The zone of a place, where a recording has positions and states none.

With the extra `places` (timezonefinder, some 40 MB) the zone of the place itself is known. Without it the longitude
tells when the sun stands highest there, which is enough to see that a time is read in a zone far away.
"""

import math
from datetime import datetime, timedelta, tzinfo
from functools import cache
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from backstride.core.datetimes import ZoneSource

_EARLY_H, _LATE_H = -2.5, 4.0
"""Clocks of zones go so much behind and before the sun: in western China by three hours and more."""
_DEGREES_AN_HOUR: Final = 15.0

Zone = tuple[tzinfo, ZoneSource]


class Finder(Protocol):
    """What knows the zone of each place."""

    def timezone_at(self, *, lng: float, lat: float) -> str | None:
        """Return the name of the zone at a position; None where none is known."""
        ...


@cache
def finder() -> Finder | None:
    """Load the time-zone finder; None where the extra is not installed."""
    try:
        from timezonefinder import TimezoneFinder  # noqa: PLC0415 - an optional extra, slow to load
    except ImportError:
        return None
    found: Finder = TimezoneFinder()
    return found


def zone_of_place(latitude: float, longitude: float, *, at: datetime, zone: ZoneInfo) -> Zone | None:
    """Look up the zone at a position in degrees, or the person's own where its offset is equal; None if unknown."""
    known = finder()
    if known is None or not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return None
    name = known.timezone_at(lng=longitude, lat=latitude)
    try:
        there = ZoneInfo(name or "")
        same = at.astimezone(there).utcoffset() == at.astimezone(zone).utcoffset()
    except (KeyError, ValueError, OSError, OverflowError):
        return None
    return (zone if same else there), "position"


def is_winter_offset(moment: datetime, *, zone: ZoneInfo) -> bool:
    """Whether a stated offset is that of the person's own zone in winter, on a day of summer time there.

    Some sites write it all the year.
    """
    here = moment.astimezone(zone)
    summer = here.dst() or timedelta()
    return bool(summer) and moment.utcoffset() == (here.utcoffset() or timedelta()) - summer


def sun_doubt(start: datetime, longitude: float | None) -> str | None:
    """Describe a doubt where a time is read in a zone far from the position; None where there is none.

    Args:
        start: as it was read.
        longitude: of the place, in degrees; None or nan where it is not known.
    """
    if longitude is None or math.isnan(longitude):
        return None
    offset_h = (start.utcoffset() or timedelta()) / timedelta(hours=1)
    ahead_h = offset_h - longitude / _DEGREES_AN_HOUR
    ahead_h -= 24.0 * round(ahead_h / 24.0)
    if _EARLY_H <= ahead_h <= _LATE_H:
        return None
    where = "west" if ahead_h > 0 else "east"
    there = (start - timedelta(hours=ahead_h)).date()
    day = f"; by the sun there its day is {there}" if there != start.date() else ""
    return (
        f"it was recorded about {abs(ahead_h):.0f} hours of sun {where} of your zone{day}; if you "
        "were there, choose that zone"
    )
