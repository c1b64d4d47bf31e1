"""Links with which a person shows their report to a named reader, and who opened them when."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the tables of links and of their openings; nobody has one yet."""
    whose = sa.ForeignKey("person.id", ondelete="CASCADE")
    op.create_table(
        "person_share",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("person_id", sa.Integer, whose, nullable=False, autoincrement=False),
        sa.Column("token_hash", sa.Text, nullable=False, unique=True),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("shown_name", sa.Text, nullable=False),
        sa.Column("notes", sa.Boolean, nullable=False),
        sa.Column("safety", sa.Boolean, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("ends_at", sa.Text, nullable=False),
        sa.Column("ended_at", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("person_share_person", "person_share", ["person_id"])
    of_share = sa.ForeignKey("person_share.id", ondelete="CASCADE")
    op.create_table(
        "person_share_opening",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("share_id", sa.Integer, of_share, nullable=False, autoincrement=False),
        sa.Column("token_hash", sa.Text, nullable=False, unique=True),
        sa.Column("device", sa.Text, nullable=False),
        sa.Column("opened_at", sa.Text, nullable=False),
        sa.Column("views", sa.Integer, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("person_share_opening_share", "person_share_opening", ["share_id"])
