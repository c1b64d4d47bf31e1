"""Ratings of pain on a scale that nothing names: asked for where they cannot be 0 to 10, or hardly are.

Of single slips a note says how to name another scale.
"""

from backstride.errors import BadTable
from backstride.importers.secondary import are_shares, goes_beyond_ten, goes_by_fives, is_beyond_ten
from backstride.importers.tables.columns import Table

_MOST_NAMED = 3


def note_on_one_beyond(table: Table, heading: str) -> tuple[str, ...]:
    """Return a note where nothing says the scale and single ratings of pain lie beyond 10; else empty."""
    beyond = [cells["pain"] for cells in table.rows if not cells["scale"] and is_beyond_ten(cells["pain"])]
    if heading or not beyond:
        return ()
    named = ", ".join(beyond[:_MOST_NAMED]) + (" ..." if len(beyond) > _MOST_NAMED else "")
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
