"""Counts that may be shown: none of so few people that one of them could be known by it."""

from collections.abc import Mapping
from typing import TypeVar

Name = TypeVar("Name")
LEAST_PEOPLE = 10
"""The smallest count that is shown, unless a study sets another."""


def shown_counts(counts: Mapping[Name, int], *, least: int = LEAST_PEOPLE) -> dict[Name, int | None]:
    """Hide small counts (None), and another where the total would give a single one away.

    Zero is shown: it is nobody. Where the hidden ones together are fewer than `least`, the next smallest goes, too.

    Args:
        counts: how many people fall under each name; their total is known.
        least: the smallest count that is shown.
    """
    out: dict[Name, int | None] = {
        name: count if count == 0 or count >= least else None for name, count in counts.items()
    }
    while hidden := [name for name, count in out.items() if count is None]:
        others = [name for name, count in out.items() if count]
        enough = len(hidden) > 1 and sum(counts[name] for name in hidden) >= least
        if enough or not others:
            return out
        out[min(others, key=lambda name: counts[name])] = None
    return out
