"""Ratings of pain on a scale that nothing names: asked for where they cannot be 0 to 10, or hardly are.

Of single slips a note says how to name another scale.
"""

from collections.abc import Collection
from dataclasses import replace

from backstride.errors import BadTable
from backstride.importers.secondary import (
    are_shares,
    goes_beyond_ten,
    goes_by_fives,
    is_beyond_ten,
    ratings_in,
)
from backstride.importers.tables.columns import Table

_MAX_NAMED = 3
_MAX_RATING = 10.0
_CODES = frozenset({-999.0, -99.0, -9.0, 88.0, 99.0, 888.0, 999.0, 9999.0})
"""What programs of statistics and forms write for an answer that is missing or refused."""
_MIN_HOURS, _MAX_HOURS = 3.0, 12.0
"""Between these a night's hours lie."""


def without_codes(table: Table, names: Collection[str]) -> tuple[Table, tuple[str, ...]]:
    """Empty the ratings that are a program's code for a missing answer, as 99 and -9 are.

    Args:
        table: the check-ins.
        names: its columns of ratings that nothing says to be on another scale than 0 to 10.

    Returns:
        The table without them; and a note.
    """
    coded: dict[str, str] = {}
    for name in names:
        said = ratings_in(table.column(name))
        if any(value > _MAX_RATING and value not in _CODES for value in said) or not any(
            0.0 <= value <= _MAX_RATING for value in said
        ):
            continue
        if found := [value for value in said if value in _CODES]:
            coded[name] = f"{found[0]:g}"
    if not coded:
        return table, ()
    rows = tuple(
        replace(cells, by_name={n: "" if n in coded and _is_code(t) else t for n, t in cells.by_name.items()})
        for cells in table.rows
    )
    named = ", ".join(f"{code} ({name.replace('_', ' ')})" for name, code in coded.items())
    note = (
        f"{table.name}: {named} is read as a code for 'no answer', as many programs write it. Empty those cells. If "
        "it is a rating, write the scale into the heading, as in 'pain (0-100)'."
    )
    return replace(table, rows=rows), (note,)


def _is_code(cell: str) -> bool:
    return any(value in _CODES for value in ratings_in([cell]))


def note_on_one_beyond(table: Table, heading: str) -> tuple[str, ...]:
    """Return a note where nothing says the scale and single ratings of pain lie beyond 10; else empty."""
    beyond = [cells["pain"] for cells in table.rows if not cells["scale"] and is_beyond_ten(cells["pain"])]
    if heading or not beyond:
        return ()
    named = ", ".join(beyond[:_MAX_NAMED]) + (" ..." if len(beyond) > _MAX_NAMED else "")
    return (
        f"{table.name}: ratings of pain beyond 10 were left out ({named}), and the others are read "
        "as 0 to 10. If all are "
        "on another scale, write it into the heading, as in 'pain (0-100)'.",
    )


def refuse_another_scale(table: Table, heading: str) -> None:
    """Refuse ratings of pain that seem to be on another scale than 0 to 10, where nothing says which.

    Raises:
        BadTable: several are beyond 10, or one where all go by fives, or all lie between 0 and 1.
    """
    open_cells = [cells["pain"] for cells in table.rows if not cells["scale"]]
    if heading:
        return
    if goes_beyond_ten(open_cells) or goes_by_fives(open_cells):
        raise BadTable(
            f"The ratings of pain in {table.name} go beyond 10, and nothing says on what scale they are.",
            advice="Write the scale into the heading, as in 'pain (0-100)', or into a column called scale.",
        )
    if are_shares(open_cells):
        raise BadTable(
            f"The ratings of pain in {table.name} lie between 0 and 1, and nothing says on what scale they are.",
            advice="Write the scale into the heading, as in 'pain (0-1)' or 'pain (0-10)'.",
        )


def sleep_in_hours(table: Table) -> tuple[bool, tuple[str, ...]]:
    """Tell whether a column called 'sleep' holds hours and no ratings, and what is to be said of it.

    Returns:
        Whether it does; and a note, where it does or may.
    """
    said = ratings_in(table.column("sleep"))
    is_own = "sleep" in table.own_names and "zone" not in table.places
    if not said or not is_own or not all(_MIN_HOURS <= value <= _MAX_HOURS for value in said):
        return False, ()
    if max(said) > 10.0 or any(value % 1.0 for value in said):
        return True, (
            f"{table.name}: 'sleep' seems to hold hours, so that none of it was read. If it says how well you slept, "
            "from 0 to 10, call it 'sleep quality'.",
        )
    return False, (
        f"{table.name}: 'sleep' is read as how well you slept, from 0 to 10. If these are hours, call it 'hours of "
        "sleep': hours are not read.",
    )
