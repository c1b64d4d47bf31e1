"""The sampler's state: current parameters, current paths, and room to work in."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstride.model.data import WEEKDAY_COLUMNS, ModelData, centring, weekday_contrasts
from backstride.model.priors import CoefficientPriors

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PHI, S_ETA, S_MU, S_Y, S_LEN = 0, 1, 2, 3, 4
NOW, HABIT, FIRST_PATH = 0, 1, 2
LEVEL, PATH_HABIT, SAME_DAY, CARRY, PATH_SD = 0, 1, 2, 3, 4
OFFSET, GAIN, LOADING, ERROR_SD = 0, 1, 2, 3
RUN_COLUMNS = 2 + WEEKDAY_COLUMNS + 2
INTENTION_COLUMNS = 2 + WEEKDAY_COLUMNS
FIXED = 1e-6
"""Prior sd of a coefficient that is fixed by definition (a yardstick's loading)."""


class State(NamedTuple):
    """Current values, T days, K pathways, J measures, p regressors; every array is written in place.

    Attributes:
        scalar: (5,) phi, s_eta, s_mu, s_y, s_len.
        beta: (p,) now, habit, pathways, weekdays, walking.
        path: (K, 5) level, habit, same day, carry-over, noise sd.
        measure: (J, 4) offset, gain by learning, loading, error sd.
        run, intention, length: coefficients of the decision, of the stated intention, of the run's log length.
        d, mu: (T,) deviation eta - mu, and slow level.
        m: (K, T) pathways.
        x, chronic: (T,) dose with missing days filled in by the sampler, and chronic load C.
        y_star: (T,) feeling behind each rating.
        value: (n,) value behind each measurement.
        seen: (T,) 1.0 where there is a rating.
    """

    scalar: Floats
    beta: Floats
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
    y_star: Floats
    value: Floats
    seen: Floats


class Work(NamedTuple):
    """Constants of one fit and scratch arrays, so that a sweep allocates nothing.

    Attributes:
        tau: days of chronic load.
        mean_dose, mean_walking: what the regressors are centred by.
        weekday: (T, 6) contrasts of each day.
        f: (T, p) regressors of eta[t]; row 0 is zero.
        drift: (T,) f beta.
        gram: (p, p) f' f.
        told: (T,) precision, and told_lin (T,) linear term, of what the decision to run tells about d[t].
        has: (3, T) precision of what decision, intention and length say of kappa d[t]; heard: (3, T) what they
            say, times that precision.
        asked: (2, T, 10) regressors of the decision and of the stated intention, d left at 0; nothing where
            there is no answer; asked_gram: (2, 10, 10) their cross products.
        rated: how many days are rated; rating: (T,) y* - mu on those; rating_squares: (1,) its sum of squares.
        learnt: (n,) how much of a test's learning is done, 0 to 1.
        measure_mean, measure_sd: (J, 3) priors of offset, gain, loading.
        missing: (q,) days whose dose is unknown.
        path_heard: (5, T) what moves a pathway, what is told of it (precision, linear term), and what one measure
            tells of it.
    """

    tau: float
    mean_dose: float
    mean_walking: float
    weekday: Floats
    f: Floats
    drift: Floats
    gram: Floats
    told: Floats
    told_lin: Floats
    has: Floats
    heard: Floats
    asked: Floats
    asked_gram: Floats
    rated: float
    rating: Floats
    rating_squares: Floats
    learnt: Floats
    measure_mean: Floats
    measure_sd: Floats
    missing: Ints
    diagonal: Floats
    off: Floats
    lin: Floats
    cross: Floats
    p: Floats
    lin_b: Floats
    row: Floats
    zero: Floats
    residual: Floats
    path_heard: Floats


def start(data: ModelData, priors: CoefficientPriors, rng: np.random.Generator) -> State:
    """A dispersed but sensible starting point: paths at the ratings, coefficients near their prior."""
    k, j, days = data.pathways, data.measures, data.days
    middle = np.clip(np.nan_to_num(_middle(data.lower, data.upper), nan=np.nan), -1.0, 11.0)
    seen = ~np.isnan(middle)
    level = float(np.mean(middle[seen])) if seen.any() else float(priors.scalar[5])
    known = data.dose[~np.isnan(data.dose)]
    jitter = np.exp(0.3 * rng.standard_normal(5))
    path = np.column_stack([priors.path_mean, priors.path_scale[:, :1]]).reshape(k, 5)
    measure = np.tile(np.array([0.0, 0.0, 1.0, 0.4]), (j, 1))
    scalar = np.array([0.4, 0.8, 0.05, 0.5, 0.4]) * jitter
    scalar[S_MU] = max(scalar[S_MU], 1.5 * float(priors.scalar[9]))
    return State(
        scalar=scalar,
        beta=0.1 * priors.beta_sd * rng.standard_normal(len(priors.beta_sd)),
        path=path,
        measure=measure,
        run=np.zeros(RUN_COLUMNS),
        intention=np.zeros(INTENTION_COLUMNS),
        length=np.array(
            [math.log(max(float(known[known > 0].mean()), 0.05)) if (known > 0).any() else 0.0, 0.0]
        ),
        d=np.where(seen, 0.5 * (np.nan_to_num(middle) - level), 0.0),
        mu=np.full(days, level) + 0.3 * rng.standard_normal(),
        m=np.zeros((k, days)),
        x=np.nan_to_num(data.dose),
        chronic=np.zeros(days),
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


def workspace(data: ModelData, *, tau: float) -> Work:
    """Constants and scratch arrays of one fit."""
    days, k = data.days, data.pathways
    p = FIRST_PATH + k + WEEKDAY_COLUMNS + 1
    centre = centring(data)
    weekday = weekday_contrasts()[data.weekday]
    f = np.zeros((days, p))
    f[1:, FIRST_PATH + k : p - 1] = weekday[1:]
    f[1:, p - 1] = data.walking[:-1] - centre.walking
    mean, sd = _measure_priors(data)
    asked = _asked(data, weekday)
    width = max(p, RUN_COLUMNS)
    return Work(
        tau=tau,
        mean_dose=centre.dose,
        mean_walking=centre.walking,
        weekday=weekday,
        f=f,
        drift=np.zeros(days),
        gram=np.zeros((p, p)),
        told=np.zeros(days),
        told_lin=np.zeros(days),
        has=np.zeros((3, days)),
        heard=np.zeros((3, days)),
        asked=asked,
        asked_gram=np.einsum("itj,itk->ijk", asked, asked),
        rated=float(np.sum(np.isfinite(data.lower) | np.isfinite(data.upper))),
        rating=np.zeros(days),
        rating_squares=np.zeros(1),
        learnt=np.minimum(data.earlier, 2.0) / 2.0,
        measure_mean=mean,
        measure_sd=sd,
        missing=np.flatnonzero(np.isnan(data.dose)).astype(np.int64),
        diagonal=np.zeros(days),
        off=np.zeros(days),
        lin=np.zeros(days),
        cross=np.zeros((days, p)),
        p=np.zeros((width, width)),
        lin_b=np.zeros(width),
        row=np.zeros(width),
        zero=np.zeros(width),
        residual=np.zeros((k + 1, days)),
        path_heard=np.zeros((5, days)),
    )


def _asked(data: ModelData, weekday: Floats) -> Floats:
    """Level, room for d, weekday, stated intention and draw (1, -1, or 0 where there is none)."""
    stated = np.nan_to_num(2.0 * np.column_stack([data.intention, data.drawn]) - 1.0)
    level = np.column_stack([np.ones(data.days), np.zeros(data.days), weekday])
    decision = np.column_stack([level, stated])
    intention = np.column_stack([level, np.zeros((data.days, 2))])
    decision[~data.choosing] = 0.0
    intention[~data.choosing | np.isnan(data.intention)] = 0.0
    return np.ascontiguousarray(np.stack([decision, intention]))


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
