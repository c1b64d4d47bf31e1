"""Reading what no longer grows, and nothing twice."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from backstride.errors import BadInput, NotReadable
from backstride.importers.desk import Desk, FileOnDisk, Listing, Place, Taken
from backstride.importers.zip_guard import Allowance

Stamp = tuple[int, int]
"""Bytes, and the time of the last change in nanoseconds."""


def stamp_of(path: Path) -> Stamp | None:
    """Size and time of a file; None where it has just gone."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


class SettledDesk:
    """Reads through another desk, and remembers what each file gave for as long as it stays as it is.

    Args:
        desk: reads what is new.

    Attributes:
        settled: the files that may be read, as they were when they were found whole.
    """

    def __init__(self, desk: Desk) -> None:
        self.settled: dict[Path, Stamp] = {}
        self._desk = desk
        self._listings: dict[FileOnDisk, tuple[Stamp, Listing]] = {}
        self._taken: dict[tuple[Place, Stamp], Taken | BadInput] = {}

    def look(self, file: FileOnDisk, allowance: Allowance) -> Listing:
        """What there is to read in a file.

        Raises:
            BadInput: it cannot be opened at all, or still grows.
        """
        stamp = self.settled.get(file.path)
        if stamp is None:
            raise NotReadable(f"{file.name} is still being written.", advice="It is taken when it is whole.")
        known = self._listings.get(file)
        if known is None or known[0] != stamp:
            self._taken = {key: one for key, one in self._taken.items() if key[0].file != file}
            self._listings[file] = stamp, self._desk.look(file, allowance)
        return self._listings[file][1]

    def read(self, places: Sequence[Place], *, zone: ZoneInfo) -> Iterator[Taken | BadInput]:
        """What each file gave, or why it gave nothing, in the order of `places`."""
        keys = [(place, self.settled[place.file.path]) for place in places]
        new = [key for key in keys if key not in self._taken]
        self._taken.update(zip(new, self._desk.read([place for place, _ in new], zone=zone), strict=True))
        yield from (self._taken[key] for key in keys)
