"""How a person's pain comes and goes, hour by hour: the body's own mechanisms, with and without running.

Everything has shape (lives,), so that one diary and a thousand futures use the same lines. What chance does is drawn
ahead (`Chance`), and is the same whether or not the person runs.

    felt = max(0, level + course + slow + spread fast + ache + gain adapted + flare
                  + stress + weather + poor sleep + weekday)

    fast      wanders within the day and forgets in about two days; heavy-tailed steps, by day and by night
    slow      wanders over months
    ache      0.35 of it is left a day later; each run adds `ache` points for 30 minutes, heavy work `heavy`
    adapted   two stages in a row, each half of `gain_days` long (a gamma-shaped delay): slow at first
    flare     an episode of 1 to 4 weeks; it comes by itself, or after runs
"""

from dataclasses import dataclass, fields, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Dose = Literal["linear", "saturating", "hump"]

DAY_HOURS, NIGHT_HOURS = 11.0, 13.0
"""From the morning's rating to the evening, and from there to the next morning."""
STRESS_KEEPS, SLEEP_KEEPS, WEATHER_KEEPS = 0.7, 0.3, 0.8
HUMP_MINUTES = 22.0
HEAVY_DAYS = 0.3
"""Share of days with heavy work."""
WORSE = 1.0
"""Points above the calm level from which a painkiller is taken."""
_TAIL = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The natural course: a peak that builds up within days and heals, beside everything else.

    Attributes:
        peak: points above the usual level at its worst.
        at: the day of the peak.
        rise_days, heal_days: time constants before and after it.
    """

    peak: float = 0.0
    at: float = 0.0
    rise_days: float = 7.0
    heal_days: float = 40.0

    def on(self, day: float) -> float:
        """Points above the usual level on `day`."""
        since = day - self.at
        return self.peak * float(np.exp(since / self.rise_days if since < 0 else -since / self.heal_days))


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """One person's body.

    Attributes:
        level: pain without running, points.
        fast_sd, fast_days: spread and memory of the wander within days.
        slow_sd, slow_days: the same over months.
        ache: points on the morning after 30 minutes of running; negative eases.
        gain: points for each 30 minutes a day of running that the body has adapted to; negative helps.
        gain_days: how long adapting takes.
        turns: share of the diary during which running did the opposite of what it does from then on.
        dose: how minutes count.
        flares: chance of a flare by itself, a day.
        flares_run: chance of a flare after 30 minutes of running.
        flare_days, flare_size: shortest and longest, smallest and largest.
        stress, weather, poor_sleep: points for one standard deviation.
        ache_late: the share of a run's ache that comes a morning later.
        heavy: points on the morning after a day of heavy work; they fade like an ache.
        medicine: points that a painkiller takes off, until the wander forgets it; taken on mornings a point worse.
        season: half the difference between the worst and the best time of the year.
        monday: points on the worst weekday; fades to its opposite half a week later.
        worst_weekday: 0 is the weekday of day 0.
        cold_day: the day on which the year's worst time falls.
    """

    level: float = 4.0
    course: Course = Course()
    fast_sd: float = 0.9
    fast_days: float = 2.0
    slow_sd: float = 0.35
    slow_days: float = 60.0
    ache: float = 0.0
    ache_keeps: float = 0.35
    ache_late: float = 0.0
    gain: float = 0.0
    gain_days: float = 28.0
    turns: float = 0.0
    dose: Dose = "linear"
    flares: float = 0.0
    flares_run: float = 0.0
    flare_days: tuple[float, float] = (7.0, 28.0)
    flare_size: tuple[float, float] = (2.0, 4.5)
    stress: float = 0.0
    weather: float = 0.0
    season: float = 0.0
    poor_sleep: float = 0.0
    heavy: float = 0.0
    medicine: float = 0.0
    monday: float = 0.0
    worst_weekday: float = 0.0
    cold_day: float = 0.0
    mood_noise: float = 0.4


@dataclass(frozen=True, slots=True)
class Chance:
    """What chance does to a body, drawn ahead; every array has shape (days, lives)."""

    day: Floats
    night: Floats
    slow: Floats
    stress: Floats
    weather: Floats
    sleep: Floats
    flare: Floats
    flare_days: Floats
    flare_size: Floats
    rating: Floats
    work: Floats


def draw_chance(rng: np.random.Generator, *, days: int, lives: int) -> Chance:
    """Chance for `days` days of `lives` lives."""
    shape = (days, lives)
    heavy = [rng.standard_t(_TAIL, shape) * np.sqrt((_TAIL - 2.0) / _TAIL) for _ in range(2)]
    normal = [rng.standard_normal(shape) for _ in range(4)]
    even = [rng.random(shape) for _ in range(3)]
    rating = rng.standard_normal(shape)
    work = (rng.spawn(1)[0].random(shape) < HEAVY_DAYS).astype(float)
    return Chance(*heavy, *normal, *even, rating=rating, work=work)


@dataclass(frozen=True, slots=True)
class State:
    """What a body carries from one moment to the next; every array has shape (lives,)."""

    fast: Floats
    slow: Floats
    ache: Floats
    to_come: Floats
    first: Floats
    adapted: Floats
    flare_left: Floats
    flare_whole: Floats
    flare_size: Floats
    stress: Floats
    weather: Floats
    sleep: Floats

    def repeated(self, lives: int) -> "State":
        """Return the same state, `lives` times."""
        return State(*(np.repeat(getattr(self, f.name)[:1], lives) for f in fields(self)))


def settled(rng: np.random.Generator, *, lives: int, load: float) -> State:
    """Return a state as it is met on any day of a person who runs `load` x 30 minutes a day."""
    z = rng.standard_normal((5, lives))
    none, used = np.zeros(lives), np.full(lives, load)
    return State(z[0], z[1], none, none, used, used, none, none, none, z[2], z[3], z[4])


def usual_start(state: State, rng: np.random.Generator, *, lives: int) -> State:
    """`state` with the wander within days as it is on any day, `lives` times."""
    return replace(state.repeated(lives), fast=rng.standard_normal(lives))


def felt(body: Body, state: State, day: int) -> Floats:
    """Pain as it is felt, points, 0 or more."""
    calm = (
        body.level + body.course.on(day) + body.slow_sd * state.slow + state.ache + body.gain * state.adapted
    )
    year = body.season * coldness(body, day)
    week = body.monday * np.cos(2 * np.pi * (day - body.worst_weekday) / 7.0)
    around = body.stress * state.stress + body.weather * state.weather - body.poor_sleep * state.sleep
    wander = body.fast_sd * (1.0 + 0.1 * (np.clip(calm, 0, 10) - 4.0)) * state.fast
    return np.maximum(calm + year + week + around + wander + flare_now(state), 0.0)


def flare_now(state: State) -> Floats:
    """Points that a flare adds now: there within a day, gone over its last third."""
    whole = np.maximum(state.flare_whole, 1.0)
    fading = np.clip(3.0 * state.flare_left / whole, 0.0, 1.0)
    return np.where(state.flare_left > 0, state.flare_size * fading, 0.0)


def through_the_day(body: Body, state: State, chance: Chance, t: int) -> State:
    """From the morning of day `t` to its evening."""
    relief = body.medicine / body.fast_sd * takes_medicine(body, state, t)
    return replace(state, fast=_wander(state.fast - relief, DAY_HOURS / 24.0 / body.fast_days, chance.day[t]))


def takes_medicine(body: Body, state: State, day: int) -> Floats:
    """1 on a morning on which a painkiller is taken, 0 on others."""
    return ((felt(body, state, day) > body.level + body.course.on(day) + WORSE) & (body.medicine > 0)).astype(
        float
    )


def coldness(body: Body, day: int) -> float:
    """Where in the year `day` falls: 1 at the worst time, -1 at the best."""
    return float(np.cos(2 * np.pi * (day - body.cold_day) / 365.0))


def through_the_night(body: Body, state: State, chance: Chance, t: int, minutes: Floats) -> State:
    """From the evening of day `t`, on which the person ran `minutes`, to the next morning."""
    load = dose(body, minutes)
    stage = 0.5 * body.gain_days
    first = state.first + (load - state.first) / stage
    left = np.maximum(state.flare_left - 1.0, 0.0)
    begins = (left <= 0) & (chance.flare[t] < body.flares + body.flares_run * minutes / 30.0)
    whole = np.rint(_between(body.flare_days, chance.flare_days[t]))
    return State(
        fast=_wander(state.fast, NIGHT_HOURS / 24.0 / body.fast_days, chance.night[t]),
        slow=_wander(state.slow, 1.0 / body.slow_days, chance.slow[t]),
        ache=body.ache_keeps * state.ache
        + (1.0 - body.ache_late) * body.ache * load
        + state.to_come
        + body.heavy * chance.work[t],
        to_come=body.ache_late * body.ache * load,
        first=first,
        adapted=state.adapted + (first - state.adapted) / stage,
        flare_left=np.where(begins, whole, left),
        flare_whole=np.where(begins, whole, state.flare_whole),
        flare_size=np.where(begins, _between(body.flare_size, chance.flare_size[t]), state.flare_size),
        stress=_kept(state.stress, STRESS_KEEPS, chance.stress[t]),
        weather=_kept(state.weather, WEATHER_KEEPS, chance.weather[t]),
        sleep=_kept(state.sleep, SLEEP_KEEPS, chance.sleep[t]),
    )


def dose(body: Body, minutes: Floats) -> Floats:
    """Return what `minutes` of running count for; 1 is 30 minutes where each minute counts alike."""
    if body.dose == "saturating":
        return (1.0 - np.exp(-minutes / 10.0)) / (1.0 - np.exp(-3.0))
    if body.dose == "hump":
        share = minutes / HUMP_MINUTES
        return np.maximum(share * (2.0 - share), -1.5)
    return minutes / 30.0


def honest(felt_now: Floats, body: Body, noise: Floats) -> Floats:
    """Return the whole number from 0 to 10 that a person would name for this pain."""
    return np.clip(np.rint(felt_now + body.mood_noise * noise), 0.0, 10.0)


def _wander(x: Floats, share: float, z: Floats) -> Floats:
    return _kept(x, float(np.exp(-share)), z)


def _kept(x: Floats, keeps: float, z: Floats) -> Floats:
    return keeps * x + np.sqrt(1.0 - keeps**2) * z


def _between(bounds: tuple[float, float], share: Floats) -> Floats:
    return bounds[0] + (bounds[1] - bounds[0]) * share
