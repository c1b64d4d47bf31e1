"""The enrolments of a store: each draw of the waiting list, with how likely it was, in the order of the draws."""

import sqlite3
from datetime import date
from fractions import Fraction

from backstride.cohort.waiting_list import Arm, Enrolment

SCHEMA = """
CREATE TABLE IF NOT EXISTS enrolments (
    place INTEGER PRIMARY KEY, person TEXT, day TEXT NOT NULL, stratum TEXT NOT NULL, block INTEGER NOT NULL,
    size INTEGER NOT NULL, arm TEXT NOT NULL, probability TEXT NOT NULL, consent INTEGER NOT NULL, ended TEXT
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS enrolment_of ON enrolments (person);
"""


class Enrolments:
    """Who is in the waiting list's trial.

    Args:
        database: of the store.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database

    def add(self, enrolment: Enrolment) -> None:
        """Keep a draw; it is never changed."""
        self._db.execute(
            "INSERT INTO enrolments (person, day, stratum, block, size, arm, probability, consent) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                enrolment.person,
                enrolment.day.isoformat(),
                enrolment.stratum,
                enrolment.block,
                enrolment.size,
                enrolment.arm.value,
                str(enrolment.probability),
                enrolment.consent,
            ),
        )

    def end(self, person: str, day: date) -> None:
        """Note that a person left; they stay in the arm that chance gave."""
        self._db.execute(
            "UPDATE enrolments SET ended = ? WHERE person = ? AND ended IS NULL", (day.isoformat(), person)
        )

    def forget(self, person: str) -> None:
        """Take a person out; the draw stays without a name, or the others of their block could not go on."""
        self._db.execute("UPDATE enrolments SET person = NULL WHERE person = ?", (person,))

    def all(self) -> list[Enrolment]:
        """Everybody in the order of the draws; "" where the person was taken out."""
        rows = self._db.execute(
            "SELECT person, day, stratum, block, size, arm, probability, consent, ended FROM enrolments "
            "ORDER BY place"
        )
        return [
            Enrolment(
                person or "",
                date.fromisoformat(day),
                stratum,
                block,
                size,
                Arm(arm),
                Fraction(probability),
                consent,
                None if ended is None else date.fromisoformat(ended),
            )
            for person, day, stratum, block, size, arm, probability, consent, ended in rows
        ]
