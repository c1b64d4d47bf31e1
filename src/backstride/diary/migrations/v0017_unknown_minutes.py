"""A run may be of unknown length; nothing that was there before changes.

A backstride that does not know of it must not open the diary and call its runs damaged: the new revision tells it so.
"""

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Nothing moves: a run's JSON takes it in."""
