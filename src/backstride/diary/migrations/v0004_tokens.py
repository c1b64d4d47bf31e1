"""Tokens, with which programs act for a person."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table of tokens; nobody has one yet."""
    whose = sa.ForeignKey("person.id", ondelete="CASCADE")
    op.create_table(
        "person_token",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("person_id", sa.Integer, whose, nullable=False, autoincrement=False),
        sa.Column("token_hash", sa.Text, nullable=False, unique=True),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("may_write", sa.Boolean, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("seen_at", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("person_token_person", "person_token", ["person_id"])
