"""A check-in may say how long the run of the day before was, and about when; nothing that was there before changes.

A backstride that does not know the fields must not open the diary and read them away: the new revision tells it so.
"""

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Nothing moves: a check-in's JSON takes them in."""
