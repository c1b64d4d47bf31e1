"""How people lay tables out on one sheet: a second one below or beside the first, units in a row of their own."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from backstride.errors import BadTable
from backstride.importers.base import Skipped
from backstride.importers.tables.csv_dialect import Row, Sheet
from backstride.importers.tables.headings import LENGTH_UNITS, TIME_UNITS, plain

_POLAR: Final = ("name", "sport", "date", "start time", "duration")
_POLAR_NAMES: Final = re.compile(r"^(total distance|average heart rate \(bpm\))", re.IGNORECASE)
_POLAR_SAMPLES: Final = "sample rate"
_LOCAL: Final = re.compile(r"(?:_|\b)local\b|Local$", re.IGNORECASE)
_Z: Final = re.compile(r"(?<=\d)Z$")
_SCALE: Final = re.compile(r"\D*?(\d{1,3})\D+(\d{1,3})\D*")
_MIN_HEADINGS: Final = 2


def _with(heading: str, below: str) -> str:
    """Return a heading with what stands below it: a unit, a scale, or another word."""
    if not below:
        return heading
    if scale := _SCALE.fullmatch(below):
        return f"{heading} ({scale[1]}-{scale[2]})"
    return f"{heading} ({below})" if _are_units([below]) else f"{heading} {below}"


def is_polar_session(header: Sequence[str]) -> bool:
    """Whether these are the headings of a session as Polar Flow gives it."""
    return tuple(heading.lower() for heading in header[: len(_POLAR)]) == _POLAR


def polar_session(sheet: Sheet) -> Sheet:
    """Return the session of Polar Flow's table without its samples and body measures; any other table as it is.

    Its days stand first in every language of the site.
    """
    below = [row.cells[0].strip().lower() for row in sheet.rows if row.cells]
    if not is_polar_session(sheet.header) or _POLAR_SAMPLES not in below:
        return sheet
    width = next((i for i, heading in enumerate(sheet.header) if heading.lower().startswith("max speed")), 8)
    rows = sheet.rows[: below.index(_POLAR_SAMPLES)]
    return replace(
        sheet,
        header=("", *(_POLAR_NAMES.sub(_called, heading) for heading in sheet.header[1:width])),
        rows=tuple(Row(row.line, ("", *row.cells[1:width])) for row in rows),
        statements={"dates": "day/month/year", **sheet.statements},
    )


def _called(heading: re.Match[str]) -> str:
    return "distance" if heading[1].lower().startswith("total") else "heart rate"


def local_without_z(sheet: Sheet) -> Sheet:
    """Take the Z off times whose heading calls them local, as Strava's own interface writes them."""
    local = {i for i, heading in enumerate(sheet.header) if _LOCAL.search(heading)}
    if not local:
        return sheet
    rows = tuple(
        Row(row.line, tuple(_Z.sub("", cell) if i in local else cell for i, cell in enumerate(row.cells)))
        for row in sheet.rows
    )
    return replace(sheet, rows=rows)


def units_in_headings(sheet: Sheet) -> Sheet:
    """Move a row that holds units, a scale or more of the headings into these; return any other table as it is."""
    if not sheet.rows:
        return sheet
    cells = [cell.strip(" ()[]") for cell in sheet.rows[0].cells]
    filled = [cell for cell in cells if cell]
    if not filled or not (_are_units(filled) or _is_of_headings(cells)):
        return sheet
    units = [*cells, *("",) * len(sheet.header)]
    header = tuple(_with(head, unit) for head, unit in zip(sheet.header, units, strict=False))
    return replace(sheet, header=header, rows=sheet.rows[1:])


def _are_units(filled: Sequence[str]) -> bool:
    return all(cell.lower() in TIME_UNITS or cell.lower() in LENGTH_UNITS for cell in filled)


def _is_of_headings(cells: Sequence[str]) -> bool:
    """Whether the first row names no day, and has only words or a scale: a second row of the heading."""
    words = [cell for cell in cells if cell]
    is_scale = len(words) == 1 and _SCALE.fullmatch(words[0]) is not None
    are_words = len(words) > 1 and all(cell.replace(" ", "").isalpha() for cell in words)
    return not cells[0] and (is_scale or (are_words and len(set(map(plain, words))) == len(words)))


def tables_below(sheet: Sheet, known: Callable[[Sequence[str]], int]) -> tuple[Sheet, Sheet | None]:
    """Split a sheet where the headings of a second table stand below the first.

    Args:
        sheet: as it stands in the file.
        known: counts the headings in a row that are those of a diary's table.

    Returns:
        The table above, in which the other is told as left out, and the one below with what the file says of itself.
        None instead of the latter where there is none, or where a title alone parts the two: whose rows follow, then,
        nobody knows.

    Raises:
        BadTable: a second table stands beside the first.
    """
    _refuse_two_beside(sheet)
    for i, row in enumerate(sheet.rows):
        filled = [cell.strip() for cell in row.cells if cell.strip()]
        if _is_a_new_title(sheet, i):
            why = "A second table begins here, and was left out. Save it as a file of its own, and give that."
            second = Skipped(f"{sheet.name} line {row.line}", why, is_session=True)
            return replace(sheet, rows=sheet.rows[:i], skipped=(*sheet.skipped, second)), None
        if any(cell[0].isdigit() for cell in filled) or len(filled) < _MIN_HEADINGS:
            continue
        if known(filled) >= _MIN_HEADINGS and {*map(plain, filled)} != {
            *map(plain, filter(None, sheet.header))
        }:
            why = "A second table begins here, and was left out. Save it as a file of its own, and give that."
            second = Skipped(f"{sheet.name} line {row.line}", why, is_session=True)
            header = tuple(cell.strip() for cell in row.cells)
            below = Sheet(sheet.name, header, sheet.rows[i + 1 :], sheet.statements)
            return replace(sheet, rows=sheet.rows[:i], skipped=(*sheet.skipped, second)), below
    return sheet, None


def _is_a_new_title(sheet: Sheet, at: int) -> bool:
    """Whether a row is a title alone, with the headings of the table once more below it."""
    filled = [cell.strip() for cell in sheet.rows[at].cells if cell.strip()]
    if len(filled) != 1 or filled[0][0].isdigit() or at + 1 >= len(sheet.rows):
        return False
    below = [plain(cell) for cell in sheet.rows[at + 1].cells if cell.strip()]
    return below == [plain(cell) for cell in sheet.header if cell]


def _refuse_two_beside(sheet: Sheet) -> None:
    empty = [
        i
        for i, heading in enumerate(sheet.header)
        if not heading and not any(row.cells[i].strip() for row in sheet.rows if i < len(row.cells))
    ]
    for i in empty:
        left = {plain(heading) for heading in sheet.header[:i] if heading}
        right = {plain(heading) for heading in sheet.header[i + 1 :] if heading}
        if left & right:
            raise BadTable(
                f"{sheet.name} holds two tables side by side, with an empty column between them.",
                advice="Save each as a file of its own, and give both.",
            )
