"""A stop that was forgotten: the device's total counts hours at one place, the points show them."""

from collections.abc import Callable, Iterable
from typing import Final

import numpy as np

from backstride.importers.tracks.order_statistics import differences, median
from backstride.importers.tracks.stationary import Floats, stationary_steps

FORGOTTEN_S: Final = 20 * 60.0
"""Nobody who waits for so long calls it a part of the run."""
_SPARSE_S: Final = 15.0
_STANDS_M_S: Final = 0.25
"""Between two points so far apart in time nobody who walks covers so little."""
_SLACK_S: Final = 60.0
_SILENT_S: Final = 10 * 60.0
_TIMES_THE_USUAL: Final = 30.0


def stood_seconds(
    times: Floats, latitude: Floats, longitude: Floats, counted_m: Floats, steps_m: Callable[[], Floats]
) -> float:
    """Sum the seconds in stops of twenty minutes and more at one place, by the points; see `stationary_steps`.

    Shorter ones, as at the aid stations of a long race, are the runner's own.

    Args:
        times: seconds, ascending, shape (points,).
        latitude, longitude: radians, nan where not known.
        counted_m: metres since the beginning, as the device counted them, nan where it did not.
        steps_m: works out the metres from point to point along the positions, shape (points - 1,), asked only where
            the device did not count them and it matters.
    """
    if len(times) < 2:
        return 0.0
    gaps, counted = differences(times), np.abs(differences(counted_m))
    sparse, uncounted = gaps >= _SPARSE_S, np.isnan(counted)
    way = np.where(uncounted, steps_m(), counted) if (sparse & uncounted).any() else counted
    with np.errstate(invalid="ignore"):
        stands = sparse & (way < _STANDS_M_S * gaps)
    stands |= stationary_steps(times, latitude, longitude, counted_m)
    edges = np.flatnonzero(differences(np.concatenate([[0], stands.astype(np.int8), [0]])))
    stops = [(times[first], times[last]) for first, last in edges.reshape(-1, 2)]
    return float(sum(end - begin for begin, end in _joined(stops) if end - begin >= FORGOTTEN_S))


def _joined(stops: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Join stops between which the receiver only drifted for a moment."""
    joined: list[tuple[float, float]] = []
    for begin, end in stops:
        if joined and begin - joined[-1][1] <= _SLACK_S:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return joined


def less_forgotten(moving_s: float, *, recorded_s: float | None, stood_s: Callable[[], float]) -> float:
    """Subtract a stop of twenty minutes or more from a device's moving time that includes it.

    Args:
        moving_s: as the device states it.
        recorded_s: from the first point to the last.
        stood_s: works out how many of these were spent at one place; asked only where it matters.
    """
    if recorded_s is None or recorded_s < FORGOTTEN_S or moving_s < 0.9 * recorded_s:  # it was stopped
        return moving_s
    stood = stood_s()
    if stood < FORGOTTEN_S:
        return moving_s
    moved = recorded_s - stood
    return moved if moved > 0.0 and moving_s > moved + _SLACK_S else moving_s


def forgotten_note(where: str, seconds: float) -> str:
    """Describe in a sentence what was not counted."""
    return (
        f"{where}: {seconds / 60:.0f} minutes at one place were left out; was the watch not "
        "stopped? If you moved all the time, type the run into a table of runs."
    )


def silences(gaps: Floats) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which gaps are pauses whatever the way: ten minutes or more without a record, where else there are some.

    Args:
        gaps: seconds from point to point, shape (points - 1,).
    """
    silent = np.asarray(gaps >= _SILENT_S, dtype=np.bool_)
    if not silent.any():
        return silent
    return np.asarray(silent & (gaps >= _TIMES_THE_USUAL * median(gaps)), dtype=np.bool_)
