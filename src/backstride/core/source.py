"""Where a statement comes from, and whether that page was read."""

from dataclasses import dataclass
from enum import StrEnum


class Reading(StrEnum):
    """How well a source is known; a number that nobody has read at all has no place in a table."""

    READ = "read at the source"
    SUMMARY = "summary read"
    LISTED = "not read itself"
    SECOND_HAND = "read second-hand"
    UNVERIFIED = "from memory, not checked"
    OWN = "our own choice"


@dataclass(frozen=True, slots=True)
class Source:
    """One source of a statement.

    Attributes:
        text: authors, year and journal, or the name of the page; for a choice of ours, why.
        doi: the digital object identifier, without its resolver; empty where there is none.
        reading: whether the number was read there, in a page about it, or is a choice of ours.
    """

    text: str
    doi: str = ""
    reading: Reading = Reading.READ
