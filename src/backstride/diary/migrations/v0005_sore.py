"""A check-in may say that muscles are sore; nothing that was there before changes.

A backstride that does not know the field must not open the diary and read it away: the new revision tells it so.
"""

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Nothing moves: a check-in's JSON takes it in."""
