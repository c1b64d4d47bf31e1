"""A session minute by minute: walk, then run and walk in turn, then walk.

    n      = whole runs of the stage that fit into the session's running, R
    inside = n (run_s, walk_s) and, where at least MIN_DURATION_S are left of R, one shorter run
    before = after = (the session's walking - the walking inside) / 2

All of it in steps of 5 seconds, rounded down. A session that was cut has fewer runs, never longer ones.
"""

from dataclasses import dataclass

from backstride.programme.ladder import LADDER

STEP_S = 5
MIN_DURATION_S = 10


@dataclass(frozen=True, slots=True)
class Interval:
    """One stretch of a session: running or walking, in whole seconds."""

    is_run: bool
    seconds: int


def intervals(run_min: float, walk_min: float, stage: int | None) -> tuple[Interval, ...]:
    """Split a session into its stretches of running and walking, in order.

    Args:
        run_min, walk_min: its minutes of running and of walking.
        stage: on the ladder; None on one's own running, which is one stretch.
    """
    run_s, walk_s = _in_steps(60 * run_min), _in_steps(60 * walk_min)
    if stage is None or run_s < MIN_DURATION_S or LADDER[stage].run_s == 0:
        return _there(Interval(is_run=True, seconds=run_s), Interval(is_run=False, seconds=walk_s))
    whole, left = divmod(run_s, LADDER[stage].run_s)
    runs = [LADDER[stage].run_s] * whole + ([left] if left >= MIN_DURATION_S else [])
    between = min(LADDER[stage].walk_s, _in_steps(walk_s / (len(runs) + 1)))
    around = walk_s - between * len(runs)
    after = _in_steps(around / 2)
    made = [Interval(is_run=False, seconds=around - after)]
    for seconds in runs:
        made += [Interval(is_run=True, seconds=seconds), Interval(is_run=False, seconds=between)]
    return _there(*made, Interval(is_run=False, seconds=after))


def _in_steps(seconds: float) -> int:
    """Round seconds down to whole steps, allowing for floating-point error."""
    return int((seconds + 1e-6) // STEP_S) * STEP_S


def _there(*stretches: Interval) -> tuple[Interval, ...]:
    return tuple(stretch for stretch in stretches if stretch.seconds > 0)
