"""The sampler's state: current parameters, current paths, and room to work in."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstride.model.data import (
    LENGTH_COLUMNS,
    RHYTHM_COLUMNS,
    WEEKDAY_COLUMNS,
    ModelData,
    centring,
    length_habit,
    weekday_contrasts,
)
from backstride.model.priors import (
    P_FLARE_MEAN,
    P_LEVEL_MEAN,
    P_LOG_ONSET,
    P_RHO_MEAN,
    P_S_MU,
    P_S_MU_LEAST,
    RECOVERY_DAYS,
    CoefficientPriors,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PHI, S_ETA, S_MU, S_Y, S_LEN = 0, 1, 2, 3, 4
RHO, LOG_ONSET, LOG_RATIO, ENDS, S_WEEKDAY, S_RHYTHM, TAU = 5, 6, 7, 8, 9, 10, 11
SCALARS = (
    "phi",
    "s_eta",
    "s_mu",
    "s_y",
    "s_len",
    "rho",
    "log_onset",
    "log_ratio",
    "ends",
    "s_weekday",
    "s_rhythm",
    "tau",
)
NOW, HABIT, FIRST_PATH = 0, 1, 2
LEVEL, PATH_HABIT, SAME_DAY, CARRY, PATH_SD = 0, 1, 2, 3, 4
OFFSET, GAIN, LOADING, ERROR_SD = 0, 1, 2, 3
KAPPA, FLARE = 1, 2
"""Columns of the decision's regressors that the sampler fills in: felt pain, and whether there is a flare."""
FIRST_WEEKDAY = 3
FIRST_RHYTHM = FIRST_WEEKDAY + WEEKDAY_COLUMNS
FIRST_CONFOUNDER = FIRST_RHYTHM + RHYTHM_COLUMNS
FIXED = 1e-6
"""Prior sd of a coefficient that is fixed by definition (a yardstick's loading)."""


def intention_columns(confounders: int) -> int:
    """Count the regressors of a stated intention: level, pain, flare, weekday, rhythm, confounders."""
    return FIRST_CONFOUNDER + confounders


def run_columns(confounders: int) -> int:
    """Count the regressors of the decision to run: those of an intention, then intention and draw."""
    return intention_columns(confounders) + 2


class State(NamedTuple):
    """Current values, T days, K pathways, J measures, p regressors; every array is written in place.

    Attributes:
        scalar: (12,) as in SCALARS.
        beta: (p,) now, habit, pathways, weekdays, walking, confounders.
        course: (c + 1,) coefficients of the natural course's curves, then the pain that a flare adds.
        path: (K, 5) level, habit, same day, carry-over, noise sd.
        measure: (J, 4) offset, gain by learning, loading, error sd.
        run, intention, length: coefficients of the decision, of the stated intention, of the run's log length.
        d, mu: (T,) deviation from the level, and the slow level without course and flares.
        m: (K, T) pathways.
        x, chronic: (T,) dose with missing days filled in by the sampler, and chronic load C.
        flare: (T,) 1.0 on days of a flare.
        y_star: (T,) feeling behind each rating.
        value: (n,) value behind each measurement.
        seen: (T,) 1.0 where there is a rating.
    """

    scalar: Floats
    beta: Floats
    course: Floats
    path: Floats
    measure: Floats
    run: Floats
    intention: Floats
    length: Floats
    d: Floats
    mu: Floats
    m: Floats
    x: Floats
    chronic: Floats
    flare: Floats
    y_star: Floats
    value: Floats
    seen: Floats


class Work(NamedTuple):
    """Constants of one fit and scratch arrays, so that a sweep allocates nothing.

    Attributes:
        mean_dose, mean_walking: what the regressors are centred by.
        weekday: (T, 6) contrasts of each day.
        f: (T, p) regressors of eta[t]; row 0 is zero.
        drift: (T,) f beta.
        course: (T, c + 1) the natural course's curves, then the flare indicator; level: (T,) mu + course.
        beta_sd, run_sd, intention_sd, s_mu_scale: prior sds and scale, with the current mixing scales in them.
        coupling: (T,) how much of rho holds between the decision of day t and morning t + 1.
        pull: (T,) rho of the step into day t; carry, shock, weight: (T,) of
            d[t] = carry d[t-1] + drift + shock + N(0, 1 / weight).
        told: (T,) precision, and told_lin (T,) linear term, of what the decision to run tells about d[t].
        has: (3, T) precision of what decision, intention and length say of kappa d[t]; heard: (3, T) what they
            say, times that precision.
        asked: (2, T, n) regressors of the decision and of the stated intention, pain and flare left at 0; nothing
            where there is no answer; asked_gram: (2, n, n) their cross products.
        length_habit: (T, 3) regressors of the log length of a run beside pain.
        rated: how many days are rated; rating: (T,) y* less course and flares on those; rating_squares: (1,) its
        sum of squares.
        learnt: (n,) how much of a test's learning is done, 0 to 1.
        measure_mean, measure_sd: (J, 3) priors of offset, gain, loading.
        missing: (q,) days whose dose is unknown.
        filtered: (T, 2) probabilities of no flare and flare given the days so far.
        filter_mean, filter_slope (2,), filter_cov (3,): of (mu, d) given the days so far, the slope in beta_now;
            kalman: (T, 7) the three of each day; kalman_b: (2,) precision and linear term of beta_now.
        path_heard: (5, T) what moves a pathway, what is told of it (precision, linear term), and what one measure
            tells of it.
    """

    mean_dose: float
    mean_walking: float
    weekday: Floats
    f: Floats
    drift: Floats
    course: Floats
    level: Floats
    beta_sd: Floats
    run_sd: Floats
    intention_sd: Floats
    s_mu_scale: Floats
    coupling: Floats
    pull: Floats
    carry: Floats
    shock: Floats
    weight: Floats
    told: Floats
    told_lin: Floats
    has: Floats
    heard: Floats
    asked: Floats
    asked_gram: Floats
    length_habit: Floats
    rated: float
    rating: Floats
    rating_squares: Floats
    learnt: Floats
    measure_mean: Floats
    measure_sd: Floats
    missing: Ints
    filtered: Floats
    filter_mean: Floats
    filter_slope: Floats
    filter_cov: Floats
    kalman: Floats
    kalman_b: Floats
    diagonal: Floats
    off: Floats
    lin: Floats
    cross: Floats
    p: Floats
    lin_b: Floats
    row: Floats
    both: Floats
    zero: Floats
    residual: Floats
    path_heard: Floats


def start(data: ModelData, priors: CoefficientPriors, rng: np.random.Generator) -> State:
    """Give a dispersed but sensible starting point: paths at the ratings, coefficients near their prior."""
    k, j, days = data.pathways, data.measures, data.days
    q = data.recorded_confounders
    middle = np.clip(np.nan_to_num(_middle(data.lower, data.upper), nan=np.nan), -1.0, 11.0)
    seen = ~np.isnan(middle)
    level = float(np.mean(middle[seen])) if seen.any() else float(priors.scalar[P_LEVEL_MEAN])
    known = data.dose[~np.isnan(data.dose)]
    path = np.column_stack([priors.path_mean, priors.path_scale[:, :1]]).reshape(k, 5)
    measure = np.tile(np.array([0.0, 0.0, 1.0, 0.4]), (j, 1))
    scalar = np.zeros(len(SCALARS))
    scalar[: S_LEN + 1] = np.array([0.4, 0.8, 0.05, 0.5, 0.4]) * np.exp(0.3 * rng.standard_normal(5))
    scalar[S_MU] = max(scalar[S_MU], 1.5 * float(priors.scalar[P_S_MU_LEAST]))
    scalar[RHO] = priors.scalar[P_RHO_MEAN]
    scalar[LOG_ONSET] = priors.scalar[P_LOG_ONSET]
    scalar[ENDS] = 0.1
    scalar[[S_WEEKDAY, S_RHYTHM]] = 1.0
    scalar[TAU] = priors.tau[rng.integers(len(priors.tau))]
    course = np.append(0.1 * priors.course_sd * rng.standard_normal(len(priors.course_sd)), 0.0)
    course[-1] = priors.scalar[P_FLARE_MEAN]
    return State(
        scalar=scalar,
        beta=0.1 * priors.beta_sd * rng.standard_normal(len(priors.beta_sd)),
        course=course,
        path=path,
        measure=measure,
        run=np.zeros(run_columns(q)),
        intention=np.zeros(intention_columns(q)),
        length=np.array(
            [math.log(max(float(known[known > 0].mean()), 0.05)) if (known > 0).any() else 0.0]
            + [0.0] * (1 + LENGTH_COLUMNS)
        ),
        d=np.where(seen, 0.5 * (np.nan_to_num(middle) - level), 0.0),
        mu=np.full(days, level) + 0.3 * rng.standard_normal(),
        m=np.zeros((k, days)),
        x=np.nan_to_num(data.dose),
        chronic=np.zeros(days),
        flare=np.zeros(days),
        y_star=np.where(seen, np.nan_to_num(middle), level),
        value=np.nan_to_num(_middle(data.value_lower, data.value_upper)),
        seen=seen.astype(np.float64),
    )


def _middle(lower: Floats, upper: Floats) -> Floats:
    """A point inside each interval; nan where both ends are open."""
    with np.errstate(invalid="ignore"):
        both = 0.5 * (lower + upper)
    only_upper = np.where(np.isneginf(lower), upper - 0.5, both)
    return np.where(np.isposinf(upper), np.where(np.isneginf(lower), np.nan, lower + 0.5), only_upper)


def workspace(data: ModelData, priors: CoefficientPriors) -> Work:
    """Lay out the constants and scratch arrays of one fit."""
    days, k, q = data.days, data.pathways, data.recorded_confounders
    p = len(priors.beta_sd)
    centre = centring(data)
    weekday = weekday_contrasts()[data.weekday]
    first = FIRST_PATH + k
    f = np.zeros((days, p))
    f[1:, first : first + WEEKDAY_COLUMNS] = weekday[1:]
    f[1:, first + WEEKDAY_COLUMNS] = data.walking[:-1] - centre.walking
    f[1:, first + WEEKDAY_COLUMNS + 1 :] = data.confounders[:-1]
    mean, sd = _measure_priors(data)
    asked = _asked(data, weekday)
    course = np.column_stack([natural_course(data, len(priors.course_sd)), np.zeros(days)])
    width = max(p + course.shape[1], run_columns(q))
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
        told=np.zeros(days),
        told_lin=np.zeros(days),
        has=np.zeros((3, days)),
        heard=np.zeros((3, days)),
        asked=asked,
        asked_gram=np.einsum("itj,itk->ijk", asked, asked),
        length_habit=length_habit(data.dose),
        rated=float(np.sum(np.isfinite(data.lower) | np.isfinite(data.upper))),
        rating=np.zeros(days),
        rating_squares=np.zeros(1),
        learnt=np.minimum(data.earlier, 2.0) / 2.0,
        measure_mean=mean,
        measure_sd=sd,
        missing=np.flatnonzero(np.isnan(data.dose)).astype(np.int64),
        filtered=np.zeros((days, 2)),
        filter_mean=np.zeros(2),
        filter_slope=np.zeros(2),
        filter_cov=np.zeros(3),
        kalman=np.zeros((days, 7)),
        kalman_b=np.zeros(2),
        diagonal=np.zeros(days),
        off=np.zeros(days),
        lin=np.zeros(days),
        cross=np.zeros((days, p + course.shape[1])),
        p=np.zeros((width, width)),
        lin_b=np.zeros(width),
        row=np.zeros(width),
        both=np.zeros(width),
        zero=np.zeros(width),
        residual=np.zeros((k + 1, days)),
        path_heard=np.zeros((5, days)),
    )


def _asked(data: ModelData, weekday: Floats) -> Floats:
    """Level, room for pain and flare, weekday, rhythm, confounders, stated intention and draw (1, -1, 0 for none)."""
    stated = np.nan_to_num(2.0 * np.column_stack([data.intention, data.drawn]) - 1.0)
    level = np.column_stack(
        [np.ones(data.days), np.zeros((data.days, 2)), weekday, data.rhythm, data.confounders]
    )
    decision = np.column_stack([level, stated])
    intention = np.column_stack([level, np.zeros((data.days, 2))])
    decision[~data.choosing] = 0.0
    intention[~data.choosing | np.isnan(data.intention)] = 0.0
    return np.ascontiguousarray(np.stack([decision, intention]))


def _coupling(data: ModelData) -> Floats:
    """Coupling where the decision is modelled and its outcome known; the last day has no next morning."""
    out = np.where(data.choosing & ~np.isnan(data.dose), data.coupling, 0.0)
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
