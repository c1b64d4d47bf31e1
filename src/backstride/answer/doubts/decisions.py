"""What was odd about each decision to run, once felt pain is allowed for: the decision's own residual.

    run on day t  <=>  m[t] + e[t] > 0,   m[t] = level + kappa d[t] + flare + weekday + rhythm + confounders
                                                 + g intention[t] + h drawn[t]
    r[t] = E[e[t] | what was done]  =  phi(m) / Phi(m) after a run,  -phi(m) / Phi(-m) after a rest

r is the generalised residual of a probit (Gourieroux 1987, doi:10.1016/0304-4076(87)90077-9). If the decision
was made as the model says, r[t] has mean 0 whatever happened before it.
"""

import math
from collections.abc import Callable

import numpy as np

from backstride.answer.doubts.paths import Paths
from backstride.model.arrays import Floats
from backstride.model.data import ModelData, length_habit, weekday_contrasts
from backstride.model.normal import cdf
from backstride.model.state import FLARE, KAPPA

_cdf: Callable[[Floats], Floats] = np.vectorize(cdf, otypes=[np.float64])
_FARTHEST = 6.0


def decision_rows(data: ModelData) -> Floats:
    """Return (T, n) what a decision is given beside pain: 1, weekday, rhythm, confounders, intention, draw."""
    stated = np.nan_to_num(2.0 * np.column_stack([data.intention, data.drawn]) - 1.0)
    weekday = weekday_contrasts()[data.weekday]
    return np.column_stack([np.ones(data.days), weekday, data.rhythm, data.confounders, stated])


def generalised_residual(paths: Paths, data: ModelData) -> Floats:
    """Return (n, T) r[t] of each draw; 0 on days whose dose is unknown, or on which running was not chosen."""
    done = np.where(np.isnan(data.dose) | ~data.decision_eligible, np.nan, data.dose > 0)
    return _residual(paths.rows[:, paths.columns.block("run")], decision_rows(data), done, paths)


def surprise_of_intention(paths: Paths, data: ModelData) -> Floats:
    """Return (n, T) the same of the stated intention; 0 where it was not asked, or running was not chosen."""
    rows = decision_rows(data)[:, :-2]
    meant = np.where(data.decision_eligible, data.intention, np.nan)
    return _residual(paths.rows[:, paths.columns.block("intention")], rows, meant, paths)


def surprise_of_length(paths: Paths, data: ModelData) -> Floats:
    """Return (n, T) what was odd about the log length of each run; 0 on days without a known run."""
    level, kappa = (paths.of(f"length[{i}]") for i in range(2))
    habit = paths.rows[:, paths.columns.block("length")[2:]] @ length_habit(data.dose).T
    ran = np.nan_to_num(data.dose) > 0
    return np.where(ran, np.log(np.where(ran, data.dose, 1.0)) - level - habit - kappa * paths.deviation, 0.0)


def _residual(coefficients: Floats, rows: Floats, done: Floats, paths: Paths) -> Floats:
    """r of a probit; `done` is 1, 0, or nan where it is unknown."""
    m = coefficients[:, [KAPPA]] * paths.deviation + coefficients[:, [FLARE]] * paths.flare
    m = m + np.delete(coefficients, [KAPPA, FLARE], axis=1) @ rows.T
    m = np.clip(m, -_FARTHEST, _FARTHEST)
    sign = np.where(done > 0, 1.0, -1.0)
    density = np.exp(-0.5 * m * m) / math.sqrt(2.0 * math.pi)
    return np.where(np.isnan(done), 0.0, sign * density / _cdf(sign * m))
