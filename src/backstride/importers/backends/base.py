"""Where files are read: in this process, or in one that may be lost without harm."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from backstride.errors import BadInput
from backstride.importers.account import ActivityIndex
from backstride.importers.archives.zip_guard import Allowance
from backstride.importers.base import ImportResult, Skipped


@dataclass(frozen=True, slots=True)
class FileOnDisk:
    """One file of the disk, whatever it holds.

    Attributes:
        path: where it lies.
        name: what it is called in the report.
        inside: put before the names of the files in it, where it is an archive; empty, or ending in "/".
    """

    path: Path
    name: str
    inside: str = ""


@dataclass(frozen=True, slots=True)
class MemberRef:
    """Where one file to be read lies: on the disk itself, or in an archive on it.

    Attributes:
        file: the file itself, or the archive that holds it.
        number: counted from 0, in the order of the names.
        name: its place, parts parted by "/", for the report and for those who refer to it.
        is_list: whether it is the list of an export, which tells what other files belong to.
    """

    file: FileOnDisk
    number: int
    name: str
    is_list: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """What there is to read in a file of the disk.

    Attributes:
        members: one, unless it is an archive.
        skipped: what may not be opened, and why.
        is_archive: whether it is one.
        left: what may still be opened by the same import.
    """

    members: tuple[MemberRef, ...]
    skipped: tuple[Skipped, ...]
    is_archive: bool
    left: Allowance


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What one file gave.

    Attributes:
        result: all of it.
        is_activity: whether files of its kind each are one recorded activity.
        account: what it told as the list of an export; None where it is none.
    """

    result: ImportResult
    is_activity: bool = False
    account: ActivityIndex | None = None


class ReadBackend(Protocol):
    """Opens files and reads them."""

    def list_members(self, file: FileOnDisk, allowance: Allowance) -> Listing:
        """List the readable members of a file.

        Raises:
            BadInput: it cannot be opened at all.
        """
        ...

    def read(self, places: Sequence[MemberRef], *, zone: ZoneInfo) -> Iterator[ReadResult | BadInput]:
        """Yield the result of each member, or the error that made it unreadable, in the order of `places`."""
        ...
