"""The table of covered days: from when to when every run is known."""

import re
from typing import Final
from zoneinfo import ZoneInfo

from backstride.core.records import CoveredSpan, Records
from backstride.errors import BadTable
from backstride.importers.base import ImportResult
from backstride.importers.tables.columns import Cells, Table, each_row
from backstride.importers.tables.csv_dialect import Sheet
from backstride.importers.tables.forms import Column, Form, placed, unknown_columns
from backstride.importers.tables.table_times import Clock, clock_for
from backstride.importers.tables.table_writing import is_midnight, plainly

FORM: Final = Form(
    what="covered days",
    columns=(
        Column("from", ("first", "first_day", "von", "erster Tag")),
        Column("to", ("until", "last", "last_day", "bis", "letzter Tag")),
        Column("source", ("Quelle",)),
        Column("note", ("notes", "comment", "Notiz", "Notizen", "Bemerkung")),
    ),
    needs=(("from",), ("to",)),
    example="from,to,source and, below it, 2026-01-01,2026-06-30,watch",
)
_TIME_OF_DAY: Final = re.compile(r"\d:\d\d")


def refuse_other_spans(sheet: Sheet) -> None:
    """Refuse spans of time that hold more than covered days do: a sleep, a holiday, a shoe vouches for no day.

    Raises:
        BadTable: there are other columns, or times of day.
    """
    others = unknown_columns(FORM, sheet.header)
    places = placed(FORM, sheet.header)
    cells = [row.cells[i] for row in sheet.rows for i in (places["from"], places["to"]) if i < len(row.cells)]
    timed = next((cell for cell in cells if _TIME_OF_DAY.search(cell) and not is_midnight(plainly(cell))), "")
    if not others and not timed:
        return
    what = f"other columns ({', '.join(others)[:100]})" if others else f"times of day ({timed[:40]})"
    raise BadTable(
        f"{sheet.name} says from when to when something was, with {what}: that is no table of days of which every "
        "run is known.",
        advice="Such a table has the columns from, to and source alone. Runs need the columns start and moving_min.",
    )


def read_covered(table: Table, *, zone: ZoneInfo) -> ImportResult:
    """Read every span of the table."""
    clock = clock_for(table.column("from", "to"), table.statements, zone=zone, name=table.name, by_hand=False)
    spans, skipped = each_row(table, lambda cells: _span(cells, clock))
    return ImportResult(Records(covered=tuple(spans)), tuple(skipped), clock.notes(table.name))


def _span(cells: Cells, clock: Clock) -> CoveredSpan:
    return CoveredSpan(clock.day(cells["from"]), clock.day(cells["to"]), cells["source"] or cells.where)
