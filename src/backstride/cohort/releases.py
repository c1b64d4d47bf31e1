"""What was published before: whoever compares two releases must not learn about the few people that they differ by.

For each release, and for each part of it that is estimated from people of its own, stand the tokens of those people
and of their records. A release is made only where every part differs from that of every earlier release by nobody, or
by as many people as are the least that anything is shown of. A person who leaves stays in the counts of these
comparisons under a random token, and under nothing that is theirs.
"""

import sqlite3
from collections.abc import Mapping
from hashlib import sha256
from secrets import token_hex

Members = Mapping[str, str]
"""The token of each person, and of the records that they were in with."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS releases (
    release INTEGER NOT NULL, part TEXT NOT NULL, person TEXT NOT NULL, records TEXT NOT NULL,
    PRIMARY KEY (release, part, person)
) STRICT;
"""


def token(kind: str, name: str) -> str:
    """Compute the token of a person, or of records, from its kind and its name."""
    return sha256(f"{kind} {name}".encode()).hexdigest()


class Releases:
    """The releases of one store.

    Args:
        database: of the store.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database

    def differing(self, part: str, members: Members) -> int:
        """Count the people by which a part differs from an earlier release, the fewest but for none at all.

        Args:
            part: its name.
            members: everybody it would rest on now.

        Returns:
            How many people, counted over both sides; 0 where it differs from no earlier release.
        """
        counts = [
            sum(members.get(person) != before.get(person) for person in {*members, *before})
            for before in self._earlier(part).values()
        ]
        return min((count for count in counts if count), default=0)

    def record(self, parts: Mapping[str, Members]) -> None:
        """Keep who is in a release, so that later ones are compared with it; one like an earlier one is not kept.

        Args:
            parts: everybody that each part rests on, by its name; only parts that are shown.
        """
        earlier = {part: list(self._earlier(part).values()) for part in parts}
        if all(dict(members) in earlier[part] for part, members in parts.items()):
            return
        (last,) = self._db.execute("SELECT coalesce(max(release), 0) FROM releases").fetchone()
        self._db.execute("BEGIN IMMEDIATE")
        self._db.executemany(
            "INSERT INTO releases VALUES (?, ?, ?, ?)",
            (
                (last + 1, part, person, records)
                for part, members in parts.items()
                for person, records in members.items()
            ),
        )
        self._db.execute("COMMIT")

    def forget(self, person: str) -> None:
        """Put a random token in the place of a person's, within the transaction that takes them out."""
        found = self._db.execute("SELECT rowid FROM releases WHERE person = ?", (person,)).fetchall()
        self._db.executemany(
            "UPDATE releases SET person = ?, records = '' WHERE rowid = ?",
            ((token_hex(32), rowid) for (rowid,) in found),
        )

    def _earlier(self, part: str) -> dict[int, dict[str, str]]:
        out: dict[int, dict[str, str]] = {}
        for release, person, records in self._db.execute(
            "SELECT release, person, records FROM releases WHERE part = ?", (part,)
        ):
            out.setdefault(release, {})[person] = records
        return out
