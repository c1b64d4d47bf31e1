"""A randomised waiting list: chance decides who begins to run now, and who keeps the diary for eight weeks first.

Compared between people, by intention to treat, it says what beginning does over a season without any of the model's
assumptions. People are drawn within strata in permuted blocks whose size chance draws too; each draw is made when the
person has agreed, and stored with how likely it was, so nobody sees it before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from random import Random

from backstride.core.check_in import CheckIn

WAIT_DAYS, BASELINE_DAYS, OUTCOME_DAYS = 56, 14, 14
MIN_RATINGS_OF_14 = 7
"""Rated mornings of 14 that a baseline or an outcome takes; fewer leave it unknown."""
BLOCK_SIZES = (4, 6)
HIGH_PAIN = 4.0
"""The stratum of pain begins here."""
CONSENT_VERSION = 2
"""Of the words of consent (waiting_words.py)."""


class Arm(StrEnum):
    """What chance gave."""

    NOW = "now"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One person in the trial.

    Attributes:
        person: as the study calls them.
        day: on which they agreed, and chance was asked.
        stratum: within which they were drawn.
        block: the number of their block in the stratum, from 0.
        size: how many people their block holds.
        arm: what chance gave.
        probability: of that arm, when it was drawn.
        consent: version of the words.
        ended: the day on which they left; None where they did not.
    """

    person: str
    day: date
    stratum: str
    block: int
    size: int
    arm: Arm
    probability: Fraction
    consent: int = CONSENT_VERSION
    ended: date | None = None


def draw_arm(before: Sequence[Enrolment], chance: Random) -> tuple[Arm, Fraction, int, int]:
    """Draw the next arm of a stratum.

    Args:
        before: everybody of this stratum so far, in the order in which they were drawn.
        chance: random numbers that nobody can predict, as of `random.SystemRandom`.

    Returns:
        The arm, how likely it was, and the number and the size of its block.
    """
    block, size = (before[-1].block, before[-1].size) if before else (-1, 0)
    within = [one.arm for one in before[-size:] if one.block == block]
    if len(within) == size:
        block, size, within = block + 1, chance.choice(BLOCK_SIZES), []
    left = {arm: size // 2 - within.count(arm) for arm in Arm}
    total = sum(left.values())
    arm = Arm.NOW if chance.randrange(total) < left[Arm.NOW] else Arm.WAIT
    return arm, Fraction(left[arm], total), block, size


def mean_rating(check_ins: Sequence[CheckIn], first: date, last: date) -> float | None:
    """Average the morning ratings of these days, both included; None where too few are known."""
    by_day: dict[date, list[float]] = {}
    for one in check_ins:
        if one.pain is not None and first <= one.local_day <= last:
            by_day.setdefault(one.local_day, []).append(one.pain.pain_0_10)
    ratings = [sum(day) / len(day) for day in by_day.values()]
    return sum(ratings) / len(ratings) if len(ratings) >= MIN_RATINGS_OF_14 else None


def baseline_days(day: date) -> tuple[date, date]:
    """Return the first and the last day of the baseline of somebody who agrees on `day`."""
    return day - timedelta(days=BASELINE_DAYS), day - timedelta(days=1)


def outcome_days(day: date) -> tuple[date, date]:
    """Return the first and the last day of the outcome: the last two weeks of the eight."""
    return day + timedelta(days=WAIT_DAYS - OUTCOME_DAYS), day + timedelta(days=WAIT_DAYS - 1)


def stratum_of(named: str, baseline: float) -> str:
    """Name a stratum: what the study calls it, and the band of baseline pain."""
    pain = f"pain {HIGH_PAIN:g} or more" if baseline >= HIGH_PAIN else f"pain under {HIGH_PAIN:g}"
    return f"{named}, {pain}" if named else pain
