"""A schedule on record, dealt again by its own law.

P(deal) = product over blocks of P(block | block before)        as `programme/schedule.py` draws them
"""

from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstride.core.allocation import BLOCK_DAYS, WEEK, Allocation, AllocationScheme
from backstride.diary.series import DailySeries
from backstride.model.arrays import Floats
from backstride.programme.schedule import possible_blocks

Ints = NDArray[np.int64]


class AssignedDays(NamedTuple):
    """The days of one law that are on record, in order; arrays have shape (days,).

    Attributes:
        row: the day's row in the series.
        block: the number of its block, counted from the first.
        place: its place within the block.
        ran: 1 drawn to run, 0 drawn to rest; where weeks or blocks of them were drawn, 1 in each whole run week.
        ways: (blocks,) among how many the block fell.
        starts_anew: (blocks,) whether no block of the same schedule came right before.
        law: over what chance ran.
    """

    row: Ints
    block: Ints
    place: Ints
    ran: Floats
    ways: Ints
    starts_anew: NDArray[np.bool_]
    law: AllocationScheme

    @property
    def weeks(self) -> bool:
        """Whether whole weeks were drawn."""
        return self.law is not AllocationScheme.DAYS


def assigned_days(series: DailySeries, *, of_weeks: bool = False) -> AssignedDays | None:
    """Return the stored allocated days; of two schemes the one with more days. None without a schedule.

    Args:
        series: daily series.
        of_weeks: only schemes that assign weeks or blocks of weeks.
    """
    allocated = [
        (row, day.allocation)
        for row, day in enumerate(series.days)
        if day.allocation
        and day.allocation.to_run is not None
        and not (of_weeks and day.allocation.law is AllocationScheme.DAYS)
    ]
    laws = [allocation.law for _, allocation in allocated]
    if not laws:
        return None
    # sorted first, so that a tie does not hang on the order of a set
    law = max(sorted(set(laws)), key=laws.count)
    of_law = _determined_days([(row, draw) for row, draw in allocated if draw.law is law], law)
    if not of_law:
        return None
    firsts = list({draw.block: draw for _, draw, _ in of_law}.values())
    number = {allocation.block: n for n, allocation in enumerate(firsts)}
    return AssignedDays(
        row=np.array([row for row, _, _ in of_law], dtype=np.int64),
        block=np.array([number[draw.block] for _, draw, _ in of_law], dtype=np.int64),
        place=np.array([_place(draw) for _, draw, _ in of_law], dtype=np.int64),
        ran=np.array([ran for _, _, ran in of_law]),
        ways=np.array([draw.probability.denominator for draw in firsts], dtype=np.int64),
        starts_anew=np.array([True, *map(_apart, firsts, firsts[1:])]),
        law=law,
    )


def rerandomise(stored: AssignedDays, deals: int, rng: np.random.Generator) -> Floats:
    """Return (deals, days) what new deals of the same schedule give these days: 1 run, 0 rest.

    Args:
        stored: the schedule.
        deals: how many.
        rng: chance of the new deals.
    """
    free, after_run = (_ways(stored.law, ran_the_day_before=ran) for ran in (False, True))
    blocks = np.zeros((deals, len(stored.ways), BLOCK_DAYS[stored.law]))
    ran_before = np.zeros(deals, dtype=bool)
    for n, (ways, anew) in enumerate(zip(stored.ways, stored.starts_anew, strict=True)):
        if anew:  # what came before is not on record, but the stored probability tells it
            ran_before = np.full(deals, ways != len(free))
        assigned_free = free[rng.integers(len(free), size=deals)]
        assigned_after = after_run[rng.integers(len(after_run), size=deals)]
        blocks[:, n] = np.where(ran_before[:, None], assigned_after, assigned_free)
        ran_before = blocks[:, n, -1] == 1.0
    return np.asarray(blocks[:, stored.block, stored.place])


def _ways(law: AllocationScheme, *, ran_the_day_before: bool) -> Floats:
    """(ways, days) the blocks that may fall; where weeks are drawn, 1 in each whole run week."""
    days = np.array(possible_blocks(law, ran_the_day_before=ran_the_day_before), dtype=np.float64)
    if law is AllocationScheme.DAYS:
        return days
    return np.repeat(days.reshape(len(days), -1, WEEK).max(axis=2), WEEK, axis=1)


def _determined_days(
    allocated: list[tuple[int, Allocation]], law: AllocationScheme
) -> list[tuple[int, Allocation, float]]:
    """Each day with what fell to it, without the days of which the record does not tell whose week it was.

    The days on record of a block leave some of the ways in which it can fall; where they agree on a day, it is told.
    """
    if law is AllocationScheme.DAYS:
        return [(row, allocation, float(bool(allocation.to_run))) for row, allocation in allocated]
    as_assigned = np.array(possible_blocks(law, ran_the_day_before=False), dtype=bool)
    in_weeks = _ways(law, ran_the_day_before=False)
    blocks: dict[date, list[tuple[int, Allocation]]] = {}
    for row, allocation in allocated:
        blocks.setdefault(allocation.block, []).append((row, allocation))
    determined = []
    for days in blocks.values():
        places = [_place(draw) for _, draw in days]
        fits = np.all(as_assigned[:, places] == [bool(draw.to_run) for _, draw in days], axis=1)
        for (row, allocation), place in zip(days, places, strict=True):
            found = np.unique(in_weeks[fits, place])
            if len(found) == 1:
                determined.append((row, allocation, float(found[0])))
    return determined


def _place(allocation: Allocation) -> int:
    return (allocation.day - allocation.block).days


def _apart(before: Allocation, after: Allocation) -> bool:
    return before.seed != after.seed or (after.block - before.block).days != BLOCK_DAYS[after.law]
