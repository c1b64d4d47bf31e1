"""Drives in a recording of a run: to it, home from it, or between two of them, as nobody runs."""

from dataclasses import replace
from typing import Final

import numpy as np

from backstride.importers.tracks.order_statistics import differences, quantile, windows
from backstride.importers.tracks.stationary import MAX_DURATION_S, within_windows
from backstride.importers.tracks.track import Floats, Track

_CELL_S: Final = 10.0
_VEHICLE: Final = ((7.0, 6), (9.0, 3))
"""Metres a second that nobody holds for so many cells: a whole minute, or half of one."""
_CAR_M_S: Final = 11.0
_MIN_ON_FOOT_S: Final = 300.0
_MIN_DRIVE_S: Final = 120.0
_TRAFFIC_S: Final = 240.0
"""So long a vehicle may stand or crawl between two stretches of one drive."""
_MAX_ON_FOOT: Final = 0.35
"""Of the time between and after fast stretches: traffic lights and jams, but no further run."""
_TAIL_S: Final = 300.0
"""So little at either end beside a drive is the way to the car."""

Stretches = tuple[tuple[float, float], ...]


def drives_in(times: Floats, metres: Floats, *, is_run: bool) -> Stretches:
    """Return from when to when a vehicle was ridden in; none where what is left is no run.

    Args:
        times: seconds, ascending, shape (points,).
        metres: since the beginning, never falling, shape (points,).
        is_run: whether it is known to be a run; else only a car is taken for a drive, for it may be a ride.
    """
    if len(times) < 2 or not 2 * _MIN_ON_FOOT_S <= times[-1] - times[0] <= MAX_DURATION_S:
        return ()
    gaps, steps = differences(times), differences(metres)
    if not (steps > _VEHICLE[0][0] * gaps).any():  # then no cell is as fast, either
        return ()
    grid = np.arange(times[0], times[-1], _CELL_S)
    speeds = differences(np.interp(grid, times, metres)) / _CELL_S
    is_fast = np.zeros(len(speeds), dtype=np.bool_)
    for least, cells in _VEHICLE:
        if len(speeds) >= cells:
            is_fast |= within_windows(windows(speeds, cells).min(axis=1) > least, cells)
    stretches = _joined(np.flatnonzero(is_fast), speeds)
    fastest = 7.0 if is_run else _CAR_M_S
    stretches = [
        (first, last)
        for first, last in stretches
        if (last - first) * _CELL_S >= _MIN_DRIVE_S and quantile(speeds[first:last], 0.9) > fastest
    ]
    left = np.ones(len(speeds), dtype=np.bool_)
    for first, last in stretches:
        left[first:last] = False
    moved = speeds[left & (speeds > 0.5)]
    is_run_left = len(moved) * _CELL_S >= _MIN_ON_FOOT_S / 2 and left.sum() * _CELL_S >= _MIN_ON_FOOT_S
    if not stretches or not is_run_left or quantile(moved, 0.95) >= 6.5:
        return ()
    return tuple((float(grid[first]), float(grid[last])) for first, last in stretches)


def _joined(fast: np.ndarray[tuple[int], np.dtype[np.intp]], speeds: Floats) -> list[tuple[int, int]]:
    """First cell and the one after the last of each drive: stops in traffic join, and short ends belong to it."""
    stretches: list[tuple[int, int]] = []
    for cell in fast.tolist():
        if stretches and (cell == stretches[-1][1] or _is_traffic(speeds[stretches[-1][1] : cell])):
            stretches[-1] = (stretches[-1][0], cell + 1)
        else:
            stretches.append((cell, cell + 1))
    if stretches and _is_tail(speeds[: stretches[0][0]]):
        stretches[0] = (0, stretches[0][1])
    if stretches and _is_tail(speeds[stretches[-1][1] :]):
        stretches[-1] = (stretches[-1][0], len(speeds))
    return stretches


def _is_traffic(between: Floats) -> bool:
    """Whether this lies between two stretches of one drive: short, or standing and crawling."""
    return len(between) * _CELL_S <= _TRAFFIC_S and _on_foot(between) <= _MAX_ON_FOOT


def _is_tail(end: Floats) -> bool:
    """Whether this, before or after a drive, is no run."""
    return len(end) * _CELL_S <= _TAIL_S or _on_foot(end) <= _MAX_ON_FOOT


def _on_foot(speeds: Floats) -> float:
    return float(((speeds > 1.0) & (speeds < 5.0)).mean()) if len(speeds) else 0.0


def without_drives(track: Track, *, is_run: bool) -> tuple[Track, float]:
    """Cut drives out of a track, each as a stop, and return the seconds that were cut.

    Args:
        track: all points.
        is_run: whether it is known to be a run.

    Returns:
        The track, and the seconds that were cut from it.
    """
    drives = drives_in(*track.way_behind(keep_jumps=True), is_run=is_run)
    if not drives:
        return track, 0.0
    first, last = float(np.nanmin(track.times)), float(np.nanmax(track.times))
    for seated, left in drives:
        begin = first - 1.0 if seated <= first else seated
        end = last + 1.0 if left > last - 2 * _CELL_S else left
        before, after = track.times <= begin, track.times >= end
        counted = track.counted_m.copy()
        if np.isfinite(counted).any() and before.any() and after.any():
            driven = np.nanmax(counted[before], initial=0.0) - np.nanmin(counted[after], initial=np.inf)
            counted[after] += driven if np.isfinite(driven) else 0.0
        segment, inside = (
            track.segment + np.where(after, 1.0, 0.0),
            (track.times > begin) & (track.times < end),
        )
        track = replace(track, counted_m=counted, segment=segment).taken(~inside)
    return track, sum(end - begin for begin, end in drives)


def drive_note(where: str, seconds: float) -> str:
    """Describe in a sentence what was cut off."""
    return (
        f"{where}: {seconds / 60:.0f} minutes of it are faster than anybody runs, as in a car; "
        "they were cut off. If you ran them, type the run into a table of runs."
    )
