"""Durations as apps write them: 1:02:11.5, 45:12, 00:45:12,3."""

import re
from typing import Final

from backstride.errors import BadValue

_SPAN: Final = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6}(?:[.,]\d+)?)")


def seconds_in(text: str, *, what: str) -> float | None:
    """Parse the seconds in hours:minutes:seconds, of which the hours may be left out; None where it is empty.

    Apps always write the seconds, so 45:12 is 45 minutes; people do not, so tables of people are read otherwise.

    Raises:
        BadValue: it is no duration.
    """
    if not text:
        return None
    found = _SPAN.fullmatch(text.strip())
    if not found:
        raise BadValue(f"The {what} '{text[:40]}' is no duration.", advice="Write it as in 0:45:12.")
    hours, minutes, seconds = (float((part or "0").replace(",", ".")) for part in found.groups())
    return (60 * hours + minutes) * 60 + seconds
