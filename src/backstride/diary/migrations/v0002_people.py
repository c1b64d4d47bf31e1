"""Several people in one store; what was there before is the owner's."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables of people, and give every entry to the owner."""
    _people()
    _sessions_and_choices()
    _answers_and_receipts()
    # In plain SQL: SQLite adds a column that is a foreign key only in one step, and only if it may be null.
    of_person = "INTEGER REFERENCES person (id) ON DELETE CASCADE"
    op.execute(f"ALTER TABLE diary_entry ADD COLUMN person_id {of_person}")
    op.execute("ALTER TABLE diary_entry ADD COLUMN slot TEXT")
    op.execute("ALTER TABLE diary_version ADD COLUMN told_at TEXT")
    op.execute("UPDATE diary_entry SET person_id = (SELECT min(id) FROM person)")
    op.create_index("diary_entry_person", "diary_entry", ["person_id"])
    op.create_index("diary_entry_one_a_slot", "diary_entry", ["person_id", "slot"], unique=True)
    op.drop_index("diary_version_days", "diary_version")  # every question is now of one person's few days


def _people() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("passphrase", sa.Text, nullable=False),
        sa.Column("example_of", sa.Integer, sa.ForeignKey("person.id", ondelete="CASCADE"), unique=True),
        sqlite_autoincrement=True,
    )
    owner = sa.table("person", *(sa.column(name) for name in ("name", "passphrase")))
    op.execute(owner.insert().values(name="owner", passphrase=""))


def _of_person(*, primary_key: bool = False) -> "sa.Column[int]":
    whose = sa.ForeignKey("person.id", ondelete="CASCADE")
    return sa.Column(
        "person_id", sa.Integer, whose, primary_key=primary_key, nullable=False, autoincrement=False
    )


def _sessions_and_choices() -> None:
    op.create_table(
        "person_session",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        _of_person(),
        sa.Column("token_hash", sa.Text, nullable=False, unique=True),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("opened_at", sa.Text, nullable=False),
        sa.Column("seen_at", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("person_session_person", "person_session", ["person_id"])
    op.create_table(
        "person_choice",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        _of_person(),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("chosen_at", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("person_choice_person", "person_choice", ["person_id", "name"])


def _answers_and_receipts() -> None:
    op.create_table(
        "person_answer",
        _of_person(primary_key=True),
        sa.Column("of_records", sa.Text, nullable=False),
        sa.Column("sections", sa.Text, nullable=False),
        sa.Column("numbers", sa.Text, nullable=False),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
    )
    op.create_table(
        "diary_receipt",
        _of_person(primary_key=True),
        sa.Column("sent_id", sa.Text, primary_key=True),
        sa.Column("entry_id", sa.Integer, sa.ForeignKey("diary_entry.id", ondelete="SET NULL")),
        sa.Column("number", sa.Integer, nullable=False),
    )
    op.create_index("ix_diary_receipt_entry_id", "diary_receipt", ["entry_id"])
