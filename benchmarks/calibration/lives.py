"""Lives of simulated runners, day by day, written apart from the model and from `backstride.testing`.

u[t+1]   = 0.8 u[t] + noise                                                   sleep and stress, where they act
C[t+1]   = C[t] + (g(x[t]) - C[t]) / tau                                      g(x) = x, or one that saturates
m[k,t+1] = carry m[k,t] + pull (g(x[t]) - usual) + noise                      mood, confidence in moving
d[t+1]   = carry d[t] + now (g(x[t]) - usual) + habit (C[t+1] - usual) + delta m[t+1] + weekday + u + noise
pain     = level + d;     runs on day t  <=>  inclined - skip d[t] + weekday - u + noise > 0
"""

from dataclasses import dataclass, field, replace
from math import exp, log, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Tier = str
TIERS: tuple[Tier, ...] = ("A-days", "A-weeks", "B", "C")
MINUTES_A_UNIT = 30.0
WAYS = 2
_STRESS_CARRY = 0.8
_MAX_DOSE = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Oddity:
    """What a life holds that the model does not know of; the default is nothing.

    Attributes:
        weekday: sd of weekday habits of pain (points) and of running (probit units).
        heavy_tails: daily noise of Student's t with 3 degrees of freedom, and a jump of 2-4 points every 6 weeks.
        by_rating: the decision follows the rating that was written down, not the felt pain.
        stress: points of pain, and probit units against running, of an AR(1) of sd 1 that nobody records.
        saturates: a run beyond 20 minutes adds next to nothing.
        even: ratings are rounded to even numbers.
        late: share of mornings filled in a day later, with half of that day's pain in them.
        begins: running begins a third of the way, after mornings alone.
        from_peak: it begins at the peak of an episode that heals by itself.
        missing_when_bad: probit units by which a point of pain makes a missing check-in likelier.
        half_kept: the draw is kept on 70 % of days, less on bad ones.
        tau: days over which habit builds up.
    """

    weekday: float = 0.1
    heavy_tails: bool = False
    by_rating: bool = False
    stress: float = 0.0
    saturates: bool = False
    even: bool = False
    late: float = 0.0
    begins: bool = False
    from_peak: bool = False
    missing_when_bad: float = 0.0
    half_kept: bool = False
    tau: float = 28.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """Constants of one person; points of pain and days unless said.

    Attributes:
        level, level_step, recovery: slow level at first, sd of its daily step, and what heals by itself.
        carry, daily_sd, rating_sd: of the day's deviation, its noise, and the noise of rating it.
        skip, inclined: probit units against running a point of pain; inclination on a usual day.
        length_skip: log minutes a point of pain.
        runs_a_week, usual: as planned; `usual` is the mean dose a day that effects are told relative to.
        missing: share of missing check-ins.
        on_pain, on_running: (7,) weekday habits.
        way_carry, way_pull, way_sd: (2,) of mood and confidence, in steps of 2 points of their ratings.
        now, habit, delta: effects of running; delta (2,).
        oddity: what the model does not know.
    """

    level: float
    level_step: float
    recovery: float
    carry: float
    daily_sd: float
    rating_sd: float
    skip: float
    inclined: float
    length_skip: float
    runs_a_week: float
    usual: float
    missing: float
    on_pain: Floats
    on_running: Floats
    way_carry: Floats = field(default_factory=lambda: np.array([0.5, 0.8]))
    way_pull: Floats = field(default_factory=lambda: np.array([0.3, 0.14]))
    way_sd: Floats = field(default_factory=lambda: np.array([0.45, 0.3]))
    now: float = 0.0
    habit: float = 0.0
    delta: Floats = field(default_factory=lambda: np.zeros(WAYS))
    oddity: Oddity = field(default_factory=Oddity)

    def felt_dose(self, x: Floats | float) -> Floats | float:
        """g(x): what the back feels of a dose."""
        return 0.6 * (1.0 - np.exp(-np.asarray(x) / 0.3)) if self.oddity.saturates else x

    @property
    def felt_usual(self) -> float:
        """What the back feels of the planned runs, a day."""
        return self.runs_a_week / 7.0 * float(self.felt_dose(self.usual * 7.0 / self.runs_a_week))


@dataclass(frozen=True, slots=True)
class Life:
    """What happened, (days,) each; ways (days, 2). `drawn` is nan on own days, `intends` nan where not asked."""

    deviation: Floats
    level: Floats
    load: Floats
    ways: Floats
    stress: Floats
    dose: Floats
    drawn: Floats
    intends: Floats
    rating_noise: Floats

    @property
    def pain(self) -> Floats:
        """Felt pain each morning."""
        return self.level + self.deviation


@dataclass(frozen=True, slots=True)
class Chance:
    """All chance of one life, so that it can be lived again with another effect; (days,) or (days, 2)."""

    pain: Floats
    level: Floats
    stress: Floats
    decision: Floats
    intention: Floats
    length: Floats
    rating: Floats
    ways: Floats
    drawn: Floats


def draw_runner(rng: np.random.Generator, oddity: Oddity) -> Runner:
    """Return a person on whom running has no effect."""
    runs = float(rng.uniform(2.5, 4.0))
    weekday = rng.normal(0.0, 1.0, (2, 7))
    weekday -= weekday.mean(axis=1, keepdims=True)
    person = Runner(
        level=float(rng.uniform(3.5, 6.0)),
        level_step=float(rng.uniform(0.01, 0.05)),
        recovery=1.5 if oddity.from_peak else float(rng.uniform(0.0, 1.0)),
        carry=float(rng.uniform(0.25, 0.55)),
        daily_sd=float(rng.uniform(0.7, 1.1)),
        rating_sd=float(rng.uniform(0.4, 0.9)),
        skip=float(rng.uniform(0.3, 1.2)),
        inclined=0.0,
        length_skip=float(rng.uniform(0.0, 0.12)),
        runs_a_week=runs,
        usual=runs * float(rng.uniform(25.0, 40.0)) / MINUTES_A_UNIT / 7.0,
        missing=float(rng.uniform(0.1, 0.3)),
        on_pain=oddity.weekday * weekday[0],
        on_running=3.0 * oddity.weekday * weekday[1],
        oddity=oddity,
    )
    return replace(person, inclined=_kept(person, runs / 7.0))


def _kept(person: Runner, chance: float) -> float:
    """Return the inclination at which an average morning ends in a run with this chance."""
    spread = person.daily_sd / sqrt(1.0 - person.carry**2)
    return NormalDist().inv_cdf(chance) * sqrt(1.0 + (person.skip * spread) ** 2)


def with_effect(person: Runner, strength: float, split: Floats) -> Runner:
    """`person` with effects of about `strength` points a season; split (4,): now, habit, mood, confidence."""
    stays = 1.0 / (1.0 - person.carry)
    shift = person.felt_usual * stays * np.array([1.0, 1.0, *(person.way_pull / (1.0 - person.way_carry))])
    now, habit, *delta = strength * split / shift
    return replace(person, now=float(now), habit=float(habit), delta=np.array(delta))


def draw_chance(rng: np.random.Generator, person: Runner, *, days: int, tier: Tier) -> Chance:
    """Return the chance of `days` days."""
    pain = rng.standard_normal(days)
    if person.oddity.heavy_tails:
        pain = rng.standard_t(3, days) / 1.3
        pain += np.where(rng.random(days) < 1 / 42, rng.uniform(2.0, 4.0, days) / person.daily_sd, 0.0)
    rest = rng.standard_normal((6, days))
    return Chance(pain, *rest, rng.standard_normal((days, WAYS)), _draw(rng, person, days, tier))


def _draw(rng: np.random.Generator, person: Runner, days: int, tier: Tier) -> Floats:
    """Return what chance drew for each day: some days of each week; or pairs of a run week and a rest week."""
    if not tier.startswith("A"):
        return np.full(days, np.nan)
    drawn = np.zeros(days)
    swapped = rng.random(days // 14 + 1) < 0.5
    for week in range(-(-days // 7)):
        here = np.arange(7 * week, min(7 * week + 7, days))
        run_days = rng.permutation(7)[: max(1, round(person.runs_a_week))]
        if tier == "A-days" or (week % 2 == 1) == swapped[week // 2]:
            drawn[here[np.isin(here % 7, run_days)]] = 1.0
    return drawn


def live(person: Runner, chance: Chance, *, first_weekday: int) -> Life:
    """Live all days once."""
    days, odd = len(chance.pain), person.oddity
    level = _levels(person, chance)
    d, load, stress, dose = (np.zeros(days) for _ in range(4))
    ways, intends, drawn = np.zeros((days, WAYS)), np.full(days, np.nan), chance.drawn.copy()
    starts = _peak(days) if odd.begins or odd.from_peak else 0
    load[0] = 0.0 if starts else person.felt_usual
    d[0], stress[0] = person.daily_sd * chance.pain[0], chance.stress[0]
    drawn[:starts] = np.nan
    for t in range(days):
        weekday = (first_weekday + t) % 7
        if t > 0:
            felt = float(person.felt_dose(dose[t - 1]))
            load[t] = load[t - 1] + (felt - load[t - 1]) / odd.tau
            more = felt - person.felt_usual
            ways[t] = person.way_carry * ways[t - 1] + person.way_pull * more + person.way_sd * chance.ways[t]
            stress[t] = _STRESS_CARRY * stress[t - 1] + sqrt(1 - _STRESS_CARRY**2) * chance.stress[t]
            d[t] = person.carry * d[t - 1] + person.now * more + person.habit * (load[t] - person.felt_usual)
            d[t] += (
                person.delta @ ways[t] + person.on_pain[weekday] + odd.stress * stress[t] * (1 - person.carry)
            )
            d[t] += person.daily_sd * chance.pain[t]
        feels = d[t]
        if odd.by_rating:
            feels = rated(level[t] + d[t] + person.rating_sd * chance.rating[t]) - level[t]
        against = person.skip * feels + odd.stress * stress[t] - person.on_running[weekday]
        z, intends[t] = _inclination(person, chance, t, drawn[t], against)
        if t >= starts and z + chance.decision[t] > 0.0:
            length = log(person.usual * 7.0 / person.runs_a_week) - person.length_skip * d[t]
            dose[t] = min(exp(length + 0.25 * chance.length[t]), _MAX_DOSE)
    return Life(d, level, load, ways, stress, dose, drawn, intends, person.rating_sd * chance.rating)


def rated(felt: float) -> float:
    """Return a rating of 0-10 in whole points."""
    return min(max(float(round(felt)), 0.0), 10.0)


def _peak(days: int) -> int:
    return int(0.35 * days)


def _levels(person: Runner, chance: Chance) -> Floats:
    """Return a slow random walk, and what heals by itself; an episode peaks a third of the way and then heals."""
    days = len(chance.level)
    walk = person.level + person.level_step * np.cumsum(chance.level)
    t = np.arange(days)
    if person.oddity.from_peak:
        since = t - _peak(days)
        return walk + person.recovery * np.exp(-np.abs(since) / np.where(since < 0, 10.0, 25.0))
    return walk - person.recovery * (1.0 - np.exp(-t / 60.0))


def _inclination(person: Runner, chance: Chance, t: int, drawn: float, against: float) -> tuple[float, float]:
    """Return what speaks for running today, and the intention where it was asked (own days)."""
    if np.isnan(drawn):
        intends = person.inclined - against / 2.0 + chance.intention[t] > 0.0
        return person.inclined - against + (0.5 if intends else -0.5), float(intends)
    keeps = 0.75 if person.oddity.half_kept else 0.87
    moved = 2.0 * against if person.oddity.half_kept else against
    return _kept(person, keeps if drawn > 0 else (1.0 - keeps) / 2.0) - moved, np.nan
