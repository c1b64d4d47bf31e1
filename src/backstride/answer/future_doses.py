"""What a person runs in the coming year under each design: days as now; days, weeks or blocks drawn by chance."""

import numpy as np

from backstride.answer.design import USUAL_DAYS, Design
from backstride.model.arrays import Floats

HORIZON = 365
RUNS_A_WEEK = 3


def future_doses(design: Design, rng: np.random.Generator) -> dict[str, Floats]:
    """Return the future doses under each design, (HORIZON,) each, in units of 30 minutes."""
    return {
        "own_days": _future_own(design),
        "days_drawn": _future_days(design, rng),
        "weeks_drawn": _future_blocks(design, 1, rng),
        "two_week_blocks": _future_blocks(design, 2, rng),
        "four_week_blocks": _future_blocks(design, 4, rng),
    }


def _future_own(design: Design) -> Floats:
    """Repeat the doses of the last eight weeks."""
    # eight weeks: long enough for a rhythm of two weeks, short enough to be today's habit
    dose = np.nan_to_num(design.series.dose[-USUAL_DAYS:], nan=design.mean_dose)
    return np.resize(dose, HORIZON)


def _future_days(design: Design, rng: np.random.Generator) -> Floats:
    """Three of seven days each week, as much a week as usual."""
    week = np.repeat([7.0 * design.usual_dose / RUNS_A_WEEK, 0.0], [RUNS_A_WEEK, 7 - RUNS_A_WEEK])
    return np.concatenate([rng.permutation(week) for _ in range(HORIZON // 7 + 1)])[:HORIZON]


def _future_blocks(design: Design, weeks: int, rng: np.random.Generator) -> Floats:
    """Pairs of blocks of so many weeks, one of running as usual and one of rest, in random order."""
    week = np.zeros(7)
    week[[0, 2, 4]] = 7.0 * design.usual_dose / RUNS_A_WEEK
    run, rest = np.tile(week, weeks), np.zeros(7 * weeks)
    pairs = []
    for _ in range(0, HORIZON, 14 * weeks):
        pairs += [run, rest] if rng.random() < 0.5 else [rest, run]
    return np.concatenate(pairs)[:HORIZON]
