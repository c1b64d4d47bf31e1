"""The layout of FIT messages: what a definition says, and numbers gathered from the messages it describes."""

import struct
from functools import cached_property
from itertools import accumulate
from typing import Final, NamedTuple

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
    order + chr(base): (np.dtype(order + code), invalid)
    for order in "<>"
    for base, (code, invalid) in _NUMBERS.items()
}
_SIZES: Final = {kind: dtype.itemsize for kind, (dtype, _) in _KINDS.items()}
_ABSENT: Final = (0, 0, 0xFF)


class Place(NamedTuple):
    """Where a field stands in every message of a layout.

    Attributes:
        offset: bytes from the header on.
        size: bytes of it; 0 where it is absent.
        kind: byte order and base type of its first number; None where there is none.
    """

    offset: int
    size: int
    kind: str | None


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

    def place(self, number: int) -> Place:
        """Return where field `number` stands in every message."""
        offset, size, base = self._fields.get(number, _ABSENT)
        return self._place(offset, size, base)

    def developer_place(self, key: tuple[int, int], base: int) -> Place:
        """Return where the developer field `key` = (whose, field number), of base type `base`, stands."""
        offset, size = self._added.get(key, (0, 0))
        return self._place(offset, size, base)

    def _place(self, offset: int, size: int, base: int) -> Place:
        kind = self._order + chr(base & 0x1F)
        return Place(offset, size, kind if size >= _SIZES.get(kind, 256) else None)


def numbers_at(buffer: Bytes, places: Places, kind: str | None) -> Floats:
    """Return numbers of one kind standing at `places`, shape (places,); nan where not measured, or without a kind."""
    if kind is None:
        return np.full(len(places), np.nan)
    dtype, invalid = _KINDS[kind]
    everywhere = np.ndarray((len(buffer) - dtype.itemsize + 1,), dtype, buffer, strides=(1,))
    raw = everywhere[places]
    if dtype.kind == "f":
        return _finite(raw)
    values: Floats = raw.astype(np.float64)
    values[raw == invalid] = np.nan
    return values


def _finite(raw: NDArray[np.floating]) -> Floats:
    with np.errstate(all="ignore"):  # a damaged float may be a signalling nan
        values: Floats = raw.astype(np.float64)
    values[~np.isfinite(values)] = np.nan
    return values
