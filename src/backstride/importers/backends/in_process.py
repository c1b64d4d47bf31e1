"""Reading in this process: without delay, and without guard against a file that stops it."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from types import TracebackType
from typing import Final, Self
from zoneinfo import ZoneInfo

from backstride.errors import BadInput
from backstride.importers.archives.entries import Entry, entry_on_disk
from backstride.importers.archives.lists import is_list, read_list
from backstride.importers.archives.zip_archive import is_zip, unzipped
from backstride.importers.archives.zip_guard import Allowance
from backstride.importers.backends.base import FileOnDisk, Listing, MemberRef, ReadResult
from backstride.importers.base import Skipped
from backstride.importers.fit.reader import FIT
from backstride.importers.registry import read_content
from backstride.importers.tracks.gpx import GPX
from backstride.importers.tracks.tcx import TCX
from backstride.importers.vendors.apps import ONE_SESSION_A_FILE

ACTIVITY_FILES: Final = frozenset({FIT.name, GPX.name, TCX.name}) | ONE_SESSION_A_FILE
"""Readers whose files each are one recorded activity: a folder of them is the watch's whole log."""

MAX_OPEN: Final = 4


class InProcessBackend:
    """Reads in this process; archives stay open for as long as they are of use. Use it in a `with` statement."""

    def __init__(self) -> None:
        self._open: dict[FileOnDisk, tuple[list[Entry], ExitStack]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close_oldest(0)

    def list_members(self, file: FileOnDisk, allowance: Allowance) -> Listing:
        """List the readable members of a file.

        Raises:
            BadInput: it cannot be opened at all.
        """
        entry, left = entry_on_disk(file.path, name=file.name), replace(allowance)
        if not is_zip(head := entry.head(), name=entry.name):
            return Listing((MemberRef(file, 0, entry.name, is_list(head, name=entry.name)),), (), False, left)
        entries, skipped = self._opened(file, entry, left)
        places: list[MemberRef] = []
        for number, one in enumerate(entries):
            try:
                places.append(MemberRef(file, number, one.name, is_list(one.head(), name=one.name)))
            except BadInput as error:
                skipped.append(Skipped(one.name, str(error)))
        return Listing(tuple(places), tuple(skipped), True, left)

    def read(self, places: Sequence[MemberRef], *, zone: ZoneInfo) -> Iterator[ReadResult | BadInput]:
        """Yield the result of each member, or the error that made it unreadable, in the order of `places`."""
        for place in places:
            try:
                yield _read(self._entry(place), place, zone)
            except BadInput as error:
                yield error

    def _entry(self, place: MemberRef) -> Entry:
        entry = entry_on_disk(place.file.path, name=place.file.name)
        if not is_zip(entry.head(), name=entry.name):
            return entry
        if place.file in self._open:
            return self._open[place.file][0][place.number]
        return self._opened(place.file, entry, Allowance())[0][place.number]

    def _opened(self, file: FileOnDisk, entry: Entry, left: Allowance) -> tuple[list[Entry], list[Skipped]]:
        self._close_oldest(MAX_OPEN - 1)
        with ExitStack() as held:
            entries, skipped = unzipped(entry, held=held, allowance=left, inside=file.inside)
            self._open[file] = entries, held.pop_all()
        return entries, skipped

    def _close_oldest(self, most: int) -> None:
        """Close the archives that were opened first."""
        while len(self._open) > most:
            self._open.pop(next(iter(self._open)))[1].close()


def _read(entry: Entry, place: MemberRef, zone: ZoneInfo) -> ReadResult:
    if place.is_list:
        account = read_list(entry, zone=zone)
        return ReadResult(account.result, account=account)
    reader, result = read_content(entry.content(), name=entry.name, zone=zone)
    return ReadResult(result, is_activity=reader.name in ACTIVITY_FILES)
