"""The columns that a table may have, and which heading of a file is which of them.

Where two headings can be one column, the one counts whose cells hold what the column is for, then the column's own
name, then the first; the other is told, or taken by a column that nothing else fills.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from backstride.importers.tables.csv_dialect import Row, Sheet
from backstride.importers.tables.headings import LENGTH_UNITS, TIME_UNITS, plain, without_unit

NOTHING: Final = frozenset({"", "-", "\u2013", "\u2014", "n/a", "na", "nan", "null", "?"})
FREE: Final = "note"
_ROWS_COMPARED: Final = 300
_MIN_SHARE_HELD: Final = 0.6
_MAX_WORD_LENGTH: Final = 40


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: as `docs/diary-format.md` gives it.
        aliases: what else it may be called.
        with_unit: what it is called where the heading names a unit as well: `time (min)`.
        in_unit: headings that are a unit and nothing else: 'Miles'.
        left_over: headings of other columns that it takes where those have a better one.
        units: the units that its heading may name: those of time, of length, or ranges such as 0-100.
        holds: whether a cell holds what the column is for.
        by_content: whether a column under an unknown heading is taken for it, where its cells hold what it is for.
    """

    name: str
    aliases: tuple[str, ...] = ()
    with_unit: tuple[str, ...] = ()
    in_unit: tuple[str, ...] = ()
    left_over: tuple[str, ...] = ()
    units: Literal["time", "length", "range", ""] = ""
    holds: Callable[[str], bool] | None = None
    by_content: bool = False

    def takes(self, unit: str) -> bool:
        """Whether its heading may name this unit."""
        known = {"time": unit in TIME_UNITS, "length": unit in LENGTH_UNITS, "range": "-" in unit}
        return known.get(self.units, False)


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
class Heading:
    """One that can be a column: where it stands, what unit it names, and how it is known.

    Attributes:
        at: its index.
        unit: that it names; empty where it names none.
        is_own: whether it is the column's own name.
        is_by_content: whether only what stands below it tells the column.
    """

    at: int
    unit: str
    is_own: bool
    is_by_content: bool = False


def placed(form: Form, header: Sequence[str], rows: Sequence[Row] = ()) -> dict[str, int]:
    """Return at which index the header has which known column.

    Args:
        form: the table's columns.
        header: its headings.
        rows: what stands below them; without any the names decide.
    """
    return {name: heading.at for name, heading in headings_of(form, header, rows).items()}


def headings_of(form: Form, header: Sequence[str], rows: Sequence[Row]) -> dict[str, Heading]:
    """Return which heading is each column of the form; see `placed`."""
    found = _candidates(form, header)
    chosen = {
        column.name: max(found[column.name], key=lambda heading: _rank(column, heading, rows))
        for column in form.columns
        if column.name in found
    }
    taken = {heading.at for heading in chosen.values()}
    for column in form.columns:
        if column.name not in chosen and column.left_over:
            names = set(map(plain, column.left_over))
            left = [i for i, heading in enumerate(header) if i not in taken and plain(heading) in names]
            fitting = [i for i in left if not rows or _fits(column, i, rows) > 0.5]
            if fitting:
                chosen[column.name] = Heading(fitting[0], "", is_own=False)
                taken.add(fitting[0])
    for column in form.columns:
        is_less_exact = (
            column.by_content
            and column.name in chosen
            and not chosen[column.name].is_own
            and rows
            and _share_held(column, chosen[column.name].at, rows) < _MIN_SHARE_HELD
            and not _are_codes(chosen[column.name].at, rows)
        )
        if (column.name not in chosen or is_less_exact) and column.by_content:
            free = (
                {chosen[FREE].at} if FREE in chosen else set()
            )  # some write there what it was, and nothing else
            left = [i for i, heading in enumerate(header) if heading and (i not in taken or i in free)]
            fitting = [i for i in left if _share_held(column, i, rows) >= _MIN_SHARE_HELD]
            if fitting:
                chosen[column.name] = Heading(fitting[0], "", is_own=False, is_by_content=True)
                taken.add(fitting[0])
    return chosen


def _are_codes(at: int, rows: Sequence[Row]) -> bool:
    """Whether a column holds whole numbers, as apps number their sports."""
    cells = [row.cells[at].strip() for row in rows[:_ROWS_COMPARED] if at < len(row.cells)]
    return all(cell.isdigit() for cell in cells if cell)


def _share_held(column: Column, at: int, rows: Sequence[Row]) -> float:
    """Return the share of rows whose cell is short and holds what the column is for; 0 without any."""
    cells = [row.cells[at].strip() for row in rows[:_ROWS_COMPARED] if at < len(row.cells)]
    held = [
        cell
        for cell in cells
        if column.holds is not None and len(cell) <= _MAX_WORD_LENGTH and column.holds(cell)
    ]
    return len(held) / len(cells) if cells else 0.0


def _candidates(form: Form, header: Sequence[str]) -> dict[str, list[Heading]]:
    """Return the headings that can be each column, in the order of the file."""
    whole, ending = _names(form)
    found: dict[str, list[Heading]] = {}
    for i, heading in enumerate(header):
        bare, unit = plain(heading), ""
        column = whole.get(bare)
        if column is not None and column.units and bare in set(map(plain, column.in_unit)):
            unit = heading.strip().lower().rstrip(".")
        if column is None:
            bare, unit = without_unit(heading)
            column = ending.get(bare) if unit else None
            if column is None or not column.takes(unit):
                continue
        found.setdefault(column.name, []).append(Heading(i, unit, is_own=bare == plain(column.name)))
    return found


@lru_cache(maxsize=64)
def _names(form: Form) -> tuple[dict[str, Column], dict[str, Column]]:
    """Index the columns by their headings, and by those that include a unit."""
    whole = {
        plain(name): column
        for column in form.columns
        for name in (column.name, *column.aliases, *column.in_unit)
    }
    with_unit = {
        plain(name): column
        for column in form.columns
        if column.units
        for name in (column.name, *column.aliases, *column.with_unit)
    }
    return whole, with_unit


def _rank(column: Column, heading: Heading, rows: Sequence[Row]) -> tuple[bool, bool, int]:
    return _fits(column, heading.at, rows) >= 0.5, heading.is_own, -heading.at


def _fits(column: Column, at: int, rows: Sequence[Row]) -> float:
    """Return the share of filled cells with content that suits the column; 1 where nothing can be told."""
    cells = [row.cells[at].strip() for row in rows[:_ROWS_COMPARED] if at < len(row.cells)]
    filled = [cell for cell in cells if cell.lower() not in NOTHING]
    if column.holds is None or not filled:
        return 1.0
    return sum(map(column.holds, filled)) / len(filled)


def lacking(form: Form, places: Mapping[str, int]) -> list[str]:
    """Describe the required columns that are missing."""
    groups = [group for group in form.needs if not any(name in places for name in group)]
    return [" or ".join(group) if len(group) < 5 else f"{group[0]} (or another answer)" for group in groups]


def notes_on_two(sheet: Sheet, form: Form, places: Mapping[str, int], used: Collection[int]) -> Iterable[str]:
    """Return which of two columns was read, where one is left that could have been it."""
    for name, headings in _candidates(form, sheet.header).items():
        left = [sheet.header[one.at] for one in headings if one.at not in used]
        if left:
            read = sheet.header[places[name]]
            yield (
                f"{sheet.name}: '{read}' was read as {name}, and not {', '.join(map(repr, left))}, "
                "which can mean the same; rename the other one if that is wrong."
            )


def unknown_columns(form: Form, header: Sequence[str]) -> list[str]:
    """Return the headings that were not used."""
    known = {heading.at for headings in _candidates(form, header).values() for heading in headings}
    used = known | set(placed(form, header).values())
    return [heading for i, heading in enumerate(header) if heading and i not in used]
