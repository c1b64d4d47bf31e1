"""A life, day by day: felt pain, the slow level, six pathways, and each day's decision to run.

C[t+1]   = C[t] + (x[t] - C[t]) / tau
m[k,t+1] = carry[k] m[k,t] + push[k] (C[t+1] - usual + x[t] - usual) + noise,  push = reach (1 - carry) / 2
d[t+1]   = carry d[t] + beta_now (x[t] - usual) + beta_hab (C[t+1] - usual) + sum_k delta[k] m[k,t+1]
         + weekday + noise,   felt pain eta = mu + d
runs on day t  <=>  level - skip d[t] + weight intention[t] + noise > 0
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backstride.testing.parameters import TAU_DAYS, WAYS, Floats, PersonTier, TrueParameters

Flags = NDArray[np.bool_]
_CARRY = np.array([way.carry for way in WAYS.values()])
_DAILY_SD = np.array([way.daily_sd for way in WAYS.values()])
_PUSH = np.array([way.reach * (1.0 - way.carry) / 2.0 for way in WAYS.values()])
_LENGTH_SD = 0.25
_MAX_DOSE = 6.0  # units of dose: three hours
# chance of running when drawn to rest, and when drawn to run
_RUNS_WHEN_DRAWN = {"A-days": (0.05, 0.85), "A-weeks": (0.05, 0.75)}


@dataclass(frozen=True, slots=True)
class Noise:
    """All chance of one life, drawn beforehand, so that the same life can be lived with another effect.

    Attributes:
        level, pain, decision, intention, length: (days,) standard normal.
        pathways: (days, 6) standard normal.
    """

    level: Floats
    pain: Floats
    decision: Floats
    intention: Floats
    length: Floats
    pathways: Floats


@dataclass(frozen=True, slots=True)
class Life:
    """What really happened; every array has shape (days,), `pathways` (days, 6).

    Attributes:
        deviation: felt pain minus the slow level, each morning.
        level: the slow level.
        load: chronic load C.
        dose: running between this morning and the next, units of 30 minutes.
        intends: whether the person means to run, in the morning.
        drawn: 1 drawn to run, 0 drawn to rest, nan on own days.
    """

    deviation: Floats
    level: Floats
    load: Floats
    pathways: Floats
    dose: Floats
    intends: Flags
    drawn: Floats

    @property
    def pain(self) -> Floats:
        """Felt pain each morning, before any rating."""
        return self.level + self.deviation


def draw_noise(rng: np.random.Generator, *, days: int) -> Noise:
    """Draw all random noise of `days` days."""
    level, pain, decision, intention, length = rng.normal(size=(5, days))
    return Noise(level, pain, decision, intention, length, rng.normal(size=(days, len(WAYS))))


def draw_schedule(
    rng: np.random.Generator, *, days: int, tier: PersonTier, runs_a_week: float, block_weeks: int = 1
) -> Floats:
    """Draw the allocation of each day: some days of every week, or pairs of run and rest blocks.

    Args:
        rng: gives every draw.
        days: how many.
        tier: days or weeks drawn; others are days of one's own.
        runs_a_week: runs in a run week.
        block_weeks: weeks of a block, where weeks are drawn.

    Returns:
        (days,) 1 run, 0 rest, nan on own days.
    """
    if tier not in _RUNS_WHEN_DRAWN:
        return np.full(days, np.nan)
    drawn = np.zeros(days)
    runs = max(1, round(runs_a_week))
    run_week_first = False
    for week, start in enumerate(range(0, days, 7)):
        if week % (2 * block_weeks) == 0:
            run_week_first = bool(rng.random() < 0.5)
        rests = tier == "A-weeks" and run_week_first == bool(week // block_weeks % 2)
        chosen = start + rng.permutation(7)[:runs]
        if not rests:
            drawn[chosen[chosen < days]] = 1.0
    return drawn


def live(
    nature: TrueParameters, noise: Noise, drawn: Floats, *, tier: PersonTier, first_weekday: int
) -> Life:
    """Live all days of `noise` once."""
    days = len(drawn)
    level = nature.level + nature.level_step_sd * np.cumsum(noise.level)
    level -= nature.recovery * np.arange(days) / max(days - 1, 1)
    deviation, load, dose = np.zeros(days), np.full(days, nature.usual_dose), np.zeros(days)
    pathways, intends = np.zeros((days, len(WAYS))), np.zeros(days, dtype=bool)
    deviation[0] = nature.daily_sd * noise.pain[0]
    for t in range(days):
        if t > 0:
            load[t] = load[t - 1] + (dose[t - 1] - load[t - 1]) / TAU_DAYS
            more, now = load[t] - nature.usual_dose, dose[t - 1] - nature.usual_dose
            pathways[t] = _CARRY * pathways[t - 1] + _PUSH * (more + now) + _DAILY_SD * noise.pathways[t]
            pushed = nature.beta_now * now + nature.beta_hab * more + nature.delta @ pathways[t]
            chance = nature.weekday[(first_weekday + t) % 7] + nature.daily_sd * noise.pain[t]
            deviation[t] = nature.carry * deviation[t - 1] + pushed + chance
        intends[t] = nature.decision - nature.skip / 2.0 * deviation[t] + noise.intention[t] > 0.0
        inclined = _inclination(nature, bool(intends[t]), drawn[t], tier)
        if inclined - nature.skip * deviation[t] + noise.decision[t] > 0.0:
            log_dose = nature.log_length - nature.length_skip * deviation[t] + _LENGTH_SD * noise.length[t]
            dose[t] = min(float(np.exp(log_dose)), _MAX_DOSE)
    return Life(deviation, level, load, pathways, dose, intends, drawn)


def _inclination(nature: TrueParameters, intends: bool, drawn: float, tier: PersonTier) -> float:
    """Level of the decision on a day: the draw's on drawn days, else the person's own."""
    if np.isnan(drawn):
        return nature.decision + nature.intention_weight * (intends - 0.5)
    return nature.adherence(_RUNS_WHEN_DRAWN[tier][int(drawn)])
