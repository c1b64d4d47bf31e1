"""The rows of a neutral table, by the names of its columns."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from backstride.errors import BadInput, BadTable
from backstride.importers.base import Skipped
from backstride.importers.cell_values import in_plain_signs
from backstride.importers.tables.csv_dialect import Row, Sheet
from backstride.importers.tables.forms import NOTHING, Form, headings_of, lacking, placed
from backstride.importers.tables.headings import SIDEWAYS, is_sideways
from backstride.importers.tables.no_rows import no_row
from backstride.importers.tables.table_times import Clock, clock_for


@dataclass(frozen=True, slots=True)
class Cells:
    """One row by the names of its columns; an empty cell and a missing column are both ''."""

    where: str
    by_name: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """Return the cell of column `name`; empty where there is none."""
        return self.by_name.get(name, "")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one table, by the names of their columns.

    Attributes:
        name: the file's name.
        rows: the rows whose cells stand in their places.
        places: at which index the file has which known column.
        statements: what the lines before the header say.
        skipped: the rows that could not be laid out.
        units: the unit that the heading of a column names, by the column's name.
        own_names: the columns whose headings are their own names, as the documentation gives them.
        headings: the heading of each known column, as the file has it.
        notes: what was passed over, and which of two columns was read.
    """

    name: str
    rows: tuple[Cells, ...]
    places: Mapping[str, int]
    statements: Mapping[str, str]
    skipped: tuple[Skipped, ...]
    units: Mapping[str, str] = field(default_factory=dict)
    own_names: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)

    def column(self, *names: str) -> list[str]:
        """Return the cells of these columns, from top to bottom."""
        return [cells[name] for cells in self.rows for name in names]


def clock_of(table: Table, *, zone: ZoneInfo) -> Clock:
    """Determine how to read the columns `date` and `time` of a table that a person keeps, or that this program wrote.

    Raises:
        BadTable: the table names a zone or an order that does not exist.
    """
    return clock_for(
        table.column("date", "time"),
        table.statements,
        zone=zone,
        name=table.name,
        keeps_offsets="zone" in table.places,
    )


T = TypeVar("T")

FREE_WORDS: Final = frozenset({"note", "source", "kind_word"})
_NOT_COMPUTED = re.compile(r"(^|[;\t\r\n])'(?=[=+\-@\t\r'\uff1d\uff0b\uff0d\uff20])")
"""An export puts an apostrophe before words that a spreadsheet would compute; it is taken away again."""


RUNS: Final = "runs"
"""What a row of the table of runs is."""
_OF_ANY_TABLE: Final = frozenset({"time", "start", "date", "day", "note", "source", "from", "to", "unit"})
"""Columns that say nothing of what a table is about."""


def form_of(sheet: Sheet, forms: Sequence[Form]) -> Form:
    """Choose the table type whose required columns the header has; of several, the one that matches most.

    Raises:
        BadTable: none of them; the message names what was found and what is needed.
    """
    known = {form.what: placed(form, sheet.header, sheet.rows) for form in forms}
    fitting = [form for form in forms if not lacking(form, known[form.what])]
    if fitting:
        return max(fitting, key=lambda form: len(known[form.what]))
    found = ", ".join(heading for heading in sheet.header if heading)[:200] or "none"
    nearest = max(forms, key=lambda form: (len(set(known[form.what]) - _OF_ANY_TABLE), len(known[form.what])))
    if not set(known[nearest.what]) - _OF_ANY_TABLE:
        raise BadTable(
            f"{sheet.name} has none of the columns of a diary (its first line reads: {found}).",
            advice=SIDEWAYS
            if is_sideways(sheet.header)
            else f"The first line must name the columns, as in: {nearest.example}",
        )
    refused = BadTable(
        f"{sheet.name} looks like a table of {nearest.what}, but lacks the column "
        f"{' and '.join(lacking(nearest, known[nearest.what]))} (its columns are: {found}).",
        advice=f"Add or rename it, as in: {nearest.example}",
    )
    raise refused.of_runs() if nearest.what == RUNS else refused


def table_of(sheet: Sheet, form: Form) -> Table:
    """Read the sheet as this type of table.

    Rows with more cells than columns are skipped; totals and repeated headers are no rows.
    """
    headings = headings_of(form, sheet.header, sheet.rows)
    places = {name: heading.at for name, heading in headings.items()}
    rows: list[Cells] = []
    skipped = list(sheet.skipped)
    over = Counter[str]()
    for row in sheet.rows:
        where = f"{sheet.name} line {row.line}"
        if (what := no_row(row.cells, sheet.header)) is not None:
            over[what] += 1
        elif any(cell.strip() for cell in row.cells[len(sheet.header) :]):
            why = (
                f"It has {len(row.cells)} cells where the first line names {len(sheet.header)}. "
                "Put a cell that has the delimiter in it (a note, say) in double quotes."
            )
            skipped.append(Skipped(where, why))
        else:
            rows.append(Cells(where, {name: _cell(row, name, i) for name, i in places.items()}))
    notes = [f"{sheet.name}: rows passed over, {what}: {count}." for what, count in over.items() if count]
    notes += [
        f"{sheet.name}: '{sheet.header[heading.at]}' is read as {name.replace('_', ' ')}, by what "
        "its cells hold. Rename it if that is wrong."
        for name, heading in headings.items()
        if heading.is_by_content
    ]
    own = frozenset(name for name, heading in headings.items() if heading.is_own)
    units = {name: heading.unit for name, heading in headings.items() if heading.unit}
    names = {name: sheet.header[heading.at] for name, heading in headings.items()}
    return Table(
        sheet.name, tuple(rows), places, sheet.statements, tuple(skipped), units, own, tuple(notes), names
    )


def each_row(table: Table, make: Callable[[Cells], T | None]) -> tuple[list[T], list[Skipped]]:
    """Convert every row with `make` (None leaves a row out silently); also return the rows it refused.

    Returns:
        What was made, in order; and the rows that were refused, by their lines.
    """
    made: list[T] = []
    skipped = list(table.skipped)
    for cells in table.rows:
        try:
            record = make(cells)
        except BadInput as error:
            skipped.append(Skipped(cells.where, str(error)))
        else:
            if record is not None:
                made.append(record)
    return made, list(by_line(skipped))


def without_rows(table: Table, left_out: Iterable[Skipped]) -> Table:
    """Take rows out of a table, and count them among those that were skipped."""
    skipped = tuple(left_out)
    wheres = {skip.where for skip in skipped}
    rows = tuple(cells for cells in table.rows if cells.where not in wheres)
    return replace(table, rows=rows, skipped=(*table.skipped, *skipped)) if skipped else table


def by_line(skipped: Iterable[Skipped]) -> tuple[Skipped, ...]:
    """Sort what was skipped in a table from top to bottom."""
    return tuple(sorted(skipped, key=lambda skip: int(skip.where.rpartition(" ")[2])))


def passed_over(table: Table, made: Sequence[object], skipped: Sequence[Skipped]) -> tuple[str, ...]:
    """Return a note on rows that were left out silently, if there are any."""
    count = len(table.rows) + len(table.skipped) - len(made) - len(skipped)
    return (f"{table.name}: rows that hold nothing but a time were passed over: {count}.",) if count else ()


def _cell(row: Row, name: str, i: int) -> str:
    text = row.cells[i] if i < len(row.cells) else ""
    if name in FREE_WORDS:
        return _NOT_COMPUTED.sub(r"\1", text)
    return "" if text.strip().lower() in NOTHING else in_plain_signs(text).strip()
