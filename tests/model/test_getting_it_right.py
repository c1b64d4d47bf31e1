"""The whole sampler against its own prior (Geweke 2004, "Getting it right", doi:10.1198/016214504000001132).

Drawing data given the parameters and one sweep of the parameters given the data, in turn, must leave every
parameter distributed as its prior. Any wrong conditional, anywhere in the sweep, shows here.
"""

import math
from statistics import NormalDist

import numpy as np
import pytest

from backstride.model.data import ModelData
from backstride.model.diagnostics import ess_bulk
from backstride.model.missing_dose import refresh_load
from backstride.model.pain import refresh_drift
from backstride.model.priors import coefficient_priors, neutral_priors
from backstride.model.random import stream
from backstride.model.state import ERROR_SD, GAIN, LOADING, OFFSET, S_Y, start, workspace
from backstride.model.sweep import sweep

NORMAL = NormalDist()
DAYS, SWEEPS, WARMUP = 10, 20_000, 1000
MOST_Z = (
    5.5  # effective sizes are estimates: chance alone reaches 4 in some of a hundred z; a wrong law, tens
)


def blank_data() -> ModelData:
    """Ten days, all doses unknown, mood rated daily to an interval, weight known exactly."""
    rows = np.concatenate([np.arange(DAYS), np.arange(0, DAYS, 2), np.arange(DAYS)])
    n = len(rows)
    return ModelData(
        lower=np.zeros(DAYS),
        upper=np.ones(DAYS),
        dose=np.full(DAYS, math.nan),
        walking=np.zeros(DAYS),
        weekday=np.arange(DAYS) % 7,
        intention=np.where(np.arange(DAYS) % 3 == 0, math.nan, 1.0),
        drawn=np.full(DAYS, math.nan),
        choosing=np.ones(DAYS, dtype=bool),
        usual=np.full(DAYS, 1.0 / DAYS),
        chronic_start=0.0,
        pathway=np.array([1, 3]),
        row=rows,
        value_lower=np.zeros(n),
        value_upper=np.concatenate([np.zeros(DAYS + DAYS // 2), np.ones(DAYS)]),
        earlier=np.concatenate([np.zeros(DAYS), np.arange(DAYS // 2), np.zeros(DAYS)]).astype(float),
        measure=np.repeat([0, 1, 2], [DAYS, DAYS // 2, DAYS]),
        group=np.array([0, DAYS + DAYS // 2, n]),
        measure_group=np.array([0, 2, 3]),
    )


def new_ratings(data, state, rng) -> None:
    """Ratings given pain, rounded, with floor and ceiling."""
    felt = state.mu + state.d + state.scalar[S_Y] * rng.standard_normal(DAYS)
    y = np.clip(np.round(felt), 0, 10)
    data.lower[:] = np.where(y > 0, y - 0.5, -math.inf)
    data.upper[:] = np.where(y < 10, y + 0.5, math.inf)
    state.y_star[:] = felt


def new_values(data, state, work, rng) -> None:
    """Measurements given the pathways: exact for weight, to half a unit for mood."""
    pathway = np.repeat([0, 1], np.diff(data.group))
    measure = state.measure[data.measure]
    value = measure[:, OFFSET] + measure[:, GAIN] * work.learnt
    value += measure[:, LOADING] * state.m[pathway, data.row]
    value += measure[:, ERROR_SD] * rng.standard_normal(len(value))
    exact = pathway == 0
    data.value_lower[:] = np.where(exact, value, np.floor(2 * value) / 2)
    data.value_upper[:] = np.where(exact, value, np.floor(2 * value) / 2 + 0.5)
    state.value[:] = value


def new_intentions(data, state, work, rng) -> None:
    """Stated intentions given pain and what was done: proposed from pain, accepted by the decision's law."""
    weekday = work.weekday @ state.intention[2:8]
    z = state.intention[0] + state.intention[1] * state.d + weekday + rng.standard_normal(DAYS)
    proposal = np.where(np.isnan(data.intention), math.nan, z > 0)
    now, then = (run_chance(answer, state, work) for answer in (proposal, data.intention))
    ran = state.x > 0
    ratio = np.where(ran, now, 1 - now) / np.maximum(np.where(ran, then, 1 - then), 1e-300)
    accepted = rng.random(DAYS) < ratio
    data.intention[:] = np.where(accepted, proposal, data.intention)
    work.asked[0, :, 8] = np.nan_to_num(2.0 * data.intention - 1.0)
    work.asked_gram[0] = work.asked[0].T @ work.asked[0]


def scores(data, state, work) -> np.ndarray:
    """Three sums whose mean is 0 whatever the prior: each unknown against its own law, weighed by the pain."""
    ran = state.x > 0
    run = (ran - run_chance(data.intention, state, work)) * state.d
    level, kappa = state.length
    length = np.where(ran, np.log(np.where(ran, state.x, 1.0)) - level - kappa * state.d, 0.0) * state.d
    last = state.d[1:] - state.scalar[0] * state.d[:-1] - work.drift[1:]
    return np.array([run.sum(), length.sum(), (last * (state.x[:-1] - 0.5)).sum()])


def run_chance(intention, state, work) -> np.ndarray:
    """P(run) of each day given pain and a stated intention."""
    stated = np.nan_to_num(2.0 * intention - 1.0)
    mean = state.run[0] + state.run[1] * state.d + work.weekday @ state.run[2:8] + state.run[8] * stated
    return np.array([NORMAL.cdf(v) for v in mean])


@pytest.fixture(scope="module")
def walk():
    """Parameters after each sweep of the successive-conditional simulator."""
    data, rng = blank_data(), np.random.default_rng(11)
    priors = neutral_priors(data.pathway)
    arrays = coefficient_priors(priors)
    state, work, key = start(data, arrays, rng), workspace(data, tau=28.0), stream(11, 0)
    state.seen[:] = 1.0
    state.scalar[:] = 0.4, 0.8, 0.05, 0.5, 0.4
    refresh_load(data, state, work)
    refresh_drift(state, work)
    kept = []
    for i in range(SWEEPS):
        new_ratings(data, state, rng)
        new_values(data, state, work, rng)
        new_intentions(data, state, work, rng)
        assert sweep(key, i, data, state, arrays, work)
        kept.append(np.concatenate([state.scalar, state.beta[:5], state.run[:3], state.run[8:9],
                                    state.intention[:3], state.length, state.path.ravel(),
                                    state.measure[:, [0, 1, 2]].ravel(), state.measure[:, 3],
                                    [state.mu[0]], scores(data, state, work)]))  # fmt: skip
    return np.array(kept)[WARMUP:], priors


def test_the_sampler_leaves_every_parameter_at_its_prior(walk):
    """Means and spreads of all parameters under successive-conditional simulation equal those of the prior."""
    draws, priors = walk
    wrong = []
    for name, column, mean, sd in expected(priors):
        x = draws[:, column]
        square = [] if sd is None else [("square", (x - mean) ** 2, sd**2)]
        for what, values, truth in [("mean", x, mean), *square]:
            # where the walk itself has hardly turned round, its squares look better known than they are
            size = min(ess_bulk(x.reshape(4, -1)), ess_bulk(values.reshape(4, -1)))
            z = (values.mean() - truth) / (values.std() / math.sqrt(max(size, 1.0)))
            if abs(z) > MOST_Z:
                wrong.append(f"{name} {what}: {values.mean():.4f} instead of {truth:.4f}, z = {z:.1f}")
    assert wrong == []


def expected(priors):
    """Name, column, prior mean and prior sd of what was kept."""
    half = math.sqrt(2 / math.pi)
    yield "phi", 0, *between(priors.phi_mean, priors.phi_sd, 0.98)
    for column, name, scale in ((1, "s_eta", priors.s_eta), (2, "s_mu", priors.s_mu), (3, "s_y", priors.s_y),
                                (4, "s_len", priors.length_sd)):  # fmt: skip
        yield name, column, half * scale, scale * math.sqrt(1 - half**2)
    sds = [
        priors.beta_now,
        priors.beta_hab,
        priors.paths[0].delta_sd,
        priors.paths[1].delta_sd,
        priors.weekday,
    ]
    sds += [priors.run_level, priors.run_kappa, priors.run_weekday, priors.run_stated]
    sds += [priors.run_level, priors.run_kappa, priors.run_weekday, priors.length_level, priors.length_kappa]
    for i, sd in enumerate(sds):
        yield f"coefficient {i}", 5 + i, 0.0, sd
    for k, path in enumerate(priors.paths):
        first, push = 19 + 5 * k, path.reach * (1 - path.phi_mean)
        yield f"a[{k}]", first, 0.0, 0.5 * (1 - path.phi_mean)
        yield f"b[{k}]", first + 1, 0.0, push
        yield f"c[{k}]", first + 2, 0.0, push
        yield f"carry[{k}]", first + 3, *between(path.phi_mean, path.phi_sd, 0.995)
        yield f"s[{k}]", first + 4, half * path.daily_sd, path.daily_sd * math.sqrt(1 - half**2)
    yield "offset[1]", 32, 0.0, 1.0
    yield "gain[1]", 33, 0.3, 0.3
    yield "loading[1]", 34, 1.0, 0.5
    for j, path in ((0, 0), (1, 0), (2, 1)):
        scale = priors.paths[path].error_sd
        yield f"error[{j}]", 38 + j, half * scale, scale * math.sqrt(1 - half**2)
    yield "mu_first", 41, priors.level_mean, priors.level_sd
    for column, name in ((42, "decision"), (43, "length"), (44, "next day")):
        yield f"score of the {name}", column, 0.0, None


def between(mean: float, sd: float, most: float) -> tuple[float, float]:
    """Mean and sd of a normal between 0 and `most`, by fine summation."""
    x = np.linspace(0, most, 20_001)
    w = np.exp(-0.5 * ((x - mean) / sd) ** 2)
    w /= w.sum()
    middle = float((w * x).sum())
    return middle, math.sqrt(float((w * (x - middle) ** 2).sum()))
