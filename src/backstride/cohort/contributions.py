"""The contributions of a store, and the hashes of those that were taken back: these are not taken in again."""

import sqlite3
from collections.abc import Iterator
from hashlib import sha256

from backstride.cohort.contribution import Contribution
from backstride.cohort.contribution_file import contribution_json, read_contribution

SCHEMA = """
CREATE TABLE IF NOT EXISTS contributions (key TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS withdrawn (hash TEXT PRIMARY KEY) STRICT;
"""


class Contributions:
    """What people gave without their diaries.

    Args:
        database: of the store.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database

    def put(self, contribution: Contribution) -> str:
        """Take a contribution in, or put it in the place of the one with its key.

        Returns:
            'new', 'changed', 'unchanged', or 'withdrawn' where it was taken back before and so is not taken in.
        """
        if self._db.execute("SELECT 1 FROM withdrawn WHERE hash = ?", (_hash(contribution.key),)).fetchone():
            return "withdrawn"
        text = contribution_json(contribution)
        before = self._db.execute(
            "SELECT content FROM contributions WHERE key = ?", (contribution.key,)
        ).fetchone()
        self._db.execute("INSERT OR REPLACE INTO contributions VALUES (?, ?)", (contribution.key, text))
        if before is None:
            return "new"
        return "unchanged" if before == (text,) else "changed"

    def withdraw(self, key: str) -> bool:
        """Delete a contribution and keep the hash of its key; whether it was there."""
        self._db.execute("INSERT OR IGNORE INTO withdrawn VALUES (?)", (_hash(key),))
        return self._db.execute("DELETE FROM contributions WHERE key = ?", (key,)).rowcount > 0

    def all(self) -> Iterator[Contribution]:
        """Every contribution, in the order of the keys."""
        for key, text in self._db.execute("SELECT key, content FROM contributions ORDER BY key").fetchall():
            yield read_contribution(text, name=key)

    def count(self) -> int:
        """How many there are."""
        return int(self._db.execute("SELECT count(*) FROM contributions").fetchone()[0])


def _hash(key: str) -> str:
    return sha256(key.encode()).hexdigest()
