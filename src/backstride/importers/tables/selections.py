"""Tables that hold some runs alone, such as races or best times: they vouch for no day between them."""

import re
from collections.abc import Iterator
from typing import Final

from backstride.importers.tables.csv_dialect import TITLE, Sheet

_SOME: Final = re.compile(
    r"(?<![^\W_])(?:races?|race results?|parkruns?|competitions?|personal (?:bests?|records?)|pbs?|best times"
    r"|long runs|rennen|wettkampf|wettk(?:ä|ae)mpfe|volksl(?:ä|ae)ufe|bestzeit(?:en)?|lange l(?:ä|ae)ufe"
    r"|comp[ée]titions?|competici(?:ó|o)n(?:es)?|gar[ae]|wedstrijd(?:en)?|zawody)(?![^\W_])",
    re.IGNORECASE,
)
"""Not the French course nor the Spanish carrera, which are any run."""
_FLAGS: Final = frozenset({"", "yes", "no", "true", "false", "y", "n", "x", "ja", "nein", "0", "1", "-"})


def selection_named(sheet: Sheet) -> str | None:
    """Return the word by which a table of runs says that it holds some alone; None where nothing says so.

    The file's name or the title above the headings, a heading below which every row names a race, or that word in
    every row: a log of every run may mark its races in a column of yes and no, or fill that in for races alone.
    """
    return next(_words(sheet), None)


def _words(sheet: Sheet) -> Iterator[str]:
    stem = sheet.name.rpartition("/")[2].rpartition(".")[0]
    for text in (stem.replace("_", " "), sheet.statements.get(TITLE, "")):
        if said := _SOME.search(text):
            yield said[0]
    for i, heading in enumerate(sheet.header):
        cells = [row.cells[i].strip().lower() if i < len(row.cells) else "" for row in sheet.rows]
        if _SOME.fullmatch(heading) and _FLAGS.isdisjoint(cells):
            yield heading
        elif cells and all(map(_SOME.fullmatch, cells)):
            yield cells[0]
