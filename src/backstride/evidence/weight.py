"""The weight pathway by physics: what running can do to a person's weight within weeks, and so to the back.

    E      = c m d                                  energy of running d metres, c in J/kg/m
    w(t)   = w_end (1 - 2^(-t / T)),   w_end = E_day (1 - eaten) / 100 kJ
    dp(t)  = delta w(t) / 2 kg                      delta: the weight pathway's prior, points a unit

The cost of level running hardly depends on speed (Minetti 2002, 3.40 J/kg/m on a treadmill; 4 with air and hills).
Half-time T of about a year: Hall 2011. That 100 kJ a day come to 1 kg in the end is a round figure of ours.
"""

import math
from dataclasses import dataclass

from backstride.errors import BadValue
from backstride.evidence.slow_pathways import COST_OF_RUNNING, HALF_TIME, WEIGHT

COST_J_KG_M = (float(COST_OF_RUNNING.value), 4.0)
HALF_TIME_DAYS = 365.0 * float(HALF_TIME.value)
KJ_A_DAY_A_KG = 100.0
KG_A_UNIT = 2.0
EASY_SPEED_KM_H = 8.0
SEASON_DAYS = 84
_LIMITS = {"weight in kg": (20.0, 400.0), "weekly minutes": (0.0, 3000.0), "speed in km/h": (3.0, 25.0)}


@dataclass(frozen=True, slots=True)
class WeightForecast:
    """What running alone would change, with the least and the most that the cost of running allows.

    Attributes:
        kj_a_day: energy of the running, spread over the week, kJ.
        kg: change of weight after `days`; negative is lighter.
        kg_in_the_end: change after some years of the same.
        pain_sd: points of 0-10 that such a change of weight may move pain by: one sd of what is believed.
        days: how far ahead.
    """

    kj_a_day: tuple[float, float]
    kg: tuple[float, float]
    kg_in_the_end: tuple[float, float]
    pain_sd: tuple[float, float]
    days: int


def running_kj(kg: float, *, metres: float, cost: float) -> float:
    """Energy of running `metres` on the level at `cost` J/kg/m, in kJ."""
    return cost * kg * metres / 1000.0


def share_reached(days: float) -> float:
    """How much of the change in the end is there after `days`: 1 - 2^(-t / T)."""
    return 1.0 - math.exp2(-days / HALF_TIME_DAYS)


def forecast(
    kg: float,
    *,
    weekly_minutes: float,
    days: int = SEASON_DAYS,
    speed_km_h: float = EASY_SPEED_KM_H,
    eaten_back: float = 0.0,
) -> WeightForecast:
    """Forecast the weight change from so many minutes of running a week for a person of `kg` kilograms.

    Args:
        kg: weight now.
        weekly_minutes: minutes of running a week.
        days: how far ahead; 84 are 12 weeks.
        speed_km_h: mean speed while running; 8 km/h is an easy one.
        eaten_back: share of the energy that is eaten back, 0 to 1. Most people eat some of it back: 0 is the most
            that running alone can do.

    Raises:
        BadValue: a number that no runner has.
    """
    _check(kg, weekly_minutes, speed_km_h, days, eaten_back)
    metres_a_day = weekly_minutes / 7.0 * speed_km_h * 1000.0 / 60.0
    kj = _both(*(running_kj(kg, metres=metres_a_day, cost=cost) for cost in COST_J_KG_M))
    end = _both(*(-energy * (1.0 - eaten_back) / KJ_A_DAY_A_KG for energy in kj))
    then = _both(*(change * share_reached(days) for change in end))
    pain = _both(*(WEIGHT.belief.delta_sd * abs(change) / KG_A_UNIT for change in then))
    return WeightForecast(kj, then, end, pain, days)


def _both(least: float, most: float) -> tuple[float, float]:
    return least + 0.0, most + 0.0


def _check(kg: float, weekly_minutes: float, speed_km_h: float, days: int, eaten_back: float) -> None:
    given = zip(_LIMITS, (kg, weekly_minutes, speed_km_h), strict=True)
    for what, value in [*given]:
        least, most = _LIMITS[what]
        if not least <= value <= most:
            raise BadValue(
                f"A {what} of {value:g} is not possible here.", advice=f"Give one from {least:g} to {most:g}."
            )
    if days < 0 or not 0.0 <= eaten_back <= 1.0:
        raise BadValue(
            "The days ahead or the share that is eaten back are out of range.",
            advice="Give days of 0 or more, and a share from 0 to 1.",
        )
