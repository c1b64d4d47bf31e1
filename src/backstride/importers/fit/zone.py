"""The zone in which a FIT file was recorded."""

import math
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from backstride.core.datetimes import ZoneSource
from backstride.importers.fit.messages import FitPart
from backstride.importers.fit.stream import SINCE_POWER_ON, Stream
from backstride.importers.place_zone import zone_of_place

ACTIVITY: Final = 34
EPOCH: Final = datetime(1989, 12, 31, tzinfo=UTC)
"""FIT counts seconds from here."""


def local_zone(part: FitPart, stream: Stream, start: float, zone: ZoneInfo) -> tuple[tzinfo, ZoneSource]:
    """Determine the time zone of a session, and how it is known.

    A watch that knows its zone writes its local time beside the absolute one. Their difference counts if it
    is a whole number of quarter hours within 14 h. Some watches write no difference at all wherever they
    are, so 0 counts only where the position, or else the person's own zone, agrees.

    Returns:
        The zone, and whether the file states it, the position tells it, or it is assumed.
    """
    stated = _stated(part, stream, start, zone)
    if stated is not None:
        return stated
    place = stream.middle_degrees
    began = EPOCH + timedelta(seconds=start)
    return (place and zone_of_place(*place, at=began, zone=zone)) or (zone, "assumed")


def _stated(part: FitPart, stream: Stream, start: float, zone: ZoneInfo) -> tuple[tzinfo, ZoneSource] | None:
    messages = part.messages(ACTIVITY)
    local, stamp = messages.last(5), messages.times[-1] if len(messages) else math.nan
    if local is None or math.isnan(stamp) or stamp < SINCE_POWER_ON:
        return None
    quarters = round((local - stamp) / 900)
    if abs(local - stamp - quarters * 900) > 60 or abs(quarters) > 14 * 4:
        return None
    offset = timedelta(minutes=15 * quarters)
    if not offset and not _zero_is_meant(stream, start, zone):
        return None
    return timezone(offset), "stated"


def _zero_is_meant(stream: Stream, start: float, zone: ZoneInfo) -> bool:
    """Whether a local time equal to UTC is that of the place: between Iceland and Mali, if positions tell."""
    hours = stream.solar_hours
    if hours is not None:
        return -1.7 <= hours <= 0.35
    return not (EPOCH + timedelta(seconds=start)).astimezone(zone).utcoffset()
