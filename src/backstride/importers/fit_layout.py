"""The layout of FIT messages: what a definition says, and numbers gathered from the messages it describes."""

from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]

TIMESTAMP: Final = 253

# base type (low five bits) -> numpy code, and the value that stands for 'not measured'
_NUMBERS: dict[int, tuple[str, float]] = {
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


@dataclass(slots=True)
class Layout:
    """What one definition says, and where the data messages that follow it stand."""

    number: int
    order: Literal["<", ">"]
    stride: int
    fields: dict[int, tuple[int, int, int]]  # field number -> offset after the header, bytes, base type
    developer: dict[
        tuple[int, int], tuple[int, int]
    ]  # (whose, field number) -> offset after the header, bytes
    rows: list[int] = field(default_factory=list)
    _places: Places = field(default_factory=lambda: np.empty(0, dtype=np.int64))

    @property
    def places(self) -> Places:
        """The rows as an array, shape (rows,)."""
        if len(self._places) != len(self.rows):
            self._places = np.array(self.rows, dtype=np.int64)
        return self._places

    def column(self, buffer: Bytes, number: int) -> Floats:
        """Field `number` of every row, shape (rows,); nan where it is absent or not measured."""
        return self._first(buffer, *self.fields.get(number, (0, 0, 0xFF)))

    def developer_column(self, buffer: Bytes, key: tuple[int, int], base: int) -> Floats:
        """The developer field `key`, of base type `base`, of every row, shape (rows,); nan as above."""
        return self._first(buffer, *self.developer.get(key, (0, 0)), base)

    def bytes_of(self, buffer: Bytes, number: int) -> Bytes:
        """Field `number` of every row as it stands in the file, shape (rows, bytes); no bytes where absent."""
        offset, size, _ = self.fields.get(number, (0, 0, 0xFF))
        found: Bytes = buffer[self.places[:, None] + (1 + offset + np.arange(size))]
        return found

    def _first(self, buffer: Bytes, offset: int, size: int, base: int) -> Floats:
        """The first number in a field of every row."""
        rows = self.places
        code, invalid = _NUMBERS.get(base & 0x1F, ("u1", np.nan))
        kind = np.dtype(code).newbyteorder(self.order)
        if size < kind.itemsize or base & 0x1F not in _NUMBERS:
            return np.full(len(rows), np.nan)
        if not len(rows):
            return np.empty(0)
        everywhere = np.ndarray((len(buffer) - kind.itemsize + 1,), kind, buffer, strides=(1,))
        raw = everywhere[rows + (1 + offset)]
        with np.errstate(all="ignore"):  # a damaged float may be a signalling nan
            values: Floats = raw.astype(np.float64)
        values[(raw == invalid) | ~np.isfinite(values)] = np.nan
        return values
