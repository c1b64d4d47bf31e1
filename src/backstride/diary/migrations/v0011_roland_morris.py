"""Roland-Morris questionnaires are a kind of entries from here on; nothing that was there before changes.

A backstride that does not know the kind must not open the diary and read it away: the new revision tells it so.
"""

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Nothing moves: an entry's kind and its JSON take them in."""
