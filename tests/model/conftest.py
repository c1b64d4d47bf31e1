"""One small simulated person as arrays, fitted once."""

import math
from types import SimpleNamespace

import numpy as np
import pytest

from backstride.model.compiled import kernel
from backstride.model.data import ModelData, rhythm, unrecorded
from backstride.model.filter import refresh_pull
from backstride.model.fit import Posterior, Settings, fit
from backstride.model.missing_dose import refresh_load
from backstride.model.pain import refresh_drift, refresh_info_linear, refresh_level, refresh_steps
from backstride.model.prior_arrays import coefficient_priors
from backstride.model.priors import neutral_priors
from backstride.model.state import FIRST_PATH, HABIT, SECOND, start
from backstride.model.workspace import workspace

DAYS, SIX = 60, 6


@kernel
def refresh(data, state, work) -> None:
    """Bring everything that depends on the state in step with it."""
    refresh_load(data, state, work)
    refresh_drift(state, work)
    refresh_level(state, work)
    refresh_info_linear(state, work)
    refresh_pull(state, work)
    refresh_steps(state, work)


def some_data(days: int = DAYS, *, seed: int = 1) -> ModelData:
    """Sixty days with ratings, runs, intentions, mood daily and weight weekly."""
    rng = np.random.default_rng(seed)
    y = np.clip(np.round(4 + rng.standard_normal(days)), 0, 10)
    y[rng.random(days) < 0.15] = math.nan
    dose = np.where(rng.random(days) < 0.4, np.exp(0.3 * rng.standard_normal(days)), 0.0)
    mood, weight = 0.5 * np.round(2 * rng.standard_normal(days)), rng.standard_normal(days // 7 + 1)
    rows = np.concatenate([np.arange(0, days, 7), np.arange(days)])
    value = np.concatenate([weight[: len(rows) - days], mood])
    half = np.concatenate([np.zeros(len(rows) - days), np.full(days, 0.25)])
    return ModelData(
        lower=np.where(np.isnan(y) | (y == 0), -math.inf, y - 0.5),
        upper=np.where(np.isnan(y) | (y == 10), math.inf, y + 0.5),
        dose=dose,
        walking=rng.random(days),
        weekday=np.arange(days) % 7,
        intention=np.where(rng.random(days) < 0.8, (rng.random(days) < 0.5).astype(float), math.nan),
        drawn=np.full(days, math.nan),
        decision_eligible=np.ones(days, dtype=bool),
        **unrecorded(dose),
        usual=np.full(days, 1.0 / days),
        chronic_start=0.4,
        pathway=np.array([1, 3]),
        row=rows,
        value_lower=value - half,
        value_upper=value + half,
        earlier=np.zeros(len(rows)),
        measure=np.repeat([0, 1], [len(rows) - days, days]),
        group=np.array([0, len(rows) - days, len(rows)]),
        measure_group=np.array([0, 1, 2]),
    )


@pytest.fixture(scope="session")
def data() -> ModelData:
    """Sixty days."""
    return some_data()


@pytest.fixture(scope="session")
def hundred_days() -> ModelData:
    """A hundred other days."""
    return some_data(100, seed=7)


@pytest.fixture(scope="session")
def two_weeks() -> ModelData:
    """Fourteen days."""
    return some_data(14)


@pytest.fixture(scope="session")
def posterior(data) -> Posterior:
    """Two short chains."""
    return fit(data, settings=Settings(seed=3, chains=2, warmup=200, draws=500))


def six_days() -> ModelData:
    """Runs on three days, one confounder, mood twice a day on some, a flare called once and denied once."""
    dose = np.array([0.0, 1.2, 0.0, 0.7, 1.5, 0.0])
    rows = np.array([0, 1, 2, 3, 4, 5, 1, 3, 5])
    nothing = np.full(SIX, math.nan)
    return ModelData(
        lower=np.array([2.5, -math.inf, 4.5, 5.5, 3.5, 2.5]),
        upper=np.array([3.5, math.inf, 5.5, 6.5, 4.5, 3.5]),
        dose=dose,
        walking=np.array([0.0, 1.0, 0.3, 0.0, 0.6, 0.2]),
        weekday=np.arange(SIX) % 7,
        intention=np.array([0.0, 1.0, math.nan, 1.0, 1.0, math.nan]),
        drawn=nothing,
        decision_eligible=np.ones(SIX, dtype=bool),
        rhythm=rhythm(dose),
        confounders=np.array([[0.5], [-1.0], [0.2], [1.1], [-0.3], [0.4]]),
        coupling=np.array([1.0, 0.9, 0.7, 1.0, 0.8, 0.6]),
        flare=np.array([math.nan, 0.0, math.nan, 1.0, math.nan, math.nan]),
        usual=np.full(SIX, 1.0 / SIX),
        chronic_start=0.2,
        pathway=np.array([3]),
        row=rows,
        value_lower=np.linspace(-1.0, 1.2, len(rows)),
        value_upper=np.linspace(-1.0, 1.2, len(rows)),
        earlier=np.zeros(len(rows)),
        measure=np.repeat([0, 1], [6, 3]),
        group=np.array([0, len(rows)]),
        measure_group=np.array([0, 2]),
    )


@pytest.fixture
def case():
    """Data, priors, a state in which every number is at work, and the room to work in."""
    data, rng = six_days(), np.random.default_rng(2)
    priors = neutral_priors(data.pathway)._replace(rho_mean=0.0, rho_sd=0.6, flare_log_onset=-2.0)
    arrays = coefficient_priors(priors, 1)
    state, work = start(data, arrays, rng), workspace(data, arrays)
    state.beta[:] = np.insert(0.6 * rng.standard_normal(len(state.beta) - 1), SECOND, 0.5)
    for of, sd in ((state.course, 0.3), (state.run, 0.5), (state.intention, 0.5)):
        of[:] = sd * rng.standard_normal(len(of))
    state.course[-1], state.run[1], state.run[2], state.length[1:] = 0.7, -0.7, -0.4, (-0.3, 0.4, 0.2, -0.5)
    state.beta[HABIT] = 5.0
    state.scalar[:] = [0.45, 0.8, 0.3, 0.7, 0.5, 0.5, -1.5, 0.6, 0.3, 1.0, 1.0, 20.0, 20.0]
    state.path[0], state.measure[1] = (0.1, 0.4, -0.3, 0.6, 0.5), (0.3, 0.0, 1.4, 0.6)
    state.d[:], state.mu[:] = rng.standard_normal(SIX), 4.0 + 0.4 * rng.standard_normal(SIX)
    state.m[0], state.flare[:] = rng.standard_normal(SIX), (0, 0, 1, 1, 0, 0)
    state.y_star[:] += 0.3 * rng.standard_normal(SIX)
    rest = work.asked[0] @ state.run + state.run[2] * state.flare
    work.pseudo_precision[0], work.pseudo_precision[1] = 1.0, work.asked[1][:, 0]
    work.pseudo_linear[0] = np.where(data.dose > 0, 0.9, -0.6) - rest
    rest = work.asked[1][:, : len(state.intention)] @ state.intention + state.intention[2] * state.flare
    work.pseudo_linear[1] = work.pseudo_precision[1] * (np.where(data.intention == 1, 0.7, -0.8) - rest)
    work.pseudo_precision[2] = (data.dose > 0) / state.scalar[4] ** 2
    left = (
        np.log(np.where(data.dose > 0, data.dose, 1.0))
        - state.length[0]
        - work.length_habit @ state.length[2:]
    )
    work.pseudo_linear[2] = work.pseudo_precision[2] * left
    work.info_precision[:] = (
        np.array([state.run[1], state.intention[1], state.length[1]]) ** 2 @ work.pseudo_precision
    )
    work.f[1:, FIRST_PATH] = state.m[0, 1:]
    refresh(data, state, work)
    return SimpleNamespace(data=data, priors=priors, arrays=arrays, state=state, work=work)
