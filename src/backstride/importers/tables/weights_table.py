"""A table of days and weights, as a scale's app or a person writes it: measurements of one kind."""

import re
from dataclasses import replace
from typing import Final

from backstride.importers.tables.csv_dialect import Row, Sheet
from backstride.importers.tables.headings import plain

_DAYS: Final = frozenset(
    {"date", "datum", "day", "time", "zeit", "fecha", "data", "jour", "datetime", "timestamp"}
)
_WEIGHTS: Final = frozenset(
    {"weight", "bodyweight", "bodymass", "gewicht", "koerpergewicht", "poids", "peso"}
)
_UNIT: Final = re.compile(r"\b(kgs?|lbs?|st|stone)\b")
_OTHERS: Final = frozenset({"kind", "value", "pain", "minutes", "movingmin", "distance", "km"})


def weights_as_measurements(sheet: Sheet) -> Sheet:
    """Convert a sheet of days and weights to a table of measurements; return any other as it is.

    The unit is that of the heading; else the kilogram, and a note says so.
    """
    words = [plain(_UNIT.sub("", heading.lower()).strip(" ()[]_/")) for heading in sheet.header]
    found = [i for i, word in enumerate(words) if word in _WEIGHTS]
    if len(found) != 1 or not _DAYS & set(words) or _OTHERS & set(words):
        return sheet
    at = found[0]
    named = _UNIT.search(sheet.header[at].lower())
    unit = named[1].removesuffix("s") if named else ""
    header = (*sheet.header[:at], "value", *sheet.header[at + 1 :], "kind")
    has_units = "unit" in words or "einheit" in words
    added = ("weight",) if has_units else ("weight", unit)
    header = header if has_units else (*header, "unit")
    width = len(sheet.header)
    rows = tuple(
        Row(row.line, (*row.cells, *("",) * (width - len(row.cells)), *added))
        if len(row.cells) <= width
        else row
        for row in sheet.rows
    )
    note = (
        ()
        if unit or has_units
        else (
            (
                f"{sheet.name}: weights are read as kilograms. If they are pounds, write that into the "
                "heading: weight (lb)."
            ),
        )
    )
    return replace(sheet, header=header, rows=rows, notes=(*sheet.notes, *note))
