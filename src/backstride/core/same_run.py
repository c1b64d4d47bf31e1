"""Merge records of the same run from several sources: a watch, its app's export, a line of a diary.

Two records are one run where they come from different sources, are of one kind, and
1. overlap for most of the shorter one, or begin within minutes, and durations and distances agree;
2. or one of them was kept by hand (no distance, no heart rate), so that its time is rough: up to half an hour
   between the two is forgiven where durations agree, and a rough duration where one lies inside the other;
3. or one is a copy of the other that was cut off: they begin together, or one lies wholly inside the other, for
   nobody runs twice at once; the longer counts;
4. or one states no time zone, and they differ by whole quarter hours to the minute and by nothing else; or their
   distance and duration are the same to the metre and the second, so that one was exported with its clock moved;
5. or they lie whole hours apart, up to a day, and start and duration agree to the second, where one states no time
   zone and the seconds are those of a recording, not of a timer or a hand.

Parts into which one source cut a session are one run where another source has it whole, or their sum. Two sources
that hold several runs of the same lengths, all as far apart as a zone is from UTC, hold the same ones.

Records that say different things of what was done are never joined by a third that leaves it open.

The person hears of records that overlap and stay two: `at_once` finds them, and `moved_copies` those that may be
copies.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations, pairwise

from backstride.core.best_of_each import JOIN, best_of_each, canonical, in_order, lasted
from backstride.core.run import Activity, Run
from backstride.core.run_pairs import (
    COPY_S,
    MAX_HOURS_MOVED,
    STARTS_WITHIN_S,
    TOGETHER_S,
    Match,
    contradict,
    match_of,
    moved_by_own_zone,
    of_one_kind,
    seconds_between,
    source_format,
)

VIA = " via "
"""Between the place of a record in an export and the app that wrote it there: the origin is that app."""

WINDOW_S = MAX_HOURS_MOVED * 3600.0 + COPY_S
SUM_WITHIN_S = 3600.0
SUM_OFF_S, SUM_OFF_M, SHARE_OF_WHOLE = 60.0, 100.0, 0.9
"""A line that somebody wrote for two runs is as long as both, to the minute and a hundred metres."""

_PLACE_IN_FILE = re.compile(
    r"[\s,:#]*\b(?:line|row|session|workout|activity|entry|record|lap|track|run) \d+(?= via |$)"
)


@dataclass(frozen=True, slots=True)
class SameRun:
    """Several records of one run.

    Attributes:
        merged: the run that goes on, with the best of each; its source names all of theirs.
        others: the records that were folded into it, the most precise one (whose times it has) left out.
        evidence: why they are held to be one run, in words.
    """

    merged: Run
    others: tuple[Run, ...]
    evidence: str


@dataclass(slots=True)
class _Group:
    members: list[int]
    origins: frozenset[str]
    matches: list[Match]


def merge_same_runs(runs: Iterable[Run]) -> tuple[tuple[Run, ...], tuple[SameRun, ...]]:
    """Merge records of the same run; return every run once, in order of its start.

    Records of one source (a file, whatever the line) are never merged with each other, save one that is equal
    in every field. The result does not depend on the order of `runs`.

    Returns:
        The runs, each once, in order of their start; and of each merged run what it was merged from.
    """
    given = tuple(runs)
    if len(given) < 2:
        return given, ()
    ordered = in_order(given)
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
            if any(contradict(singles[i], singles[j]) for i, j in combinations(group.members, 2)):
                reasons.append(f"they call it different things; it counts as {_NAMED[one.activity]}")
            merged.append(SameRun(one, others + twice, "; ".join(reasons)))
    return tuple(in_order(remaining)), tuple(sorted(merged, key=lambda same: canonical(same.merged)))


_NAMED = {
    Activity.RUN: "a run",
    Activity.TREADMILL: "a treadmill run",
    Activity.WALK: "a walk",
    Activity.OTHER: "no run",
}


def origins_of(source: str) -> frozenset[str]:
    """Return the files a record comes from, without line numbers; in an export of several apps, the app."""
    return frozenset(_PLACE_IN_FILE.sub("", part) for part in source.split(JOIN))


def _origins(run: Run) -> frozenset[str]:
    return origins_of(run.source)


def _matches(runs: Sequence[Run]) -> list[Match]:
    found = []
    origins = [_origins(run) for run in runs]
    for i, one in enumerate(runs):
        for j in range(i + 1, len(runs)):
            if seconds_between(one, runs[j]) > WINDOW_S:
                break
            may_be_one = origins[i].isdisjoint(origins[j]) and of_one_kind(one, runs[j])
            if may_be_one and (match := match_of(i, j, one, runs[j])):
                found.append(match)
    found += _sums(runs, origins)
    found += _moved_alike(runs, origins, {i for match in found for i in (match.first, match.second)})
    return sorted(found)


def _sums(runs: Sequence[Run], origins: Sequence[frozenset[str]]) -> list[Match]:
    """Match a record with those of other sources that follow each other and add up to it."""
    found = []
    for i, whole in enumerate(runs):
        if whole.moving_s is None or not whole.is_running:
            continue
        parts: list[int] = []
        first = i
        while first and seconds_between(runs[first - 1], whole) <= STARTS_WITHIN_S:
            first -= 1
        for j in range(first, len(runs)):
            part = runs[j]
            late = seconds_between(whole, part)
            if late > lasted(whole) + SUM_WITHIN_S:
                break
            if (
                late >= -STARTS_WITHIN_S
                and part.is_running
                and part.moving_s
                and part.moving_s < SHARE_OF_WHOLE * whole.moving_s
                and origins[i].isdisjoint(origins[j])
                and (
                    not parts
                    or seconds_between(runs[parts[-1]], part) >= lasted(runs[parts[-1]]) - TOGETHER_S
                )
            ):
                parts.append(j)
                if len(parts) > 1 and _add_up(whole, [runs[k] for k in parts]):
                    words = f"{len(parts)} records that follow each other add up to one"
                    found += [Match(1, 0.0, min(i, k), max(i, k), words, cut=True) for k in parts]
                    break
    return found


def _add_up(whole: Run, parts: Sequence[Run]) -> bool:
    seconds = sum(part.moving_s or 0.0 for part in parts)
    if abs(seconds_between(whole, parts[0])) > STARTS_WITHIN_S:
        return False
    if abs(seconds - (whole.moving_s or 0.0)) > max(SUM_OFF_S, 0.02 * seconds):
        return False
    ways = [part.distance_m for part in parts if part.distance_m]
    if not whole.distance_m or len(ways) < len(parts):
        return True
    return abs(sum(ways) - whole.distance_m) <= max(SUM_OFF_M, 0.03 * whole.distance_m)


def _moved_alike(
    runs: Sequence[Run], origins: Sequence[frozenset[str]], matched: Collection[int]
) -> list[Match]:
    """Match the runs of two sources of which several lie equally far apart, and are of the same lengths."""
    by_sources: dict[tuple[str, str, int], list[tuple[int, int]]] = {}
    free = [i for i in range(len(runs)) if i not in matched and runs[i].moving_s is not None]
    for at, i in enumerate(free):
        for j in free[at + 1 :]:
            if seconds_between(runs[i], runs[j]) > WINDOW_S:
                break
            if (
                "assumed" in (runs[i].zone_source, runs[j].zone_source)
                and origins[i].isdisjoint(origins[j])
                and of_one_kind(runs[i], runs[j])
                and (formats := (source_format(runs[i]), source_format(runs[j])))[0] != formats[1]
                and (quarters := moved_by_own_zone(runs[i], runs[j])) is not None
            ):
                by_sources.setdefault((*formats, quarters), []).append((i, j))
    found = []
    for (_, _, quarters), pairs in by_sources.items():
        lengths = {round((runs[i].moving_s or 0.0) / 60) for i, _ in pairs}
        if len(pairs) > 1 and len(lengths) > 1:
            words = f"{len(pairs)} runs of the same lengths lie {quarters / 4:g} h apart in two sources"
            found += [Match(2 + quarters, 0.0, i, j, words, shifted=True) for i, j in pairs]
    return found


def _grouped(runs: Sequence[Run], matches: Iterable[Match]) -> list[_Group]:
    """Group records of the same run, the surest matches first; no group holds two records of one source."""
    group_of = [_Group([i], _origins(run), []) for i, run in enumerate(runs)]
    matched = {(match.first, match.second) for match in matches}
    for match in matches:
        one, other = group_of[match.first], group_of[match.second]
        if one is other or not (
            one.origins.isdisjoint(other.origins) or _are_parts_of_one(runs, one, other, match)
        ):
            continue
        if any(
            contradict(runs[i], runs[j]) and (min(i, j), max(i, j)) not in matched
            for i in one.members
            for j in other.members
        ):
            continue
        one.members += other.members
        one.origins |= other.origins
        one.matches += [*other.matches, match]
        for i in other.members:
            group_of[i] = one
    return list({id(group): group for group in group_of}.values())


def _are_parts_of_one(runs: Sequence[Run], one: _Group, other: _Group, match: Match) -> bool:
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
