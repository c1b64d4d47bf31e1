"""When the safety questions are asked: at the start, weekly in three taps, after a flare or a new leg symptom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from backstride.core.check_in import CheckIn
from backstride.screening.item import Item
from backstride.screening.items import ITEMS
from backstride.screening.taps import TAPS


class Occasion(StrEnum):
    """Why the questions are asked now."""

    START = "start"
    WEEKLY = "weekly"
    FLARE = "flare"
    LEG = "leg"


QUESTIONS: dict[Occasion, tuple[Item, ...]] = {
    Occasion.START: ITEMS,
    Occasion.WEEKLY: TAPS,
    Occasion.FLARE: TAPS,
    Occasion.LEG: tuple(item for item in ITEMS if item.on_legs),
}
EVERY = timedelta(days=7)
FLARE_POINTS = 2.0
"""A flare is a rating that is higher by this much than the last one, on the scale from 0 to 10."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What the diary tells that calls for the questions.

    Attributes:
        flare: the last day on which a flare was told, or None.
        new_leg_symptom: the last day on which a sign in a leg was told that was not there before, or None.
    """

    flare: date | None = None
    new_leg_symptom: date | None = None


def signs_told(check_ins: Sequence[CheckIn]) -> Signs:
    """The last flare and the last new sign in a leg that check-ins tell of, in whatever order they come."""
    flare = new_leg_symptom = None
    pain: float | None = None
    leg = False
    for check_in in sorted(check_ins, key=lambda told: told.moment):
        if check_in.pain is not None:
            if pain is not None and check_in.pain.pain_0_10 >= pain + FLARE_POINTS:
                flare = check_in.local_day
            pain = check_in.pain.pain_0_10
        if check_in.leg_symptoms is not None:
            if check_in.leg_symptoms and not leg:
                new_leg_symptom = check_in.local_day
            leg = check_in.leg_symptoms
    return Signs(flare=flare, new_leg_symptom=new_leg_symptom)


def due(today: date, asked: Mapping[Occasion, date], *, signs: Signs) -> Occasion | None:
    """The occasion to ask for today, the most telling first, or None.

    Args:
        today: the local day.
        asked: the day on which each occasion was last answered.
        signs: what the diary tells. A sign asks for answers of its own day or later.
    """
    if Occasion.START not in asked:
        return Occasion.START
    start = asked[Occasion.START]
    for sign, occasion in ((signs.new_leg_symptom, Occasion.LEG), (signs.flare, Occasion.FLARE)):
        if sign is not None and max(asked.get(occasion, start), start) < sign:
            return occasion
    return Occasion.WEEKLY if today - max(asked.values()) >= EVERY else None
