"""What a watch counts as a run and is none: drives, and a stop that was forgotten, as in every other track."""

from dataclasses import replace
from datetime import timedelta

import numpy as np

from backstride.core.best_of_each import lasted
from backstride.core.run import Run
from backstride.importers.fit.stream import Stream
from backstride.importers.tracks.driving import drive_note, drives_in
from backstride.importers.tracks.forgotten_stop import FORGOTTEN_S, forgotten_note, less_forgotten

_MIN_DURATION_S = 60.0
_EDGE_S = 20.0


def cleaned(run: Run, stream: Stream) -> tuple[Run, tuple[str, ...]]:
    """Remove drives and a forgotten stop from a run, and describe what was removed in sentences.

    Args:
        run: as the watch's totals tell it.
        stream: its records.

    Returns:
        The run without them, and a sentence for each thing that was removed.
    """
    if len(stream) < 2:
        return run, ()
    times, metres = stream.way_behind
    drives = drives_in(times, metres, is_run=True)
    notes: list[str] = []
    drove_s = 0.0
    if drives:
        run, drove_s = _without(run, drives, (float(stream.times[0]), float(stream.times[-1])), times, metres)
        notes.append(drive_note(run.source, drove_s))
    moving = run.moving_s or 0.0
    if moving <= FORGOTTEN_S:  # too short to hold such a stop
        return run, tuple(notes)
    recorded_s = (stream.elapsed_s or 0.0) - drove_s
    left = less_forgotten(moving, recorded_s=recorded_s, stood_s=lambda: stream.stood_s)
    if left < moving:
        notes.append(forgotten_note(run.source, moving - left))
        run = replace(run, moving_s=left)
    return run, tuple(notes)


def _without(
    run: Run,
    drives: tuple[tuple[float, float], ...],
    span: tuple[float, float],
    times: np.ndarray[tuple[int], np.dtype[np.float64]],
    metres: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> tuple[Run, float]:
    """Remove stretches of the record from a run; also return their seconds."""
    first, last = span
    drove_s = sum(end - begin for begin, end in drives)
    way = sum(float(np.interp(end, times, metres) - np.interp(begin, times, metres)) for begin, end in drives)
    late = sum(end - begin for begin, end in drives if begin <= first + _EDGE_S)
    early = sum(last - begin for begin, end in drives if end >= last - _EDGE_S and begin > first + _EDGE_S)
    elapsed = lasted(run) - late - early
    moving = min(max((run.moving_s or 0.0) - drove_s, _MIN_DURATION_S), max(elapsed, _MIN_DURATION_S))
    distance = None if run.distance_m is None else max(run.distance_m - way, 0.0) or None
    start = run.start + timedelta(seconds=late)
    return replace(
        run, start=start, moving_s=moving, elapsed_s=max(elapsed, moving), distance_m=distance
    ), drove_s
