"""Packed files: the layers of gzip round a file taken off, however often it was packed."""

import re
import zlib
from typing import Final

from backstride.errors import BrokenFile

MAX_BYTES: Final = 128 * 2**20
MAX_LAYERS: Final = 3
_GZIP = b"\x1f\x8b"
_PIECE = 512
_HEADER: Final = re.compile(
    rb"\x1f\x8b\x08(?:"
    rb"[\x00\x01].{6}"
    rb"|[\x08\x09].{6}[^\x00]{0,1024}\x00"
    rb"|[\x10\x11].{6}[^\x00]{0,1024}\x00"
    rb"|[\x18\x19].{6}[^\x00]{0,1024}\x00[^\x00]{0,1024}\x00)",
    re.DOTALL,
)
"""The beginning of a member, with the file's name and a comment where there are any."""
_CHUNK = 2**20


def unpacked(content: bytes, *, name: str, most_bytes: int = MAX_BYTES) -> tuple[bytes, tuple[str, ...]]:
    """Return `content` without its gzip layers, and what was wrong with them; a cut-off layer gives what it holds.

    Args:
        content: the file as it lies on the disk.
        name: its name, for the report.
        most_bytes: no layer may unpack to more.

    Returns:
        The content; and a sentence for each layer that was cut off or damaged.

    Raises:
        BrokenFile: packed so often or so tightly that it is no record of runs, or damaged at its beginning.
    """
    notes: list[str] = []
    for _ in range(MAX_LAYERS):
        if content[:2] != _GZIP:
            return content, tuple(notes)
        content, whole = _one_layer(content, name, most_bytes)
        if not whole:
            notes.append(
                f"{name}: the packed file is damaged; what could be unpacked was read. Copy or download it once more."
            )
    if content[:2] == _GZIP:
        raise BrokenFile(
            f"{name} is packed more than {MAX_LAYERS} times.", advice="Unpack it, then try again."
        )
    return content, tuple(notes)


def _one_layer(content: bytes, name: str, most_bytes: int) -> tuple[bytes, bool]:
    """Decompress one layer (all its members, one after another), and say whether all were sound."""
    out = bytearray()
    whole, position = True, 0
    while whole and content.startswith(_GZIP, position):
        whole, position = _one_member(content, position, out, name, most_bytes)
    if not out and not whole:
        raise BrokenFile(
            f"{name} is a damaged gzip file; nothing could be unpacked.",
            advice="Copy or download it once more.",
        )
    return bytes(out), whole


def _one_member(
    content: bytes, position: int, out: bytearray, name: str, most_bytes: int
) -> tuple[bool, int]:
    """Unpack the member that stands at `position` onto `out`; whether it was sound, and where it ends.

    It is fed in small pieces: where one is damaged, what the earlier ones gave is kept.
    """
    began, before = position, len(out)
    member = zlib.decompressobj(wbits=31)
    while position < len(content) and not member.eof:
        piece = content[position : position + _PIECE]
        position += len(piece)
        while piece and not member.eof:
            try:
                out += member.decompress(piece, _CHUNK)
            except zlib.error:
                out += _what_unpacks(content, began, len(out) - before, name, most_bytes)
                return False, position
            piece = member.unconsumed_tail
            if len(out) > most_bytes:
                raise _too_large(name, most_bytes)
    return member.eof, position - len(member.unused_data)


def _what_unpacks(content: bytes, began: int, known: int, name: str, most_bytes: int) -> bytes:
    """Recover what a damaged gzip member holds beyond the known bytes: its checksum alone may be wrong.

    The packed bytes are fed one by one without their checksum, from the end of the header on.
    """
    header = _HEADER.match(content, began)
    if header is None:
        return b""
    raw = zlib.decompressobj(wbits=-15)
    found = bytearray()
    position = header.end()
    while position < len(content) and not raw.eof:
        size = 1 if len(found) >= known - _CHUNK else _PIECE
        try:
            found += raw.decompress(content[position : position + size])
        except zlib.error:
            break
        position += size
        if len(found) > most_bytes:
            raise _too_large(name, most_bytes)
    return bytes(found[known:])


def _too_large(name: str, most_bytes: int) -> BrokenFile:
    return BrokenFile(
        f"{name} unpacks to more than {most_bytes // 2**20} MB.",
        advice="No record of runs is that large; leave it out, or unpack it and look what it is.",
    )
