"""People with a known truth: records on one side, the true Deltas on the other."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np

from backstride.core.records import Records
from backstride.errors import BadValue
from backstride.testing.fit_file import write_fit
from backstride.testing.life import Life, Noise, draw_noise, draw_schedule, live
from backstride.testing.observation import observe
from backstride.testing.parameters import Floats, PersonTier, TrueParameters, sample_parameters
from backstride.testing.truth import PersonTruth, running_days, true_deltas, with_effect

_MIN_DAYS = 14
_CLOSE_ENOUGH = 1e-4
_STRONGEST = 12.0
_ATTEMPTS, _ROUNDS = 20, 30


@dataclass(frozen=True, slots=True)
class _Wish:
    effect: float
    pathways: bool
    tier: PersonTier
    first_weekday: int


@dataclass(frozen=True, slots=True)
class Person:
    """One simulated person: what they wrote down, what is true of them, and the life they led."""

    records: Records
    truth: PersonTruth
    life: Life
    zone: ZoneInfo


def make_person(
    *,
    seed: int,
    first_day: date,
    days: int = 180,
    effect_season: float = -1.0,
    skip_on_bad_days: float = 0.8,
    rating_noise: float = 0.6,
    missing: float = 0.15,
    runs_a_week: float = 3.0,
    tier: PersonTier = "B",
    recovery: float = 0.0,
    pathways: bool = True,
    zone: str = "Europe/Berlin",
    block_weeks: int = 1,
) -> Person:
    """Simulate a person whose true Delta_season is `effect_season` points (within 1e-4).

    Args:
        seed: the same seed makes the same person.
        first_day: the first day of the diary.
        days: its length, at least 14.
        effect_season: the true Delta_season; 0 makes all effects 0.
        skip_on_bad_days: how much a point of felt pain counts against running, in probit units.
        rating_noise: sd of a rating around the felt pain, before rounding.
        missing: share of check-ins that are missing.
        runs_a_week: runs in an average week (a run week, where weeks are drawn).
        tier: days drawn, weeks drawn, morning-first, or looking back in the evening.
        block_weeks: weeks of a block, where weeks are drawn.
        recovery: points by which pain falls by itself over the diary.
        pathways: whether a part of the effect runs through the pathways.
        zone: where the person lives.

    Raises:
        BadValue: a wish that no person can fulfil.
    """
    if days < _MIN_DAYS or not 0.0 <= missing < 1.0:
        raise BadValue(
            f"A diary of {days} days with {missing:.0%} missing cannot be made up.",
            advice=f"Ask for at least {_MIN_DAYS} days, and for a share missing from 0 to below 1.",
        )
    for attempt in range(_ATTEMPTS):
        rng = np.random.default_rng((seed, attempt))
        nature = sample_parameters(
            rng,
            skip_on_bad_days=skip_on_bad_days,
            rating_noise=rating_noise,
            runs_a_week=runs_a_week,
            recovery=recovery,
        )
        drawn = draw_schedule(rng, days=days, tier=tier, runs_a_week=runs_a_week, block_weeks=block_weeks)
        wish = _Wish(effect_season, pathways, tier, first_day.weekday())
        found = _live_with_effect(nature, draw_noise(rng, days=days), drawn, wish)
        if found is not None:
            life, truth = found
            place = ZoneInfo(zone)
            records = observe(
                rng, truth.nature, life, tier=tier, missing=missing, first_day=first_day, zone=place
            )
            return Person(records, truth, life, place)
    raise BadValue(
        f"An effect of {effect_season:g} points over a season is out of reach for such a person.",
        advice="Ask for an effect between -2.5 and 2.5 points, and for at least one run a week.",
    )


def person_as_fit(person: Person) -> dict[str, bytes]:
    """Encode the person's runs as FIT files: file name -> content."""
    return {f"run-{run.start:%Y-%m-%d-%H%M}.fit": write_fit(run) for run in person.records.runs}


def _live_with_effect(
    nature: TrueParameters, noise: Noise, drawn: Floats, wish: _Wish
) -> tuple[Life, PersonTruth] | None:
    """Live the life again and again until the effect that it was lived with gives the wished Delta.

    An effect moves pain, pain moves the runs, and the runs move what 'as usual' means: hence the rounds. None
    where they go in circles, because one day's decision flips back and forth.
    """
    strength = wish.effect
    for _ in range(_ROUNDS):
        person = with_effect(nature, strength=strength, pathways=wish.pathways)
        life = live(person, noise, drawn, tier=wish.tier, first_weekday=wish.first_weekday)
        if not running_days(life).any():
            return None
        truth = true_deltas(person, life, first_weekday=wish.first_weekday)
        if abs(truth.delta_season - wish.effect) < _CLOSE_ENOUGH:
            return life, truth
        strength *= wish.effect / truth.delta_season
        if not abs(strength) < _STRONGEST:
            return None
    return None
