"""One run, told by several sources: a watch, its app's export and a diary line become one run again.

Two records are one run where they come from different sources, are of one kind, and
1. overlap for most of the shorter one, or begin within minutes, and durations and distances agree;
2. or one of them was kept by hand (no distance, no heart rate), so that its time is rough: up to half an hour
   between the two is forgiven where durations agree, and a rough duration where one lies inside the other;
3. or one is a copy of the other that was cut off: they begin together, or one lies wholly inside the other, for
   nobody runs twice at once; the longer counts;
4. or one states no time zone, and they differ by whole quarter hours to the minute and by nothing else; or their way
   and duration are the same to the metre and the second, so that one was exported with its clock moved.

Parts into which one source cut a session are one run where another source tells it whole.

Records that overlap and are kept as two are told: `at_once` finds them.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from itertools import pairwise, product

from backstride.core.best_of_each import JOIN, best_of_each, canonical, is_typed_in, lasted
from backstride.core.run import Activity, Run

VIA = " via "
"""Between the place of a record in an export and the app that wrote it there: the origin is that app."""

STARTS_WITHIN_S = 5 * 60.0
TOGETHER_S = 10.0
"""Two copies of one recording begin at the same moment; clocks of two devices lie seconds apart."""
INSIDE_S = 60.0
APART_BY_HAND_S = 30 * 60.0
QUARTER_S = 15 * 60.0
MOST_QUARTERS = 14 * 4
COPY_S, COPY_M = 2.0, 2.0
"""Within these two records of one recording agree, however they were exported."""
WINDOW_S = 24 * 3600.0

_PLACE_IN_FILE = re.compile(
    r"[\s,:#]*\b(?:line|row|session|workout|activity|entry|record|lap|track|run) \d+(?= via |$)"
)


@dataclass(frozen=True, slots=True)
class SameRun:
    """Several records of one run.

    Attributes:
        kept: the run that goes on, with the best of each; its source names all of theirs.
        others: the records that were folded into it, the most precise one (whose times it has) left out.
        evidence: why they are held to be one run, in words.
    """

    merged: Run
    others: tuple[Run, ...]
    evidence: str


@dataclass(frozen=True, slots=True, order=True)
class _Match:
    """Why two records are one run; the smaller, the surer."""

    rank: int
    cost: float
    first: int
    second: int
    evidence: str = field(compare=False)
    shifted: bool = field(compare=False, default=False)
    cut: bool = field(compare=False, default=False)


@dataclass(slots=True)
class _Group:
    members: list[int]
    origins: frozenset[str]
    matches: list[_Match]


def merge_same_runs(runs: Iterable[Run]) -> tuple[tuple[Run, ...], tuple[SameRun, ...]]:
    """Every run once, in order of its start, and what was merged on the way.

    Records of one source (a file, whatever the line) are never merged with each other, save one that is equal
    in every field. The result does not depend on the order of `runs`.
    """
    ordered = sorted(runs, key=canonical)
    copies: dict[Run, int] = {}
    for run in ordered:
        copies[run] = copies.get(run, 0) + 1
    singles = list(copies)
    groups = _grouped(singles, _matches(singles))
    remaining: list[Run] = []
    merged: list[SameRun] = []
    for group in groups:
        one, others = best_of_each(
            [singles[i] for i in group.members],
            is_cut=any(match.cut for match in group.matches),
            is_shifted=any(match.shifted for match in group.matches),
        )
        twice = tuple(singles[i] for i in group.members for _ in range(copies[singles[i]] - 1))
        remaining.append(one)
        if others or twice:
            reasons = [match.evidence for match in group.matches] + ["the very same record again"] * bool(
                twice
            )
            merged.append(SameRun(one, others + twice, "; ".join(reasons)))
    return tuple(sorted(remaining, key=canonical)), tuple(
        sorted(merged, key=lambda same: canonical(same.merged))
    )


def origins_of(source: str) -> frozenset[str]:
    """The files a record comes from, without the place in them; in an export of several apps, the app."""
    return frozenset(_PLACE_IN_FILE.sub("", part) for part in source.split(JOIN))


def _origins(run: Run) -> frozenset[str]:
    return origins_of(run.source)


def _matches(runs: Sequence[Run]) -> list[_Match]:
    found = []
    origins = [_origins(run) for run in runs]
    for i, one in enumerate(runs):
        for j in range(i + 1, len(runs)):
            if _seconds_between(one, runs[j]) > WINDOW_S:
                break
            if origins[i].isdisjoint(origins[j]) and _of_one_kind(one, runs[j]):
                match = (
                    _same_time(i, j, one, runs[j])
                    or _cut_off(i, j, one, runs[j])
                    or _same_clock_face(i, j, one, runs[j])
                )
                if match:
                    found.append(match)
    return sorted(found)


def _grouped(runs: Sequence[Run], matches: Iterable[_Match]) -> list[_Group]:
    """Groups of records, the surest matches joined first; no group holds two of one source."""
    group_of = [_Group([i], _origins(run), []) for i, run in enumerate(runs)]
    for match in matches:
        one, other = group_of[match.first], group_of[match.second]
        if one is other or not (
            one.origins.isdisjoint(other.origins) or _are_parts_of_one(runs, one, other, match)
        ):
            continue
        one.members += other.members
        one.origins |= other.origins
        one.matches += [*other.matches, match]
        for i in other.members:
            group_of[i] = one
    return list({id(group): group for group in group_of}.values())


def _are_parts_of_one(runs: Sequence[Run], one: _Group, other: _Group, match: _Match) -> bool:
    """Whether a source that parted a session is matched by one that did not: its parts follow each other."""
    if not match.cut:
        return False
    ordered = sorted(one.members + other.members, key=lambda i: lasted(runs[i]), reverse=True)
    whole, parts = ordered[0], sorted(ordered[1:], key=lambda i: runs[i].start)
    if len({_origins(runs[i]) for i in parts}) != 1 or not _origins(runs[whole]).isdisjoint(
        _origins(runs[parts[0]])
    ):
        return False
    return all(runs[a].end <= runs[b].start + timedelta(seconds=TOGETHER_S) for a, b in pairwise(parts))


def _seconds_between(one: Run, other: Run) -> float:
    return (other.start.astimezone(UTC) - one.start.astimezone(UTC)).total_seconds()


def _of_one_kind(one: Run, other: Run) -> bool:
    kinds = {one.activity, other.activity}
    guessed = {"name", "speed"} & {one.kind_source, other.kind_source}
    return (
        len(kinds) == 1 or Activity.OTHER in kinds or (one.is_running and other.is_running) or bool(guessed)
    )


def _lengths(run: Run) -> list[float]:
    return [run.moving_s] + ([run.elapsed_s] if run.elapsed_s is not None else [])


def _closest_lengths(one: Run, other: Run) -> tuple[float, float]:
    """The two durations, moving or elapsed, that agree best: sources differ in which of them they give."""
    return min(product(_lengths(one), _lengths(other)), key=lambda pair: (abs(pair[0] - pair[1]), pair))


def _agree(a: float, b: float, *, share: float, slack: float) -> bool:
    return abs(a - b) <= max(share * max(a, b), slack)


def _distances_agree(one: Run, other: Run, *, share: float, slack: float) -> bool:
    if not one.distance_m or not other.distance_m:
        return True
    return _agree(one.distance_m, other.distance_m, share=share, slack=slack)


def _same_time(i: int, j: int, one: Run, other: Run) -> _Match | None:
    """The same run, both times read rightly."""
    apart = _seconds_between(one, other)
    lasted, other_lasted = (run.elapsed_s or run.moving_s for run in (one, other))
    overlap = min(lasted, apart + other_lasted) - apart
    shorter = max(min(lasted, other_lasted), 1.0)
    a, b = _closest_lengths(one, other)
    near = overlap >= 0.5 * shorter or (overlap > 0 and apart <= STARTS_WITHIN_S)
    exact = near and _agree(a, b, share=0.15, slack=180.0)
    if not (exact or _same_by_hand(one, other, overlap, shorter)):
        return None
    if not _distances_agree(one, other, share=0.25, slack=300.0):
        return None
    words = f"began {_clock(apart)} apart and lasted {_clock(a)} and {_clock(b)}"
    return _Match(0 if exact else 1, apart + abs(a - b), i, j, words)


def _cut_off(i: int, j: int, one: Run, other: Run) -> _Match | None:
    """One is a copy of the other that was cut off, or of which a part is missing."""
    same_kind = one.activity == other.activity or (one.is_running and other.is_running)
    if not (same_kind or "unknown" in (one.kind_source, other.kind_source)):
        return None
    apart = _seconds_between(one, other)
    long, short = sorted((one, other), key=lasted, reverse=True)
    late = _seconds_between(long, short)
    inside = late >= -INSIDE_S and late + lasted(short) <= lasted(long) + INSIDE_S
    far = (short.distance_m or 0.0) > 1.05 * (long.distance_m or math.inf) + 50.0
    if not (apart <= TOGETHER_S or (inside and not far)) or lasted(short) <= 0:
        return None
    words = (
        f"began {_clock(apart)} apart and lasted {_clock(lasted(one))} and {_clock(lasted(other))}, the shorter "
        "within the longer"
    )
    return _Match(1, apart + abs(lasted(one) - lasted(other)), i, j, words, cut=True)


def _same_by_hand(one: Run, other: Run, overlap: float, shorter: float) -> bool:
    """Whether a rough time, kept by hand, hides that both are one run."""
    by_hand = [run for run in (one, other) if is_typed_in(run)]
    a, b = _closest_lengths(one, other)
    if overlap >= 0.8 * shorter:
        return bool(by_hand) and 3 * min(a, b) >= max(a, b)
    if len(by_hand) != 1 or (by_hand[0].activity is Activity.TREADMILL and one.activity != other.activity):
        return False  # a treadmill run beside an outdoor one is what people note because the watch missed it
    if overlap > 0:
        return _agree(a, b, share=0.3, slack=600.0)
    return overlap >= -APART_BY_HAND_S and _agree(a, b, share=0.2, slack=300.0)


def _same_clock_face(i: int, j: int, one: Run, other: Run) -> _Match | None:
    """The same run, one of the two read in the wrong zone (a file in UTC read as local time)."""
    apart = _seconds_between(one, other)
    quarters = round(apart / QUARTER_S)
    off = abs(apart - quarters * QUARTER_S)
    a, b = _closest_lengths(one, other)
    if (
        not 1 <= quarters <= MOST_QUARTERS
        or off > 60.0
        or abs(a - b) > 30.0
        or not _distances_agree(one, other, share=0.03, slack=50.0)
    ):
        return None
    is_open = "assumed" in (one.zone_source, other.zone_source)
    if is_open and not (_typed(one) or _typed(other)):
        why = "one of them states no time zone"
    elif is_open and _are_at_one_wall_clock(one, other) and _are_copies(one, other):
        why = "both began at the same local time, and one of them states no time zone"
    elif is_open and off <= COPY_S and _are_copies(one, other) and not _is_round(one):
        why = "both have the very same way, duration and elapsed time"
    else:
        return None
    words = f"began {_clock(quarters * QUARTER_S)} apart to the minute, both lasted {_clock(a)}, and {why}"
    return _Match(2 + quarters, off + abs(a - b), i, j, words, shifted=True)


def _are_at_one_wall_clock(one: Run, other: Run) -> bool:
    apart = one.start.replace(tzinfo=None) - other.start.replace(tzinfo=None)
    return abs(apart.total_seconds()) <= COPY_S


def _are_copies(one: Run, other: Run) -> bool:
    """Whether both state a way, and the same one in the same time to the second."""
    if not one.distance_m or not other.distance_m:
        return False
    same_way = abs(one.distance_m - other.distance_m) <= max(COPY_M, 0.002 * one.distance_m)
    a, b = _closest_lengths(one, other)
    return same_way and abs(a - b) <= COPY_S


def _is_round(run: Run) -> bool:
    """Whether its way is what people type, or a treadmill's programme ends at: two of them agree by habit."""
    return round(run.distance_m or 0.0) % 100 == 0


def _typed(run: Run) -> bool:
    """Round times are what people type: two of them agree by habit, and prove nothing."""
    return run.start.second == 0 and run.start.minute % 5 == 0


def _clock(seconds: float) -> str:
    hours, rest = divmod(round(seconds), 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}"
