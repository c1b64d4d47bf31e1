"""A run may say how its kind is known; nothing that was there before changes: the kinds kept so far were stated.

A backstride that does not know the field must not open the diary and read it away: the new revision tells it so.
"""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Nothing moves: a run's JSON takes it in."""
