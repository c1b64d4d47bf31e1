"""Counts that may be shown: none of so few people that one of them could be known by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

Name = TypeVar("Name")
MIN_PEOPLE = 10
"""The smallest count that is shown, unless a study sets another."""


def shown_counts(counts: Mapping[Name, int], *, least: int = MIN_PEOPLE) -> dict[Name, int | None]:
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


def shown_part(part: int, whole: int, *, least: int) -> int | None:
    """Hide a count whose whole is shown where it, or what is left of the whole, is nobody's but a few people's."""
    return part if all(count == 0 or count >= least for count in (part, whole - part)) else None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people there are of what, before or after small counts are hidden (None).

    Attributes:
        people: taken in.
        answered: with something to say of the population.
        contributed: of these, without their diaries.
        verdicts, tiers: people by question.
        randomised: whose blocks of weeks chance drew.
        few_effective: whose likelihood rests on few draws.
    """

    people: int | None
    answered: int
    contributed: int | None
    verdicts: Mapping[str, Mapping[str, int | None]]
    tiers: Mapping[str, Mapping[str, int | None]]
    randomised: int | None
    few_effective: int | None


def without_small(
    *,
    people: int,
    answered: int,
    contributed: int,
    verdicts: Mapping[str, Mapping[str, int]],
    tiers: Mapping[str, Mapping[str, int]],
    few_effective: int,
    least: int,
) -> Counts:
    """Hide every count that is small, and every one that would give a small one away beside the others.

    Args:
        people: taken in.
        answered: with something to say; `least` or more of them.
        contributed: of these, without their diaries.
        verdicts: of the diaries among these, by question.
        tiers: of all these, by question.
        few_effective: whose likelihood rests on few draws.
        least: the smallest count that is shown.
    """
    shown_tiers = {question: shown_counts(counts, least=least) for question, counts in tiers.items()}
    given = shown_part(contributed, answered, least=least)
    out = {question: shown_counts(counts, least=least) for question, counts in verdicts.items()}
    return Counts(
        # the whole would say how many have no answer
        people=None if shown_part(answered, people, least=least) is None else people,
        answered=answered,
        contributed=given,
        # of fewer than `least` diaries nothing is shown, though the zeros of `shown_counts` would be
        verdicts=out if answered - contributed >= least else {question: {} for question in verdicts},
        tiers=shown_tiers,
        randomised=shown_tiers["season"].get("A", 0),
        few_effective=shown_part(few_effective, answered, least=least),
    )
