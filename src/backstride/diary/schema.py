"""The tables as the newest migration leaves them.

    diary          one row: the diary's own id, also written into the marker beside an SQLite file
    diary_entry    one row for each thing a person or a file told; its id is never given twice
    diary_version  every form an entry ever had; one of them is current

Days are local days. Moments in `stored_at` are UTC. What was told is JSON in `content` (see `content.py`).
"""

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

REVISIONS = ("0001",)
"""The migrations, oldest first. A diary at any other revision was written by a newer backstride."""
REVISION_TABLE = "diary_schema"

metadata = MetaData()

diaries = Table(
    "diary",
    metadata,
    Column("id", Text, primary_key=True),
)

entries = Table(
    "diary_entry",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", Text, nullable=False),
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
    Index("diary_version_key", "key"),
    Index("diary_version_days", "current", "first_day", "last_day"),
    Index(
        "diary_version_one_current",
        "entry_id",
        unique=True,
        sqlite_where=text("current"),
        postgresql_where=text("current"),
    ),
)
