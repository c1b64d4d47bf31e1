"""Run days by chance: three days of each week, or pairs of weeks. One seed gives one schedule, for good.

    days:   P(week | week before) = 1 / (number of admissible weeks): three run days, no two in a row,
            none on the first day where the week before ended on one
    weeks:  P(run week first) = P(run week second) = 1/2 for each pair (AB or BA; Carriere 2015)

A block's choice is SHA-256(seed, law, first day, number of the block) mod the number of choices; its bias is
below 2^-240.
"""

from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from hashlib import sha256
from itertools import combinations, pairwise

from backstride.core.draw import BLOCK_DAYS, Assigned, Draw, Law
from backstride.errors import BadValue

Week = tuple[bool, ...]

WEEK = 7
SESSIONS_A_WEEK = 3
LEAST_WEEKS = 8
MOST_WEEKS = 104
BASELINE_DAYS = 14
USUAL_WEEK: Week = (True, False, True, False, True, False, False)
"""The days of a run week where whole weeks are drawn, its first day first."""


@cache
def admissible(*, ran_the_day_before: bool) -> tuple[Week, ...]:
    """Every week of three run days that keeps the rest rule; all are equally likely."""
    weeks = []
    for days in combinations(range(WEEK), SESSIONS_A_WEEK):
        apart = all(later - earlier > 1 for earlier, later in pairwise(days))
        if apart and not (ran_the_day_before and days[0] == 0):
            weeks.append(tuple(day in days for day in range(WEEK)))
    return tuple(weeks)


@cache
def pairs() -> tuple[Week, ...]:
    """The two ways in which a pair of weeks falls: run week first, or walk week first."""
    walking = (False,) * WEEK
    return USUAL_WEEK + walking, walking + USUAL_WEEK


def choices(law: Law, *, ran_the_day_before: bool) -> tuple[Week, ...]:
    """All blocks that may fall, equally likely.

    Args:
        law: over what chance runs; not the person's own.
        ran_the_day_before: whether the block before ended on a run day of the draw.
    """
    return admissible(ran_the_day_before=ran_the_day_before) if law is Law.DAYS else pairs()


def drawn(law: Law, *, first_day: date, weeks: int, seed: int) -> tuple[Draw, ...]:
    """The whole schedule, one draw a day. The same four values always give the same schedule.

    Args:
        law: days or weeks.
        first_day: its first day.
        weeks: how many; even where weeks are drawn.
        seed: 0 or more, below 2**53.

    Raises:
        BadValue: too few weeks for an answer, too many, or half a pair.
    """
    _check(law, weeks)
    made: list[Draw] = []
    fallen = falls(law, first_day=first_day, blocks=weeks * WEEK // BLOCK_DAYS[law], seed=seed)
    for number, (fell, ways) in enumerate(fallen):
        block = first_day + timedelta(days=number * BLOCK_DAYS[law])
        made += _block(fell, law=law, block=block, ways=ways, seed=seed)
    return tuple(made)


def falls(law: Law, *, first_day: date, blocks: int, seed: int) -> list[tuple[Week, int]]:
    """Each block as it falls, and out of how many equally likely ones."""
    fallen: list[tuple[Week, int]] = []
    for number in range(blocks):
        ways = choices(law, ran_the_day_before=bool(fallen) and fallen[-1][0][-1])
        fallen.append((ways[_chance(seed, law, first_day, number) % len(ways)], len(ways)))
    return fallen


def begun(draw: Draw, *, today: date) -> bool:
    """Whether the week in which the day lies has begun: only then may it be seen."""
    week = (draw.day - draw.block).days // WEEK
    return draw.block + timedelta(days=week * WEEK) <= today


def _block(fell: Week, *, law: Law, block: date, ways: int, seed: int) -> list[Draw]:
    return [
        Draw(
            day=block + timedelta(days=n),
            assigned=Assigned.RUN if run else Assigned.REST,
            law=law,
            block=block,
            probability=Fraction(1, ways),
            seed=seed,
            source="draw",
        )
        for n, run in enumerate(fell)
    ]


def _chance(seed: int, law: Law, first_day: date, number: int) -> int:
    told = f"backstride draw {seed} {law.value} {first_day.isoformat()} {number}"
    return int.from_bytes(sha256(told.encode()).digest())


def _check(law: Law, weeks: int) -> None:
    if law is Law.OWN:
        raise BadValue("Your own days are not drawn.", advice="Choose days or weeks for a draw.")
    if not LEAST_WEEKS <= weeks <= MOST_WEEKS or (law is Law.WEEKS and weeks % 2):
        raise BadValue(
            f"A draw over {weeks} weeks is not possible.",
            advice=f"Give {LEAST_WEEKS} to {MOST_WEEKS} weeks; an even number where weeks are drawn.",
        )
