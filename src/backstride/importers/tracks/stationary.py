"""Standing still: a recorder that writes a point each second leaves no gap while its owner waits.

It is told by the place, or by the way that the device counted: nobody who walks stays within a few metres for most
of a minute.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backstride.importers.tracks.order_statistics import differences, median, windows

Floats = NDArray[np.float64]


_CELL_S: Final = 5.0
_STANDS_S: Final = 45.0
_WITHIN_M: Final = 12.0
"""A receiver that lies still wanders by some metres; who walks at 0.5 m/s gets 22 m away in that time."""
_COUNTED_WITHIN_M: Final = 9.0
_EARTH_RADIUS_M: Final = 6_371_008.8
MAX_DURATION_S: Final = 250_000.0
"""Over a longer time no grid is laid: one point with a wrong year would take all memory."""


def stationary_steps(
    times: Floats, latitude: Floats, longitude: Floats, counted_m: Floats
) -> NDArray[np.bool_]:
    """Return which steps from point to point lie in a stop, shape (points - 1,).

    Args:
        times: seconds, ascending, shape (points,).
        latitude, longitude: radians, nan where not known.
        counted_m: metres since the beginning, as the device counted them, nan where it did not.
    """
    none = np.zeros(max(len(times) - 1, 0), dtype=np.bool_)
    span = float(times[-1] - times[0]) if len(times) else 0.0
    if not _STANDS_S <= span <= MAX_DURATION_S:
        return none
    grid = np.arange(times[0], times[-1] + _CELL_S, _CELL_S)
    window = int(_STANDS_S / _CELL_S) + 1
    if len(grid) < window:
        return none
    if np.isfinite(counted_m).sum() > 1:
        still = _still_by_count(times, counted_m, grid, window)
    else:
        still = _still_by_place(times, latitude, longitude, grid, window)
    if not still.any():
        return none
    cells = within_windows(still, window)
    inside = np.asarray(np.interp(times, grid, cells.astype(np.float64)) > 0.5, dtype=np.bool_)
    return np.asarray(inside[1:] & inside[:-1], dtype=np.bool_)


def within_windows(begins: NDArray[np.bool_], window: int) -> NDArray[np.bool_]:
    """Return which cells lie in one of some windows, shape (windows + window - 1,).

    Args:
        begins: whether the window that begins at each cell is one of them, shape (windows,).
        window: how many cells it has.
    """
    changes = np.zeros(len(begins) + window, dtype=np.int64)
    changes[: len(begins)] += begins
    changes[window:] -= begins
    return np.asarray(np.cumsum(changes[:-1]) > 0, dtype=np.bool_)


def _still_by_count(times: Floats, counted_m: Floats, grid: Floats, window: int) -> NDArray[np.bool_]:
    """Windows of cells in which the device counted hardly any way."""
    known = np.isfinite(counted_m)
    metres = np.maximum.accumulate(counted_m[known])
    way = windows(np.interp(grid, times[known], metres), window)
    return np.asarray(way[:, -1] - way[:, 0] < _COUNTED_WITHIN_M, dtype=np.bool_)


def _still_by_place(
    times: Floats, latitude: Floats, longitude: Floats, grid: Floats, window: int
) -> NDArray[np.bool_]:
    """Windows of cells in which the place hardly moved, and was recorded at a third of the cells or more."""
    known = np.isfinite(latitude) & np.isfinite(longitude)
    if known.sum() < 2:
        return np.zeros(len(grid) - window + 1, dtype=np.bool_)
    times, latitude, longitude = times[known], latitude[known], longitude[known]
    east_per_radian = _EARTH_RADIUS_M * math.cos(median(latitude))
    along = (latitude * _EARTH_RADIUS_M, longitude * east_per_radian)
    north, east = (np.interp(grid, times, metres) for metres in along)
    last = window - 1
    near = np.asarray(
        np.hypot(north[last:] - north[:-last], east[last:] - east[:-last]) < _WITHIN_M, dtype=np.bool_
    )
    if not near.any():  # who gets away from where a window began does not stand in it
        return near
    recorded = np.append(differences(np.searchsorted(times, grid)) > 0, True)
    often = windows(recorded, window).sum(axis=1) >= window / 3
    ranges = [view.max(axis=1) - view.min(axis=1) for view in (windows(north, window), windows(east, window))]
    return np.asarray((np.hypot(*ranges) < _WITHIN_M) & often, dtype=np.bool_)
