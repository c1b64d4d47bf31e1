"""Times of day on a clock of twelve hours that do not say which half of the day they mean."""

import re
from collections.abc import Iterable
from typing import Final

from backstride.errors import BadTable

_TIME: Final = re.compile(r"(?:^|[\sT,])(\d{1,2})[:.](\d\d)(?::\d\d)?$")
_MIN_TIMES: Final = 4
_AFTER_LUNCH: Final = frozenset({"1", "2", "3"})
"""Hours at which hardly anybody runs or rates by night; with a 0 before them they are those of 24."""


def refuse_twelve_hours(texts: Iterable[str], name: str) -> None:
    """Refuse times of which nobody knows whether they are of the morning or of the afternoon.

    Args:
        texts: the cells with days and times of a table.
        name: the table's.

    Raises:
        BadTable: every hour is one from 1 to 12, with 12 and one of the first three among them.
    """
    hours = [found[1] for text in texts if (found := _TIME.search(text))]
    early = next((hour for hour in hours if hour in _AFTER_LUNCH), None)
    if early is None or "12" not in hours or len(hours) < _MIN_TIMES:
        return
    if any(not 1 <= int(hour) <= 12 or hour.startswith("0") for hour in hours):
        return
    raise BadTable(
        f"The times in {name} have hours from 1 to 12 alone, so that {early} o'clock can be by night or after noon.",
        advice="Write AM or PM behind each time, or the hours from 0 to 24, as in 13:05 and 01:05.",
    )
