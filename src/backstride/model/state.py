"""The sampler's state: current parameters, current paths, and room to work in."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstride.model.arrays import Floats
from backstride.model.data import (
    LENGTH_COLUMNS,
    RHYTHM_COLUMNS,
    WEEKDAY_COLUMNS,
    ModelData,
)
from backstride.model.prior_arrays import (
    P_FLARE_MEAN,
    P_LENGTH_SD_LEAST,
    P_LEVEL_MEAN,
    P_LOG_ONSET,
    P_RHO_MEAN,
    P_S_ETA_LEAST,
    P_S_MU_LEAST,
    P_S_MU_MOST,
    P_S_Y_LEAST,
    CoefficientPriors,
)
from backstride.model.references import by_reference

Ints = NDArray[np.int64]

PHI, S_ETA, S_MU, S_Y, S_LEN = 0, 1, 2, 3, 4
RHO, LOG_ONSET, LOG_RATIO, ENDS, S_WEEKDAY, S_RHYTHM, TAU, DELAY = 5, 6, 7, 8, 9, 10, 11, 12
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
    "delay",
)
NOW, HABIT, SECOND, FIRST_PATH = 0, 1, 2, 3
LEVEL, PATH_HABIT, SAME_DAY, CARRY, PATH_SD = 0, 1, 2, 3, 4
OFFSET, GAIN, LOADING, ERROR_SD = 0, 1, 2, 3
KAPPA, FLARE = 1, 2
"""Columns of the decision's regressors that the sampler fills in: felt pain, and whether there is a flare."""
FIRST_WEEKDAY = 3
FIRST_RHYTHM = FIRST_WEEKDAY + WEEKDAY_COLUMNS
FIRST_CONFOUNDER = FIRST_RHYTHM + RHYTHM_COLUMNS
RATING, OBSERVED = 3, 4
"""A day is observed by the decision to run, the intention, the length of a run (`filter.py`), then the rating."""
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
        scalar: (13,) as in SCALARS.
        beta: (p,) now, habit, second morning, pathways, weekdays, walking, confounders.
        course: (c + 1,) coefficients of the natural course's curves, then the pain that a flare adds.
        path: (K, 5) level, habit, same day, carry-over, noise sd.
        measure: (J, 4) offset, gain by learning, loading, error sd.
        run, intention, length: coefficients of the decision, of the stated intention, of the run's log length.
        d, mu: (T,) deviation from the level, and the slow level without course and flares.
        m: (K, T) pathways.
        x: (T,) dose, missing days filled in by the sampler.
        acute, chronic: (T,) the first stage A of the load, and the chronic load C.
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
    acute: Floats
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
        info_precision, info_linear: (T,) information on d[t] in the decisions, exp(-1/2 precision d^2 + linear d).
        pseudo_precision, pseudo_linear: (3, T) decision, stated intention and run length as observations of
            kappa d[t]: their precision, and precision times value (the latent propensity less all but kappa d).
        asked: (2, T, n) regressors of the decision and of the stated intention, pain and flare left at 0; nothing
            where there is no answer.
        length_habit: (T, 3) regressors of the log length of a run beside pain.
        rated: how many days are rated; rating: (T,) y* less course and flares on those; rating_squares: (1,) its
        sum of squares.
        practice: (n,) how much of a test's learning is done, 0 to 1.
        measure_mean, measure_sd: (J, 3) priors of offset, gain, loading.
        missing: (q,) days whose dose is unknown.
        filtered: (T, 2) probabilities of no flare and flare given the days so far.
        flare_log: (3, 2) log chances of no flare and a flare after rest, after a run and within a flare.
        cross: (T, run_columns in whole lanes) the rows of a probit.
        inputs: (T, across) what each coefficient adds to d; outputs: (4 T, across) what it adds to each observation
            of a day itself (`coefficient_columns.py`); p, lin_b, row, both and zero have room for as many columns, in
            whole lanes (`rows.py`).
        rows: (4 T, across) what the observations say of the coefficients; row_weight, row_value: (4 T,) their
            precision and linear term; slope: (2, across) of (mu + d, d) in each coefficient on the day under way.
        kalman: (T, 5) mean of (mu + d, d) and its covariance given the days so far.
        points: (9, LANES) points at which pain's paths are integrated out (`filter.py`); marginal: (1, LANES) log of
            the integral at each; integral: (1,) at the present numbers.
        slice: ends and level of the slice step under way; tried, log_density: (LANES,) its points and their log
            densities; counter: (LANES,) the counter of the random numbers after each.
        cells: (5, room) truncated normals drawn together (`truncated.py`), and other numbers of one step.
        weights: (6, room) what the days of flares are weighed by (`episodes.py`).
        log_dose: (T,) log of each known dose above 0.
        path_information: (5, T) what moves a pathway, the information on it (precision, linear term), and that of
            one measure.
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
    info_precision: Floats
    info_linear: Floats
    pseudo_precision: Floats
    pseudo_linear: Floats
    asked: Floats
    length_habit: Floats
    rated: float
    rating: Floats
    rating_squares: Floats
    practice: Floats
    measure_mean: Floats
    measure_sd: Floats
    missing: Ints
    filtered: Floats
    flare_log: Floats
    kalman: Floats
    points: Floats
    marginal: Floats
    integral: Floats
    slice: Floats
    tried: Floats
    log_density: Floats
    counter: NDArray[np.uint64]
    diagonal: Floats
    off: Floats
    lin: Floats
    cross: Floats
    inputs: Floats
    outputs: Floats
    rows: Floats
    row_weight: Floats
    row_value: Floats
    slope: Floats
    p: Floats
    lin_b: Floats
    row: Floats
    both: Floats
    zero: Floats
    residual: Floats
    path_information: Floats
    cells: Floats
    weights: Floats
    log_dose: Floats


for _of in (ModelData, State, CoefficientPriors, Work):
    by_reference(_of)


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
    for place, least in ((S_ETA, P_S_ETA_LEAST), (S_Y, P_S_Y_LEAST), (S_MU, P_S_MU_LEAST)):
        scalar[place] = max(scalar[place], 1.5 * float(priors.scalar[least]))
    scalar[S_MU] = min(scalar[S_MU], 0.75 * float(priors.scalar[P_S_MU_MOST]))
    scalar[S_LEN] = max(scalar[S_LEN], 1.5 * float(priors.scalar[P_LENGTH_SD_LEAST]))
    scalar[RHO] = priors.scalar[P_RHO_MEAN]
    scalar[LOG_ONSET] = priors.scalar[P_LOG_ONSET]
    scalar[ENDS] = 0.1
    scalar[[S_WEEKDAY, S_RHYTHM]] = 1.0
    scalar[[TAU, DELAY]] = priors.build_up[rng.integers(len(priors.build_up))]
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
        acute=np.zeros(days),
        chronic=np.zeros(days),
        flare=np.zeros(days),
        y_star=np.where(seen, np.nan_to_num(middle), level),
        value=np.nan_to_num(_middle(data.value_lower, data.value_upper)),
        seen=seen.astype(np.float64),
    )


def _middle(lower: Floats, upper: Floats) -> Floats:
    """Return a point inside each interval; nan where both ends are open."""
    with np.errstate(invalid="ignore"):
        both = 0.5 * (lower + upper)
    only_upper = np.where(np.isneginf(lower), upper - 0.5, both)
    return np.where(np.isposinf(upper), np.where(np.isneginf(lower), np.nan, lower + 0.5), only_upper)
