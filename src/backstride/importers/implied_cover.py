"""The days that a table of runs vouches for by itself, until somebody states which days are known."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from backstride.core.datetimes import ONE_DAY
from backstride.core.records import CoveredSpan
from backstride.importers.base import ImportResult
from backstride.importers.coverage import MAX_DAYS_APART

FIRST_TO_LAST: Final = ", first to last row"
"""Ends the source of a span that a table of runs vouches for by itself."""

HOLDS_EVERY_RUN: Final = "it is taken to hold every run from"
SO_LONG_A_GAP: Final = "So long a gap is not taken for rest"


def settled_cover(result: ImportResult) -> ImportResult:
    """Drop implied covered spans, and the notes on them, where any span was stated."""
    is_any_stated = Counter(result.records.covered) - Counter(result.implied)
    return without_implied(result) if is_any_stated and result.implied else result


def without_implied(result: ImportResult) -> ImportResult:
    """Drop implied covered spans, and the notes on them."""
    implied = Counter(result.implied)
    stated = []
    for span in result.records.covered:
        if implied[span]:
            implied[span] -= 1
        else:
            stated.append(span)
    notes = tuple(note for note in result.notes if HOLDS_EVERY_RUN not in note and SO_LONG_A_GAP not in note)
    records = replace(result.records, covered=tuple(stated))
    return replace(result, records=records, notes=notes, implied=())


def span_notes(name: str, spans: Sequence[CoveredSpan]) -> Iterable[str]:
    """Return which days a table of runs is taken to vouch for, and which gaps are too long for that, in sentences."""
    if not spans:
        return
    yield (
        f"{name}: it is taken to hold every run from {spans[0].first_day} to {spans[-1].last_day}. Its other days "
        "count as days of rest. If that is wrong, add a table of covered days, or a first line '# covered: no'."
    )
    for before, after in pairwise(spans):
        first, last = before.last_day + ONE_DAY, after.first_day - ONE_DAY
        if (after.first_day - before.last_day).days > MAX_DAYS_APART:
            yield (
                f"{name}: it has no run from {first} to {last}. So long a gap is not taken for rest: nothing is "
                "known of those days. If you rested then, add a table of covered days."
            )
