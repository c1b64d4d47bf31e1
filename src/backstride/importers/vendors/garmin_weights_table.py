"""Garmin Connect's list of weights as a table: a line that holds a day, then that day's weights by their time."""

import re
from typing import Final
from zoneinfo import ZoneInfo

from backstride.core.measurement import Measurement
from backstride.errors import BadTable, BadValue
from backstride.importers.base import ImportResult
from backstride.importers.tables.columns import Cells, Table
from backstride.importers.tables.csv_dialect import Row, first_line, looks_like_text, sheet_from_bytes
from backstride.importers.tables.headings import plain
from backstride.importers.tables.table_times import clock_for
from backstride.importers.vendors.app_records import collected, finish_import
from backstride.importers.vendors.app_table import Rows
from backstride.importers.vendors.wellness_tables import POUND_KG, STONE_KG, weight

_HEADS: Final = (("time", "weight"), ("zeit", "gewicht"))
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OTHERWISE: Final = {"mär": "mar", "mai": "may", "okt": "oct", "dez": "dec"}
_NAMED: Final = re.compile(
    r"(?:([^\W\d_]{3,12})\.?\s+(\d{1,2})|(\d{1,2})\.?\s+([^\W\d_]{3,12})\.?),?\s+(\d{4})"
)
_AMOUNT: Final = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*(kg|lbs?|st)?\.?")
_UNITS: Final = {"kg": 1.0, "": 1.0, "lb": POUND_KG, "lbs": POUND_KG, "st": STONE_KG}


class GarminWeightsTable:
    """Reads the list of weights."""

    name = "Garmin weights table"

    def knows(self, head: bytes, *, name: str) -> bool:  # noqa: ARG002 - the headings say enough
        if not looks_like_text(head):
            return False
        header = tuple(plain(heading) for heading in first_line(head))
        return header[:2] in _HEADS and "bmi" in header

    def read(self, content: bytes, *, name: str, zone: ZoneInfo) -> ImportResult:
        """Read every weight.

        Raises:
            BadInput: none of them can be used.
        """
        sheet = sheet_from_bytes(content, name=name)
        clock = clock_for((), sheet.statements, zone=zone, name=name)
        rows = Rows(Table(name, (), {}, sheet.statements, ()), clock)
        day = ""
        dated: list[tuple[str, Row]] = []
        for row in sheet.rows:
            if any(cell.strip() for cell in row.cells[1:]):
                dated.append((day, row))
            else:
                day = row.cells[0]
        if not dated:
            raise BadTable(f"{name} holds no weights.", advice="Export the list once more.")
        result = collected(
            dated, lambda one, where: _weight(*one, where, rows), name=name, unit="entry", are_sessions=False
        )
        return ImportResult(notes=sheet.notes + clock.notes(name)) + finish_import(result, name=name)


GARMIN_WEIGHTS_TABLE = GarminWeightsTable()


def _weight(day: str, row: Row, where: str, rows: Rows) -> Measurement:
    found = _AMOUNT.fullmatch(row.cells[1].strip().lower())
    if not found:
        raise BadValue(f"The weight '{row.cells[1][:20]}' is no number.", advice="Type it into a table.")
    value = float(found[1].replace(",", ".")) * _UNITS[found[2] or ""]
    return weight(value, Cells(where, {}), rows, f"{_plain_day(day)} {row.cells[0].strip()}".strip())


def _plain_day(text: str) -> str:
    """' Mar 3, 2023' or '3. März 2023' as 2023-03-03; any other way to write a day is left as it is."""
    found = _NAMED.fullmatch(text.strip())
    if not found:
        return text.strip()
    word = (found[1] or found[4])[:3].lower()
    month = _OTHERWISE.get(word, word)
    if month not in _MONTHS:
        raise BadValue(f"'{text.strip()[:30]}' is no day.", advice="Export the list in English.")
    return f"{found[5]}-{_MONTHS.index(month) + 1:02d}-{int(found[2] or found[3]):02d}"
