"""The dose: both Deltas against weekly minutes, single mornings after one run, and the chance of a rise."""

import numpy as np

from backstride.answer.answer import DosePoint, LagPoint, RiseChance
from backstride.answer.deltas import Delta, delta
from backstride.answer.design import Design
from backstride.answer.kinds import Question
from backstride.answer.summary import estimate
from backstride.diary.series import MINUTES_A_UNIT_OF_DOSE
from backstride.model.effect import Draws, contrast, rise_chance

POINTS = 9
BEYOND = 1.1
LAGS = 7
_THIN = 4


def _thinned(rows: Draws) -> Draws:
    """Every fourth draw: these curves need fewer than the verdict."""
    return rows._replace(rows=rows.rows[::_THIN])


def dose_curve(deltas: dict[Question, Delta], design: Design) -> tuple[DosePoint, ...]:
    """Compute both Deltas from 0 to 1.1 x the largest 4-week mean really run; empty where nothing was run.

    As far as 'as usual' where that is more: running weeks with pauses between never made up four weeks at it.
    """
    if design.run_days == 0:
        return ()
    points = []
    for dose in np.linspace(0.0, max(BEYOND * design.most_dose, design.usual_dose), POINTS):
        both = {q: delta(q, _thinned(deltas[q].rows), float(dose)).total for q in Question}
        points.append(
            DosePoint(
                weekly_minutes=float(dose) * 7.0 * MINUTES_A_UNIT_OF_DOSE,
                week=estimate(both[Question.WEEK]),
                season=estimate(both[Question.SEASON]),
            )
        )
    return tuple(points)


def _half_hour(design: Design) -> float:
    """Return what a run of 30 minutes counts for."""
    return float(design.form.of(np.ones(1))[0])


def lag_points(deltas: dict[Question, Delta], design: Design) -> tuple[LagPoint, ...]:
    """Return mornings 1 to 7 after one 30-minute run and then rest, against rest throughout."""
    rows = _thinned(deltas[Question.WEEK].rows)._replace(run_share=1.0)
    rest = np.zeros(LAGS)
    run = rest.copy()
    run[0] = _half_hour(design)
    return tuple(
        LagPoint(lag, estimate(contrast(rows, run, rest, mornings=(lag, lag)).total))
        for lag in range(1, LAGS + 1)
    )


def rise(deltas: dict[Question, Delta], design: Design) -> RiseChance:
    """Estimate the probability of a rise of 2 or more after a 30-minute run, and after a rest."""
    rows = _thinned(deltas[Question.WEEK].rows)
    return RiseChance(estimate(rise_chance(rows, _half_hour(design))), estimate(rise_chance(rows, 0.0)))
