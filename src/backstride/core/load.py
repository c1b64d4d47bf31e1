"""Training load in the field's own words: what a session cost, and how much there was of late.

Loads are in arbitrary units (AU); loads of different kinds cannot be added or compared. A day without running is
0; a day without data is missing (None), which is not 0.

- session RPE: Foster et al. 2001, J Strength Cond Res 15:109-115, doi:10.1519/00124278-200102000-00019
- Banister's TRIMP: Banister 1991, in MacDougall et al. (eds.), Physiological Testing of the High-Performance
  Athlete, 2nd ed., pp. 403-424 (a book, no DOI); constants as in Morton, Fitz-Clarke and Banister 1990,
  J Appl Physiol 69:1171-1177, doi:10.1152/jappl.1990.69.3.1171
- Edwards' TRIMP: Edwards 1993, The Heart Rate Monitor Book (a book, no DOI)
- EWMA: Williams et al. 2017, Br J Sports Med 51:209-210, doi:10.1136/bjsports-2016-096589
- the ratio of both averages says how steady running was, and nothing of the risk of an injury:
  Impellizzeri et al. 2020, Sports Med 50:2099-2108, doi:10.1007/s40279-020-01378-6
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from backstride.errors import BadValue

ACUTE_DAYS: Final = 7
CHRONIC_DAYS: Final = 28

Beats = Iterable[tuple[float, float]]
"""Pieces of a session: seconds, and the heart rate during them in beats a minute."""


@dataclass(frozen=True, slots=True)
class Weighting:
    """How steeply Banister's load rises with the heart rate: factor * exp(exponent * r)."""

    factor: float
    exponent: float


MEN: Final = Weighting(0.64, 1.92)
WOMEN: Final = Weighting(0.86, 1.67)
"""Some programs keep the men's for everybody; say which was taken."""


def session_rpe(rpe: float, *, minutes: float) -> float:
    """Foster's load of a session, AU.

    Args:
        rpe: perceived exertion on the CR-10 scale, 0-10, of the whole session.
        minutes: its duration.

    Raises:
        BadValue: the rating is off its scale, or the duration is no duration.
    """
    _check("perceived exertion", rpe, 0.0, 10.0)
    _check("duration in minutes", minutes, 0.0, 14 * 1440.0)
    # load = RPE x minutes
    return rpe * minutes


def banister_trimp(beats: Beats, *, resting: float, maximal: float, weighting: Weighting) -> float:
    """Banister's training impulse, AU.

    A heart rate below rest counts as rest, one above the maximum as the maximum.

    Args:
        beats: pieces of the session.
        resting, maximal: the person's own heart rates, beats a minute.
        weighting: `MEN` or `WOMEN`; there is no default.

    Raises:
        BadValue: the heart rates cannot be, or a piece is no piece.
    """
    _check_rates(resting, maximal)
    load = 0.0
    for seconds, rate in _pieces(beats):
        # r = (HR - HR_rest) / (HR_max - HR_rest);  TRIMP = sum minutes x r x a exp(b r)
        r = min(max((rate - resting) / (maximal - resting), 0.0), 1.0)
        load += seconds / 60.0 * r * weighting.factor * math.exp(weighting.exponent * r)
    return load


def edwards_trimp(beats: Beats, *, maximal: float) -> float:
    """Edwards' summated zones, AU: minutes times 1 to 5 in the tenths from 50 % to 100 % of the maximal heart rate.

    Below 50 % counts 0, from 90 % on 5; the lower end belongs to a zone.

    Raises:
        BadValue: the maximal heart rate cannot be, or a piece is no piece.
    """
    _check("maximal heart rate", maximal, 60.0, 260.0)
    # TRIMP = sum minutes x z,  z = 1 in [50, 60) % of HR_max, ..., 5 in [90, 100] %
    return sum(
        seconds / 60.0 * min(max(math.floor(10 * rate / maximal) - 4, 0), 5)
        for seconds, rate in _pieces(beats)
    )


def ewma(loads: Sequence[float | None], *, days: int) -> tuple[float | None, ...]:
    """The exponentially weighted moving average of daily loads, a value for each day, AU.

    It begins with the first known load. On a missing day it is unknown, and goes on afterwards from where it
    was: nothing is taken for a rest.

    Args:
        loads: one a day in order; 0 on a day of rest, None on a missing day.
        days: the span N of the average, 1 or more.

    Raises:
        BadValue: a load is negative or no number, or the span is none.
    """
    _check("span in days", days, 1, 3660)
    # E_d = lambda L_d + (1 - lambda) E_{d-1},  lambda = 2 / (N + 1)
    share = 2.0 / (days + 1)
    averages: list[float | None] = []
    average: float | None = None
    for load in loads:
        if load is not None:
            _check("daily load", load, 0.0, 1e6)
            average = load if average is None else share * load + (1.0 - share) * average
        averages.append(None if load is None else average)
    return tuple(averages)


def acute_to_chronic(loads: Sequence[float | None]) -> tuple[float | None, ...]:
    """The average over 7 days by that over 28, a value for each day; None where unknown, or after rest alone.

    A description of how steady running was: 1 where it stays as it was. It foretells no injury.

    Raises:
        BadValue: a load is negative or no number.
    """
    pairs = zip(ewma(loads, days=ACUTE_DAYS), ewma(loads, days=CHRONIC_DAYS), strict=True)
    return tuple(acute / chronic if acute is not None and chronic else None for acute, chronic in pairs)


def _pieces(beats: Beats) -> Iterable[tuple[float, float]]:
    for seconds, rate in beats:
        _check("piece in seconds", seconds, 0.0, 14 * 86_400.0)
        _check("heart rate", rate, 0.0, 300.0)
        yield seconds, rate


def _check_rates(resting: float, maximal: float) -> None:
    _check("resting heart rate", resting, 20.0, 150.0)
    _check("maximal heart rate", maximal, resting + 10.0, 260.0)


def _check(what: str, value: float, least: float, most: float) -> None:
    if not (math.isfinite(value) and least <= value <= most):
        raise BadValue(
            f"A {what} of {value} is not possible.",
            advice=f"Correct it: it must lie between {least:g} and {most:g}.",
        )
