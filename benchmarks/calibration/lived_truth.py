"""What running really does to a simulated runner: both arms lived many times with the same chance.

Delta_week from the usual state, Delta_season from the last day, in points of an ordinary whole-point rating.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from calibration.lives import (
    WAYS,
    Chance,
    Floats,
    Life,
    Oddity,
    Runner,
    draw_chance,
    draw_runner,
    live,
    with_effect,
)

LIVES, LIVES_OF_A_TRY = 600, 150
"""Both arms share their chance, so 600 lives give both Deltas within about 0.02 (standard error)."""
CLOSE_ENOUGH, CLOSE_TRY = 0.1, 0.03
_ROUNDS, _STRONGEST = 8, 8.0
_WEEK, _SEASON = (0, 7), (56, 84)


class Lived(NamedTuple):
    """One simulated runner: constants, life, and the true Deltas."""

    person: Runner
    life: Life
    week: float
    season: float


def lived_with(
    rng: np.random.Generator, *, season: float, days: int, tier: str, oddity: Oddity, first_weekday: int
) -> Lived:
    """Return a runner whose true Delta_season is `season` within 0.1; pass over who cannot have such an effect."""
    while True:
        person = draw_runner(rng, oddity)
        chance = draw_chance(rng, person, days=days, tier=tier)
        split, future = rng.dirichlet([2.0, 2.0, 1.0, 1.0]), int(rng.integers(1 << 32))
        found = _search(person, chance, season, split, future, first_weekday)
        if found is not None:
            return found


def _search(
    person: Runner, chance: Chance, season: float, split: Floats, future: int, first_weekday: int
) -> Lived | None:
    """Return an effect moves pain, pain moves the runs, and the runs move 'as usual': hence the rounds."""
    strength = season
    for _ in range(_ROUNDS):
        mine = with_effect(person, strength, split)
        life = live(mine, chance, first_weekday=first_weekday)
        if np.sum(life.dose > 0) < 8 or not running(life).any():
            return None
        if season == 0.0:
            return Lived(mine, life, 0.0, 0.0)
        _, got = true_deltas(mine, life, np.random.default_rng(future), lives=LIVES_OF_A_TRY)
        if abs(got - season) < CLOSE_TRY:
            week, got = true_deltas(mine, life, np.random.default_rng([future, 1]), lives=LIVES)
            return Lived(mine, life, week, got) if abs(got - season) < CLOSE_ENOUGH else None
        strength *= season / got if got * season > 0 else 2.0
        if abs(strength) > _STRONGEST:
            return None
    return None


def running(life: Life) -> NDArray[np.bool_]:
    """Days of the running weeks of the last eight, from the last day back; weeks drawn for rest are none."""
    days = len(life.dose)
    out = np.zeros(days, dtype=bool)
    for end in range(days, max(days - 56, 0), -7):
        week = slice(max(end - 7, 0), end)
        drawn = life.drawn[week]
        rest = bool(np.any(drawn == 0)) and not np.any(drawn == 1)
        out[week] = bool(np.any(life.dose[week] > 0)) and not rest
    return out


def true_deltas(
    person: Runner, life: Life, rng: np.random.Generator, *, lives: int = LIVES
) -> tuple[float, float]:
    """(Delta_week, Delta_season) of runs as usual against none."""
    usual = running(life)
    ran = life.dose[usual] > 0
    a_day, each = float(ran.mean()), float(life.dose[usual][ran].mean())
    now = life.level[-1]
    week = _contrast(
        person, rng, _WEEK, a_day, each, lives, (0.0, now, life.load[usual].mean(), life.ways[usual].mean(0))
    )
    last = (life.deviation[-1], now, life.load[-1], life.ways[-1])
    return week, _contrast(person, rng, _SEASON, a_day, each, lives, last)


def _contrast(
    person: Runner,
    rng: np.random.Generator,
    mornings: tuple[int, int],
    a_day: float,
    each: float,
    lives: int,
    start: tuple[float, float, float, Floats],
) -> float:
    """Mean of E[y | runs] - E[y | none]: run days evenly over the week, their first day left to chance."""
    first, last = mornings
    d0, level0, load0, ways0 = start
    phase = rng.random(lives)
    level = level0 + person.level_step * np.cumsum(rng.standard_normal((last, lives)), axis=0)
    pain, rating = rng.standard_normal((2, last, lives))
    if person.oddity.heavy_tails:
        pain = rng.standard_t(3, (last, lives)) / 1.3
    noise = rng.standard_normal((last, lives, WAYS))
    d = np.full((2, lives), d0)
    load = np.full((2, lives), load0)
    ways = np.tile(ways0, (2, lives, 1))
    total = 0.0
    for h in range(last):
        runs = np.floor(a_day * (h + 1) + phase) > np.floor(a_day * h + phase)
        felt = np.asarray(person.felt_dose(np.stack([each * runs, np.zeros(lives)])))
        more = felt - person.felt_usual
        load += (felt - load) / person.oddity.tau
        ways = person.way_carry * ways + person.way_pull * more[:, :, None] + person.way_sd * noise[h]
        d = person.carry * d + person.now * more + person.habit * (load - person.felt_usual)
        d += ways @ person.delta + person.daily_sd * pain[h]
        if h >= first:
            said = np.clip(np.round(level[h] + d + person.rating_sd * rating[h]), 0, 10)
            total += float((said[0] - said[1]).mean())
    return total / (last - first)
