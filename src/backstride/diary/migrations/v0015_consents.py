"""Consents with which a person lets another person of the server read, and every look of theirs."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Make the tables of consents and of looks; nobody has one yet."""
    op.create_table(
        "person_consent",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "person_id",
            sa.Integer,
            sa.ForeignKey("person.id", ondelete="CASCADE"),
            nullable=False,
            autoincrement=False,
        ),
        sa.Column("reader_id", sa.Integer, sa.ForeignKey("person.id", ondelete="SET NULL")),
        sa.Column("code_hash", sa.Text, nullable=False, unique=True),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("reader_name", sa.Text, nullable=False, server_default=""),
        sa.Column("shown_name", sa.Text, nullable=False),
        sa.Column("notes", sa.Boolean, nullable=False),
        sa.Column("safety", sa.Boolean, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("accept_by", sa.Text, nullable=False),
        sa.Column("ends_at", sa.Text, nullable=False),
        sa.Column("accepted_at", sa.Text),
        sa.Column("ended_at", sa.Text),
        sa.Column("ended_by", sa.Text, nullable=False, server_default=""),
        sqlite_autoincrement=True,
    )
    op.create_index("person_consent_person", "person_consent", ["person_id"])
    op.create_index("person_consent_reader", "person_consent", ["reader_id"])
    op.create_table(
        "person_consent_look",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "consent_id",
            sa.Integer,
            sa.ForeignKey("person_consent.id", ondelete="CASCADE"),
            nullable=False,
            autoincrement=False,
        ),
        sa.Column("seen", sa.Text, nullable=False),
        sa.Column("hour", sa.Text, nullable=False),
        sa.Column("first_at", sa.Text, nullable=False),
        sa.Column("last_at", sa.Text, nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "person_consent_look_hour", "person_consent_look", ["consent_id", "seen", "hour"], unique=True
    )
