"""What a person's own days can tell at best: the data-alone bound.

Somebody who knew how this body works (how fast pain forgets, how ache and adaptation run their course, how noisy its
ratings are) but not how large the effects are, would weigh the ratings by generalised least squares:

    y = level + ache a(t) + gain g(t) + e,   Cov(e) = the body's own wander, slow drift and rating noise
    Var(Delta) = c' (X' S^-1 X)^-1 c

No honest method without a prior is surer than this, so a share of verdicts below `power` says how much is lost, and a
goal above it cannot be reached from the data alone.
"""

from math import erfc, sqrt
from typing import NamedTuple

import numpy as np

from calibration.worlds.body import Body, Floats, dose
from calibration.worlds.life import SEASON_DAYS, SEASON_FROM, WEEK_DAYS, Life, usual_plan

SURE_SD = 1.645
CLEAR_OF_NOUGHT = 0.1
_ROUNDING = 1.0 / 12.0


class Bound(NamedTuple):
    """The least standard deviation of each Delta, points; infinite where the days cannot tell at all."""

    week: float
    season: float


def bound(body: Body, life: Life, *, missing: float, seed: list[int]) -> Bound:
    """Return the bound of one diary.

    Args:
        body: its noise and its time constants; its effects do not matter.
        life: the days as they were run.
        missing: share of mornings without a rating, left out by chance.
        seed: of that chance.
    """
    days = len(life.minutes)
    there = np.random.default_rng([*seed, 11]).random(days) >= missing
    load = dose(body, life.minutes)
    courses = [
        np.ones(days),
        *_responses(body, load, started=float(load[: max(int(body.gain_days), 1)].mean())),
    ]
    x = np.column_stack(courses)[there]
    t = np.arange(days)[there]
    apart = np.abs(t[:, None] - t[None, :])
    noise = body.fast_sd**2 * np.exp(-apart / body.fast_days) + body.slow_sd**2 * np.exp(
        -apart / body.slow_days
    )
    noise += np.eye(len(t)) * (body.mood_noise**2 + _ROUNDING)
    information = x.T @ np.linalg.solve(noise, x)
    found = [_sd(information, c) for c in _contrasts(body, life)]
    return Bound(*found)


def power(truth: float, sd: float) -> float:
    """P(a flat-prior posterior is sure, at 95 %, of an effect beyond 0.1 points on the truth's side)."""
    if not np.isfinite(sd) or sd <= 0:
        return 0.0
    z = (abs(truth) - CLEAR_OF_NOUGHT) / sd - SURE_SD
    return 0.5 * erfc(-z / sqrt(2.0))


def _responses(body: Body, load: Floats, *, started: float) -> tuple[Floats, Floats]:
    """Ache and adaptation on each morning, for one point each."""
    ache, adapted = np.zeros(len(load)), np.zeros(len(load))
    now, to_come, first, second = 0.0, 0.0, started, started
    stage = 0.5 * body.gain_days
    for t, today in enumerate(load):
        ache[t], adapted[t] = now, second
        now, to_come = (
            body.ache_keeps * now + (1.0 - body.ache_late) * today + to_come,
            body.ache_late * today,
        )
        first += (today - first) / stage
        second += (first - second) / stage
    return ache, adapted


def _contrasts(body: Body, life: Life) -> tuple[Floats, Floats]:
    """Return what one point of ache and of gain adds to each Delta: runs as usual less none."""
    a_week, minutes = usual_plan(life)
    load = a_week / 7.0 * float(dose(body, np.array([minutes]))[0]) if a_week else 0.0
    week = _responses(body, np.zeros(WEEK_DAYS + 1), started=load)
    # the ache of the usual state fades in the arm without runs, and is kept in the other
    usual_ache = load / (1.0 - body.ache_keeps)
    left = body.ache_keeps ** np.arange(WEEK_DAYS + 1)
    fades = usual_ache * (1.0 - left[1:]) - body.ache_late * load * left[:-1]
    ache, adapted = _responses(body, np.full(SEASON_DAYS + 1, load), started=0.0)
    return (
        np.array([0.0, float(fades.mean()), float((load - week[1][1:]).mean())]),
        np.array([0.0, float(ache[SEASON_FROM + 1 :].mean()), float(adapted[SEASON_FROM + 1 :].mean())]),
    )


def _sd(information: Floats, c: Floats) -> float:
    if not np.any(c):
        return float("inf")
    try:
        return float(np.sqrt(max(c @ np.linalg.solve(information, c), 0.0)))
    except np.linalg.LinAlgError:
        return float("inf")
