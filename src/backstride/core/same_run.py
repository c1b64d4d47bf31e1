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

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from backstride.core.best_of_each import JOIN, best_of_each, canonical, lasted
from backstride.core.run import Run
from backstride.core.run_pairs import TOGETHER_S, Match, match_of, of_one_kind, seconds_between

VIA = " via "
"""Between the place of a record in an export and the app that wrote it there: the origin is that app."""

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


@dataclass(slots=True)
class _Group:
    members: list[int]
    origins: frozenset[str]
    matches: list[Match]


def merge_same_runs(runs: Iterable[Run]) -> tuple[tuple[Run, ...], tuple[SameRun, ...]]:
    """Every run once, in order of its start, and what was merged on the way.

    Records of one source (a file, whatever the line) are never merged with each other, save one that is equal
    in every field. The result does not depend on the order of `runs`.
    """
    given = tuple(runs)
    if len(given) < 2:
        return given, ()
    ordered = sorted(given, key=canonical)
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
    return sorted(found)


def _grouped(runs: Sequence[Run], matches: Iterable[Match]) -> list[_Group]:
    """Group records of the same run, the surest matches first; no group holds two records of one source."""
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
