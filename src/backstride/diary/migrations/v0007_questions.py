"""A check-in may hold sleep, stress, medicine, the load of the day, flares, leg and other pain; nothing else changes.

A backstride that does not know the fields must not open the diary and read them away: the new revision tells it so.
"""

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Nothing moves: a check-in's JSON takes them in."""
