"""The table of covered days: from when to when every run is known."""

from typing import Final
from zoneinfo import ZoneInfo

from backstride.core.records import CoveredSpan, Records
from backstride.importers.base import ImportResult
from backstride.importers.tables.columns import Cells, Table, each_row
from backstride.importers.tables.forms import Column, Form
from backstride.importers.tables.table_times import Clock, clock_for

FORM: Final = Form(
    what="covered days",
    columns=(
        Column("from", ("first", "first_day", "von", "erster Tag")),
        Column("to", ("until", "last", "last_day", "bis", "letzter Tag")),
        Column("source", ("Quelle",)),
    ),
    needs=(("from",), ("to",)),
    example="from,to,source and, below it, 2026-01-01,2026-06-30,watch",
)


def read_covered(table: Table, *, zone: ZoneInfo) -> ImportResult:
    """Every span of the table."""
    clock = clock_for(table.column("from", "to"), table.statements, zone=zone, name=table.name, by_hand=False)
    spans, skipped = each_row(table, lambda cells: _span(cells, clock))
    return ImportResult(Records(covered=tuple(spans)), tuple(skipped), clock.notes(table.name))


def _span(cells: Cells, clock: Clock) -> CoveredSpan:
    return CoveredSpan(clock.day(cells["from"]), clock.day(cells["to"]), cells["source"] or cells.where)
