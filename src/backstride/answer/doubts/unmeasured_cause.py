"""Could a cause that nobody wrote down, of both the decision and the next day's pain, make the verdict?

A bad night that keeps a person at home and hurts next morning looks like rest that hurts. Let rho be the
correlation of the chance in the decision, e[t], with the chance in next morning's pain, noise[t+1]:

    d[t+1] = phi d[t] + f[t+1] beta + s_eta noise[t+1],     E[noise[t+1] | what was done] = rho r[t]

with r the decision's residual (`decisions.py`). A fit that takes rho for 0 regresses rho s_eta r on the same
regressors X = (f, d) and so is off, to first order in rho, by

    bias of (beta, phi) = rho (X' X / s_eta^2 + prior precision)^-1 X' r / s_eta

The bias of Delta for rho = 1 is what the same plans as Delta's own make of it: the change of Delta when each draw's
beta_now, beta_hab and beta_second move along their bias, taken where the draw lies.
The verdict falls at the rho that moves P(Delta on its side of 0) down to 0.95.
Measured on 30 people a row made with rho = -0.3: with kappa -0.8 beta_now moved by -0.31, foretold -0.32 to -0.35;
with kappa -0.3 by -0.36, foretold -0.30 to -0.32.

Where chance drew the days, the draw is one of the things that a decision is given, so that r is what the draw leaves
open: own days, and whether it was kept. Where it was always kept nothing is left, and r is 0 on the drawn days.

A cause that weighs as much on both has the share rho in the chance of each. Below 0.1 that is too little to rule
out for anybody, so the doubt fails; from 0.3 on a third of all whims and of all new pain would have one unknown
cause, and it passes. Beside it stands the rho that morning pain itself would give, had nobody recorded it:

    rho_pain = |kappa| sd(d) / sqrt(1 + kappa^2 sd(d)^2) x phi / sqrt(1 - phi^2)
"""

import numpy as np
from numpy.typing import NDArray

from backstride.answer.answer import Doubt
from backstride.answer.deltas import delta, rows_of
from backstride.answer.doubts.case import CheckContext
from backstride.answer.doubts.decisions import generalised_residual
from backstride.answer.doubts.paths import Paths, regressors
from backstride.answer.kinds import Check, DoubtResult, Question, TierLetter
from backstride.answer.verdict import CLEAR_POINTS, NEGLIGIBLE, SURE_CHANCE, direction
from backstride.model.arrays import Floats
from backstride.model.data import ModelData
from backstride.model.effect import Draws
from backstride.model.effect_columns import BETA_HAB, BETA_NOW, BETA_SECOND
from backstride.model.fit import Posterior
from backstride.model.prior_arrays import P_PHI_SD, coefficient_priors

WEAK, STRONG = 0.1, 0.3
_STEP = 0.05
"""Of rho, to each side: the change of Delta is read from two points near the draw itself."""


def unmeasured_cause(case: CheckContext, paths: Paths) -> Doubt:
    """Judge by the weaker of the two questions for which anything is claimed, a side or no difference.

    A season of days that the person chose is never fine: a cause that lasts for weeks need not be strong on any day.
    Of a question that rests on a draw, a hidden cause has a say only in what the draw leaves open.
    """
    slopes = bias_at_full_correlation(case, paths)
    needed: dict[str, float] = {}
    lasting: dict[str, float] = {}
    for question, said in case.claims.items():
        if question is Question.SEASON and case.tiers[question] is not TierLetter.RANDOMISED:
            # rho is of chances that are new each day; what lasts for weeks is not among them
            lasting = {"lasting_cause": 1.0}
            continue
        total, way = case.deltas[question].posterior.total, direction(said)
        beside = "_beside_draw" if case.tiers[question] is TierLetter.RANDOMISED else ""
        needed[f"share{beside}_{question}"] = (
            tipping_point(total, way, slopes[question])
            if way
            else hiding(total, case.worthwhile, slopes[question])
        )
    if not needed:
        moved = {f"{question}_mean_moved": WEAK * abs(slopes[question]) for question in Question}
        return Doubt(Check.UNMEASURED_CAUSE, DoubtResult.INFORMS, moved | lasting)
    least = min(needed.values())
    numbers = needed | {"times_morning_pain": least / max(rho_of_morning_pain(paths), 1e-3)} | lasting
    result = DoubtResult.FAIL if least < WEAK else DoubtResult.INFORMS
    is_strong = least >= STRONG and not lasting
    return Doubt(Check.UNMEASURED_CAUSE, DoubtResult.PASS if is_strong else result, numbers)


def tipping_point(total: Floats, way: int, slope: float) -> float:
    """Return the |rho| at which the effect's side is no longer sure; at most 1.

    Args:
        total: (S,) draws of the Delta, points.
        way: 1 for more pain, -1 for less.
        slope: change of the Delta for each unit of rho.
    """
    nearest_to_zero = (
        float(np.quantile(-way * total, SURE_CHANCE)) + CLEAR_POINTS
    )  # below 0 while the side is sure
    return min(max(-nearest_to_zero, 0.0) / max(abs(slope), 1e-9), 1.0)


def hiding(total: Floats, worthwhile: float, slope: float) -> float:
    """Return the |rho| from which a change that matters could hide behind 'no difference'; at most 1.

    Args:
        total: (S,) draws of the Delta, points.
        worthwhile: smallest worthwhile change, points.
        slope: change of the Delta for each unit of rho.
    """
    sizes = np.linspace(0.0, 1.0, 101)
    moved = [total + sign * size * slope for size in sizes for sign in (-1.0, 1.0)]
    inside = np.array([np.mean(np.abs(m) < worthwhile) for m in moved]).reshape(-1, 2).min(axis=1)
    lost = np.flatnonzero(inside < NEGLIGIBLE)
    return float(sizes[lost[0]]) if len(lost) else 1.0


def bias_at_full_correlation(case: CheckContext, paths: Paths) -> dict[Question, float]:
    """Return by how many points each Delta would be off for each unit of rho, mean over the draws."""
    bias = coefficient_bias(case.posterior, case.design.data, paths)
    as_draws = case.posterior._replace(draws=paths.rows[None], columns=paths.columns)
    return {
        question: _slope(question, rows_of(question, as_draws, case.design), bias, case)
        for question in Question
    }


def _slope(question: Question, rows: Draws, bias: Floats, case: CheckContext) -> float:
    """Return the points that a Delta moves for each unit along (n, 3) `bias`; what no coefficient moves cancels."""
    coefficients = [BETA_NOW, BETA_HAB, BETA_SECOND]
    totals = []
    for step in (_STEP, -_STEP):
        moved = rows.rows.copy()
        moved[:, coefficients] += step * bias
        totals.append(delta(question, rows._replace(rows=moved), case.design.usual_dose).total)
    return float(np.mean(totals[0] - totals[1])) / (2.0 * _STEP)


def coefficient_bias(posterior: Posterior, data: ModelData, paths: Paths) -> Floats:
    """Return (n, 3) bias of beta_now, beta_hab and beta_second for each unit of rho.

    Args:
        posterior: of the main fit.
        data: its arrays.
        paths: draws of the latent paths.
    """
    priors = coefficient_priors(posterior.priors._replace(paths=()), data.recorded_confounders)
    precision = np.append(priors.beta_sd**-2.0, priors.scalar[P_PHI_SD] ** -2.0)
    r = np.where(decided_by_chance(data), 0.0, generalised_residual(paths, data))
    s_eta = paths.of("s_eta")[:, 0]
    f = regressors(paths, data)
    out = np.zeros((len(r), 3))
    for i, s in enumerate(s_eta):
        X = np.column_stack([f[i, 1:], paths.deviation[i, :-1]])
        out[i] = np.linalg.solve(X.T @ X / s**2 + np.diag(precision), X.T @ r[i, :-1] / s)[:3]
    return out


def decided_by_chance(data: ModelData) -> NDArray[np.bool_]:
    """Return (T,) the drawn days of a draw that was kept on each of them; none where it was broken on any."""
    drawn = ~np.isnan(data.drawn)
    known = drawn & ~np.isnan(data.dose)
    # a day on which the draw was kept is as much a choice as one on which it was broken
    return drawn & bool(np.all((data.dose[known] > 0.0) == (data.drawn[known] > 0.0)))


def rho_of_morning_pain(paths: Paths) -> float:
    """Return the rho that this morning's pain would induce if it were unrecorded."""
    phi = paths.of("phi")[:, 0]
    weight = np.abs(paths.rows[:, paths.columns.of("run[1]")]) * paths.deviation.std(axis=1)
    carried = np.minimum(phi / np.sqrt(1.0 - phi**2), 1.0)
    return float(np.mean(weight / np.sqrt(1.0 + weight**2) * carried))
