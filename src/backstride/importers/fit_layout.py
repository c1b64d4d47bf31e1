"""The layout of FIT messages: what a definition says, and numbers gathered from the messages it describes."""

import struct
from functools import cached_property
from itertools import accumulate
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]

TIMESTAMP: Final = 253

# base type (low five bits) -> numpy code, and the value that stands for 'not measured'
_NUMBERS: Final[dict[int, tuple[str, float]]] = {
    0x00: ("u1", 0xFF),
    0x01: ("i1", 0x7F),
    0x02: ("u1", 0xFF),
    0x03: ("i2", 0x7FFF),
    0x04: ("u2", 0xFFFF),
    0x05: ("i4", 0x7FFFFFFF),
    0x06: ("u4", 0xFFFFFFFF),
    0x08: ("f4", np.nan),
    0x09: ("f8", np.nan),
    0x0A: ("u1", 0),
    0x0B: ("u2", 0),
    0x0C: ("u4", 0),
    0x0D: ("u1", 0xFF),
    0x0E: ("i8", 0x7FFFFFFFFFFFFFFF),
    0x0F: ("u8", 0xFFFFFFFFFFFFFFFF),
    0x10: ("u8", 0),
}
_KINDS: Final = {
    (order, base): (np.dtype(order + code), invalid)
    for order in "<>"
    for base, (code, invalid) in _NUMBERS.items()
}


class Layout:
    """What one definition says, and where the data messages that follow it stand.

    Attributes:
        number: of the kind of message.
        stride: bytes of each message, its header with them.
        rows: where the messages stand, shape (rows,).
    """

    def __init__(self, definition: bytes, developer: bytes) -> None:
        self.rows: Places = np.empty(0, dtype=np.int64)
        self._definition = definition
        self._developer = developer
        self._order = ">" if definition[2] else "<"
        self.number: int = struct.unpack_from(self._order + "H", definition, 3)[0]
        self.stride = 1 + sum(definition[7::3]) + sum(developer[1::3])

    @cached_property
    def _fields(self) -> dict[int, tuple[int, int, int]]:
        """Of each field number: its offset in the message, its bytes, its base type."""
        sizes = self._definition[7::3]
        numbers, bases = self._definition[6::3], self._definition[8::3]
        offsets = accumulate(sizes, initial=1)
        return dict(zip(numbers, zip(offsets, sizes, bases, strict=False), strict=True))

    @cached_property
    def _added(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Of each (whose, field number) that apps added: its offset in the message, its bytes."""
        sizes = self._developer[1::3]
        offsets = accumulate(sizes, initial=1 + sum(self._definition[7::3]))
        keys = zip(self._developer[2::3], self._developer[::3], strict=True)
        return dict(zip(keys, zip(offsets, sizes, strict=False), strict=True))

    def has(self, number: int) -> bool:
        """Whether the messages have the field."""
        return number in self._fields

    def column(self, buffer: Bytes, number: int, *, rows: Places | None = None) -> Floats:
        """Field `number` of every row, or of these, shape (rows,); nan where it is absent or not measured."""
        return self._first(buffer, self.rows if rows is None else rows, self._fields.get(number, _ABSENT))

    def developer_column(self, buffer: Bytes, key: tuple[int, int], base: int) -> Floats:
        """The developer field `key`, of base type `base`, of every row, shape (rows,); nan as above."""
        return self._first(buffer, self.rows, (*self._added.get(key, (0, 0)), base))

    def bytes_of(self, buffer: Bytes, number: int) -> Bytes:
        """Field `number` of every row as it stands in the file, shape (rows, bytes); no bytes where absent."""
        offset, size, _ = self._fields.get(number, _ABSENT)
        found: Bytes = buffer[self.rows[:, None] + (offset + np.arange(size))]
        return found

    def _first(self, buffer: Bytes, rows: Places, where: tuple[int, int, int]) -> Floats:
        """The first number in a field of every row."""
        offset, size, base = where
        kind, invalid = _KINDS.get((self._order, base & 0x1F), _NO_KIND)
        if size < kind.itemsize:
            return np.full(len(rows), np.nan)
        everywhere = np.ndarray((len(buffer) - kind.itemsize + 1,), kind, buffer, strides=(1,))
        raw = everywhere[rows + offset]
        if kind.kind == "f":
            return _finite(raw)
        values: Floats = raw.astype(np.float64)
        values[raw == invalid] = np.nan
        return values


_ABSENT: Final = (0, 0, 0xFF)
_NO_KIND: Final = (np.dtype("V256"), 0.0)
"""Larger than any field, so that nothing is read."""


def _finite(raw: NDArray[np.floating]) -> Floats:
    with np.errstate(all="ignore"):  # a damaged float may be a signalling nan
        values: Floats = raw.astype(np.float64)
    values[~np.isfinite(values)] = np.nan
    return values
