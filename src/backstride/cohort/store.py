"""The store of a cohort: people's records, and the answers worked out so far, in one SQLite file of a folder.

The answers are the checkpoint of every run: each is kept, in one transaction, as soon as it is there, under a key
made of what it answers. A run that was killed goes on where it stopped; nothing is worked out twice.
"""

import json
import os
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any

from backstride.cohort.contributions import SCHEMA as CONTRIBUTIONS
from backstride.cohort.contributions import Contributions
from backstride.cohort.enrolments import SCHEMA as ENROLMENTS
from backstride.cohort.enrolments import Enrolments
from backstride.cohort.leavers import SCHEMA as LEAVERS
from backstride.cohort.leavers import Leavers
from backstride.cohort.releases import SCHEMA as RELEASES
from backstride.cohort.releases import Releases, token
from backstride.core.records import Records
from backstride.diary.io_errors import translate_os_errors
from backstride.diary.serialization import all_of, deserialize, records_of, serialize
from backstride.errors import DiaryTooNew, NotInDiary, NotReadable

FILE = "cohort.sqlite"
FORMAT = 2
"""2 has contributions and releases, which a program that knows 1 alone would leave out."""
_SCHEMA = f"""
{CONTRIBUTIONS}{RELEASES}{ENROLMENTS}{LEAVERS}
CREATE TABLE IF NOT EXISTS people (
    id TEXT PRIMARY KEY, zone TEXT NOT NULL, records BLOB NOT NULL, fingerprint TEXT NOT NULL,
    traits TEXT NOT NULL, notes TEXT NOT NULL, error TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, numbers TEXT NOT NULL, draws BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS answers_of ON answers (fingerprint);
CREATE TABLE IF NOT EXISTS lost (key TEXT PRIMARY KEY, error TEXT NOT NULL) STRICT;
"""
_PERSON = "SELECT id, zone, fingerprint, traits, notes, error, records FROM people"


@dataclass(frozen=True, slots=True)
class StoredPerson:
    """One person as they were taken in.

    Attributes:
        id: as the study calls them.
        zone: of days without a check-in, by name.
        fingerprint: equal for equal records, whatever files they came from; "" where there are none.
        traits: what is known beside the diary, by name.
        notes: what was assumed, and what was left out, a sentence each.
        error: why their diary could not be used; "" where it could.
        packed: their records, as `unpacked` reads them.
    """

    id: str
    zone: str
    fingerprint: str
    traits: Mapping[str, str]
    notes: Sequence[str]
    error: str
    packed: bytes = field(repr=False, default=b"")


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """What was worked out of one diary.

    Attributes:
        key: of the records, the settings and the engine's version.
        fingerprint: of the records.
        numbers: the columns of the table of answers, by name; what is not known is None.
        draws: (S, 2) float32 of the two latent effects at the standard dose, as bytes; empty where there are none.
    """

    key: str
    fingerprint: str
    numbers: Mapping[str, Any]
    draws: bytes = field(repr=False, default=b"")


def packed(records: Records) -> tuple[bytes, str]:
    """Serialise `records` to bytes, and return their fingerprint."""
    lines, keys = [], []
    for record in all_of(records):
        text = serialize(record)
        lines.append(f"{text.kind} {text.text}")
        keys.append(text.key)
    return zlib.compress("\n".join(lines).encode()), sha256("".join(sorted(keys)).encode()).hexdigest()


def unpacked(content: bytes) -> Records:
    """Read the records that `packed` serialised.

    Raises:
        DiaryDamaged: they are none.
    """
    lines = (line.partition(" ") for line in zlib.decompress(content).decode().split("\n") if line)
    return records_of(tuple(deserialize(kind, text) for kind, _, text in lines))


class CohortStore:
    """People and answers in a folder; to be used with `with`, by one process at a time.

    Args:
        folder: made where missing if `create`.
        create: whether a new store is begun where there is none.

    Raises:
        NotReadable: there is no store, and none is to be begun.
        DiaryTooNew: a newer version of backstride wrote it.
        DiaryFull: the folder cannot be written to.
    """

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        path = folder / FILE
        if not create and not path.is_file():
            raise NotReadable(
                f"{folder} holds no cohort.",
                advice=f"Take the diaries in first: backstride cohort take-in --store {folder}",
            )
        self.folder = folder
        with translate_os_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))  # diaries: nobody else may read them
        self._db = sqlite3.connect(path, timeout=60.0, isolation_level=None)
        self._open(path)

    def _open(self, path: Path) -> None:
        try:
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA secure_delete = ON")  # who leaves, leaves nothing in the file
            (found,) = self._db.execute("PRAGMA user_version").fetchone()
        except sqlite3.DatabaseError as error:
            raise NotReadable(
                f"{path} is no store of a cohort ({error}).", advice="Give another folder."
            ) from error
        if found > FORMAT:
            raise DiaryTooNew(
                f"{path} was written by a newer version of backstride.", advice="Update backstride."
            )
        self._db.executescript(_SCHEMA)
        self._db.execute(f"PRAGMA user_version = {FORMAT}")

    @property
    def contributions(self) -> Contributions:
        """What people gave without their diaries."""
        return Contributions(self._db)

    @property
    def enrolments(self) -> Enrolments:
        """Who is in the waiting list's trial, and what chance gave them."""
        return Enrolments(self._db)

    def left(self) -> dict[str, int]:
        """How many were taken out, by month."""
        return Leavers(self._db).by_month()

    @property
    def releases(self) -> Releases:
        """What was published before."""
        return Releases(self._db)

    def __enter__(self) -> "CohortStore":
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._db.close()

    def put_person(self, person: StoredPerson) -> str:
        """Take a person in, or put their newer records in the place of the old: 'new', 'changed' or 'unchanged'."""
        row = (
            *(person.id, person.zone, person.packed, person.fingerprint),
            *(_json(person.traits), _json(list(person.notes)), person.error),
        )
        wanted = "SELECT fingerprint, error FROM people WHERE id = ?"
        before = self._db.execute(wanted, (person.id,)).fetchone()
        self._db.execute("INSERT OR REPLACE INTO people VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        if before is None:
            return "new"
        return "unchanged" if before == (person.fingerprint, person.error) else "changed"

    def remove_person(self, person: str, *, month: str) -> None:
        """Take a person out in a month, with every answer that is theirs alone, so that no byte of them is left.

        Raises:
            NotInDiary: nobody has this id.
        """
        found = self._db.execute("SELECT fingerprint FROM people WHERE id = ?", (person,)).fetchone()
        if found is None:
            raise self._nobody(person)
        self._db.execute("BEGIN IMMEDIATE")
        self._db.execute("DELETE FROM people WHERE id = ?", (person,))
        self.enrolments.forget(person)
        self._db.execute(
            "DELETE FROM answers WHERE fingerprint = ? AND fingerprint NOT IN (SELECT fingerprint FROM people)",
            found,
        )
        self.releases.forget(token("person", person))
        Leavers(self._db).count(month)
        self._db.execute("COMMIT")
        self._leave_nothing()

    def withdraw(self, key: str, *, month: str) -> bool:
        """Take a contribution out in a month, leaving no byte, and refuse it from now on; whether it was there."""
        self._db.execute("BEGIN IMMEDIATE")
        was_there = self.contributions.withdraw(key)
        self.releases.forget(token("contribution", key))
        if was_there:
            Leavers(self._db).count(month)
        self._db.execute("COMMIT")
        self._leave_nothing()
        return was_there

    def _leave_nothing(self) -> None:
        """Write the file anew, without what was deleted."""
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._db.execute("VACUUM")
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def person(self, person: str) -> StoredPerson:
        """Return one person.

        Raises:
            NotInDiary: nobody has this id.
        """
        row = self._db.execute(f"{_PERSON} WHERE id = ?", (person,)).fetchone()
        if row is None:
            raise self._nobody(person)
        return _person(row)

    def _nobody(self, person: str) -> NotInDiary:
        return NotInDiary(
            f"Nobody in {self.folder} has the id '{person}'.", advice="See the ids in answers.csv."
        )

    def people(self) -> Iterator[StoredPerson]:
        """Everybody, in the order of their ids, one at a time."""
        last = ""
        while rows := self._db.execute(f"{_PERSON} WHERE id > ? ORDER BY id LIMIT 100", (last,)).fetchall():
            yield from map(_person, rows)
            last = rows[-1][0]

    def ids(self) -> Iterator[str]:
        """Everybody's id, in order."""
        for (name,) in self._db.execute("SELECT id FROM people ORDER BY id"):
            yield str(name)

    def count(self) -> int:
        """How many people there are."""
        return int(self._db.execute("SELECT count(*) FROM people").fetchone()[0])

    def put_answer(self, answer: StoredAnswer) -> None:
        """Keep an answer; one that is there already stays."""
        row = (answer.key, answer.fingerprint, _json(answer.numbers), answer.draws)
        self._db.execute("INSERT OR IGNORE INTO answers VALUES (?, ?, ?, ?)", row)

    def has_answer(self, key: str) -> bool:
        """Whether the answer of this key was worked out before."""
        return self._db.execute("SELECT 1 FROM answers WHERE key = ?", (key,)).fetchone() is not None

    def put_lost(self, key: str, error: str) -> None:
        """Remember why there is no answer of this key, though its diary could be read."""
        self._db.execute("INSERT OR REPLACE INTO lost VALUES (?, ?)", (key, error))

    def forget_lost(self) -> None:
        """Forget what was lost: it is tried anew."""
        self._db.execute("DELETE FROM lost")

    def lost(self, key: str) -> str:
        """Why there is no answer of this key; "" where nothing was lost."""
        (error,) = self._db.execute("SELECT error FROM lost WHERE key = ?", (key,)).fetchone() or ("",)
        return str(error)

    def answer(self, key: str) -> StoredAnswer | None:
        """Return the answer of this key; None where there is none yet."""
        row = self._db.execute(
            "SELECT key, fingerprint, numbers, draws FROM answers WHERE key = ?", (key,)
        ).fetchone()
        return None if row is None else StoredAnswer(row[0], row[1], json.loads(row[2]), row[3])


def _person(row: tuple[str, str, str, str, str, str, bytes]) -> StoredPerson:
    name, zone, fingerprint, traits, notes, error, content = row
    return StoredPerson(name, zone, fingerprint, json.loads(traits), json.loads(notes), error, content)


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False)
