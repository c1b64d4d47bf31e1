"""What in a zip may be opened: hostile and damaged entries are told apart before a byte is unpacked.

Archives that overlap their entries unpack to a thousand times what any single entry admits; Python's own reader
lets them pass. Nothing is ever written under the name that an archive gives.
"""

import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from zipfile import ZipFile, ZipInfo

from backstride.errors import BrokenFile
from backstride.importers.base import Skipped

MAX_ENTRIES: Final = 200_000
MAX_DEPTH: Final = 3
MAX_TOTAL: Final = 64 * 2**30
"""Bytes that all entries together may unpack to."""
MAX_RATIO: Final = 200
"""A true Apple export is packed 38 times and more; only what is no XML is held to this."""
SMALL: Final = 2**22
"""Bytes up to which nobody minds the ratio: an empty track is packed 400 times."""
MAX_XML_RATIO: Final = 1100
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1


@dataclass(slots=True)
class Allowance:
    """What may still be opened, all archives of one import together."""

    entries: int = MAX_ENTRIES
    total: int = MAX_TOTAL

    def take(self, archive: ZipFile, *, name: str) -> None:
        """Count an archive's entries.

        Raises:
            BrokenFile: they are more, or more bytes, than anybody's records.
        """
        infos = archive.infolist()
        self.entries -= len(infos)
        self.total -= sum(info.file_size for info in infos if info.compress_size)
        if self.entries < 0:
            raise BrokenFile(
                f"{name} holds more than {MAX_ENTRIES:,} files.",
                advice="No record of runs has so many. Unpack it and give the folder that holds the runs.",
            )
        if self.total < 0:
            raise BrokenFile(
                f"{name} would unpack to more than {MAX_TOTAL // 2**30} GB.",
                advice="No record of runs is that large; leave it out.",
            )


def sound_entries(archive: ZipFile, *, name: str) -> tuple[list[ZipInfo], list[Skipped]]:
    """Return the files of an archive that are safe to open, and why the others were skipped.

    Args:
        archive: opened.
        name: put before the names of its files; empty, or ending in "/".

    Returns:
        The files that may be opened; and the others, with the reason.
    """
    overlapping = _overlapping(archive)
    sound: list[ZipInfo] = []
    skipped: list[Skipped] = []
    for info in archive.infolist():
        if info.filename.endswith("/") or _is_aside(info.filename):  # some have no name at all
            continue
        why = _why_not(info, overlapping)
        if why:
            skipped.append(Skipped(name + printable(info.filename), why))
        else:
            sound.append(info)
    return sound, skipped


def printable(name: str) -> str:
    """Return a name as a report can show it."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name)[-200:]


def _why_not(info: ZipInfo, overlapping: frozenset[int]) -> str:
    if id(info) in overlapping:
        return "It has the same bytes as a file before it, as only a harmful archive has. Leave it out."
    if stat.S_ISLNK(info.external_attr >> 16):
        return "It is a link to another file, not a file. Give the file itself."
    if _leads_out(info.filename):
        return "Its name leads out of the archive, as only harmful archives do. Leave it out."
    if info.flag_bits & _ENCRYPTED:
        return "It is locked with a password. Unpack it with the password, and give what comes out."
    most = MAX_XML_RATIO if info.filename.lower().endswith(".xml") else MAX_RATIO
    if info.file_size > max(SMALL, most * info.compress_size):
        return f"It is packed more than {most} times, as no record of runs is. Leave it out."
    return ""


def _overlapping(archive: ZipFile) -> frozenset[int]:
    """Entries whose bytes reach into the next entry, or into the list of entries."""
    ordered = sorted(archive.infolist(), key=lambda info: info.header_offset)
    return frozenset(id(info) for info, limit in _with_limits(ordered, archive) if _least_end(info) > limit)


def _with_limits(ordered: list[ZipInfo], archive: ZipFile) -> Iterator[tuple[ZipInfo, int]]:
    following: Iterable[int] = [*(info.header_offset for info in ordered), archive.start_dir][1:]
    return zip(ordered, following, strict=True)


def _least_end(info: ZipInfo) -> int:
    return info.header_offset + _LOCAL_HEADER + len(info.orig_filename) + info.compress_size


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0]


def _is_aside(name: str) -> bool:
    return any(
        part == "__MACOSX" or (part.startswith(".") and part != "..")
        for part in name.replace("\\", "/").split("/")
    )
