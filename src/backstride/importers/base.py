"""What every reader takes and gives."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol
from zoneinfo import ZoneInfo

from backstride.core.records import CoveredSpan, Records, records_together


@dataclass(frozen=True, slots=True)
class Skipped:
    """One thing that was not taken in.

    Attributes:
        where: where it stood; empty where `why` tells it.
        why: why, in a runner's words.
        is_session: whether it is, or may be, a session that nothing else records: its day is then unknown.
        day: its local day, where that is known.
    """

    where: str
    why: str
    is_session: bool = False
    day: date | None = None

    @property
    def sentence(self) -> str:
        """Its place and the reason; the place once, where the reason begins with it."""
        return self.why if self.why.startswith(self.where) else f"{self.where}: {self.why}"


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What one file gave.

    Attributes:
        records: runs, check-ins, measurements and covered spans.
        skipped: what was left out, and why.
        notes: what was assumed on the way ("dates read as day/month/year").
        people: those whom the tables name as the ones they belong to.
        open_days: days on which something that could not be used records a run.
        implied: those of the covered spans that nobody stated: a table of runs vouches for them by itself.
    """

    records: Records = field(default_factory=Records)
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    implied: tuple[CoveredSpan, ...] = ()
    people: frozenset[str] = frozenset()
    open_days: frozenset[date] = frozenset()

    def __add__(self, other: "ImportResult") -> "ImportResult":
        """Both together, in order."""
        return all_together((self, other))


def all_together(results: Iterable[ImportResult]) -> ImportResult:
    """Return all of them, in order."""
    each = list(results)
    if len(each) == 1:
        return each[0]
    return ImportResult(
        records_together(one.records for one in each),
        tuple(skipped for one in each for skipped in one.skipped),
        tuple(note for one in each for note in one.notes),
        tuple(span for one in each for span in one.implied),
        frozenset(person for one in each for person in one.people),
        frozenset(day for one in each for day in one.open_days),
    )


class Reader(Protocol):
    """One format."""

    @property
    def name(self) -> str:
        """What the format is called."""
        ...

    def knows(self, head: bytes, *, name: str) -> bool:
        """Whether a file with this beginning (and this name, as a hint only) is of the format."""
        ...

    def read(self, content: bytes, *, name: str, zone: ZoneInfo) -> ImportResult:
        """Read everything the file holds.

        Args:
            content: the whole file.
            name: its name, for the report.
            zone: the person's own zone, for times that state none.

        Raises:
            BadInput: the file cannot be used at all.
        """
        ...
