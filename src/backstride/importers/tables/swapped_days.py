"""Days that a spreadsheet has turned over: day and month changed over up to the 12th, and text from the 13th on.

A spreadsheet that expects the month first makes 5 January of 01/05 and leaves 13/05 as it stands. Saved again, the
first are days with the year in front, and only the order of the rows tells that they were other days.
"""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from backstride.errors import BadTable
from backstride.importers.tables.table_writing import YEAR_FIRST, YEAR_LAST

_MAX_MONTH: Final = 12
_MIN_TEXTS: Final = 3


def refuse_swapped(texts: Sequence[str], name: str) -> None:
    """Refuse days of which a spreadsheet has changed over day and month.

    Args:
        texts: the days, in figures, from top to bottom.
        name: the table's.

    Raises:
        BadTable: the days with the year in front are in the order of the others only with day and month changed over.
    """
    written: list[date] = []
    meant: list[date] = []
    turned = unturned = 0
    for text in texts:
        try:
            if found := YEAR_FIRST.match(text):
                year, month, day = (int(part) for part in found.groups() if part)
                written.append(date(year, month, day))
                if day > _MAX_MONTH:
                    return
                meant.append(date(year, day, month))
                turned += 1
            elif found := YEAR_LAST.match(text):
                first, second, year = map(int, found.groups())
                if max(first, second) <= _MAX_MONTH:
                    return
                full_year = year if year > 99 else 2000 + year
                written.append(date(full_year, min(first, second), max(first, second)))
                meant.append(written[-1])
                unturned += 1
        except ValueError:
            continue
    if not turned or not unturned or (turned == 1 and unturned >= _MIN_TEXTS):
        return
    is_nearer = 2 * (max(meant) - min(meant)) < max(written) - min(written)
    others = {day.month for day in set(written) & set(meant)}
    is_one_month = is_nearer and {day.month for day in meant} <= others
    if is_one_month or (not _in_order(written) and (_in_order(meant) or is_nearer)):
        raise BadTable(
            f"In {name} a spreadsheet seems to have changed over day and month: {written[0]} was {meant[0]}, as the "
            "days beside it say that have a number above 12.",
            advice="Take the table as it was before the spreadsheet opened it, or write every day as in 2026-05-31.",
        )


def _in_order(days: Sequence[date]) -> bool:
    return all(a <= b for a, b in pairwise(days)) or all(a >= b for a, b in pairwise(days))
