"""Zip archives, opened in place: their files become entries; archives within them are opened, too."""

import struct
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import PurePosixPath
from typing import IO, Final, cast
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from backstride.errors import BadInput, BrokenFile, UnknownFormat
from backstride.importers.archives.entries import CHUNK, Entry
from backstride.importers.archives.zip_guard import MAX_DEPTH, Allowance, printable, sound_entries
from backstride.importers.base import Skipped
from backstride.importers.tracks.kml import KML

_SIGNATURES: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_FAULTS: Final = (
    BadZipFile,
    LargeZipFile,
    EOFError,
    IndexError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What Python's own reader raises on hostile archives."""
IN_MEMORY: Final = 2**24
MAX_INNER: Final = 4 * 2**30


def is_zip(head: bytes, *, name: str) -> bool:
    """Whether a file that begins so is an archive of files; a packed map is none."""
    return head.startswith(_SIGNATURES) and not KML.knows(head, name=name)


def unzipped(
    entry: Entry, *, held: ExitStack, allowance: Allowance, inside: str = "", depth: int = 1
) -> tuple[list[Entry], list[Skipped]]:
    """List the files in an archive and in archives nested in it, in order of names, and what was skipped.

    Args:
        entry: the archive.
        held: keeps it open for as long as its files may be read.
        allowance: what may still be opened.
        inside: put before the names of its files; empty, or ending in "/".
        depth: 1 for an archive that lies in no other.

    Returns:
        The files, each to be opened later; and what was skipped, with the reason.

    Raises:
        BrokenFile: damaged beyond use, or made to harm.
        UnknownFormat: an office document, or nothing is in it.
    """
    archive = _opened(entry, held)
    allowance.take(archive, name=entry.name)
    names = {info.filename for info in archive.infolist()}
    if "[Content_Types].xml" in names or {"mimetype", "content.xml"} <= names:
        raise UnknownFormat(
            f"{entry.name} is an office document.", advice="Save the sheet as CSV and give that."
        )
    infos, skipped = sound_entries(archive, name=inside)
    entries: list[Entry] = []
    for info in sorted(infos, key=lambda info: info.filename):
        one = Entry(inside + printable(info.filename), partial(_member, archive, info, entry.name))
        try:
            found, left_out = _with_inner(one, held=held, allowance=allowance, depth=depth)
        except BadInput as error:
            skipped.append(Skipped(one.name, str(error)))
            continue
        entries += found
        skipped += left_out
    if not entries and not skipped:
        raise UnknownFormat(f"{entry.name} is an empty archive.", advice="Download or copy it once more.")
    return entries, skipped


def _with_inner(
    one: Entry, *, held: ExitStack, allowance: Allowance, depth: int
) -> tuple[list[Entry], list[Skipped]]:
    """Return the entry itself, or the files in it where it is an archive."""
    if not is_zip(one.head(), name=one.name):
        return [one], []
    if depth >= MAX_DEPTH:
        raise BrokenFile(
            f"{one.name} lies in an archive, in an archive, in an archive.",
            advice="Unpack them, and give the folder.",
        )
    inner = held.enter_context(tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115
    with one.opened() as file:
        while chunk := file.read(CHUNK):
            if inner.tell() > MAX_INNER:
                raise BrokenFile(
                    f"{one.name} is larger than {MAX_INNER // 2**30} GB.",
                    advice="Unpack the outer archive, and give the inner one.",
                )
            inner.write(chunk)
    unpacked = Entry(one.name, lambda: cast("IO[bytes]", inner))
    inside = f"{PurePosixPath(one.name)}/"
    return unzipped(unpacked, held=held, allowance=allowance, inside=inside, depth=depth + 1)


def _opened(entry: Entry, held: ExitStack) -> ZipFile:
    try:
        file = held.enter_context(entry.opened())
        return held.enter_context(ZipFile(file))
    except _FAULTS as error:
        raise BrokenFile(
            f"{entry.name} is a zip archive that is damaged or cut off.",
            advice="Download or copy it once more.",
        ) from error


@contextmanager
def _zip_errors(name: str) -> Iterator[None]:
    try:
        yield
    except _FAULTS as error:
        raise BrokenFile(
            f"{name} is damaged inside the archive.", advice="Download or copy the archive once more."
        ) from error


class _Member:
    """A file in an archive; what is wrong with it comes out as one of our errors."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file, self._name = file, name

    def read(self, size: int = -1) -> bytes:
        """Read the next bytes, fewer than `size` only at the end."""
        with _zip_errors(self._name):
            return self._file.read(size)

    def __enter__(self) -> "_Member":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def _member(archive: ZipFile, info: ZipInfo, name: str) -> IO[bytes]:
    shown = f"{printable(info.filename)} in {name}"
    with _zip_errors(shown):
        return cast("IO[bytes]", _Member(archive.open(info), shown))
