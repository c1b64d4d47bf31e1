"""What a simulated person is like: every constant of the story their days are told by."""

from dataclasses import dataclass, replace
from math import hypot, log, sqrt
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from backstride.core.measurement import Pathway
from backstride.errors import BadValue

Floats = NDArray[np.float64]
PersonTier = Literal["A-days", "A-weeks", "B", "C"]

TAU_DAYS = 28.0
MINUTES_A_RUN = 32.0
MINUTES_A_UNIT = 30.0
SHARE_NEXT_DAY, SHARE_HABIT, SHARE_PATHWAYS = 0.40, 0.25, 0.35


@dataclass(frozen=True, slots=True)
class PathwayDynamics:
    """How one pathway lives, in standard units (2 points of a rating, 2 kg, 30 % of a hold time, 3 cm).

    Attributes:
        carry: share of a day's value that stays until the next.
        reach: what one unit of dose a day for ever would change.
        daily_sd: sd of the daily noise.
        share: its part of all that runs through pathways.
    """

    carry: float
    reach: float
    daily_sd: float
    share: float


WAYS: dict[Pathway, PathwayDynamics] = {
    Pathway.CORE: PathwayDynamics(0.97, 0.7, 0.05, 0.15),
    Pathway.WEIGHT: PathwayDynamics(0.985, -0.5, 0.05, 0.08),
    Pathway.LIFESTYLE: PathwayDynamics(0.50, -0.4, 0.40, 0.08),
    Pathway.MOOD: PathwayDynamics(0.50, 0.6, 0.45, 0.30),
    Pathway.TIGHTNESS: PathwayDynamics(0.50, -0.5, 0.40, 0.12),
    Pathway.CONFIDENCE: PathwayDynamics(0.80, 0.7, 0.30, 0.27),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueParameters:
    """Constants of one person; points of pain unless said, time in days.

    Attributes:
        level: the slow level on the first day, at the person's usual running.
        level_step_sd: sd of its daily step.
        recovery: points by which it falls over the diary, steadily.
        carry: share of a day's deviation from the level that stays until the next.
        daily_sd, rating_sd: noise of the pain itself, and of rating it.
        weekday: (7,) Monday first.
        decision: level of the decision to run, at usual pain, probit units.
        skip: how much a point of felt pain counts against running, probit units.
        intention_weight: how much 'I mean to run' counts for it, probit units.
        length_skip: by how much a point of pain shortens a run, in log minutes.
        usual_dose: mean running a day as planned, in units of 30 minutes; effects are told relative to it.
        beta_now, beta_hab: points next morning a unit of dose, and a unit of chronic load.
        delta: (6,) points a unit of each pathway, in the order of `WAYS`.
    """

    level: float
    level_step_sd: float
    recovery: float
    carry: float
    daily_sd: float
    rating_sd: float
    weekday: Floats
    decision: float
    skip: float
    intention_weight: float
    length_skip: float
    usual_dose: float
    beta_now: float
    beta_hab: float
    delta: Floats

    @property
    def spread(self) -> float:
        """Sd of the deviation of felt pain from its level, effects of running apart."""
        return self.daily_sd / sqrt(1.0 - self.carry**2)

    def adherence(self, chance_on_a_usual_day: float) -> float:
        """Level of the decision at which a draw is kept with this chance, over all mornings."""
        return NormalDist().inv_cdf(chance_on_a_usual_day) * hypot(1.0, self.skip * self.spread)

    @property
    def log_length(self) -> float:
        """Log dose of a usual run."""
        return log(MINUTES_A_RUN / MINUTES_A_UNIT)


def sample_parameters(
    rng: np.random.Generator,
    *,
    skip_on_bad_days: float,
    rating_noise: float,
    runs_a_week: float,
    recovery: float,
) -> TrueParameters:
    """Sample the parameters of a person without any effect of running; `effects` adds one.

    Raises:
        BadValue: a noise below 0, or a number of runs that no week holds.
    """
    if not 0.0 < runs_a_week <= 6.5:
        raise BadValue(f"{runs_a_week} runs a week are not possible.", advice="Ask for 0.5 to 6.5.")
    if rating_noise < 0.0:
        raise BadValue("Rating noise cannot be negative.", advice="Ask for 0 or more.")
    weekday = rng.normal(0.0, 0.1, 7)
    person = TrueParameters(
        level=float(rng.uniform(2.8, 5.2)) + max(recovery, 0.0) / 2.0,
        level_step_sd=float(rng.uniform(0.01, 0.06)),
        recovery=recovery,
        carry=float(rng.uniform(0.25, 0.55)),
        daily_sd=float(rng.uniform(0.7, 1.1)),
        rating_sd=rating_noise,
        weekday=weekday - weekday.mean(),
        decision=0.0,
        skip=skip_on_bad_days,
        intention_weight=1.0,
        length_skip=0.1 * skip_on_bad_days,
        usual_dose=runs_a_week * MINUTES_A_RUN / MINUTES_A_UNIT / 7.0,
        beta_now=0.0,
        beta_hab=0.0,
        delta=np.zeros(len(WAYS)),
    )
    return replace(person, decision=_decision_level(person, runs_a_week))


def _decision_level(person: TrueParameters, runs_a_week: float) -> float:
    """Find the level at which an average week holds `runs_a_week` runs, by bisection over a grid of mornings."""
    normal = NormalDist()
    mornings = [person.spread * normal.inv_cdf((i + 0.5) / 60) for i in range(60)]

    def rate(level: float) -> float:
        total = 0.0
        for d in mornings:
            intends = normal.cdf(level - person.skip / 2.0 * d)
            for sign, chance in ((0.5, intends), (-0.5, 1.0 - intends)):
                total += chance * normal.cdf(level + person.intention_weight * sign - person.skip * d)
        return total / len(mornings)

    low, high = -10.0, 10.0
    for _ in range(40):
        middle = (low + high) / 2.0
        low, high = (low, middle) if rate(middle) > runs_a_week / 7.0 else (middle, high)
    return (low + high) / 2.0
