"""One small made-up person as arrays, fitted once."""

import math

import numpy as np
import pytest

from backstride.model.data import ModelData, unrecorded
from backstride.model.fit import Posterior, Settings, fit

DAYS = 60


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
        choosing=np.ones(days, dtype=bool),
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
