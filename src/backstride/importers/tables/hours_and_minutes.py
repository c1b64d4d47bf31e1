"""Numbers such as 1.05 that can be hours and minutes, 1 h 05, or hours with a decimal fraction."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import pstdev
from typing import Final

from backstride.errors import BadTable
from backstride.importers.tables.columns import Cells, Table
from backstride.importers.tables.table_units import Units, is_on_foot

_HOURS: Final = re.compile(r"(\d{0,2})[.,](\d{1,2})|(\d{1,2})")
_STATEMENT: Final = "hours"
_WITH_MINUTES: Final = ("h.mm", "hh.mm", "h,mm", "hh,mm")
_QUARTERS: Final = frozenset({0, 25, 50})
_MIN_COMPARED: Final = 4
_CLEARLY: Final = 1.5
"""So much more the paces of one reading must differ to rule it out."""


def hours_with_minutes(table: Table) -> Table:
    """Rewrite 1.05 as 1:05 h, where a first line says '# hours: h.mm'; return any other table as it is."""
    if table.statements.get(_STATEMENT, "").lower() not in _WITH_MINUTES:
        return table
    return replace(table, rows=tuple(_rewritten(cells) for cells in table.rows))


def refuse_open_hours(table: Table, units: Units, rows: Sequence[Cells]) -> None:
    """Refuse hours of which nobody knows whether a fraction is minutes or hundredths.

    Args:
        table: the table of runs.
        units: as its headings and paces tell them.
        rows: its runs.

    Raises:
        BadTable: no fraction is above .59, and as hours and minutes the runs are as likely.
    """
    if _STATEMENT in table.statements:
        return
    if "hours" in table.places and not {"moving_min", "seconds"} & table.places.keys():
        texts = [cells["hours"] for cells in rows]
    elif units.of_time == 3600.0:
        texts = [cells["moving_min"] for cells in rows]
    else:
        return
    found = [_HOURS.fullmatch(text) for text in texts]
    parts = [(int(one[1] or one[3] or 0), _minutes(one)) for one in found if one]
    fractions = {minutes for _, minutes in parts}
    is_fine = any(one and one[2] and len(one[2]) == 2 for one in found)
    if not is_fine or max(fractions) >= 60 or not fractions - {0}:
        return
    ways = [units.length(cells["distance_km"]) for cells, one in zip(rows, found, strict=True) if one]
    paces = [
        (way / (3600 * hours + 36 * minutes), way / (3600 * hours + 60 * minutes))
        for (hours, minutes), way in zip(parts, ways, strict=True)
        if way and not math.isnan(way) and hours + minutes
    ]
    if paces and not all(is_on_foot(pace) for _, pace in paces):
        return
    as_decimal, as_minutes = (_spread([pair[i] for pair in paces]) for i in (0, 1))
    is_compared = len(paces) >= _MIN_COMPARED
    if is_compared and as_minutes > _CLEARLY * as_decimal:
        return
    if fractions <= _QUARTERS and not (is_compared and as_decimal > _CLEARLY * as_minutes):
        return
    shown = next(text for text, one in zip(texts, found, strict=True) if one and _minutes(one))
    raise BadTable(
        f"The durations in {table.name}, such as {shown}, can be hours and minutes, or hours with a fraction: none "
        "has more than 59 behind its point.",
        advice="Write minutes, as in 45, or a first line that says which: '# hours: h.mm' or '# hours: decimal'.",
    )


def _minutes(found: re.Match[str]) -> int:
    """Return the two figures behind the point; a spreadsheet drops the 0 of .50."""
    return int((found[2] or "0").ljust(2, "0"))


def _spread(paces: Sequence[float]) -> float:
    return pstdev(map(math.log, paces)) if len(paces) > 1 else 0.0


def _rewritten(cells: Cells) -> Cells:
    for name in ("moving_min", "hours"):
        if found := _HOURS.fullmatch(cells[name]):
            text = f"{int(found[1] or found[3] or 0)}:{_minutes(found):02d} h"
            return Cells(cells.where, {**cells.by_name, "hours": "", "moving_min": text})
    return cells
