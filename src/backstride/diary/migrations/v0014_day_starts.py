"""A check-in may note the hour at which its person's day starts; nothing that was there before changes.

A backstride that does not know the field must not open the diary and read it away: the new revision tells it so.
"""

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Nothing moves: a check-in's JSON takes it in."""
