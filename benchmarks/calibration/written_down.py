"""What a simulated runner writes down: check-ins and runs, as the product reads them."""

from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from backstride.core.check_in import CheckIn
from backstride.core.records import CoveredSpan, Records
from backstride.core.run import Run
from backstride.core.scales import PainRating
from calibration.lives import Floats, Life, Runner, rated

FIRST_DAY = date(2026, 1, 5)
"""A Monday, so the first weekday of a life is 0."""
_MORNING, _RUN, _EVENING = time(7, 0), time(8, 30), time(21, 0)
"""A run soon after the rating: one that is hours old is no order that a verdict may rest on."""


def records_of(rng: np.random.Generator, person: Runner, life: Life, *, tier: str) -> Records:
    """Every run, most check-ins; tier C rates in the evening, after the run."""
    days = [FIRST_DAY + timedelta(days=t) for t in range(len(life.dose))]
    pain = _ratings(rng, person, life, looking_back=tier == "C")
    missed = rng.random(len(days)) < person.missing
    if person.oddity.missing_when_bad:
        worse = person.oddity.missing_when_bad * life.deviation + rng.standard_normal(len(days))
        missed = worse > np.quantile(worse, 1.0 - person.missing)
    missed[[0, -1]] = False
    ways = np.clip(np.rint([6.0, 5.5] + 2.0 * life.ways + 0.5 * rng.standard_normal(life.ways.shape)), 0, 10)
    clock = _EVENING if tier == "C" else _MORNING
    check_ins = [
        CheckIn(
            moment=_at(day, clock),
            pain=PainRating(float(pain[t])),
            mood=float(ways[t, 0]),
            confidence=float(ways[t, 1]),
            means_to_run=None if tier == "C" or np.isnan(life.intends[t]) else bool(life.intends[t]),
            drawn_to_run=None if np.isnan(life.drawn[t]) else bool(life.drawn[t]),
            source="simulated",
        )
        for t, day in enumerate(days)
        if not missed[t]
    ]
    runs = [
        Run(start=_at(day, _RUN), moving_s=1800.0 * float(life.dose[t]), source="simulated")
        for t, day in enumerate(days)
        if life.dose[t] > 0
    ]
    return Records(tuple(check_ins), tuple(runs), (), (CoveredSpan(days[0], days[-1], "simulated"),))


def _ratings(rng: np.random.Generator, person: Runner, life: Life, *, looking_back: bool) -> Floats:
    """Each day's rating as it was written down."""
    felt, odd = life.pain.copy(), person.oddity
    after = np.append(life.pain[1:], life.pain[-1])
    late = rng.random(len(felt)) < odd.late
    if looking_back:
        late[:] = True
    felt = np.where(late, 0.5 * (felt + after), felt) + life.rating_noise
    said = np.array([rated(f) for f in felt])
    return np.clip(2.0 * np.round(said / 2.0), 0, 10) if odd.even else said


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=UTC)
