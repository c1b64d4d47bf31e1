"""Units that stand in a column of their own, beside the number they belong to."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from backstride.importers.tables.csv_dialect import Row, Sheet
from backstride.importers.tables.headings import LENGTH_UNITS, TIME_UNITS, plain

_ENDINGS: Final = ("units", "unit", "einheit")


def with_units(sheet: Sheet) -> Sheet:
    """Put each unit behind the number of its row; return a sheet without such a column as it is."""
    for at, heading in enumerate(sheet.header):
        said = plain(heading)
        ending = next((one for one in _ENDINGS if said.endswith(one)), None)
        cells = [
            row.cells[at].strip().lower().rstrip(".") if at < len(row.cells) else "" for row in sheet.rows
        ]
        if ending is None or not any(cells) or not all(_is_unit(cell) for cell in cells if cell):
            continue
        target = _target(sheet.header, at, said.removesuffix(ending))
        if target is None:
            continue
        header = (*sheet.header[:at], "", *sheet.header[at + 1 :])
        rows = tuple(_joined(row, target, at) for row in sheet.rows)
        return with_units(replace(sheet, header=header, rows=rows))
    return sheet


def _is_unit(cell: str) -> bool:
    return cell in TIME_UNITS or cell in LENGTH_UNITS


def _target(header: Sequence[str], at: int, said: str) -> int | None:
    """Return the column that the unit belongs to: the one it names, else the one before it."""
    if said:
        return next((i for i, heading in enumerate(header) if plain(heading) == said), None)
    return at - 1 if at else None


def _joined(row: Row, target: int, at: int) -> Row:
    if at >= len(row.cells) or not row.cells[target].strip():
        return row
    cells = list(row.cells)
    cells[target] = f"{cells[target].strip()} {cells[at].strip()}".strip()
    cells[at] = ""
    return Row(row.line, tuple(cells))
