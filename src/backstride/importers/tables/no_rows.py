"""Lines of a table that record nothing: the headings once more, and totals."""

import re
from collections.abc import Sequence
from typing import Final

from backstride.importers.tables.headings import plain
from backstride.importers.tables.table_writing import has_day, plainly

_TOTALS: Final = re.compile(
    r"(?:(?:week|weekly|month|monthly|year|yearly|woche|wochen|monat|monats|jahr|jahres)[\s-]*)?"
    r"(?:sum|total|totals|subtotal|average|avg|mean|median|summe|gesamt|zwischensumme|durchschnitt|mittelwert|mittel"
    r"|schnitt|insgesamt|somme|totale|totaal|moyenne|media|promedio|suma|\u00f8|\u03a3)\b.*",
    re.IGNORECASE,
)
_PERIOD: Final = re.compile(
    r"(?:(?:calendar )?week|wk|cw|kw|(?:kalender)?woche|semaine|semana|settimana)\.?"
    r"\s*\d{1,2}(?:\s*[/,-]?\s*\d{4})?:?",
    re.IGNORECASE,
)
"""A heading above the rows of a week."""
_LINE: Final = re.compile(r":?[-=_]{2,}:?")
"""What stands below the headings of a table in Markdown."""


def no_row(cells: Sequence[str], header: Sequence[str]) -> str | None:
    """Return why a line is not a record (a total, a repeated header); None for every other line.

    A line of totals begins with a word for them, or has it after its day; one that names a day after that word is a
    session.
    """
    filled = [(i, cell.strip()) for i, cell in enumerate(cells) if cell.strip()]
    if filled and all(_LINE.fullmatch(cell) for _, cell in filled):
        return "lines drawn between rows"
    if not any(_begins_with_a_word(cell) for _, cell in filled[:2]):
        return None
    if len(filled) == 1 and _PERIOD.fullmatch(filled[0][1]):
        return "headings of weeks"
    if len(filled) > 1 and all(i < len(header) and plain(cell) == plain(header[i]) for i, cell in filled):
        return "repeated headers"
    first = next((i for i, cell in filled[:2] if _TOTALS.fullmatch(cell)), None)
    if first is None or (first > filled[0][0] and not has_day(plainly(filled[0][1]))):
        return None
    others = (cell for i, cell in filled if i > first)
    return None if any(has_day(plainly(cell)) for cell in others) else "totals"


def _begins_with_a_word(cell: str) -> bool:
    return cell[0].isalpha()
