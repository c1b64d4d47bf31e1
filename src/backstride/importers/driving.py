"""Driving home: whoever forgets to stop the watch moves at the end as nobody runs."""

from typing import Final

import numpy as np

from backstride.importers.stationary import LONGEST_S
from backstride.importers.track import Track

_VEHICLE_M_S: Final = 7.0
_CELL_S: Final = 10.0
_VEHICLE_CELLS: Final = 6
"""Nobody runs a whole minute so fast."""
_CAR_M_S: Final = 11.0
_LEAST_BEFORE_S: Final = 300.0
_MOST_ON_FOOT: Final = 0.35
"""Of the rest after the first minute in a vehicle: traffic lights and jams, but no further run."""


def without_drive(track: Track, *, is_run: bool) -> tuple[Track, float]:
    """The track up to where a vehicle was got into at its end, and the seconds that were cut off.

    Args:
        track: all points.
        is_run: whether it is known to be a run; else only a car is taken for a drive home, for it may be a ride.
    """
    times, metres = track.way_behind(keep_jumps=True)
    if len(times) < 2 or not 2 * _LEAST_BEFORE_S <= times[-1] - times[0] <= LONGEST_S:
        return track, 0.0
    grid = np.arange(times[0], times[-1], _CELL_S)
    speeds = np.diff(np.interp(grid, times, metres)) / _CELL_S
    fast = np.lib.stride_tricks.sliding_window_view(speeds, _VEHICLE_CELLS).min(axis=1) > _VEHICLE_M_S
    if not fast.any():
        return track, 0.0
    first = int(np.flatnonzero(fast)[0])
    before, rest = speeds[:first], speeds[first:]
    on_foot = float(((rest > 1.0) & (rest < 5.0)).mean())
    is_drive = on_foot <= _MOST_ON_FOOT and float(np.quantile(rest, 0.9)) > (
        _VEHICLE_M_S if is_run else _CAR_M_S
    )
    moved = before[before > 0.5]
    ran = (
        len(before) * _CELL_S >= _LEAST_BEFORE_S and len(moved) > 0 and float(np.quantile(moved, 0.95)) < 6.5
    )
    if not (is_drive and ran):
        return track, 0.0
    end = float(grid[first])
    remaining = track.taken(~(track.times > end))
    return remaining, float(times[-1] - end)
