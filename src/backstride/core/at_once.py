"""Sessions kept as two that may be one: each pair is told, for a person knows what no rule does."""

from collections.abc import Iterable
from datetime import date
from itertools import combinations

from backstride.core.best_of_each import in_order
from backstride.core.run import Activity, Run
from backstride.core.run_pairs import MAX_HOURS_MOVED, hours_moved, of_one_kind, seconds_between
from backstride.core.same_run import origins_of

_OVERLAP_S = 60.0
_HOUR_S = 3600.0
_MAX_DURATION_S = 24 * _HOUR_S
_ROUNDED_S, _ROUNDED_M = 60.0, 60.0
"""So far a person's numbers lie from a watch's."""


def at_once(runs: Iterable[Run]) -> tuple[tuple[Run, Run], ...]:
    """Find pairs of sessions on foot, or of unknown kind, that overlap by over a minute; one of each is a run."""
    on_foot = in_order(run for run in runs if _may_be_on_foot(run))
    pairs = []
    for i, one in enumerate(on_foot):
        for other in on_foot[i + 1 :]:
            if (one.end - other.start).total_seconds() <= _OVERLAP_S:
                if (other.start - one.start).total_seconds() > _MAX_DURATION_S:
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
            if seconds_between(one, other) > (MAX_HOURS_MOVED + 1) * _HOUR_S:
                break
            if (
                (one.is_running or other.is_running)
                and of_one_kind(one, other)
                and (hours := hours_moved(one, other)) is not None
                and origins_of(one.source).isdisjoint(origins_of(other.source))
            ):
                pairs.append((one, other, hours))
    return tuple(pairs)


def alike_on_a_day(runs: Iterable[Run]) -> tuple[tuple[Run, Run], ...]:
    """Find runs of two sources that are equally long and far, at different times of a day with one run in each."""
    by_day: dict[date, list[Run]] = {}
    for run in runs:
        if run.is_running and run.moving_s and run.distance_m:
            by_day.setdefault(run.local_day, []).append(run)
    pairs = []
    for of_day in by_day.values():
        for one, other in combinations(in_order(of_day), 2):
            mine, theirs = origins_of(one.source), origins_of(other.source)
            is_single = all(
                sum(not own.isdisjoint(origins_of(run.source)) for run in of_day) == 1
                for own in (mine, theirs)
            )
            overlap_s = (one.end - other.start).total_seconds()
            if (
                is_single
                and overlap_s <= _OVERLAP_S
                and is_equally_long_and_far(one, other)
                and hours_moved(one, other) is None
            ):
                pairs.append((one, other))
    return tuple(pairs)


def is_equally_long_and_far(one: Run, other: Run) -> bool:
    """Whether minutes and kilometres are the same, as a person rounds them."""
    seconds = abs((one.moving_s or 0.0) - (other.moving_s or 0.0))
    metres = abs((one.distance_m or 0.0) - (other.distance_m or 0.0))
    return seconds <= _ROUNDED_S and metres <= _ROUNDED_M


def _may_be_on_foot(run: Run) -> bool:
    return run.activity is not Activity.OTHER or run.kind_source == "unknown"
