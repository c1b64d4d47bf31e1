"""Draws may be of blocks of weeks from here on; nothing that was there before changes.

A backstride that does not know these laws must not open the diary and fail at them: the new revision tells it so.
"""

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Nothing moves: a draw's JSON names its law."""
