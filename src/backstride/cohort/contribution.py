"""What one person gives to a cohort: what their records say of both effects, a few bands, and nothing else.

No day, no rating, no run and no free text leaves the diary. Under the key of a contribution it can be taken back; the
key is random, and says nothing of the person. A contribution is about one person's health all the same: it is
pseudonymous, not anonymous.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from backstride.errors import BadValue

CONSENT_VERSION = 2
"""Raised whenever the words of consent change."""
TRAITS: Final[Mapping[str, tuple[str, ...]]] = {
    "age": ("18 to 39", "40 to 59", "60 to 79", "80 or more"),
    "sex": ("female", "male", "other"),
    "herniation": ("yes", "no"),
    "nerve symptoms": ("yes", "no"),
    "sacroiliac joint": ("yes", "no"),
    "years running": ("under 1", "1 to 4", "5 to 14", "15 or more"),
}
"""What a person may say of themselves, each in bands; none of it has to be said."""
PAIN_BANDS: Final = ((2.0, "under 2"), (4.0, "2 to 4"), (6.0, "4 to 6"), (math.inf, "6 or more"))
MINUTE_BANDS: Final = (
    (60.0, "under 60"),
    (120.0, "60 to 120"),
    (180.0, "120 to 180"),
    (math.inf, "180 or more"),
)
_DAYS_A_BAND: Final = 28
MEANS, SDS, CORRELATIONS = (-60.0, 60.0), (0.01, 10.0), (-0.995, 0.995)
"""What the numbers of a likelihood may be, points."""


@dataclass(frozen=True, slots=True)
class LikelihoodPart:
    """One Gaussian of the likelihood of both effects, at 90 minutes a week, before floor and ceiling.

    Attributes:
        share: its weight against the other, 0 to 1.
        week, season: its means, points.
        week_sd, season_sd: its sds, points.
        correlation: of both.
    """

    share: float
    week: float
    week_sd: float
    season: float
    season_sd: float
    correlation: float


@dataclass(frozen=True, slots=True)
class Contribution:
    """All that leaves a diary.

    Attributes:
        key: 32 random hexadecimal digits.
        month: in which consent was given, as in 2026-11.
        consent: version of the words of consent.
        answer_version: of the answer that it was worked out with.
        days: how many days the diary covers, in bands of 28.
        week_tier, season_tier: A drawn by chance, B rated before running, C looking back.
        pain: band of the mean rating of the last 56 mornings.
        minutes: band of the usual minutes of running a week.
        traits: what the person chose to say, from `TRAITS`.
        parts: the likelihood.
        effective: how many independent draws it rests on.
    """

    key: str
    month: str
    consent: int
    answer_version: int
    days: str
    week_tier: str
    season_tier: str
    pain: str
    minutes: str
    traits: Mapping[str, str]
    parts: tuple[LikelihoodPart, ...]
    effective: int


def days_band(days: int) -> str:
    """Round a number of days to its band of 28, as in '84 to 111'."""
    first = days // _DAYS_A_BAND * _DAYS_A_BAND
    return f"{first} to {first + _DAYS_A_BAND - 1}"


def pain_band(points: float) -> str:
    """Round a mean rating to its band."""
    return next(name for most, name in PAIN_BANDS if points < most)


def minutes_band(minutes: float) -> str:
    """Round weekly minutes to their band."""
    return next(name for most, name in MINUTE_BANDS if minutes < most)


def checked_traits(said: Mapping[str, str]) -> dict[str, str]:
    """Check what a person says of themselves.

    Raises:
        BadValue: it is not among `TRAITS`.
    """
    for name, value in said.items():
        if name not in TRAITS:
            raise BadValue(
                f"'{name[:40]}' is nothing that a contribution holds.",
                advice=f"Choose from: {', '.join(TRAITS)}.",
            )
        if value not in TRAITS[name]:
            raise BadValue(
                f"'{value[:40]}' is no band of {name}.", advice=f"Choose one of: {'; '.join(TRAITS[name])}."
            )
    return {name: said[name] for name in TRAITS if name in said}
