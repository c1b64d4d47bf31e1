"""The whole sampler against its own prior (Geweke 2004, "Getting it right", doi:10.1198/016214504000001132).

Drawing data given the parameters and one sweep of the parameters given the data, in turn, must leave every
parameter distributed as its prior. Any wrong conditional, anywhere in the sweep, shows here.
"""

import math
from statistics import NormalDist

import numpy as np
import pytest

from backstride.model.compiled import kernel
from backstride.model.data import ModelData
from backstride.model.diagnostics import ess_bulk
from backstride.model.episodes import CALLED_IN_FLARE, CALLED_OUTSIDE, MAX_ONSET
from backstride.model.missing_dose import refresh_load
from backstride.model.pain import MAX_RHO, refresh_drift, refresh_level, refresh_steps
from backstride.model.prior_arrays import coefficient_priors
from backstride.model.priors import neutral_priors
from backstride.model.random import stream
from backstride.model.state import (
    CARRY,
    DELAY,
    ERROR_SD,
    GAIN,
    LOADING,
    LOG_ONSET,
    LOG_RATIO,
    OFFSET,
    PATH_SD,
    PHI,
    RHO,
    S_ETA,
    S_LEN,
    S_RHYTHM,
    S_WEEKDAY,
    S_Y,
    SCALARS,
    TAU,
    start,
)
from backstride.model.sweep import sweep
from backstride.model.workspace import workspace

NORMAL = NormalDist()
DAYS, KNOWN, SWEEPS, WARMUP = 10, 7, 20_000, 1000
INTENTION_COLUMN = 15
MAX_Z = 5.5  # effective sizes are estimates: chance alone reaches 4 in some of a hundred z; a wrong law, tens


@kernel
def refresh_doses(data, state, work) -> None:
    """Bring load and drift in step with the doses."""
    refresh_load(data, state, work)
    refresh_drift(state, work)


@kernel
def refresh_pain(state, work) -> None:
    """Bring level and steps of pain in step with the state."""
    refresh_level(state, work)
    refresh_steps(state, work)


def blank_data() -> ModelData:
    """Ten days: seven doses known, mood daily to an interval, weight exactly, a confounder, flares called or not."""
    rows = np.concatenate([np.arange(DAYS), np.arange(0, DAYS, 2), np.arange(DAYS)])
    n = len(rows)
    fixed = np.random.default_rng(5)
    return ModelData(
        lower=np.zeros(DAYS),
        upper=np.ones(DAYS),
        dose=np.where(np.arange(DAYS) < KNOWN, np.arange(DAYS) % 2.0, math.nan),
        walking=np.zeros(DAYS),
        weekday=np.arange(DAYS) % 7,
        intention=np.where(np.arange(DAYS) % 3 == 0, math.nan, 1.0),
        drawn=np.full(DAYS, math.nan),
        decision_eligible=np.ones(DAYS, dtype=bool),
        rhythm=0.3 * fixed.standard_normal((DAYS, 5)),
        confounders=fixed.standard_normal((DAYS, 1)),
        coupling=np.linspace(0.4, 1.0, DAYS),
        flare=np.where(np.arange(DAYS) % 2 == 0, math.nan, 0.0),
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


def new_ratings(data, state, work, rng) -> None:
    """Ratings given pain, rounded, with floor and ceiling; days called a flare or not."""
    felt = work.level + state.d + state.scalar[S_Y] * rng.standard_normal(DAYS)
    y = np.clip(np.round(felt), 0, 10)
    data.lower[:] = np.where(y > 0, y - 0.5, -math.inf)
    data.upper[:] = np.where(y < 10, y + 0.5, math.inf)
    state.y_star[:] = felt
    called = rng.random(DAYS) < np.where(state.flare > 0, CALLED_IN_FLARE, CALLED_OUTSIDE)
    data.flare[:] = np.where(np.isnan(data.flare), math.nan, called)


def new_values(data, state, work, rng) -> None:
    """Measurements given the pathways: exact for weight, to half a unit for mood."""
    pathway = np.repeat([0, 1], np.diff(data.group))
    measure = state.measure[data.measure]
    value = measure[:, OFFSET] + measure[:, GAIN] * work.practice
    value += measure[:, LOADING] * state.m[pathway, data.row]
    value += measure[:, ERROR_SD] * rng.standard_normal(len(value))
    exact = pathway == 0
    data.value_lower[:] = np.where(exact, value, np.floor(2 * value) / 2)
    data.value_upper[:] = np.where(exact, value, np.floor(2 * value) / 2 + 0.5)
    state.value[:] = value


def new_intentions(data, state, work, rng) -> None:
    """Stated intentions given pain and what was done: proposed from pain, accepted by the decision's law."""
    rows = np.array(work.asked[0][:, :INTENTION_COLUMN])
    z = rows @ state.intention + state.intention[1] * state.d + state.intention[2] * state.flare
    z += rng.standard_normal(DAYS)
    proposal = np.where(np.isnan(data.intention), math.nan, z > 0)
    now, then = (run_chance(state.x, answer, state, work) for answer in (proposal, data.intention))
    ran = state.x > 0
    ratio = np.where(ran, now, 1 - now) / np.maximum(np.where(ran, then, 1 - then), 1e-300)
    accepted = rng.random(DAYS) < ratio
    data.intention[:] = np.where(accepted, proposal, data.intention)
    work.asked[0, :, INTENTION_COLUMN] = np.nan_to_num(2.0 * data.intention - 1.0)


def new_dose(data, state, work, arrays, rng) -> None:
    """One known dose given everything else, by Metropolis-Hastings on the whole density."""
    t = int(rng.integers(KNOWN))
    mean = length_mean(state, work)[t]
    x = np.exp(mean + state.scalar[S_LEN] * rng.standard_normal()) if rng.random() < 0.5 else 0.0
    changed = state.x.copy()
    changed[t] = x
    ratio = dose_density(data, changed, state, work, t) - dose_density(data, state.x, state, work, t)
    if math.log(rng.random()) < ratio:
        state.x[t] = data.dose[t] = x
        work.log_dose[t] = math.log(x) if x > 0.0 else 0.0
        refresh_doses(data, state, work)


def dose_density(data, x, state, work, t) -> float:
    """Log density of all that depends on the doses, less the log length of day t, which its proposal already has."""
    load, acute = np.zeros(DAYS), data.chronic_start
    load[0] = data.chronic_start
    for s in range(1, DAYS):
        acute += (x[s - 1] - acute) / state.scalar[TAU]
        load[s] = load[s - 1] + (acute - load[s - 1]) / state.scalar[DELAY]
    now, habit = x[:-1] - work.mean_dose, load[1:] - work.mean_dose
    rest = work.drift - work.f[:, :3] @ state.beta[:3]
    pushed = np.column_stack([now, habit, np.append(0.0, now[:-1])]) @ state.beta[:3]
    e = state.d[1:] - state.scalar[PHI] * state.d[:-1] - rest[1:] - pushed
    total = -0.5 * np.sum((e / state.scalar[S_ETA]) ** 2)
    for k, path in enumerate(state.path):
        left = state.m[k, 1:] - path[0] - path[CARRY] * state.m[k, :-1] - path[1] * habit - path[2] * now
        total -= 0.5 * np.sum((left / path[PATH_SD]) ** 2)
    chance = run_chance(x, data.intention, state, work, e)
    total += np.sum(np.log(np.where(x > 0, chance, 1 - chance)))
    ran = x > 0
    left = np.where(ran, np.log(np.where(ran, x, 1.0)) - length_mean(state, work), 0.0)
    left[t] = 0.0
    total -= 0.5 * np.sum((left / state.scalar[S_LEN]) ** 2)
    onset = np.minimum(np.exp(state.scalar[LOG_ONSET] + state.scalar[LOG_RATIO] * ran[:-1]), MAX_ONSET)
    free = state.flare[:-1] == 0
    return float(total + np.sum(np.log(np.where(state.flare[1:] > 0, onset, 1 - onset)[free])))


def length_mean(state, work) -> np.ndarray:
    """Expected log length of a run on each day."""
    return state.length[0] + state.length[1] * state.d + work.length_habit @ state.length[2:]


def run_chance(x, intention, state, work, e=None) -> np.ndarray:
    """P(run) of each day given pain, a stated intention and next morning's chance."""
    if e is None:
        e = state.d[1:] - state.scalar[PHI] * state.d[:-1] - work.drift[1:]
    rows = np.array(work.asked[0])
    rows[:, INTENTION_COLUMN] = np.nan_to_num(2.0 * intention - 1.0)
    mean = rows @ state.run + state.run[1] * state.d + state.run[2] * state.flare
    r = state.scalar[RHO] * work.coupling
    mean = mean + r * np.append(e, 0.0) / state.scalar[S_ETA]
    return np.clip([NORMAL.cdf(v) for v in mean / np.sqrt(1 - r**2)], 1e-12, 1 - 1e-12)


def scores(data, state, work) -> np.ndarray:
    """Three sums whose mean is 0 whatever the prior: each unknown against its own law, weighed by the pain."""
    ran = state.x > 0
    run = ((ran - run_chance(state.x, data.intention, state, work)) * state.d)[KNOWN:]
    length = np.where(ran, np.log(np.where(ran, state.x, 1.0)) - length_mean(state, work), 0.0) * state.d
    last = state.d[1:] - state.scalar[0] * state.d[:-1] - work.drift[1:]
    after_unknown = (last * (state.x[:-1] - 0.5))[KNOWN:]
    return np.array([run.sum(), length.sum(), after_unknown.sum()])


@pytest.fixture(scope="module")
def walk():
    """Parameters after each sweep of the successive-conditional simulator."""
    data, rng = blank_data(), np.random.default_rng(11)
    priors = neutral_priors(data.pathway)._replace(
        flare_log_onset=-2.0,
        flare_ends=4.0,
        flare_goes_on=6.0,
        flare_longest=math.inf,
        flare_most=1.0,
        s_mu_most=math.inf,
    )
    arrays = coefficient_priors(priors, 1)
    state, work, key = start(data, arrays, rng), workspace(data, arrays), stream(11, 0)
    state.seen[:] = 1.0
    state.x[:KNOWN] = data.dose[:KNOWN]
    refresh_doses(data, state, work)
    refresh_pain(state, work)
    kept = []
    for i in range(SWEEPS):
        new_ratings(data, state, work, rng)
        new_values(data, state, work, rng)
        new_intentions(data, state, work, rng)
        for _ in range(2):
            new_dose(data, state, work, arrays, rng)
        assert sweep(key, i, data, state, arrays, work)
        kept.append(quantities(data, state, work))
    return {name: np.array([k[name] for k in kept])[WARMUP:] for name in kept[0]}, priors


def quantities(data, state, work) -> dict[str, float]:
    """Everything that has a prior, by name; heavy-tailed ones through their distribution function."""
    out = dict(zip(SCALARS, state.scalar, strict=True))
    out |= {"s_mu": out["s_mu"]} | dict(
        zip(("beta_now", "beta_hab", "beta_second"), state.beta, strict=False)
    )
    out |= {f"delta[{k}]": state.beta[3 + k] for k in range(2)}
    out |= {"weekday": state.beta[5], "confounder": state.beta[12]}
    out |= {f"course[{j}]": state.course[j] for j in range(6)} | {"size": state.course[6]}
    for name, coefficients in (("run", state.run), ("intention", state.intention)):
        out |= {f"{name}[{j}]": coefficients[j] for j in (0, 1, 2, 14)}
        out |= {f"{name} weekday": coefficients[3] / state.scalar[S_WEEKDAY]}
        out |= {f"{name} rhythm": coefficients[9] / state.scalar[S_RHYTHM]}
    out |= {"run[15]": state.run[15]} | {f"length[{j}]": state.length[j] for j in range(5)}
    out |= {f"path[{k},{j}]": state.path[k, j] for k in range(2) for j in range(5)}
    out |= {
        "offset": state.measure[1, OFFSET],
        "gain": state.measure[1, GAIN],
        "loading": state.measure[1, LOADING],
    }
    out |= {f"error[{j}]": state.measure[j, ERROR_SD] for j in range(3)}
    out |= {"mu_first": state.mu[0]}
    names = ("score of the decision", "score of the length", "score of the next day")
    return out | dict(zip(names, scores(data, state, work), strict=True))


def test_the_sampler_leaves_every_parameter_at_its_prior(walk):
    """Means and spreads of all parameters under successive-conditional simulation equal those of the prior."""
    draws, priors = walk
    wrong = []
    for name, mean, sd, through in expected(priors):
        x = through(draws[name])
        square = [] if sd is None else [("square", (x - mean) ** 2, sd**2)]
        for what, values, truth in [("mean", x, mean), *square]:
            # where the walk itself has hardly turned round, its squares look better known than they are
            size = min(ess_bulk(x.reshape(4, -1)), ess_bulk(values.reshape(4, -1)))
            z = (values.mean() - truth) / (values.std() / math.sqrt(max(size, 1.0)))
            if abs(z) > MAX_Z:
                wrong.append(f"{name} {what}: {values.mean():.4f} instead of {truth:.4f}, z = {z:.1f}")
    assert wrong == []


def expected(priors):
    """Name, prior mean and sd (None where only the mean is known) of each quantity, and what it is seen through."""
    half = math.sqrt(2 / math.pi)
    uniform = 0.5, math.sqrt(1 / 12)

    def same(x):
        return x

    def t4(scale):
        def cdf(x):
            u = x / scale
            root = 1 + u * u / 4
            return 0.5 + 0.375 * u / np.sqrt(root) * (1 - u * u / (12 * root))

        return cdf

    yield "phi", *between(priors.phi_mean, priors.phi_sd, 0.0, priors.phi_most), same
    yield "rho", *between(priors.rho_mean, priors.rho_sd, -MAX_RHO, MAX_RHO), same
    yield "size", *between(priors.flare_mean, priors.flare_sd, priors.flare_least, 9.0), same
    yield "s_mu", *uniform, lambda x: x / np.sqrt(2 * priors.s_mu**2 + x * x)
    yield "beta_now", *uniform, t4(priors.beta_now)
    yield "beta_hab", *uniform, t4(priors.beta_hab)
    yield "beta_second", *uniform, t4(priors.beta_second)
    yield "log_onset", priors.flare_log_onset, None, same
    yield "log_ratio", 0.0, priors.flare_log_ratio_sd, same
    a, b = priors.flare_ends, priors.flare_goes_on
    yield "ends", a / (a + b), math.sqrt(a * b / (a + b + 1)) / (a + b), same
    for name, values in zip(("tau", "delay"), np.transpose(priors.build_up), strict=True):
        yield name, float(np.mean(values)), float(np.std(values)), same
    yield "s_eta", *between(0.0, priors.s_eta, priors.s_eta_least, 9.0), same
    yield "s_y", *between(0.0, priors.s_y, priors.s_y_least, 9.0), same
    yield "s_len", *between(0.0, priors.length_sd, priors.length_sd_least, 9.0), same
    scales = [("s_weekday", priors.run_habit), ("s_rhythm", priors.run_habit)]
    for k, path in enumerate(priors.paths):
        scales += [(f"path[{k},4]", path.daily_sd)]
    scales += [(f"error[{j}]", priors.paths[path].error_sd) for j, path in ((0, 0), (1, 0), (2, 1))]
    for name, scale in scales:
        yield name, half * scale, scale * math.sqrt(1 - half**2), same
    normals = {"weekday": priors.weekday, "confounder": priors.confounder, "run[0]": priors.run_level}
    normals |= {f"delta[{k}]": path.delta_sd for k, path in enumerate(priors.paths)}
    normals |= {f"course[{j}]": priors.recovery for j in range(3)}
    normals |= {f"course[{j}]": priors.recovery_since_run for j in range(3, 6)}
    normals |= {"run[1]": priors.run_kappa, "run[2]": priors.run_flare, "run[14]": priors.run_confounder}
    normals |= {"run[15]": priors.run_stated, "intention[0]": priors.run_level}
    normals |= {"intention[1]": priors.intention_kappa, "intention[2]": priors.run_flare}
    normals |= {"intention[14]": priors.run_confounder}
    normals |= {f"{name} {what}": 1.0 for name in ("run", "intention") for what in ("weekday", "rhythm")}
    normals |= {"length[0]": priors.length_level, "length[1]": priors.length_kappa}
    normals |= {f"length[{j}]": priors.length_habit for j in range(2, 5)}
    for name, sd in normals.items():
        yield name, 0.0, sd, same
    for k, path in enumerate(priors.paths):
        push = path.reach * (1 - path.phi_mean)
        yield f"path[{k},0]", 0.0, 0.5 * (1 - path.phi_mean), same
        yield f"path[{k},1]", 0.0, push, same
        yield f"path[{k},2]", 0.0, push, same
        yield f"path[{k},3]", *between(path.phi_mean, path.phi_sd, 0.0, 0.995), same
    yield "offset", 0.0, 1.0, same
    yield "gain", 0.3, 0.3, same
    yield "loading", 1.0, 0.5, same
    yield "mu_first", priors.level_mean, priors.level_sd, same
    for name in ("decision", "length", "next day"):
        yield f"score of the {name}", 0.0, None, same


def between(mean: float, sd: float, least: float, most: float) -> tuple[float, float]:
    """Mean and sd of a normal between two bounds, by fine summation."""
    x = np.linspace(least, most, 20_001)
    w = np.exp(-0.5 * ((x - mean) / sd) ** 2)
    w /= w.sum()
    middle = float((w * x).sum())
    return middle, math.sqrt(float((w * (x - middle) ** 2).sum()))
