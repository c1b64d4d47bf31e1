"""The columns of a neutral table: their names, their other names, and where a file has them."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeVar

from backstride.errors import BadInput, BadTable
from backstride.importers.base import Skipped
from backstride.importers.csv_dialect import Row, Sheet


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: as `docs/diary-format.md` gives it.
        aliases: what else it may be called.
    """

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """One of the tables.

    Attributes:
        what: what a row of it is, in the plural.
        columns: every column it may have.
        needs: the columns without which nothing can be read; of each group one is enough.
        example: a header and a row, for the advice.
    """

    what: str
    columns: tuple[Column, ...]
    needs: tuple[tuple[str, ...], ...]
    example: str


@dataclass(frozen=True, slots=True)
class Cells:
    """One row by the names of its columns; an empty cell and a missing column are both ''."""

    where: str
    by_name: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """What the cell of column `name` holds."""
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
    """

    name: str
    rows: tuple[Cells, ...]
    places: Mapping[str, int]
    statements: Mapping[str, str]
    skipped: tuple[Skipped, ...]

    def column(self, *names: str) -> list[str]:
        """What the cells of these columns hold, from top to bottom."""
        return [cells[name] for cells in self.rows for name in names]


T = TypeVar("T")

FREE_WORDS: Final = frozenset({"note", "source", "kind_word"})
_NOT_COMPUTED = re.compile(r"(^|[;\t\r\n])'(?=[=+\-@\t\r'\uff1d\uff0b\uff0d\uff20])")
"""An export puts an apostrophe before words that a spreadsheet would compute; it is taken away again."""
_WITHOUT_UMLAUTS = {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("ß"): "ss"}
_NOTHING = frozenset({"", "-", "\u2013", "\u2014", "n/a", "na", "nan", "null", "?"})


_MOST_REMEMBERED: Final = 60


def placed(form: Form, header: Iterable[str]) -> dict[str, int]:
    """At which index the header has which known column; the first of two equal ones counts."""
    names = {plain(other): column.name for column in form.columns for other in (column.name, *column.aliases)}
    places: dict[str, int] = {}
    for i, heading in enumerate(header):
        name = names.get(plain(heading))
        if name is not None:
            places.setdefault(name, i)
    return places


def lacking(form: Form, places: Mapping[str, int]) -> list[str]:
    """The needed columns that are not there, in words."""
    groups = [group for group in form.needs if not any(name in places for name in group)]
    return [" or ".join(group) if len(group) < 3 else f"{group[0]} (or another answer)" for group in groups]


def form_of(sheet: Sheet, forms: Sequence[Form]) -> Form:
    """The table whose needed columns the header has; of several the one that knows most of it.

    Raises:
        BadTable: none of them; the message names what was found and what is needed.
    """
    known = {form.what: placed(form, sheet.header) for form in forms}
    fitting = [form for form in forms if not lacking(form, known[form.what])]
    if fitting:
        return max(fitting, key=lambda form: len(known[form.what]))
    found = ", ".join(heading for heading in sheet.header if heading)[:200] or "none"
    nearest = max(forms, key=lambda form: len(known[form.what]))
    if not known[nearest.what]:
        raise BadTable(
            f"{sheet.name} has none of the columns of a diary (its first line reads: {found}).",
            advice=f"The first line must name the columns, as in: {nearest.example}",
        )
    raise BadTable(
        f"{sheet.name} looks like a table of {nearest.what}, but lacks the column "
        f"{' and '.join(lacking(nearest, known[nearest.what]))} (its columns are: {found}).",
        advice=f"Add or rename it, as in: {nearest.example}",
    )


def table_of(sheet: Sheet, form: Form) -> Table:
    """The sheet, read as this table; rows with more cells than columns are skipped."""
    places = placed(form, sheet.header)
    rows: list[Cells] = []
    skipped = list(sheet.skipped)
    for row in sheet.rows:
        where = f"{sheet.name} line {row.line}"
        if any(cell.strip() for cell in row.cells[len(sheet.header) :]):
            why = (
                f"It has {len(row.cells)} cells where the first line names {len(sheet.header)}. "
                "Put a cell that has the delimiter in it (a note, say) in double quotes."
            )
            skipped.append(Skipped(where, why))
        else:
            rows.append(Cells(where, {name: _cell(row, name, i) for name, i in places.items()}))
    return Table(sheet.name, tuple(rows), places, sheet.statements, tuple(skipped))


def each_row(table: Table, make: Callable[[Cells], T | None]) -> tuple[list[T], list[Skipped]]:
    """What `make` makes of every row (None leaves a row out without a word), and the rows it refused."""
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


def by_line(skipped: Iterable[Skipped]) -> tuple[Skipped, ...]:
    """What was left out of a table, from top to bottom."""
    return tuple(sorted(skipped, key=lambda skip: int(skip.where.rpartition(" ")[2])))


def passed_over(table: Table, made: Sequence[object], skipped: Sequence[Skipped]) -> tuple[str, ...]:
    """A note on the rows that were left out without a word, if there are any."""
    count = len(table.rows) + len(table.skipped) - len(made) - len(skipped)
    return (f"{table.name}: rows that hold nothing but a time were passed over: {count}.",) if count else ()


def unknown_columns(form: Form, header: Sequence[str]) -> list[str]:
    """The headings that were not used."""
    used = set(placed(form, header).values())
    return [heading for i, heading in enumerate(header) if heading and i not in used]


def _cell(row: Row, name: str, i: int) -> str:
    text = row.cells[i] if i < len(row.cells) else ""
    if name in FREE_WORDS:
        return _NOT_COMPUTED.sub(r"\1", text)
    return "" if text.strip().lower() in _NOTHING else text.strip()


def plain(heading: str) -> str:
    """A heading or word as it is compared: no capitals, spaces, dashes, dots or umlauts."""
    return _remembered(heading) if len(heading) <= _MOST_REMEMBERED else _without_all(heading)


def _without_all(heading: str) -> str:
    letters = heading.lower().translate(_WITHOUT_UMLAUTS)
    return re.sub(r"[\W_]+", "", letters)


_remembered = lru_cache(maxsize=4096)(_without_all)
"""The same headings are compared for every table; what is longer than a heading is not kept."""
