"""Read files once they have stopped growing, and each of them only once."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from backstride.errors import BadInput, NotReadable
from backstride.importers.archives.zip_guard import Allowance
from backstride.importers.backends.base import FileOnDisk, Listing, MemberRef, ReadBackend, ReadResult

FileFingerprint = tuple[int, int]
"""Bytes, and the time of the last change in nanoseconds."""


def fingerprint(path: Path) -> FileFingerprint | None:
    """Return the size and time of a file; None where it has just gone."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


class CachingBackend:
    """Reads through another backend, and remembers what each file gave for as long as it stays as it is.

    Args:
        backend: reads what is new.

    Attributes:
        stable_files: the files that may be read, as they were when they were found whole.
    """

    def __init__(self, backend: ReadBackend) -> None:
        self.stable_files: dict[Path, FileFingerprint] = {}
        self._backend = backend
        self._listings: dict[FileOnDisk, tuple[FileFingerprint, Listing]] = {}
        self._results: dict[tuple[MemberRef, FileFingerprint], ReadResult | BadInput] = {}

    def list_members(self, file: FileOnDisk, allowance: Allowance) -> Listing:
        """List the readable members of a file that no longer grows.

        Raises:
            BadInput: it cannot be opened at all, or still grows.
        """
        stamp = self.stable_files.get(file.path)
        if stamp is None:
            raise NotReadable(f"{file.name} is still being written.", advice="It is taken when it is whole.")
        known = self._listings.get(file)
        if known is None or known[0] != stamp:
            self._results = {key: one for key, one in self._results.items() if key[0].file != file}
            self._listings[file] = stamp, self._backend.list_members(file, allowance)
        return self._listings[file][1]

    def read(self, places: Sequence[MemberRef], *, zone: ZoneInfo) -> Iterator[ReadResult | BadInput]:
        """Yield the result of each member, or the error that made it unreadable, in the order of `places`."""
        keys = [(place, self.stable_files[place.file.path]) for place in places]
        new = [key for key in keys if key not in self._results]
        self._results.update(
            zip(new, self._backend.read([place for place, _ in new], zone=zone), strict=True)
        )
        yield from (self._results[key] for key in keys)
