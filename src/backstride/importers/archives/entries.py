"""Entries: files to be read, wherever they lie; on the disk, in a zip, in a zip within a zip."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Final

from backstride.errors import BrokenFile
from backstride.importers.archives.files import content_of, opened_file
from backstride.importers.packing import MAX_BYTES

CHUNK: Final = 2**20
HEAD: Final = 4096


@dataclass(frozen=True, slots=True)
class Entry:
    """One file.

    Attributes:
        name: its place, parts parted by "/", for the report and for those who refer to it.
        opened: opens it for reading from its beginning; reading may raise BadInput.
        on_disk: where it lies, unless it lies in an archive.
    """

    name: str
    opened: Callable[[], IO[bytes]]
    on_disk: Path | None = None

    def head(self) -> bytes:
        """Read its first bytes.

        Raises:
            BadInput: it cannot be opened.
        """
        with self.opened() as file:
            return file.read(HEAD)

    def content(self, *, most_bytes: int = MAX_BYTES) -> bytes:
        """Read all of it.

        Raises:
            BadInput: it cannot be read, or is larger than `most_bytes`.
        """
        if self.on_disk is not None:
            return content_of(self.on_disk, most_bytes=most_bytes)
        with self.opened() as file:
            content = file.read(most_bytes + 1)
        if len(content) > most_bytes:
            raise BrokenFile(
                f"{self.name} is larger than {most_bytes // 2**20} MB.",
                advice="No record of runs is that large; leave it out.",
            )
        return content


def entry_on_disk(path: Path, *, name: str) -> Entry:
    """Create the entry of a file on disk."""
    return Entry(name, partial(opened_file, path), path)
