"""Heart rates that a strap kept to itself during a swim and handed over afterwards, laid on the records.

The strap sends blocks of up to eight beats. The first block ties the strap's own clock to the watch's; every
later beat gives the low 12 bits of the strap's clock, which rolls over every 4 s.

Source: the public FIT profile, message hr (132) and its fields; developer.garmin.com/fit/cookbook.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backstride.importers.fit_layout import TIMESTAMP, Floats
from backstride.importers.fit_messages import FitPart

HR: Final = 132
TICKS_A_SECOND: Final = 1024
_FRACTION, _BEATS, _STRAP_CLOCK, _LOW_BITS = 0, 6, 9, 10
_ROLLS_OVER: Final = 1 << 12


Beats = tuple[Floats, Floats]
"""Times (seconds since 1989-12-31 UTC, ascending) and heart rates, each of shape (beats,)."""


def beats_of(parts: Iterable[FitPart]) -> Beats:
    """What the strap handed over; watches chain it as FIT files of its own behind that of the swim."""
    beats = [beat for part in parts for beat in _beats(part)]
    when, rate = np.array(beats, dtype=np.float64).reshape(-1, 2).T
    good = (rate > 0) & (rate < 255)
    order = np.argsort(when[good], kind="stable")
    return when[good][order], rate[good][order]


def merged(times: Floats, heart_rate: Floats, beats: Beats) -> Floats:
    """Heart rate of records at `times`: the mean of the beats since the last one, else what was recorded.

    All of shape (records,). A wrist under water measures little, so the strap comes first.
    """
    when, rate = beats
    if not len(when) or not len(times):
        return heart_rate
    after: NDArray[np.intp] = np.searchsorted(when, times, side="right")
    before = np.concatenate([[np.searchsorted(when, times[0] - 1.0)], after[:-1]])
    total = np.concatenate([[0.0], np.cumsum(rate)])
    count = after - before
    mean: Floats = (total[after] - total[before]) / np.maximum(count, 1)
    return np.where(count > 0, mean, heart_rate)


def _beats(part: FitPart) -> Iterator[tuple[float, int]]:
    """Time and rate of every beat in the blocks of one FIT file."""
    blocks = part.messages(HR)
    stamps = (blocks.column(TIMESTAMP) + np.nan_to_num(blocks.column(_FRACTION)) / 32768).tolist()
    clocks = blocks.column(_STRAP_CLOCK).tolist()
    watch, strap, ticks = 0.0, 0, -1
    rows = zip(stamps, clocks, blocks.bytes_of(_BEATS), blocks.bytes_of(_LOW_BITS), strict=True)
    for stamp, clock, rates, low in rows:
        if math.isfinite(stamp) and math.isfinite(clock):
            watch, strap, ticks = stamp, int(clock), int(clock)
            yield from [(watch, rate) for rate in rates[:1]]
        elif ticks >= 0:  # else there is nothing to count from
            for rate, bits in zip(rates, _twelve_bits(low), strict=False):
                ticks = _next(ticks, bits)
                yield watch + (ticks - strap) / TICKS_A_SECOND, rate


def _next(ticks: int, low_bits: int) -> int:
    """The strap's clock at the next beat, by its low 12 bits."""
    return ticks + (low_bits - ticks) % _ROLLS_OVER


def _twelve_bits(packed: bytes) -> Sequence[int]:
    """Numbers of 12 bits, the low bits first: two in every three bytes."""
    whole = int.from_bytes(packed, "little")
    return [whole >> (12 * i) & 0xFFF for i in range(8 * len(packed) // 12)]
