"""The tables as the newest migration leaves them.

    diary          one row: the diary's own id, also written into the marker beside an SQLite file
    person         whose diaries are kept here; the first is the owner, whose commands name nobody
    person_session who is signed in where; the token itself is not stored, only its hash
    person_token   which programs may act for whom; again only the hash
    person_share   links with which a person shows their report to a named reader; again only the hash
    person_share_opening  when each link was opened, on what device, and how often its report was looked at
    person_consent  with which a person lets another person here read; of the invitation's code only the hash
    person_consent_look  how often a reader looked at what within an hour
    person_push    devices that are reminded of the check-in, each as long as its session lasts; nothing of a diary
    push_key       the key with which the server signs its reminders; made when the first device asks
    person_choice  what somebody chose, never overwritten: the last one counts
    person_answer  the last answer of each person, and of which records it is
    diary_entry    one row for each thing a person or a file told; its id is never given twice
    diary_version  every form an entry ever had; one of them is current
    diary_receipt  what a phone has sent already, so that sending it again changes nothing

Days are local days. Moments in columns that end in "_at" are UTC. What was told is JSON in `content` (see
`serialization.py`). Whoever is removed takes all of their rows along.
"""

from pathlib import Path

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)

MIGRATIONS = Path(__file__).parent / "migrations"
"""One module for each revision, named after it: `v0001_entries.py`."""
REVISIONS = tuple(sorted(path.name[1:5] for path in MIGRATIONS.glob("v[0-9]*.py")))
"""The migrations, oldest first. A diary at any other revision was written by a newer backstride."""
REVISION_TABLE = "diary_schema"

SAFETY = "safety"
"""The choice that holds answers to the safety questions: of health, and so erased with the diary."""

CALENDAR = "calendar"
"""The choice that holds the hash of a calendar's secret address."""

OWNER = 1
"""The person who keeps the diary that the commands speak of."""

metadata = MetaData()


def _of_person(*, primary_key: bool = False) -> Column[int]:
    whose = ForeignKey("person.id", ondelete="CASCADE")
    return Column("person_id", Integer, whose, primary_key=primary_key, nullable=False, autoincrement=False)


diaries = Table(
    "diary",
    metadata,
    Column("id", Text, primary_key=True),
)

people = Table(
    "person",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("name", Text, nullable=False, unique=True),
    Column("passphrase", Text, nullable=False),  # hashed; empty where there is none
    Column("example_of", Integer, ForeignKey("person.id", ondelete="CASCADE"), unique=True),
    sqlite_autoincrement=True,
)

sessions = Table(
    "person_session",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _of_person(),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("label", Text, nullable=False),
    Column("opened_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    Index("person_session_person", "person_id"),
    sqlite_autoincrement=True,
)

tokens = Table(
    "person_token",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _of_person(),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("label", Text, nullable=False),
    Column("may_write", Boolean, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("seen_at", Text),
    Index("person_token_person", "person_id"),
    sqlite_autoincrement=True,
)

shares = Table(
    "person_share",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _of_person(),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("reader", Text, nullable=False),
    Column("shown_name", Text, nullable=False),
    Column("notes", Boolean, nullable=False),
    Column("safety", Boolean, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("ends_at", Text, nullable=False),
    Column("ended_at", Text),  # by the person, before its time; null where it was not
    Index("person_share_person", "person_id"),
    sqlite_autoincrement=True,
)

share_openings = Table(
    "person_share_opening",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column(
        "share_id",
        Integer,
        ForeignKey("person_share.id", ondelete="CASCADE"),
        nullable=False,
        autoincrement=False,
    ),
    Column("token_hash", Text, nullable=False, unique=True),  # of the reader's session, not of the link
    Column("device", Text, nullable=False),
    Column("opened_at", Text, nullable=False),
    Column("views", Integer, nullable=False),
    Index("person_share_opening_share", "share_id"),
    sqlite_autoincrement=True,
)

consents = Table(
    "person_consent",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _of_person(),
    # stays when the reader's account goes: the person still sees who looked
    Column("reader_id", Integer, ForeignKey("person.id", ondelete="SET NULL")),
    Column("code_hash", Text, nullable=False, unique=True),
    Column("reader", Text, nullable=False),  # in the person's words
    Column("reader_name", Text, nullable=False, server_default=""),  # the account that accepted
    Column("shown_name", Text, nullable=False),
    Column("notes", Boolean, nullable=False),
    Column("safety", Boolean, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("accept_by", Text, nullable=False),
    Column("ends_at", Text, nullable=False),
    Column("accepted_at", Text),
    Column("ended_at", Text),
    Column("ended_by", Text, nullable=False, server_default=""),
    Index("person_consent_person", "person_id"),
    Index("person_consent_reader", "reader_id"),
    sqlite_autoincrement=True,
)

looks = Table(
    "person_consent_look",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column(
        "consent_id",
        Integer,
        ForeignKey("person_consent.id", ondelete="CASCADE"),
        nullable=False,
        autoincrement=False,
    ),
    Column("seen", Text, nullable=False),
    Column("hour", Text, nullable=False),  # the full hour within which they fell, UTC
    Column("first_at", Text, nullable=False),
    Column("last_at", Text, nullable=False),
    Column("times", Integer, nullable=False),
    Index("person_consent_look_hour", "consent_id", "seen", "hour", unique=True),
    sqlite_autoincrement=True,
)

push_keys = Table(
    "push_key",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # one row
    Column("private_pem", Text, nullable=False),
)

pushes = Table(
    "person_push",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _of_person(),
    # who signs out on a device, or is signed out there, is reminded there no more
    Column(
        "session_id",
        Integer,
        ForeignKey("person_session.id", ondelete="CASCADE"),
        nullable=False,
        autoincrement=False,
    ),
    Column("endpoint", Text, nullable=False, unique=True),  # one browser is of one person: who asked last
    Column("remind_at", Text, nullable=False),  # HH:MM where the person lives
    Column("made_at", Text, nullable=False),
    Column("tried_on", Text),  # the local day of the last reminder; null before the first
    Index("person_push_person", "person_id"),
    Index("person_push_session", "session_id"),
    sqlite_autoincrement=True,
)

choices = Table(
    "person_choice",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _of_person(),
    Column("name", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("chosen_at", Text, nullable=False),
    Index("person_choice_person", "person_id", "name"),
    sqlite_autoincrement=True,
)

answers = Table(
    "person_answer",
    metadata,
    _of_person(primary_key=True),
    Column("of_records", Text, nullable=False),
    Column("sections", Text, nullable=False),
    Column("numbers", Text, nullable=False),
    Column("problem", Text, nullable=False),
    Column("made_at", Text, nullable=False),
)

entries = Table(
    "diary_entry",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", Text, nullable=False),
    # SQLite cannot add a column that is a foreign key and never null; no row is without it.
    Column("person_id", Integer, ForeignKey("person.id", ondelete="CASCADE")),
    Column("slot", Text),  # what there can be one of: the check-in of a day; null for what was imported
    Index("diary_entry_person", "person_id"),
    Index("diary_entry_one_a_slot", "person_id", "slot", unique=True),
    sqlite_autoincrement=True,
)

versions = Table(
    "diary_version",
    metadata,
    Column("entry_id", Integer, ForeignKey("diary_entry.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("current", Boolean, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("key", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("stored_at", Text, nullable=False),
    Column(
        "told_at", Text
    ),  # by the clock of the phone that sent it; null where it was told as it was stored
    # the questions that a word of a check-in answered; null where all it holds was told with it
    Column("answered", Text),
    Index("diary_version_key", "key"),
    Index(
        "diary_version_one_current",
        "entry_id",
        unique=True,
        sqlite_where=text("current"),
        postgresql_where=text("current"),
    ),
)

receipts = Table(
    "diary_receipt",
    metadata,
    _of_person(primary_key=True),
    Column("sent_id", Text, primary_key=True),
    # stays when the entry is erased: what was erased is not brought back by a phone that sends it again
    Column("entry_id", Integer, ForeignKey("diary_entry.id", ondelete="SET NULL"), index=True),
    Column("number", Integer, nullable=False),
)

ERASED_WITH_EVERYTHING = (entries, answers, receipts, choices, shares, consents, pushes)
"""The tables from which each row of a person goes when they delete everything."""
