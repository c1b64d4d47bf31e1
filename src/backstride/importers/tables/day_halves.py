"""Tables that keep AM and PM, or the part of the day, in a column of its own beside the time or the day."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from backstride.importers.sport_words import bare
from backstride.importers.tables.csv_dialect import Row, Sheet
from backstride.importers.tables.headings import plain
from backstride.importers.tables.table_writing import holds_day, is_time_alone

_HALVES: Final = frozenset(("am", "pm", "a m", "p m"))
_PARTS: Final = {
    **dict.fromkeys(
        ("morning", "am", "a m", "morgen", "morgens", "fruh", "vormittag", "vormittags", "matin"), "07:00"
    ),
    **dict.fromkeys(("midday", "noon", "lunch", "mittag", "mittags", "midi"), "12:30"),
    **dict.fromkeys(("afternoon", "nachmittag", "nachmittags", "pm", "p m"), "15:30"),
    **dict.fromkeys(("evening", "abend", "abends", "soir", "spat", "late"), "20:00"),
    **dict.fromkeys(("night", "bedtime", "nacht", "nachts"), "22:00"),
}
"""About when each part of a day is; an afternoon is none of a morning's, and that is what counts."""
_SAY_WHEN: Final = frozenset(
    map(plain, ("time of day", "part of day", "am/pm", "period", "Tageszeit", "wann", "when", "session"))
)


def with_parts_of_day(sheet: Sheet) -> Sheet:
    """Join AM and PM with the time beside them, and make times of parts of a day; return any other as it is."""
    columns = [_column(sheet, i) for i in range(len(sheet.header))]
    times = [i for i, cells in enumerate(columns) if cells and all(map(is_time_alone, cells))]
    for i, cells in enumerate(columns):
        words = {bare(cell) for cell in cells}
        if words and words <= _HALVES and len(times) == 1:
            return _joined(sheet, i, times[0])
        says_when = plain(sheet.header[i]) in _SAY_WHEN
        if words and words <= _PARTS.keys() and says_when and not times and any(map(_are_days, columns)):
            return _timed(sheet, i)
    return sheet


def _column(sheet: Sheet, at: int) -> list[str]:
    cells = (row.cells[at].strip() for row in sheet.rows if at < len(row.cells))
    return [cell for cell in cells if cell]


def _are_days(cells: Sequence[str]) -> bool:
    return bool(cells) and all(map(holds_day, cells))


def _joined(sheet: Sheet, half: int, at: int) -> Sheet:
    rows = tuple(
        Row(row.line, _with(row.cells, {at: f"{row.cells[at]} {row.cells[half]}".strip(), half: ""}))
        if max(at, half) < len(row.cells) and row.cells[at].strip()
        else row
        for row in sheet.rows
    )
    return replace(sheet, header=_with(sheet.header, {half: ""}), rows=rows)


def _timed(sheet: Sheet, at: int) -> Sheet:
    rows = tuple(
        Row(row.line, _with(row.cells, {at: _PARTS.get(bare(row.cells[at]), "")}))
        if at < len(row.cells)
        else row
        for row in sheet.rows
    )
    note = (
        f"{sheet.name}: '{sheet.header[at]}' holds parts of the day; they are read as about "
        "7:00, 12:30, 15:30, 20:00 and 22:00."
    )
    return replace(sheet, header=_with(sheet.header, {at: "time"}), rows=rows, notes=(*sheet.notes, note))


def _with(cells: Sequence[str], changed: dict[int, str]) -> tuple[str, ...]:
    return tuple(changed.get(i, cell) for i, cell in enumerate(cells))
