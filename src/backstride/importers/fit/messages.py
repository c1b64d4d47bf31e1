"""FIT messages: the bytes of a FIT file as one table for each kind of message.

A FIT file is a header, then messages: a definition says which fields the data messages after it hold.
One pass over the bytes notes where each data message stands; numpy then gathers a field from all of them
at once. Nothing here knows what a run is.

Source: the public description of the FIT protocol, developer.garmin.com/fit/protocol.
"""

import struct
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

import numpy as np

from backstride.importers.fit.crc import is_sealed
from backstride.importers.fit.layout import TIMESTAMP, Bytes, Floats, Layout, Place, Places, numbers_at
from backstride.importers.fit.scan import CUT_SHORT, Scan

MAX_PARTS: Final = 200

_WRONG_CRC = "its checksum is wrong, and it was read all the same; if the run looks wrong, copy it once more"
_LEFTOVER = "bytes after its end were left out"

Clock = tuple[Places, Floats]
"""Where the messages stand that carry their time in their header, ascending, and what it is."""

_NOWHERE: Final[Places] = np.empty(0, dtype=np.int64)
_NO_CLOCK: Final[Clock] = (_NOWHERE, np.empty(0))


class Messages:
    """All messages of one kind, in the order of the file.

    Attributes:
        rows: where each stands in the file, shape (messages,).
    """

    def __init__(self, buffer: Bytes, layouts: Sequence[Layout], clock: Clock) -> None:
        self._buffer = buffer
        self._layouts = layouts
        self._clock = clock
        rows = [_NOWHERE, *(layout.rows for layout in layouts)]
        self.rows: Places = rows[1] if len(layouts) == 1 else np.concatenate(rows)
        self._which = np.repeat(np.arange(len(layouts)), [len(layout.rows) for layout in layouts])
        if len(layouts) > 1:
            order = np.argsort(self.rows)
            self.rows, self._which = self.rows[order], self._which[order]

    def __len__(self) -> int:
        """How many there are."""
        return len(self.rows)

    @cached_property
    def times(self) -> Floats:
        """Seconds since 1989-12-31 UTC, shape (messages,); by the header where that carries it."""
        times = self.column(TIMESTAMP)
        places, clocked = self._clock
        if not len(places) or not len(times):
            return times
        nearest = np.minimum(np.searchsorted(places, self.rows), len(places) - 1)
        return np.where(places[nearest] == self.rows, clocked[nearest], times)

    def column(self, number: int) -> Floats:
        """Return field `number` of every message as stored (no scale), shape (messages,); nan where not measured."""
        return self._numbers([layout.place(number) for layout in self._layouts])

    def has(self, number: int) -> bool:
        """Whether any of them has the field, measured or not."""
        return any(layout.place(number).size for layout in self._layouts)

    def developer_column(self, key: tuple[int, int], base: int) -> Floats:
        """Return the developer field `key` = (index, field number) of every message, shape (messages,)."""
        return self._numbers([layout.developer_place(key, base) for layout in self._layouts])

    def bytes_of(self, number: int) -> list[bytes]:
        """Return field `number` of every message as it stands in the file: text, or several numbers in a row."""
        places = [layout.place(number) for layout in self._layouts]
        found = zip(self.rows.tolist(), [places[which] for which in self._which.tolist()], strict=True)
        content = self._buffer.data
        return [bytes(content[row + at.offset : row + at.offset + at.size]) for row, at in found]

    def table_of(self, number: int) -> tuple[Bytes, Places]:
        """Return field `number` of every message as it stands in the file, and how many bytes each has.

        Shapes (messages, most bytes), with zeros behind the shorter ones, and (messages,).

        Returns:
            Bytes, shape (messages, most bytes), with zeros behind the shorter ones; and their numbers, shape
            (messages,).
        """
        places = [layout.place(number) for layout in self._layouts]
        offsets, sizes = np.array([at[:2] for at in places], dtype=np.int64).reshape(-1, 2)[self._which].T
        across = np.arange(max((at.size for at in places), default=0))
        cells = np.minimum((self.rows + offsets)[:, None] + across, len(self._buffer) - 1)
        return np.where(across < sizes[:, None], self._buffer[cells], np.uint8(0)), sizes

    def _numbers(self, places: list[Place]) -> Floats:
        """Read the number at each layout's place, in one pass where all places are equal."""
        if len(set(places)) == 1:
            return numbers_at(self._buffer, self.rows + places[0].offset, places[0].kind)
        values = np.full(len(self), np.nan)
        offsets = np.array([at.offset for at in places], dtype=np.int64)[self._which]
        for kind in {at.kind for at in places if at.kind}:
            ours = np.array([at.kind == kind for at in places])[self._which]
            values[ours] = numbers_at(self._buffer, (self.rows + offsets)[ours], kind)
        return values

    def last(self, number: int) -> float | None:
        """Return the last valid value of a field; None without one."""
        values = self.column(number)
        known = values[~np.isnan(values)]
        return float(known[-1]) if len(known) else None


class FitPart:
    """One FIT file; several may stand back to back in one file of the disk.

    Attributes:
        doubts: what was wrong with it, each a clause of a sentence.
    """

    def __init__(self, buffer: Bytes, scan: Scan) -> None:
        self.doubts = tuple(dict.fromkeys(scan.doubts))
        self._buffer = buffer
        self._layouts = tuple(layout for layout in scan.layouts if len(layout.rows))
        self._clock = _clock(buffer, self._layouts) if scan.compressed else _NO_CLOCK
        self._found: dict[int, Messages] = {}

    def messages(self, number: int) -> Messages:
        """Return all messages with this global number."""
        if number not in self._found:
            layouts = [layout for layout in self._layouts if layout.number == number]
            self._found[number] = Messages(self._buffer, layouts, self._clock)
        return self._found[number]


def looks_like_fit(head: bytes) -> bool:
    """Whether a file that begins so is FIT, by its header."""
    return len(head) >= 12 and head[0] >= 12 and head[8:12] == b".FIT"


def fit_parts(content: bytes) -> Iterator[FitPart]:
    """Split off each FIT file that stands in `content`, one after the other; damage shortens a part, never raises."""
    position = 0
    for _ in range(MAX_PARTS):
        if not looks_like_fit(content[position : position + 12]):
            return
        part, position = _part(content, position)
        yield part


def _part(content: bytes, begin: int) -> tuple[FitPart, int]:
    """Return the FIT file whose header is at `begin`, and the position of the next one."""
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
    return FitPart(np.frombuffer(content, dtype=np.uint8), scan), after


def _next_header(content: bytes, position: int) -> int:
    """Where the next FIT file begins, or the end of the content."""
    start = content.find(b".FIT", position + 8)
    while start >= 0 and content[start - 8] not in (12, 14):
        start = content.find(b".FIT", start + 1)
    return start - 8 if start >= 0 else len(content)


def _clock(buffer: Bytes, layouts: Sequence[Layout]) -> Clock:
    """Places and times of the messages whose time stands, as five bits, in their header.

    The five bits count on from the last full time and roll over every 32 s.
    """
    everything = Messages(buffer, layouts, _NO_CLOCK)
    rows, full = everything.rows, everything.times
    compressed = (buffer[rows] & 0x80) != 0
    full[compressed] = np.nan
    present = compressed | ~np.isnan(full)
    rows, full, compressed = rows[present], full[present], compressed[present]
    low_bits = np.where(compressed, buffer[rows] & 0x1F, np.nan_to_num(full).astype(np.int64) & 0x1F)
    passed = np.concatenate([[0], np.cumsum(np.diff(low_bits) % 32)])
    last_full = np.maximum.accumulate(np.where(compressed, -1, np.arange(len(rows))))
    times = np.where(last_full >= 0, full[last_full] + passed - passed[last_full], np.nan)
    return rows[compressed], times[compressed]
