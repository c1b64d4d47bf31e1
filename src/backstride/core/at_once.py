"""Sessions kept as two that may be one: each pair is told, for a person knows what no rule does."""

from collections.abc import Iterable

from backstride.core.best_of_each import in_order
from backstride.core.run import Activity, Run
from backstride.core.run_pairs import MOST_HOURS_MOVED, hours_moved, of_one_kind, seconds_between
from backstride.core.same_run import origins_of

_OVERLAP_S = 60.0
_HOUR_S = 3600.0
_LONGEST_S = 24 * _HOUR_S


def at_once(runs: Iterable[Run]) -> tuple[tuple[Run, Run], ...]:
    """Find pairs of sessions on foot, or of unknown kind, that overlap by over a minute; one of each is a run."""
    on_foot = in_order(run for run in runs if _may_be_on_foot(run))
    pairs = []
    for i, one in enumerate(on_foot):
        for other in on_foot[i + 1 :]:
            if (one.end - other.start).total_seconds() <= _OVERLAP_S:
                if (other.start - one.start).total_seconds() > _LONGEST_S:
                    break
                continue
            if (one.is_running or other.is_running) and (
                other.end - other.start
            ).total_seconds() > _OVERLAP_S:
                pairs.append((one, other))
    return tuple(pairs)


def moved_copies(runs: Iterable[Run]) -> tuple[tuple[Run, Run, int], ...]:
    """Find alike recordings from two sources, whole hours apart, and how many; one of each pair is a run."""
    on_foot = in_order(run for run in runs if _may_be_on_foot(run) and run.moving_s is not None)
    pairs = []
    for i, one in enumerate(on_foot):
        for other in on_foot[i + 1 :]:
            if seconds_between(one, other) > (MOST_HOURS_MOVED + 1) * _HOUR_S:
                break
            if (
                (one.is_running or other.is_running)
                and of_one_kind(one, other)
                and (hours := hours_moved(one, other)) is not None
                and origins_of(one.source).isdisjoint(origins_of(other.source))
            ):
                pairs.append((one, other, hours))
    return tuple(pairs)


def _may_be_on_foot(run: Run) -> bool:
    return run.activity is not Activity.OTHER or run.kind_source == "unknown"
