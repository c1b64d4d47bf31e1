"""How many people and contributions were taken out of a store: counts by month, and nothing that is theirs."""

import sqlite3

SCHEMA = """
CREATE TABLE IF NOT EXISTS leavers (month TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT;
"""


class Leavers:
    """The log of those who left.

    Args:
        database: of the store.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database

    def count(self, month: str) -> None:
        """Count one more in a month, as in 2026-11, within the transaction that takes them out."""
        self._db.execute(
            "INSERT INTO leavers VALUES (?, 1) ON CONFLICT (month) DO UPDATE SET count = count + 1", (month,)
        )

    def by_month(self) -> dict[str, int]:
        """Return how many left in each month, the earliest first."""
        return dict(self._db.execute("SELECT month, count FROM leavers ORDER BY month").fetchall())
