"""The days that a table of runs vouches for by itself, until somebody states which days are known."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from backstride.core.records import CoveredSpan
from backstride.importers.base import ImportResult

FIRST_TO_LAST: Final = ", first to last row"
"""Ends the source of a span that a table of runs vouches for by itself."""

HOLDS_EVERY_RUN: Final = "it is taken to hold every run from"


def settled_cover(result: ImportResult) -> ImportResult:
    """Drop implied covered spans, and the notes on them, where any span was stated."""
    implied = Counter(result.implied)
    stated = []
    for span in result.records.covered:
        if implied[span]:
            implied[span] -= 1
        else:
            stated.append(span)
    if not stated or not result.implied:
        return result
    notes = tuple(note for note in result.notes if HOLDS_EVERY_RUN not in note)
    records = replace(result.records, covered=tuple(stated))
    return replace(result, records=records, notes=notes, implied=())


def span_notes(name: str, spans: tuple[CoveredSpan, ...]) -> Iterable[str]:
    """Which days a table of runs is taken to vouch for, in a sentence."""
    if spans:
        first: date = spans[0].first_day
        yield (
            f"{name}: it is taken to hold every run from {first} to {spans[-1].last_day}. Its other days count as "
            "days of rest. If that is wrong, add a table of covered days, or a first line '# covered: no'."
        )
