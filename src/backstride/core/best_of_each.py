"""The run that several records of it make: the best of each."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import TypedDict

from backstride.core.run import Activity, KindSource, Run

RUNS_UP_TO_M_S = 5.8
"""Whoever holds more over a session does not run."""
_GOOD_CLUB_RUNNER = ((1800.0, 5.4), (3600.0, 5.0), (7200.0, 4.7), (10800.0, 4.5))
"""Seconds from which on a mean of so many m/s would be faster than a good club runner (10 km in 31 minutes, half a
marathon in 70, a marathon in 2:36)."""
SLOWEST_RUN_M_S = 1.2
_MIN_REMAINDER_S = 120.0
JOIN = " + "
"""Between the names of the sources of one kept run."""

_KIND_RANK = {"stated": 0, "assumed": 1, "unknown": 2, "name": 3, "speed": 4}
"""The surer first; a word that nobody knows says at least that it is no plain run."""
SAID = frozenset({"stated", "assumed"})
"""How a kind is known that a source said, or that goes without saying in a table of runs."""
_ZONE_RANK = {"stated": 0, "position": 1, "assumed": 2}


class KindFields(TypedDict):
    """What a run says of its kind, by the names of its fields."""

    activity: Activity
    kind_source: KindSource
    kind_word: str


def best_of_each(members: list[Run], *, is_cut: bool, is_shifted: bool) -> tuple[Run, tuple[Run, ...]]:
    """Build one run from all: times of the most precise record, zone of the surest, gaps filled by the rest.

    Where a zone was read wrongly the times come from the record with the surest zone; where one is a cut copy, from
    the longest.

    Returns:
        The run, and the records that were folded into it; none where only one was given.
    """
    if len(members) == 1:
        return members[0], ()
    ranked = sorted(members, key=_precision)
    sure = min(ranked, key=lambda run: _ZONE_RANK[run.zone_source])
    when = ranked[0]
    if is_cut:
        when = _whole(ranked)
    elif is_shifted and sure.moving_s is not None:
        when = sure
    ranked = [when] + [run for run in ranked if run is not when]
    alike = [run for run in ranked if lasted(run) <= lasted(when)] if is_cut else ranked
    merged = replace(
        when,
        start=when.start.astimezone(sure.start.tzinfo),
        zone_source=sure.zone_source,
        **surest_kind(ranked),
        elapsed_s=_first(
            run.elapsed_s if (run.elapsed_s or 0) >= (when.moving_s or 0) else None for run in alike
        ),
        distance_m=_first(run.distance_m or None for run in alike),
        rpe=_first(run.rpe for run in ranked),
        feel_0_10=_first(run.feel_0_10 for run in ranked),
        heart_rate_mean=_first(run.heart_rate_mean for run in ranked),
        source=JOIN.join(dict.fromkeys(run.source for run in ranked if run.source)),
    )
    return merged, tuple(ranked[1:])


def is_typed_in(run: Run) -> bool:
    """Whether a person noted it, so that its time is rough."""
    return run.distance_m is None and run.heart_rate_mean is None


def lasted(run: Run) -> float:
    """Return the seconds from its start to its end; 0 where nobody told."""
    return run.elapsed_s or run.moving_s or 0.0


def in_order(runs: Iterable[Run]) -> list[Run]:
    """Sort runs by start, then source, then all else they hold, so that the order of the input never counts."""
    ordered = sorted(runs, key=_start_and_source)
    if all(_start_and_source(one) != _start_and_source(next_one) for one, next_one in pairwise(ordered)):
        return ordered  # to write out what each run holds takes longer than all else here
    return sorted(ordered, key=canonical)


def _start_and_source(run: Run) -> tuple[float, str]:
    return run.start.timestamp(), run.source


def canonical(run: Run) -> tuple[datetime, str, str]:
    """Return by what records are put in order.

    Returns:
        Start in UTC, source, and all fields as text: compared in this order.
    """
    return run.start.astimezone(UTC), run.source, repr(run)


def _whole(runs: Sequence[Run]) -> Run:
    """Return the record whose times count where one lies within another: the longest that holds the run alone.

    A session of which nobody says what it was, around a run that is stated, is a ride there and back, or a triathlon;
    so is a guess from the speed of the whole, where nobody runs the rest of it so.
    """
    longest = max(runs, key=lasted)
    stated = [run for run in runs if run.is_running and run.kind_source in SAID]
    if not stated or longest.kind_source in SAID:
        return longest
    part = max(stated, key=lasted)
    return part if longest.kind_source == "unknown" or not _is_run_throughout(longest, part) else longest


def _is_run_throughout(whole: Run, part: Run) -> bool:
    """Whether what the whole has beyond the part may have been run; where nothing tells, it is taken so."""
    seconds = (whole.moving_s or 0.0) - (part.moving_s or 0.0)
    if not whole.distance_m or not part.distance_m or seconds < _MIN_REMAINDER_S:
        return True
    return SLOWEST_RUN_M_S <= (whole.distance_m - part.distance_m) / seconds <= RUNS_UP_TO_M_S


def _precision(run: Run) -> tuple[bool, bool, int, tuple[datetime, str, str]]:
    known = (run.elapsed_s, run.distance_m, run.rpe, run.feel_0_10, run.heart_rate_mean)
    return run.moving_s is None, is_typed_in(run), sum(value is None for value in known), canonical(run)


def _first(values: Iterable[float | None]) -> float | None:
    return next((value for value in values if value is not None), None)


def fastest_run_m_s(seconds: float) -> float:
    """Return the mean speed that a good club runner holds for so long, in metres a second."""
    return min([RUNS_UP_TO_M_S, *(most for since, most in _GOOD_CLUB_RUNNER if seconds >= since)])


def _is_beyond_a_run(runs: Iterable[Run]) -> bool:
    """Whether the way and the time of these records of one session are those of a ride."""
    return any(
        (run.distance_m or 0.0) > fastest_run_m_s(run.moving_s) * run.moving_s for run in runs if run.moving_s
    )


def surest_kind(runs: Sequence[Run]) -> KindFields:
    """Return activity and source from the most reliable of several records of one run.

    Of those that are as sure the most telling word counts: 'treadmill' is said on purpose, 'run' by default, 'other'
    for want of a word.
    """
    surest = min(_KIND_RANK[run.kind_source] for run in runs)
    said = [run for run in runs if _KIND_RANK[run.kind_source] == surest]
    faster = [run for run in said if run.activity is Activity.OTHER and _is_beyond_a_run(runs)]
    if faster and surest == 0:
        return {"activity": faster[0].activity, "kind_source": "stated", "kind_word": faster[0].kind_word}
    recorded = [run for run in said if run.activity is Activity.TREADMILL]
    recorded += [run for run in said if run.activity is not Activity.OTHER]
    best = (recorded or said)[0]
    return {"activity": best.activity, "kind_source": best.kind_source, "kind_word": best.kind_word}
