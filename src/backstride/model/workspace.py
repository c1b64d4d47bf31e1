"""What one fit works in: its constants and scratch arrays, laid out once."""

from typing import Any

import numpy as np

from backstride.model.arrays import Floats
from backstride.model.data import (
    LENGTH_COLUMNS,
    WEEKDAY_COLUMNS,
    ModelData,
    centring,
    length_habit,
    weekday_contrasts,
)
from backstride.model.filter import INTENTION, LENGTH, RUN
from backstride.model.lanes import LANES, WIDE
from backstride.model.prior_arrays import P_S_MU, CoefficientPriors
from backstride.model.priors import RECOVERY_DAYS
from backstride.model.rows import wide
from backstride.model.slicing import ROOM as SLICE_ROOM
from backstride.model.state import (
    FIRST_PATH,
    FIXED,
    GAIN,
    HABIT,
    LOADING,
    OBSERVED,
    OFFSET,
    RATING,
    Work,
    run_columns,
)
from backstride.model.truncated import room


def workspace(data: ModelData, priors: CoefficientPriors) -> Work:
    """Lay out the constants and scratch arrays of one fit."""
    days, k, q = data.days, data.pathways, data.recorded_confounders
    centre = centring(data)
    weekday = weekday_contrasts()[data.weekday]
    mean, sd = _measure_priors(data)
    asked = _asked(data, weekday)
    course = np.column_stack([natural_course(data, len(priors.course_sd)), np.zeros(days)])
    f = _regressors(data, len(priors.beta_sd), weekday, centre.walking)
    columns = _columns_of_coefficients(data, f, course, len(priors.build_up))
    width = max(wide(run_columns(q)), columns["inputs"].shape[1])
    return Work(
        mean_dose=centre.dose,
        mean_walking=centre.walking,
        weekday=weekday,
        f=f,
        drift=np.zeros(days),
        course=np.ascontiguousarray(course),
        level=np.zeros(days),
        beta_sd=priors.beta_sd.copy(),
        run_sd=priors.run_sd.copy(),
        intention_sd=priors.intention_sd.copy(),
        s_mu_scale=priors.scalar[P_S_MU : P_S_MU + 1].copy(),
        coupling=_coupling(data),
        pull=np.zeros(days),
        carry=np.zeros(days),
        shock=np.zeros(days),
        weight=np.ones(days),
        info_precision=np.zeros(days),
        info_linear=np.zeros(days),
        pseudo_precision=np.zeros((3, days)),
        pseudo_linear=np.zeros((3, days)),
        asked=asked,
        length_habit=length_habit(data.dose),
        rated=float(np.sum(np.isfinite(data.lower) | np.isfinite(data.upper))),
        rating=np.zeros(days),
        rating_squares=np.zeros(1),
        practice=np.minimum(data.earlier, 2.0) / 2.0,
        measure_mean=mean,
        measure_sd=sd,
        missing=np.flatnonzero(np.isnan(data.dose)).astype(np.int64),
        filtered=np.zeros((days, 2)),
        flare_log=np.zeros((3, 2)),
        kalman=np.zeros((days, 5)),
        **_side_by_side(),
        diagonal=np.zeros(days),
        off=np.zeros(days),
        lin=np.zeros(days),
        cross=np.zeros((days, wide(run_columns(q)))),
        **columns,
        p=np.zeros((width, width)),
        lin_b=np.zeros(width),
        row=np.zeros(width),
        both=np.zeros(width),
        zero=np.zeros(width),
        residual=np.zeros((k + 1, days)),
        path_information=np.zeros((5, days)),
        cells=room(max(days, len(data.row), len(priors.build_up))),
        weights=np.zeros((6, wide(days))),
        log_dose=np.log(np.where(data.dose > 0.0, data.dose, 1.0)),
    )


def _side_by_side() -> dict[str, Any]:
    """Room for the points of a slice or of flares that are worked out together."""
    return {
        "points": np.zeros((9, LANES)),
        "marginal": np.zeros((1, LANES)),
        "integral": np.zeros(1),
        "slice": np.zeros(SLICE_ROOM),
        "tried": np.zeros(LANES),
        "log_density": np.zeros(LANES),
        "counter": np.zeros(LANES, dtype=np.uint64),
    }


def _columns_of_coefficients(data: ModelData, f: Floats, course: Floats, grid: int) -> dict[str, Any]:
    """Room for the columns of `coefficient_columns.py`, and what in them stays the same."""
    days, p = f.shape
    across = wide(p - 1 + course.shape[1] + 3 + LENGTH_COLUMNS + max(grid, WIDE))
    return {
        "inputs": _columns(np.delete(f, HABIT, axis=1), 0, across),
        "outputs": _outputs(course, length_habit(data.dose), p - 1, across),
        "rows": np.zeros((OBSERVED * days, across)),
        "row_weight": np.zeros(OBSERVED * days),
        "row_value": np.zeros(OBSERVED * days),
        "slope": np.zeros((2, across)),
    }


def _columns(values: Floats, first: int, across: int) -> Floats:
    """(T, across) zeros but for the values from column `first` on."""
    out = np.zeros((len(values), across))
    out[:, first : first + values.shape[1]] = values
    return out


def _outputs(course: Floats, habit: Floats, first: int, across: int) -> Floats:
    """(4 T, across) what coefficients add to a day's observations: to run, to mean to run, how long, the rating."""
    days, behind = len(course), first + course.shape[1] - 1
    out = np.zeros((days, OBSERVED, across))
    for i in (RUN, INTENTION, LENGTH):
        out[:, i, behind + i] = 1.0
    out[:, LENGTH, behind + LENGTH + 1 : behind + LENGTH + 1 + LENGTH_COLUMNS] = habit
    out[:, RATING, first:behind] = course[:, :-1]
    return out.reshape(OBSERVED * days, across)


def _regressors(data: ModelData, p: int, weekday: Floats, mean_walking: float) -> Floats:
    """(T, p) what the daily equation is given; dose, load and pathways are filled in by the sampler."""
    f = np.zeros((data.days, p))
    first = FIRST_PATH + data.pathways
    f[1:, first : first + WEEKDAY_COLUMNS] = weekday[1:]
    f[1:, first + WEEKDAY_COLUMNS] = data.walking[:-1] - mean_walking
    f[1:, first + WEEKDAY_COLUMNS + 1 :] = data.confounders[:-1]
    return f


def _asked(data: ModelData, weekday: Floats) -> Floats:
    """Level, room for pain and flare, weekday, rhythm, confounders, stated intention and draw (1, -1, 0 for none)."""
    stated = np.nan_to_num(2.0 * np.column_stack([data.intention, data.drawn]) - 1.0)
    level = np.column_stack(
        [np.ones(data.days), np.zeros((data.days, 2)), weekday, data.rhythm, data.confounders]
    )
    decision = np.column_stack([level, stated])
    intention = np.column_stack([level, np.zeros((data.days, 2))])
    decision[~data.decision_eligible] = 0.0
    intention[~data.decision_eligible | np.isnan(data.intention)] = 0.0
    return np.ascontiguousarray(np.stack([decision, intention]))


def _coupling(data: ModelData) -> Floats:
    """Coupling where the decision is modelled and its outcome known; the last day has no next morning."""
    out = np.where(data.decision_eligible & ~np.isnan(data.dose), data.coupling, 0.0)
    out[-1] = 0.0
    return out


def natural_course(data: ModelData, curves: int) -> Floats:
    """Lay out the curves of the natural course.

    Args:
        data: of the fit.
        curves: 3 exponentials from the first day; 6 with three from the first run; 7 with a line.

    Returns:
        (T, curves).
    """
    t = np.arange(data.days, dtype=np.float64)
    runs = np.flatnonzero(np.nan_to_num(data.dose) > 0.0)
    since = np.maximum(t - (float(runs[0]) if len(runs) else 0.0), 0.0)
    columns = [np.exp(-t / tau) for tau in RECOVERY_DAYS]
    columns += [np.exp(-since / tau) for tau in RECOVERY_DAYS]
    columns.append(t / max(data.days - 1.0, 1.0) - 0.5)
    return np.column_stack(columns[:curves])


def _measure_priors(data: ModelData) -> tuple[Floats, Floats]:
    """(J, 3) prior means and sds of offset, gain and loading; the yardstick of each pathway is fixed.

    A test done before goes better: home tests rise over the first two tries without any training (McGill 1999).
    """
    mean = np.tile(np.array([0.0, 0.0, 1.0]), (data.measures, 1))
    sd = np.tile(np.array([1.0, FIXED, 0.5]), (data.measures, 1))
    for first in data.measure_group[:-1]:
        if first < data.measures:
            sd[first, OFFSET] = sd[first, LOADING] = FIXED
    for j in range(data.measures):
        if np.any(data.earlier[data.measure == j] > 0):
            mean[j, GAIN], sd[j, GAIN] = 0.3, 0.3
    return mean, sd
