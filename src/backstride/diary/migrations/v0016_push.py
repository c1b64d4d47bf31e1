"""Devices that are reminded of the check-in by Web Push, and the server's key for it."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Make the tables of devices and of the key; nobody is reminded yet."""
    whose = sa.ForeignKey("person.id", ondelete="CASCADE")
    where = sa.ForeignKey("person_session.id", ondelete="CASCADE")
    op.create_table(
        "push_key",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("private_pem", sa.Text, nullable=False),
    )
    op.create_table(
        "person_push",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("person_id", sa.Integer, whose, nullable=False, autoincrement=False),
        sa.Column("session_id", sa.Integer, where, nullable=False, autoincrement=False),
        sa.Column("endpoint", sa.Text, nullable=False, unique=True),
        sa.Column("remind_at", sa.Text, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("tried_on", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("person_push_person", "person_push", ["person_id"])
    op.create_index("person_push_session", "person_push", ["session_id"])
