"""The run that several records of it make: the best of each."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypedDict

from backstride.core.run import Activity, KindSource, Run

JOIN = " + "
"""Between the names of the sources of one kept run."""

_KIND_RANK = {"stated": 0, "assumed": 1, "unknown": 2, "name": 3, "speed": 4}
"""The surer first; a word that nobody knows says at least that it is no plain run."""
_ZONE_RANK = {"stated": 0, "position": 1, "assumed": 2}


class KindFields(TypedDict):
    """What a run tells of its kind, by the names of its fields."""

    activity: Activity
    kind_source: KindSource
    kind_word: str


def best_of_each(members: list[Run], *, is_cut: bool, is_shifted: bool) -> tuple[Run, tuple[Run, ...]]:
    """One run from all: times of the most precise record, zone of the surest, gaps filled by the rest.

    Where a zone was read wrongly the times come from the record with the surest zone; where one is a cut copy, from
    the longest.
    """
    if len(members) == 1:
        return members[0], ()
    ranked = sorted(members, key=_precision)
    sure = min(ranked, key=lambda run: _ZONE_RANK[run.zone_source])
    when = ranked[0]
    if is_cut:
        when = max(ranked, key=lasted)
    elif is_shifted and sure.moving_s is not None:
        when = sure
    ranked = [when] + [run for run in ranked if run is not when]
    merged = replace(
        when,
        start=when.start.astimezone(sure.start.tzinfo),
        zone_source=sure.zone_source,
        **surest_kind(ranked),
        elapsed_s=_first(
            run.elapsed_s if (run.elapsed_s or 0) >= (when.moving_s or 0) else None for run in ranked
        ),
        distance_m=_first(run.distance_m or None for run in ranked),
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
    """Seconds from its start to its end; 0 where nobody told."""
    return run.elapsed_s or run.moving_s or 0.0


def canonical(run: Run) -> tuple[datetime, str, str]:
    """By what records are put in order."""
    return run.start.astimezone(UTC), run.source, repr(run)


def _precision(run: Run) -> tuple[bool, bool, int, tuple[datetime, str, str]]:
    known = (run.elapsed_s, run.distance_m, run.rpe, run.feel_0_10, run.heart_rate_mean)
    return run.moving_s is None, is_typed_in(run), sum(value is None for value in known), canonical(run)


def _first(values: Iterable[float | None]) -> float | None:
    return next((value for value in values if value is not None), None)


def surest_kind(runs: Sequence[Run]) -> KindFields:
    """Return activity and source from the most reliable of several records of one run.

    Of those that are as sure the most telling word counts: 'treadmill' is said on purpose, 'run' by default, 'other'
    for want of a word.
    """
    surest = min(_KIND_RANK[run.kind_source] for run in runs)
    said = [run for run in runs if _KIND_RANK[run.kind_source] == surest]
    recorded = [run for run in said if run.activity is Activity.TREADMILL]
    recorded += [run for run in said if run.activity is not Activity.OTHER]
    best = (recorded or said)[0]
    return {"activity": best.activity, "kind_source": best.kind_source, "kind_word": best.kind_word}
