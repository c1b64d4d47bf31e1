"""Headings that tell of runs beside ratings of pain, and the days that they leave open."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from backstride.errors import BadInput
from backstride.importers.sport_words import bare
from backstride.importers.tables.check_ins_table import moment_in
from backstride.importers.tables.columns import Cells, Table
from backstride.importers.tables.csv_dialect import Sheet
from backstride.importers.tables.forms import NOTHING
from backstride.importers.tables.headings import plain
from backstride.importers.tables.table_times import clock_for

_OF_WHICH_DAY: Final = frozenset(
    map(plain, ("ran", "gelaufen", "minutes run", "minutes ran", "gelaufene Minuten"))
)
_NO_RUN: Final = NOTHING | {"0", "0.0", "0,0", "no", "n", "nein", "false", "rest"}
_OF_YESTERDAY: Final = frozenset({"ran_minutes", "ran_at"})
"""Headings beside a rating of which nobody can tell whether they speak of its day or of the day before."""
_RUN_WORDS: Final = frozenset(
    ("ran", "run", "runs", "running", "jog", "jogging", "lauf", "laufen", "gelaufen")
)


def headings_of_an_open_day(table: Table, header: Iterable[str]) -> list[str]:
    """Return the headings of runs of which nobody can tell whether they speak of the day or of the day before."""
    if "ran_yesterday" in table.places or "pain" not in table.places:
        return []
    return [heading for heading in header if plain(heading) in _OF_WHICH_DAY]


def days_of_unread_runs(
    sheet: Sheet, table: Table, headings: Sequence[str], *, zone: ZoneInfo
) -> tuple[frozenset[date], list[str]]:
    """Return the days whose rows report a run under headings that were not read, and these headings.

    Where a heading may speak of the day before, that day is open as well.

    Args:
        sheet: as it stands in the file.
        table: its check-ins.
        headings: those that were not read.
        zone: the person's own.

    Returns:
        The days; and the headings as they stand in the file.
    """
    which = [heading for heading in headings if _RUN_WORDS.intersection(bare(heading).split())]
    columns = [i for i, heading in enumerate(sheet.header) if heading in which]
    if not columns:
        return frozenset(), []
    both = any(plain(heading) in _OF_WHICH_DAY for heading in which)
    with_run = {
        f"{sheet.name} line {row.line}"
        for row in sheet.rows
        if any(i < len(row.cells) and row.cells[i].strip().lower() not in _NO_RUN for i in columns)
    }
    clock = clock_for(table.column("date", "time"), table.statements, zone=zone, name=table.name)
    days: set[date] = set()
    for cells in table.rows:
        if cells.where in with_run:
            with suppress(BadInput):
                day = clock.day(moment_in(cells))
                days |= {day, day - timedelta(days=1)} if both else {day}
    return frozenset(days), which


def without_yesterday(table: Table) -> Table:
    """Return the table without the minutes of a run that was yesterday, or on the day itself."""
    rows = tuple(
        Cells(cells.where, {name: text for name, text in cells.by_name.items() if name not in _OF_YESTERDAY})
        for cells in table.rows
    )
    return replace(table, rows=rows)
