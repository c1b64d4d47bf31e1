"""The true Deltas of a simulated person, in closed form and in plain code.

E[y]   = sum over j = 1..10 of Phi((mean eta - (j - 1/2)) / sd), a rating of 0-10 with floor and ceiling
week   = mean over 7 mornings, from the usual state
season = mean over mornings 57..84, from the last day
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import erf, sqrt

import numpy as np

from backstride.testing.life import Flags, Life
from backstride.testing.parameters import (
    SHARE_HABIT,
    SHARE_NEXT_DAY,
    SHARE_PATHWAYS,
    TAU_DAYS,
    WAYS,
    Floats,
    TrueParameters,
)

SEASON = slice(56, 84)
WEEK = slice(0, 7)
WEEKS_LOOKED_BACK = 8
_erf = np.vectorize(erf, otypes=[np.float64])
_CARRY = np.array([way.carry for way in WAYS.values()])
_DAILY_SD = np.array([way.daily_sd for way in WAYS.values()])
_PUSH = np.array([way.reach * (1.0 - way.carry) / 2.0 for way in WAYS.values()])


@dataclass(frozen=True, slots=True)
class State:
    """Where a person stands one morning: deviation, slow level, chronic load, pathways (6,)."""

    deviation: float
    level: float
    load: float
    pathways: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonTruth:
    """What is true of a simulated person; points of the rating, negative is less pain with running.

    Attributes:
        delta_week, delta_season: the true answers to the two questions.
        parts_week, parts_season: what of them runs through the next day, the habit, and each pathway.
        usual_dose: running a day of 'as usual', in units of 30 minutes.
        beta_now, beta_hab: points a unit of dose next morning, and a unit of chronic load.
        nature: every other constant.
    """

    delta_week: float
    delta_season: float
    parts_week: Mapping[str, float]
    parts_season: Mapping[str, float]
    usual_dose: float
    beta_now: float
    beta_hab: float
    nature: TrueParameters


def with_effect(nature: TrueParameters, *, strength: float, pathways: bool) -> TrueParameters:
    """`nature` with effects that move felt pain by `strength` points over a season of usual running.

    They are split 40 : 25 : 35 between next day, habit and pathways (8 : 5 without pathways).
    """
    weights = np.array([SHARE_NEXT_DAY, SHARE_HABIT, *(SHARE_PATHWAYS * way.share for way in WAYS.values())])
    if not pathways:
        weights[2:] = 0.0
    shift = nature.usual_dose * _unit_shifts(nature)[:, SEASON].mean(axis=1)
    now, habit, *delta = strength * weights / weights.sum() / shift
    return replace(nature, beta_now=float(now), beta_hab=float(habit), delta=np.array(delta))


def true_deltas(nature: TrueParameters, life: Life, *, first_weekday: int) -> PersonTruth:
    """Both Deltas of this person after this life, with their parts."""
    running = running_days(life)
    dose = float(life.dose[running].mean())
    now = State(float(life.deviation[-1]), float(life.level[-1]), float(life.load[-1]), life.pathways[-1])
    usual = State(0.0, now.level, float(life.load[running].mean()), life.pathways[running].mean(axis=0))
    weekday = (first_weekday + len(life.dose)) % 7
    week = _delta(nature, usual, dose, WEEK, weekday=weekday)
    season = _delta(nature, now, dose, SEASON, weekday=weekday)
    return PersonTruth(
        delta_week=week,
        delta_season=season,
        parts_week=_parts(nature, week, WEEK),
        parts_season=_parts(nature, season, SEASON),
        usual_dose=dose,
        beta_now=nature.beta_now,
        beta_hab=nature.beta_hab,
        nature=nature,
    )


def running_days(life: Life) -> Flags:
    """Which days lie in a running week of the last 8, counted back from the last day.

    A week that chance drew for rest is none, even if a run slipped in.
    """
    days = len(life.dose)
    running = np.zeros(days, dtype=bool)
    for week in range(WEEKS_LOOKED_BACK):
        span = slice(max(days - 7 * (week + 1), 0), max(days - 7 * week, 0))
        rest_was_drawn = life.drawn[span].size > 0 and bool((life.drawn[span] == 0.0).all())
        running[span] = bool(life.dose[span].any()) and not rest_was_drawn
    return running


def _delta(nature: TrueParameters, start: State, dose: float, days: slice, *, weekday: int) -> float:
    rest, spread = _moments_at_rest(nature, start, days=days.stop, weekday=weekday)
    run = rest + dose * _coefficients(nature) @ _unit_shifts(nature)[:, : days.stop]
    return float(np.mean((expected_rating(run, spread) - expected_rating(rest, spread))[days]))


def expected_rating(mean: Floats, spread: Floats) -> Floats:
    """E[y] of a rating whose felt pain plus noise is normal with this mean and sd; any shape."""
    z = (mean - (np.arange(1, 11)[:, None] - 0.5)) / spread
    return np.asarray(0.5 * (1.0 + _erf(z / sqrt(2.0))).sum(axis=0))


def _moments_at_rest(
    nature: TrueParameters, start: State, *, days: int, weekday: int
) -> tuple[Floats, Floats]:
    """Mean and sd of felt pain plus rating noise on mornings 1..days without any run.

    The noise of deviation and pathways goes through one linear system; the slow level adds its own steps.
    """
    forward = np.diag(np.concatenate(([nature.carry], _CARRY)))
    forward[0, 1:] = nature.delta * _CARRY
    into = np.diag(np.concatenate(([nature.daily_sd], _DAILY_SD)))
    into[0, 1:] = nature.delta * _DAILY_SD
    covariance = np.zeros_like(forward)
    load, state = start.load, np.concatenate(([start.deviation], start.pathways))
    means, spreads = np.zeros(days), np.zeros(days)
    for h in range(days):
        load -= load / TAU_DAYS
        more, now = load - nature.usual_dose, -nature.usual_dose
        state = forward @ state
        state[1:] += _PUSH * (more + now)
        state[0] += nature.delta @ (_PUSH * (more + now)) + nature.beta_now * now + nature.beta_hab * more
        state[0] += nature.weekday[(weekday + h) % 7]
        covariance = forward @ covariance @ forward.T + into @ into.T
        means[h] = start.level + state[0]
        spreads[h] = sqrt(covariance[0, 0] + (h + 1) * nature.level_step_sd**2 + nature.rating_sd**2)
    return means, spreads


def latent_effects(nature: TrueParameters, dose: float) -> tuple[float, float]:
    """Compute the effect of `dose` a day on felt pain over a week and a season, before floor and ceiling.

    Args:
        nature: the person's constants.
        dose: in units of 30 minutes, the same every day.
    """
    shift = dose * _coefficients(nature) @ _unit_shifts(nature)
    return float(shift[WEEK].mean()), float(shift[SEASON].mean())


def _coefficients(nature: TrueParameters) -> Floats:
    return np.array([nature.beta_now, nature.beta_hab, *nature.delta])


def _unit_shifts(nature: TrueParameters) -> Floats:
    """(8, 84) by how much one unit of dose a day moves felt pain, for a coefficient of 1 on each part."""
    load, pathways, shift = 0.0, np.zeros(len(WAYS)), np.zeros(2 + len(WAYS))
    shifts = np.zeros((len(shift), SEASON.stop))
    for h in range(SEASON.stop):
        load += (1.0 - load) / TAU_DAYS
        pathways = _CARRY * pathways + _PUSH * (load + 1.0)
        shift = nature.carry * shift + np.concatenate(([1.0, load], pathways))
        shifts[:, h] = shift
    return shifts


def _parts(nature: TrueParameters, delta: float, days: slice) -> dict[str, float]:
    """Each part's share of felt pain's shift, as a share of `delta`."""
    latent = _coefficients(nature) * _unit_shifts(nature)[:, days].mean(axis=1)
    share = latent / latent.sum() if latent.any() else latent
    names = ("next day", "habit", *(pathway.value for pathway in WAYS))
    return {name: delta * float(part) for name, part in zip(names, share, strict=True)}
