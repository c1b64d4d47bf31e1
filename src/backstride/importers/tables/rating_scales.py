"""Ratings of pain on a scale that nothing names: asked for where they cannot be 0 to 10, or hardly are."""

from backstride.errors import BadTable
from backstride.importers.secondary import are_shares, goes_beyond_ten, goes_by_fives
from backstride.importers.tables.columns import Table


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
