"""Standard units: each measure of a pathway on a scale on which one unit is a step a person would notice.

    ratings (mood, tightness, confidence)   one unit = 2 points of 0-10; 0 is the middle, 5
    hold times                              one unit = 0.3 in log seconds, about a third longer; 0 is 60 s
    weight                                  one unit = 2 kg; 0 is the person's first weight of the series
    reaches                                 one unit = 5 cm less reach; 0 is the toes, or the neutral line
    drinks, cigarettes, fatty meals         one unit = 1 on the square-root scale; 0 is none

Higher means: better mood, tighter muscles, more confident, stronger, heavier, more smoking, drinking and
fatty food. A value is an interval: all that a person may have felt, or counted, who gives this number.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from backstride.core.measurement import MeasurementKind, Pathway

Interval = tuple[float, float]


def rating(value: float) -> Interval:
    """Standardise a rating of 0-10 to the interval of its whole point; both ends of the scale are open."""
    lower = -math.inf if value <= 0.0 else (value - 0.5 - 5.0) / 2.0
    upper = math.inf if value >= 10.0 else (value + 0.5 - 5.0) / 2.0
    return lower, upper


def count(value: float) -> Interval:
    """Standardise a count to the interval of its whole number; zero is open below."""
    lower = -math.inf if value <= 0.0 else math.sqrt(max(value - 0.5, 0.0))
    return lower, math.sqrt(value + 0.5)


def hold(seconds: float) -> Interval:
    """Standardise a hold time on a log scale; below one second the interval is open."""
    place = (math.log(max(seconds, 1.0)) - math.log(60.0)) / 0.3
    return (-math.inf if seconds < 1.0 else place), place


def reach(centimetres: float) -> Interval:
    """Standardise a reach, with its sign turned: less reach is tighter."""
    place = -centimetres / 5.0
    return place, place


def weight(kilograms: float) -> Interval:
    """Standardise a weight, still to be centred at the first one."""
    return kilograms / 2.0, kilograms / 2.0


@dataclass(frozen=True, slots=True)
class Standardisation:
    """How one measure becomes standard units.

    Attributes:
        pathway: what it measures.
        interval: the value in its own unit -> lower and upper bound in standard units.
        from_first: whether it is counted from the person's first value.
        practice: whether doing the test is itself practice for the next time.
    """

    pathway: Pathway
    interval: Callable[[float], Interval]
    from_first: bool = False
    practice: bool = False


OF_CHECK_INS: dict[str, Standardisation] = {
    "mood": Standardisation(Pathway.MOOD, rating),
    "tightness": Standardisation(Pathway.TIGHTNESS, rating),
    "confidence": Standardisation(Pathway.CONFIDENCE, rating),
    "drinks": Standardisation(Pathway.LIFESTYLE, count),
    "cigarettes": Standardisation(Pathway.LIFESTYLE, count),
    "fatty_meals": Standardisation(Pathway.LIFESTYLE, count),
}

OF_MEASUREMENTS: dict[MeasurementKind, Standardisation] = {
    MeasurementKind.WEIGHT: Standardisation(Pathway.WEIGHT, weight, from_first=True),
    MeasurementKind.FRONT_PLANK: Standardisation(Pathway.CORE, hold, practice=True),
    MeasurementKind.SIDE_PLANK: Standardisation(Pathway.CORE, hold, practice=True),
    MeasurementKind.LEG_RAISE: Standardisation(Pathway.CORE, hold, practice=True),
    MeasurementKind.SINGLE_LEG_BRIDGE: Standardisation(Pathway.CORE, hold, practice=True),
    MeasurementKind.HIP_FLEXOR_REACH: Standardisation(Pathway.TIGHTNESS, reach, practice=True),
    MeasurementKind.HAMSTRING_REACH: Standardisation(Pathway.TIGHTNESS, reach, practice=True),
}
