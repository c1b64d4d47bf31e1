"""FIT messages: the bytes of a FIT file as one table for each kind of message.

A FIT file is a header, then messages: a definition says which fields the data messages after it hold.
One pass over the bytes notes where each data message stands; numpy then gathers a field from all of them
at once. Nothing here knows what a run is.

Source: the public description of the FIT protocol, developer.garmin.com/fit/protocol.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from backstride.importers.fit_crc import is_sealed
from backstride.importers.fit_layout import TIMESTAMP, Bytes, Floats, Layout, Places
from backstride.importers.fit_scan import CUT_SHORT, Scan

MOST_PARTS: Final = 200

_WRONG_CRC = "its checksum is wrong; it was read all the same"
_LEFTOVER = "bytes after its end were left out"
_Number = TypeVar("_Number", np.float64, np.int64, np.uint8)
_AS_THEY_ARE: Final = slice(None)
_NO_CLOCK: Final = (np.empty(0, dtype=np.int64), np.empty(0))


@dataclass(frozen=True, slots=True)
class Messages:
    """All messages of one kind, in the order of the file."""

    _buffer: Bytes
    _layouts: tuple[Layout, ...]
    _order: Places | slice
    times: Floats

    def __len__(self) -> int:
        """How many there are."""
        return len(self.times)

    def column(self, number: int) -> Floats:
        """Field `number` of every message as stored (no scale), shape (messages,); nan where not measured."""
        if not self._layouts:
            return np.empty(0)
        return _joined([layout.column(self._buffer, number) for layout in self._layouts])[self._order]

    def has(self, number: int) -> bool:
        """Whether any of them has the field, measured or not."""
        return any(layout.has(number) for layout in self._layouts)

    def developer_column(self, key: tuple[int, int], base: int) -> Floats:
        """The developer field `key` = (whose, field number) of every message, shape (messages,)."""
        if not self._layouts:
            return np.empty(0)
        columns = [layout.developer_column(self._buffer, key, base) for layout in self._layouts]
        return _joined(columns)[self._order]

    def bytes_of(self, number: int) -> list[bytes]:
        """Field `number` of every message as it stands in the file: text, or several numbers in a row."""
        rows = [row.tobytes() for layout in self._layouts for row in layout.bytes_of(self._buffer, number)]
        return rows if isinstance(self._order, slice) else [rows[place] for place in self._order]

    def table_of(self, number: int) -> tuple[Bytes, Places]:
        """Field `number` of every message as it stands in the file, and how many bytes each has.

        Shapes (messages, most bytes), with zeros behind the shorter ones, and (messages,).
        """
        if not self._layouts:
            return np.empty((0, 0), dtype=np.uint8), np.empty(0, dtype=np.int64)
        pieces = [layout.bytes_of(self._buffer, number) for layout in self._layouts]
        widest = max(piece.shape[1] for piece in pieces)
        table = [np.pad(piece, ((0, 0), (0, widest - piece.shape[1]))) for piece in pieces]
        sizes = np.repeat([piece.shape[1] for piece in pieces], [len(piece) for piece in pieces])
        return _joined(table)[self._order], sizes[self._order]

    def last(self, number: int) -> float | None:
        """The last value of a field that was measured; None without one."""
        values = self.column(number)
        known = values[~np.isnan(values)]
        return float(known[-1]) if len(known) else None


@dataclass(frozen=True, slots=True)
class FitPart:
    """One FIT file; several may stand back to back in one file of the disk.

    Attributes:
        doubts: what was wrong with it, each a clause of a sentence.
    """

    doubts: tuple[str, ...]
    _buffer: Bytes
    _layouts: tuple[Layout, ...]
    _clock: tuple[Places, Floats]
    _found: dict[int, Messages] = field(default_factory=dict, compare=False, repr=False)

    def messages(self, number: int) -> Messages:
        """All messages with this global number; `times` counts seconds since 1989-12-31 UTC."""
        if number not in self._found:
            self._found[number] = self._gathered(tuple(one for one in self._layouts if one.number == number))
        return self._found[number]

    def _gathered(self, layouts: tuple[Layout, ...]) -> Messages:
        if not layouts:
            return Messages(self._buffer, (), _AS_THEY_ARE, np.empty(0))
        times = _joined([layout.column(self._buffer, TIMESTAMP) for layout in layouts])
        rows = _joined([layout.rows for layout in layouts])
        order = _AS_THEY_ARE if len(layouts) == 1 else np.argsort(rows)
        return Messages(self._buffer, layouts, order, _filled(times[order], rows[order], self._clock))


def looks_like_fit(head: bytes) -> bool:
    """Whether a file that begins so is FIT, by its header."""
    return len(head) >= 12 and head[0] >= 12 and head[8:12] == b".FIT"


def fit_parts(content: bytes) -> Iterator[FitPart]:
    """Every FIT file that stands in `content`, one after the other; damage shortens a part, never raises."""
    position = 0
    for _ in range(MOST_PARTS):
        if not looks_like_fit(content[position : position + 12]):
            return
        part, position = _part(content, position)
        yield part


def _part(content: bytes, begin: int) -> tuple[FitPart, int]:
    """The FIT file whose header stands at `begin`, and where the next one stands."""
    start = begin + content[begin]
    declared = start + struct.unpack_from("<I", content, begin + 4)[0]
    finished = start < declared <= len(content)
    end = declared if finished else _next_header(content, start)
    scan = Scan(content, end)
    scan.run(start)
    if not finished:
        scan.doubts.append(CUT_SHORT)
    elif not is_sealed(content[begin : end + 2]):
        scan.doubts.append(_WRONG_CRC)
    after = end + 2 if finished else end
    if len(content) > after and not looks_like_fit(content[after : after + 12]):
        scan.doubts.append(_LEFTOVER)
        after = _next_header(content, after)
    buffer = np.frombuffer(content, dtype=np.uint8)
    layouts = tuple(layout for layout in scan.layouts if len(layout.rows))
    clock = _clock(buffer, layouts) if scan.compressed else _NO_CLOCK
    return FitPart(tuple(dict.fromkeys(scan.doubts)), buffer, layouts, clock), after


def _next_header(content: bytes, position: int) -> int:
    """Where the next FIT file begins, or the end of the content."""
    mark = content.find(b".FIT", position + 8)
    while mark >= 0 and content[mark - 8] not in (12, 14):
        mark = content.find(b".FIT", mark + 1)
    return mark - 8 if mark >= 0 else len(content)


def _clock(buffer: Bytes, layouts: tuple[Layout, ...]) -> tuple[Places, Floats]:
    """Places and times of the messages whose time stands, as five bits, in their header.

    The five bits count on from the last full time and roll over every 32 s.
    """
    rows = _joined([layout.rows for layout in layouts])
    full = _joined([layout.column(buffer, TIMESTAMP) for layout in layouts])
    order = np.argsort(rows)
    rows, full = rows[order], full[order]
    compressed = (buffer[rows] & 0x80) != 0
    full[compressed] = np.nan
    kept = compressed | ~np.isnan(full)
    rows, full, compressed = rows[kept], full[kept], compressed[kept]
    low_bits = np.where(compressed, buffer[rows] & 0x1F, np.nan_to_num(full).astype(np.int64) & 0x1F)
    passed = np.concatenate([[0], np.cumsum(np.diff(low_bits) % 32)])
    last_full = np.maximum.accumulate(np.where(compressed, -1, np.arange(len(rows))))
    times = np.where(last_full >= 0, full[last_full] + passed - passed[last_full], np.nan)
    return rows[compressed], times[compressed]


def _joined(pieces: list[NDArray[_Number]]) -> NDArray[_Number]:
    return pieces[0] if len(pieces) == 1 else np.concatenate(pieces)


def _filled(times: Floats, rows: Places, clock: tuple[Places, Floats]) -> Floats:
    """`times`, with those of compressed headers put in their place."""
    places, clocked = clock
    if not len(places) or not len(rows):
        return times
    nearest = np.minimum(np.searchsorted(places, rows), len(places) - 1)
    return np.where(places[nearest] == rows, clocked[nearest], times)
