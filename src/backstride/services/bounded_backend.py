"""How much one import may hold: more than thirty years of anybody's days, and less than a server has memory for.

A file of a few megabytes can hold a million rows. The process that reads it bears them; whoever asked it to must not.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from backstride.core.records import MAX_PER_DAY, Records
from backstride.errors import BadInput, BrokenFile
from backstride.importers.archives.zip_guard import Allowance
from backstride.importers.backends.base import FileOnDisk, Listing, MemberRef, ReadBackend, ReadResult
from backstride.importers.base import ImportResult, Skipped

MAX_RECORDS: Final = 40_000
MAX_SENTENCES: Final = 1000
MAX_PLACES: Final = 20_000
_IN_PARTS: Final = "Bring it in parts, each with some of the years."


class BoundedBackend:
    """Reads through another backend and refuses what all files together have too much of.

    Args:
        backend: reads.
    """

    def __init__(self, backend: ReadBackend) -> None:
        self._backend = backend
        self._members = self._records = 0

    def list_members(self, file: FileOnDisk, allowance: Allowance) -> Listing:
        """List the readable members of a file.

        Raises:
            BadInput: it cannot be opened at all, or too many files have been seen.
        """
        listing = self._backend.list_members(file, allowance)
        self._members += len(listing.members)
        if self._members > MAX_PLACES:
            raise BadInput(f"These are more than {MAX_PLACES:,} files.", advice="Import them in parts.")
        return listing

    def read(self, places: Sequence[MemberRef], *, zone: ZoneInfo) -> Iterator[ReadResult | BadInput]:
        """Yield the result of each member, or the error that made it unreadable, in the order of `places`.

        Raises:
            BadInput: too many records have been read.
        """
        for outcome in self._backend.read(places, zone=zone):
            if isinstance(outcome, ReadResult):
                self._records += size_of(outcome.result.records)
            if self._records > MAX_RECORDS:
                raise BadInput(f"These files hold more than {MAX_RECORDS:,} entries.", advice=_IN_PARTS)
            yield outcome


def bounded(taken: ReadResult, *, name: str) -> ReadResult | BrokenFile:
    """Bound the sentences of a result, or refuse a file that holds more entries than any diary."""
    result = taken.result
    if size_of(result.records) > MAX_RECORDS:
        return BrokenFile(f"{name} holds more than {MAX_RECORDS:,} entries.", advice=_IN_PARTS)
    crowded = _most_crowded(result.records)
    if crowded is not None:
        return BrokenFile(
            f"{name} holds more than {MAX_PER_DAY} entries of {crowded}.",
            advice="Correct its dates, then import it again.",
        )
    return replace(taken, result=_shortened(result))


def size_of(records: Records) -> int:
    """Return how many records there are, of every kind."""
    kinds = (
        records.check_ins,
        records.runs,
        records.measurements,
        records.covered,
        records.allocations,
        records.plan,
        records.pain_before,
        records.roland_morris,
    )
    return sum(map(len, kinds))


def _most_crowded(records: Records) -> date | None:
    """Return a day with implausibly many entries; None where there is none."""
    days = Counter(one.local_day for one in records.check_ins)
    days.update(one.local_day for one in records.runs)
    days.update(one.local_day for one in records.measurements)
    days.update(one.local_day for one in records.pain_before + records.roland_morris)
    return next((day for day, count in days.most_common(1) if count > MAX_PER_DAY), None)


def _shortened(result: ImportResult) -> ImportResult:
    more = len(result.skipped) - MAX_SENTENCES
    if more <= 0 and len(result.notes) <= MAX_SENTENCES:
        return result
    rest = (Skipped("", f"And {more} more were left out."),) if more > 0 else ()
    return ImportResult(result.records, result.skipped[:MAX_SENTENCES] + rest, result.notes[:MAX_SENTENCES])
