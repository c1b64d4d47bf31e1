"""Run days by chance: days of each week, pairs of weeks, or blocks of weeks. One seed gives one schedule, for good.

    days:   P(week | week before) = 1 / (number of admissible weeks): three run days, no two in a row,
            none on the first day where the week before ended on one
    weeks:  P(run week first) = P(run week second) = 1/2 for each pair (AB or BA; Carriere 2015)
    blocks: P(round) = 1/14: of six blocks of two or of four weeks three are for running, at most two alike in a row

A block's choice is SHA-256(seed, law, first day, number of the block) mod the number of choices; its bias is
below 2^-240.
"""

from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from hashlib import sha256
from itertools import chain, combinations, groupby, pairwise

from backstride.core.allocation import BLOCK_DAYS, PERIOD_DAYS, WEEK, Allocation, AllocationScheme, Arm
from backstride.errors import BadValue

Week = tuple[bool, ...]

BLOCKS_A_ROUND = 6
MAX_ALIKE = 2
"""Blocks of one kind in a row within a round: the halves of a round are never of one kind, as in ABBA designs."""
SESSIONS_A_WEEK = 3
MIN_WEEKS = 8
MAX_WEEKS = 104
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
def patterns(law: AllocationScheme) -> tuple[Week, ...]:
    """List the equally likely patterns of the periods in one block, True for running.

    Args:
        law: one by which whole weeks are drawn.
    """
    if law is AllocationScheme.WEEKS:
        return (True, False), (False, True)
    found = []
    for chosen in combinations(range(BLOCKS_A_ROUND), BLOCKS_A_ROUND // 2):
        round_ = tuple(block in chosen for block in range(BLOCKS_A_ROUND))
        if max(len(list(alike)) for _, alike in groupby(round_)) <= MAX_ALIKE:
            found.append(round_)
    return tuple(found)


@cache
def whole_weeks(law: AllocationScheme) -> tuple[Week, ...]:
    """List the same patterns by days: usual weeks of running, or none."""
    weeks = PERIOD_DAYS[law] // WEEK
    walking = (False,) * WEEK
    return tuple(
        tuple(chain.from_iterable((USUAL_WEEK if run else walking) * weeks for run in pattern))
        for pattern in patterns(law)
    )


def possible_blocks(law: AllocationScheme, *, ran_the_day_before: bool) -> tuple[Week, ...]:
    """All blocks that may fall, equally likely.

    Args:
        law: over what chance runs; not the person's own.
        ran_the_day_before: whether the block before ended on a run day of the draw.
    """
    if law is AllocationScheme.DAYS:
        return admissible(ran_the_day_before=ran_the_day_before)
    return whole_weeks(law)  # a usual week ends with two days of rest, so no two run days meet


def weeks_a_round(law: AllocationScheme) -> int:
    """How many weeks fall together: a schedule holds a whole number of these."""
    return BLOCK_DAYS[law] // WEEK


def least_weeks(law: AllocationScheme) -> int:
    """Return the length of the shortest schedule: eight weeks, or a whole round of blocks."""
    return max(MIN_WEEKS, weeks_a_round(law))


def whole_rounds(law: AllocationScheme, weeks: int) -> int:
    """Round a number of weeks up to the next possible length of a schedule."""
    return -(-max(weeks, least_weeks(law)) // weeks_a_round(law)) * weeks_a_round(law)


def allocate(law: AllocationScheme, *, first_day: date, weeks: int, seed: int) -> tuple[Allocation, ...]:
    """Draw the whole schedule, one allocation a day; the same four values always give the same schedule.

    Args:
        law: days, weeks or blocks of weeks.
        first_day: its first day.
        weeks: how many; a whole number of pairs or rounds.
        seed: 0 or more, below 2**53.

    Raises:
        BadValue: too few weeks for an answer, too many, or a part of a pair or round.
    """
    _check(law, weeks)
    made: list[Allocation] = []
    fallen = falls(law, first_day=first_day, blocks=weeks * WEEK // BLOCK_DAYS[law], seed=seed)
    for number, (fell, ways) in enumerate(fallen):
        block = first_day + timedelta(days=number * BLOCK_DAYS[law])
        made += _block(fell, law=law, block=block, ways=ways, seed=seed)
    return tuple(made)


def falls(law: AllocationScheme, *, first_day: date, blocks: int, seed: int) -> list[tuple[Week, int]]:
    """Each block as it falls, and out of how many equally likely ones."""
    fallen: list[tuple[Week, int]] = []
    for number in range(blocks):
        ways = possible_blocks(law, ran_the_day_before=bool(fallen) and fallen[-1][0][-1])
        fallen.append((ways[_chance(seed, law, first_day, number) % len(ways)], len(ways)))
    return fallen


def is_revealed(allocation: Allocation, *, today: date) -> bool:
    """Whether the period in which the day lies (a week, or a block of weeks) has begun: only then may it be seen."""
    period = PERIOD_DAYS[allocation.law]
    return (
        allocation.block + timedelta(days=(allocation.day - allocation.block).days // period * period)
        <= today
    )


def _block(fell: Week, *, law: AllocationScheme, block: date, ways: int, seed: int) -> list[Allocation]:
    return [
        Allocation(
            day=block + timedelta(days=n),
            assigned=Arm.RUN if run else Arm.REST,
            law=law,
            block=block,
            probability=Fraction(1, ways),
            seed=seed,
            source="draw",
        )
        for n, run in enumerate(fell)
    ]


def _chance(seed: int, law: AllocationScheme, first_day: date, number: int) -> int:
    seed_text = f"backstride draw {seed} {law.value} {first_day.isoformat()} {number}"
    return int.from_bytes(sha256(seed_text.encode()).digest())


def _check(law: AllocationScheme, weeks: int) -> None:
    if law is AllocationScheme.OWN:
        raise BadValue("Your own days are not drawn.", advice="Choose days, weeks or blocks for a draw.")
    together = weeks_a_round(law)
    if not least_weeks(law) <= weeks <= MAX_WEEKS or weeks % together:
        raise BadValue(
            f"A draw over {weeks} weeks is not possible.",
            advice=f"Give {least_weeks(law)} to {MAX_WEEKS} weeks, in steps of {together}.",
        )
