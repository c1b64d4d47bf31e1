"""Which days a source vouches for: a day between its sessions was a day of rest, unless a session there was unusable.

- Days are vouched for between two sessions that lie at most 60 days apart, whatever the source is: who records
  nothing for longer may have stopped recording.
- The day of a session that could not be used is unknown: there was a run, or there may have been one.
- Where such a session does not tell its day, its source vouches for nothing.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final

from backstride.core.datetimes import ONE_DAY
from backstride.core.records import CoveredSpan
from backstride.importers.base import ImportResult, Skipped

MAX_DAYS_APART: Final = 60
_MAX_NAMED: Final = 5
_DAY_IN_NAME: Final = re.compile(r"(?<!\d)(20\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d{3})")


@dataclass(frozen=True, slots=True)
class LogFile:
    """One activity file of a folder that is a log.

    Attributes:
        name: its place.
        days: the local days of its sessions; empty where it cannot be used at all.
        skipped: what in it cannot be used.
    """

    name: str
    days: tuple[date, ...] = ()
    skipped: tuple[Skipped, ...] = ()


_MAY_HOLD_RUNS: Final = frozenset(
    (
        ".json",
        ".csv",
        ".tsv",
        ".txt",
        ".xlsx",
        ".xls",
        ".ods",
        ".numbers",
        ".zip",
        ".7z",
        ".rar",
        ".xml",
        ".gz",
    )
)
_NAMES_RUNS: Final = re.compile(
    r"(?<![a-z])(?:runs?|running|jog|lauf|laufen|l(?:ä|ae)ufe|activity|activities|aktivit\w*|workout|training"
    r"|exercise|userexercise|sport|strava|garmin|polar|suunto|runtastic|runkeeper|endomondo)"
)


def may_hold_runs(name: str) -> bool:
    """Whether a file that cannot be used may hold runs, by its name: one that holds data, and says so or a day."""
    last = name.rpartition("/")[2].lower()
    stem, _, ending = last.rpartition(".")
    if f".{ending}" not in _MAY_HOLD_RUNS:
        return False
    return _NAMES_RUNS.search(stem) is not None or day_in_name(last) is not None


def lost_days(log: Sequence[LogFile]) -> set[date] | None:
    """Infer the days of files that cannot be used; None where they cannot be dated.

    By the day in a file's name, else by the files before and after it, where the order of names is that of days.
    """
    lost: set[date] = set()
    ordered = sorted(log, key=lambda file: file.name)
    used = [file.days for file in ordered if file.days]
    in_order = all(max(a) <= min(b) for a, b in pairwise(used))
    for i, file in enumerate(ordered):
        if file.days:
            continue
        if (day := day_in_name(file.name)) is not None:
            lost.add(day)
        elif in_order:
            before = [one.days for one in ordered[:i] if one.days][-1:]
            after = [one.days for one in ordered[i:] if one.days][:1]
            if before and after:
                first, last = max(before[0]), min(after[0])
                lost |= {first + n * ONE_DAY for n in range((last - first).days + 1)}
        else:
            return None
    return lost


def day_in_name(name: str) -> date | None:
    """Return the day that the name of a file tells; None where it tells none."""
    found = _DAY_IN_NAME.search(name.rpartition("/")[2])
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def covered_by(
    sessions: Iterable[tuple[date, date]], skipped: Iterable[Skipped], *, source: str, least: int = 1
) -> tuple[CoveredSpan, ...]:
    """Return the spans of days for which a source knows every session.

    Args:
        sessions: the first and the last day of each record in it.
        skipped: what of it could not be used.
        source: who vouches.
        least: so many records a stretch needs; a single file may have been sent alone.
    """
    unusable = [one for one in skipped if one.is_session]
    if any(one.day is None for one in unusable):
        return ()
    holes = {one.day for one in unusable if one.day is not None}
    stretches = sorted([*sessions, *((day, day) for day in holes)])
    spans: list[CoveredSpan] = []
    while stretches:
        first, last = stretches[0]
        count = 0
        while count < len(stretches) and (stretches[count][0] - last).days <= MAX_DAYS_APART:
            last = max(last, stretches[count][1])
            count += 1
        if count >= least:
            spans.append(CoveredSpan(first, last, source))
        stretches = stretches[count:]
    return without_days(spans, holes)


def without_days(spans: Iterable[CoveredSpan], holes: Iterable[date]) -> tuple[CoveredSpan, ...]:
    """Remove days from spans, splitting a span at each."""
    ordered = sorted(set(holes))
    left: list[CoveredSpan] = []
    for span in spans:
        inside = [day for day in ordered if day in span]
        edges = [span.first_day - ONE_DAY, *inside, span.last_day + ONE_DAY]
        left += [
            replace(span, first_day=after + ONE_DAY, last_day=before - ONE_DAY)
            for after, before in pairwise(edges)
            if before - after > ONE_DAY
        ]
    return tuple(left)


def without_unusable(result: ImportResult) -> ImportResult:
    """Remove the days of unusable sessions from every covered span of `result`."""
    holes = {one.day for one in result.skipped if one.is_session and one.day is not None} | result.open_days
    if not any(day in span for span in result.records.covered for day in holes):
        return result
    covered = without_days(result.records.covered, holes)
    implied = without_days(result.implied, holes)
    return replace(result, records=replace(result.records, covered=covered), implied=implied)


def notes_on(skipped: Iterable[Skipped], *, name: str) -> Iterable[str]:
    """Describe in a sentence which days the unusable sessions leave open."""
    unusable = [one for one in skipped if one.is_session]
    days = sorted({one.day for one in unusable if one.day is not None})
    if any(one.day is None for one in unusable):
        yield (
            f"{name}: a session in it gives no day and cannot be used, so that no day counts as a day "
            "of rest. Type it into a table of runs, with its day."
        )
    elif days:
        named = ", ".join(map(str, days[:_MAX_NAMED])) + (" ..." if len(days) > _MAX_NAMED else "")
        yield (
            f"{name}: nothing is known of {named}, for a session there cannot be used. Type it into a "
            "table of runs."
        )
