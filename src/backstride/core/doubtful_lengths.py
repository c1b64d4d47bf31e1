"""Runs whose length is in doubt: a watch that nobody stopped, a zero too many in a table.

A length is in doubt where it is four times the person's usual run or more, two and a half hours or more, and no
distance bears it out. One run of 300 minutes in place of 30 weighs as ten, so that a few of them decide what minutes
of running seem to do. Such a length counts as unknown, and the run as a run.
"""

from collections.abc import Iterable
from dataclasses import replace
from statistics import median

from backstride.core.run import Run

MIN_TIMES_USUAL = 4.0
MIN_MINUTES = 150.0
MIN_RUNS = 5
"""So many lengths tell what is usual."""
RUNNING_SPEED = (1.9, 7.0)
"""Metres a second of people who run for hours; what is slower was walked, or was no running any more."""


def with_doubtful_lengths(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Take back lengths that are in doubt: `moving_s` and `elapsed_s` of these runs are None.

    Args:
        runs: all sessions of a person; those that were no running stay as they are.
    """
    each = tuple(runs)
    lengths = [run.minutes for run in each if run.is_running and run.minutes]
    if len(lengths) < MIN_RUNS:
        return each
    least = max(MIN_MINUTES, MIN_TIMES_USUAL * median(lengths))
    return tuple(
        replace(run, moving_s=None, elapsed_s=None) if _is_in_doubt(run, least) else run for run in each
    )


def _is_in_doubt(run: Run, least: float) -> bool:
    """Whether a run is of `least` minutes or more, and its distance does not bear that out."""
    if not run.is_running or run.moving_s is None or run.moving_s < 60.0 * least:
        return False
    speed = (run.distance_m or 0.0) / run.moving_s
    return not RUNNING_SPEED[0] <= speed <= RUNNING_SPEED[1]
