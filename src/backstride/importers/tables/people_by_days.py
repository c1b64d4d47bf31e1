"""People whom no heading names: a column of few values, of which each has a row of its own on the same days."""

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import Final

from backstride.importers.tables.csv_dialect import Sheet
from backstride.importers.tables.table_writing import YEAR_FIRST, YEAR_LAST, plainly

_IDS: Final = frozenset(
    {"id", "ids", "pid", "record", "recordid", "code", "codes", "pseudonym", "alias", "nickname", "nick", "name",
     "initials", "kürzel", "email", "mail", "e", "respondent", "client", "klient", "kunde", "patient", "vp", "vpn",
     "fall", "case", "nr", "no", "num", "number", "nummer", "identifier", "kennung", "konto", "account", "username"}
)  # fmt: skip
_ARE_NONE: Final = frozenset(
    {"device", "devices", "gerät", "source", "quelle", "app", "watch", "uhr", "sensor", "shoe", "shoes", "schuh",
     "schuhe", "gear", "part", "side", "seite", "place", "ort", "question", "frage", "item", "variable", "time",
     "zeit", "slot", "session", "einheit", "tageszeit", "when", "exercise", "übung", "workout", "training",
     "activity", "aktivität", "sport", "type", "typ", "art", "kind", "category", "kategorie", "symptom", "symptoms",
     "medication", "medikament", "tag", "tags", "week", "woche", "wochentag", "weekday"}
)  # fmt: skip
"""Words of headings whose values repeat each day, and are nobody."""
_MAX_PEOPLE, _MIN_ROWS, _MIN_DAYS = 50, 2, 3
_MIN_SHARED: Final = 0.6
"""So large a share of the days has rows of several people."""
_MAX_APART_MIN: Final = 180.0
"""Values whose times lie farther apart are parts of the day."""
_CLOCK: Final = re.compile(r"(?<!\d)([01]?\d|2[0-3]):([0-5]\d)(?!\d)")


def repeated_over_days(sheet: Sheet, at: int) -> list[str]:
    """List the values of a column that are people: each has one row a day, over the same days as the others.

    Args:
        sheet: the table.
        at: the column, whose heading is not known.

    Returns:
        The people; none where the column holds something else.
    """
    words = set(re.findall(r"[^\W\d_]+", sheet.header[at].lower()))
    if words & _ARE_NONE:
        return []
    counts = Counter(row.cells[at].strip() for row in sheet.rows if at < len(row.cells))
    counts.pop("", None)
    if not 1 < len(counts) <= _MAX_PEOPLE or min(counts.values()) < _MIN_ROWS:
        return []
    days: dict[str, list[str]] = {}
    times: dict[str, list[float]] = {}
    for row in sheet.rows:
        value = row.cells[at].strip() if at < len(row.cells) else ""
        day = _day_of(row.cells)
        if value and day:
            days.setdefault(value, []).append(day)
            times.setdefault(value, []).extend(_times_of(row.cells))
    if (
        len(days) < len(counts)
        or any(len(set(one)) < len(one) for one in days.values())
        or _are_parts_of_day(list(times.values()))
    ):
        return []
    every = Counter(day for one in days.values() for day in one)
    shared = [day for day, count in every.items() if count > 1]
    is_enough = len(shared) >= (_MIN_ROWS if words & _IDS else _MIN_DAYS)
    return list(days) if is_enough and len(shared) >= _MIN_SHARED * len(every) else []


def _day_of(cells: Sequence[str]) -> str:
    """Return the first day that a row names, as it stands there."""
    found = (YEAR_FIRST.match(text) or YEAR_LAST.match(text) for text in map(plainly, cells))
    return next((one[0] for one in found if one), "")


def _times_of(cells: Sequence[str]) -> list[float]:
    found = next((one for cell in cells if (one := _CLOCK.search(cell))), None)
    return [60.0 * int(found[1]) + int(found[2])] if found else []


def _are_parts_of_day(times: Sequence[Sequence[float]]) -> bool:
    """Whether the values have hours of their own, as morning and evening have."""
    middles = sorted(median(one) for one in times if one)
    return len(middles) > 1 and middles[-1] - middles[0] > _MAX_APART_MIN
