"""Heart rates that a strap kept to itself during a swim and handed over afterwards, laid on the records.

The strap sends blocks of up to eight beats. The first block ties the strap's own clock to the watch's; every
later beat gives the low 12 bits of the strap's clock, which rolls over every 4 s.

Source: the public FIT profile, message hr (132) and its fields; developer.garmin.com/fit/cookbook.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backstride.importers.fit.layout import TIMESTAMP, Bytes, Floats, Places
from backstride.importers.fit.messages import FitPart

HR: Final = 132
TICKS_A_SECOND: Final = 1024
_FRACTION, _BEATS, _STRAP_CLOCK, _LOW_BITS = 0, 6, 9, 10
_ROLLS_OVER: Final = 1 << 12


Beats = tuple[Floats, Floats]
"""Times (seconds since 1989-12-31 UTC, ascending) and heart rates, each of shape (beats,)."""


def beats_of(parts: Iterable[FitPart]) -> Beats:
    """Collect the heart beats of a strap, which watches append to a swim as FIT files of their own."""
    when, rate = np.concatenate([np.empty((2, 0)), *(_beats(part) for part in parts)], axis=1)
    good = (rate > 0) & (rate < 255)
    order = np.argsort(when[good], kind="stable")
    return when[good][order], rate[good][order]


def merged(times: Floats, heart_rate: Floats, beats: Beats) -> Floats:
    """Compute the heart rate of records at `times`: the mean of the beats since the last one, else what was recorded.

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


def _beats(part: FitPart) -> Floats:
    """Time and rate of every beat in the blocks of one FIT file, shape (2, beats)."""
    blocks = part.messages(HR)
    clocks = blocks.column(_STRAP_CLOCK)
    stamps = blocks.column(TIMESTAMP) + np.nan_to_num(blocks.column(_FRACTION)) / 32768
    ties = np.isfinite(stamps) & np.isfinite(clocks)
    if not ties.any():  # there is nothing to count from
        return np.empty((2, 0))
    rates, row_counts = blocks.table_of(_BEATS)
    packed, sizes = blocks.table_of(_LOW_BITS)
    ticks = _twelve_bits(packed)
    ticks[ties, 0] = np.trunc(clocks[ties]) % _ROLLS_OVER
    count = np.where(ties, 1, np.minimum(row_counts, 8 * sizes // 12))
    real = np.arange(ticks.shape[1]) < count[:, None]
    block = np.repeat(np.arange(len(blocks)), count)
    tied = np.maximum.accumulate(np.where(ties[block], np.arange(len(block)), -1))
    ticks_since = np.concatenate([[0], np.cumsum(np.diff(ticks[real]) % _ROLLS_OVER)])
    when = stamps[block[tied]] + (ticks_since - ticks_since[tied]) / TICKS_A_SECOND
    return np.stack([when, _wide(rates, ticks.shape[1])[real]])[:, tied >= 0]


def _twelve_bits(packed: Bytes) -> Places:
    """Numbers of 12 bits, the low bits first: two in every three bytes; shape (blocks, numbers), one at least."""
    three = _wide(packed, 3 * max(1, -(-packed.shape[1] // 3))).astype(np.int64).reshape(len(packed), -1, 3)
    low, middle, high = three[..., 0], three[..., 1], three[..., 2]
    return np.stack([low | (middle & 0x0F) << 8, middle >> 4 | high << 4], axis=-1).reshape(len(packed), -1)


def _wide(table: Bytes, width: int) -> Bytes:
    """Cut or zero-pad a table to this many columns."""
    if width <= table.shape[1]:
        return table[:, :width]
    return np.hstack([table, np.zeros((len(table), width - table.shape[1]), dtype=np.uint8)])
