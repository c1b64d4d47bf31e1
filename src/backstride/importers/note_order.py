"""The order in which the notes of an import are said: what may be wrong and what counts as rest before the usual."""

import re
from collections.abc import Iterable
from typing import Final

_USUAL: Final = re.compile(
    r"times are read as those of |times that end in Z or UTC |a day without a time stands for |rows passed over, "
    r"|rows that hold nothing but a time |a time that the change of clocks |these columns were not used: "
)
"""How the notes begin, behind the name of their table, that change no day and no run."""
_OF_REST: Final = re.compile(r"it is taken to hold every run from |has no run from ")


def in_order(notes: Iterable[str]) -> tuple[str, ...]:
    """Return every note once: doubts, then which days count as rest, then the usual, once for several tables.

    Args:
        notes: of all files, as they were read.
    """
    first: dict[str, None] = {}
    tables: dict[str, list[str]] = {}
    for note in notes:
        name, _, said = note.partition(": ")
        if _USUAL.match(said):
            tables.setdefault(said, []).append(name)
        else:
            first[note] = None
    usual = (
        f"{names[0] if len(names) == 1 else f'{len(names)} tables'}: {said}" for said, names in tables.items()
    )
    of_rest = [note for note in first if _OF_REST.search(note)]
    return (*(note for note in first if note not in of_rest), *of_rest, *usual)
