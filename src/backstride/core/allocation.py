"""A draw: what chance said of one day, and exactly how likely that was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from backstride.errors import BadValue

MAX_SEED = 2**53
"""Seeds below this survive every table and every JSON reader without losing a digit."""


class Arm(StrEnum):
    """What a day was given."""

    RUN = "run"
    REST = "rest"
    OWN = "own"


class AllocationScheme(StrEnum):
    """How it was given: by the person, or by chance over days of a week, pairs of weeks, or rounds of six blocks."""

    OWN = "own"
    DAYS = "days"
    WEEKS = "weeks"
    BLOCKS_OF_2 = "blocks of 2 weeks"
    BLOCKS_OF_4 = "blocks of 4 weeks"


WEEK = 7
BLOCK_DAYS = {
    AllocationScheme.OWN: 1,
    AllocationScheme.DAYS: WEEK,
    AllocationScheme.WEEKS: 2 * WEEK,
    AllocationScheme.BLOCKS_OF_2: 84,
    AllocationScheme.BLOCKS_OF_4: 168,
}
"""How many days fall together."""
PERIOD_DAYS = {
    AllocationScheme.OWN: 1,
    AllocationScheme.DAYS: WEEK,
    AllocationScheme.WEEKS: WEEK,
    AllocationScheme.BLOCKS_OF_2: 2 * WEEK,
    AllocationScheme.BLOCKS_OF_4: 4 * WEEK,
}
"""How many of them are of one kind, and show together when the first of them begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """One drawn day, or a day handed back to the person.

    Attributes:
        day: the local day.
        assigned: run, rest, or own: then no draw counts for this day any more.
        law: over what chance ran.
        block: the first day of the days that fell together.
        probability: of the whole block, as it fell, given the block before it; exact.
        seed: of the schedule; with `law` and its first day it gives the same draw again.
        source: which schedule it belongs to.
    """

    day: date
    assigned: Arm
    law: AllocationScheme
    block: date
    probability: Fraction = Fraction(1)
    seed: int = 0
    source: str = ""

    def __post_init__(self) -> None:
        """Refuse a probability, a seed or a block that no draw has."""
        place = (self.day - self.block).days
        fits = (self.law is AllocationScheme.OWN) == (self.assigned is Arm.OWN)
        if not (fits and 0 <= place < BLOCK_DAYS[self.law]):
            raise BadValue(
                f"The draw of {self.day} does not fit its block.", advice="Take it as it was exported."
            )
        if not (0 < self.probability <= 1 and 0 <= self.seed < MAX_SEED):
            raise BadValue(
                f"The draw of {self.day} has a chance of {self.probability} and the seed {self.seed}.",
                advice="A chance lies between 0 and 1, a seed between 0 and 2 to the 53rd.",
            )

    @property
    def local_day(self) -> date:
        """The day of which it speaks."""
        return self.day

    @property
    def to_run(self) -> bool | None:
        """Whether the day was drawn for running; None on own days."""
        return None if self.assigned is Arm.OWN else self.assigned is Arm.RUN


def effective_allocations(allocations: Iterable[Allocation]) -> dict[date, Allocation]:
    """Return the allocation in force for each day: the last recorded one."""
    return {allocation.day: allocation for allocation in allocations}
