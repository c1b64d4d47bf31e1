"""Each step of the sampler draws from what is left of the joint density when everything else is held.

Six days, so that the joint density (`joint.py`) can be summed or integrated: over all flares, over a grid of one
number, or over whole paths as a dense Gaussian.
"""

import itertools
import math
import runpy
from copy import deepcopy
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from backstride.model import collapsed, pathway_noise
from backstride.model.compiled import kernel
from backstride.model.data import ModelData, rhythm
from backstride.model.decision import draw_probit
from backstride.model.diagnostics import ess_bulk
from backstride.model.episodes import draw_episodes, draw_flares
from backstride.model.filter import refresh_pull
from backstride.model.level import shift_level
from backstride.model.missing_dose import draw_time_constant, refresh_load
from backstride.model.pain import (
    draw_carry_over,
    draw_rho,
    draw_tails,
    refresh_drift,
    refresh_info_linear,
    refresh_level,
    refresh_steps,
)
from backstride.model.prior_arrays import coefficient_priors
from backstride.model.priors import neutral_priors
from backstride.model.random import normal, stream
from backstride.model.state import (
    DELAY,
    FIRST_PATH,
    HABIT,
    LOG_ONSET,
    LOG_RATIO,
    NOW,
    PHI,
    RHO,
    S_MU,
    TAU,
    start,
)
from backstride.model.workspace import workspace

joint = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("joint.py"))))
DAYS, DRAWS = 6, 40_000
FLARES, PHI_STEP, RHO_STEP, TAU_STEP, SHIFT, EPISODES, TAILS, PROBIT = range(8)


@kernel
def drive(step, key, data, state, priors, work, out) -> None:
    """Take one step again and again; each row of `out` is what it left behind."""
    for n in range(out.shape[0]):
        if step == FLARES:
            draw_flares(key, data, state, priors, work)
            for t in range(state.flare.shape[0]):
                out[n, t] = state.flare[t]
        elif step == PHI_STEP:
            draw_carry_over(key, state, priors, work)
            out[n, 0] = state.scalar[PHI]
        elif step == RHO_STEP:
            draw_rho(key, state, priors, work)
            out[n, 0] = state.scalar[RHO]
        elif step == TAU_STEP:
            draw_time_constant(key, data, state, priors, work)
            out[n, 0], out[n, 1] = state.scalar[TAU], state.scalar[DELAY]
        elif step == SHIFT:
            shift_level(key, state, priors, work)
            out[n, 0] = state.mu[0]
        elif step == EPISODES:
            draw_episodes(key, state, priors)
            out[n, 0], out[n, 1], out[n, 2] = (
                state.scalar[LOG_ONSET],
                state.scalar[LOG_RATIO],
                state.scalar[8],
            )
        elif step == TAILS:
            draw_tails(key, state, priors, work)
            for j in (NOW, HABIT):
                state.beta[j] = work.beta_sd[j] * normal(key)
            state.scalar[S_MU] = work.s_mu_scale[0] * abs(normal(key))
            out[n, 0], out[n, 1], out[n, 2] = state.beta[NOW], state.beta[HABIT], state.scalar[S_MU]
        else:
            draw_probit(key, 0, state.x, state, work, work.run_sd, state.run)
            out[n, 0], out[n, 1] = state.run[0], state.run[1]


@kernel
def collapsed_density(which, x, state, priors, work) -> float:
    """Log density of one number with the paths of pain integrated out."""
    collapsed._gather(state, work)
    for lane in range(work.tried.shape[0]):
        work.tried[lane] = x
    collapsed.pain_densities(which, state, priors, work)
    return work.log_density[0]


@kernel
def error_density(x, j, data, state, priors, work) -> float:
    """Log density of the log error of measure j, or of a pathway's daily noise (-1), its path integrated out."""
    pathway_noise._gather(0, data, state, work)
    count, squares = pathway_noise._set_apart(j, 0, data, state, work)
    scale = priors.path_scale[0, 0 if j < 0 else 1]
    for lane in range(work.tried.shape[0]):
        work.tried[lane] = x
    pathway_noise.noise_densities(j, 0, count, squares, state, scale, work)
    return work.log_density[0]


def six_days() -> ModelData:
    """Runs on three days, one confounder, mood twice a day on some, a flare called once and denied once."""
    dose = np.array([0.0, 1.2, 0.0, 0.7, 1.5, 0.0])
    rows = np.array([0, 1, 2, 3, 4, 5, 1, 3, 5])
    nothing = np.full(DAYS, math.nan)
    return ModelData(
        lower=np.array([2.5, -math.inf, 4.5, 5.5, 3.5, 2.5]),
        upper=np.array([3.5, math.inf, 5.5, 6.5, 4.5, 3.5]),
        dose=dose,
        walking=np.array([0.0, 1.0, 0.3, 0.0, 0.6, 0.2]),
        weekday=np.arange(DAYS) % 7,
        intention=np.array([0.0, 1.0, math.nan, 1.0, 1.0, math.nan]),
        drawn=nothing,
        choosing=np.ones(DAYS, dtype=bool),
        rhythm=rhythm(dose),
        confounders=np.array([[0.5], [-1.0], [0.2], [1.1], [-0.3], [0.4]]),
        coupling=np.array([1.0, 0.9, 0.7, 1.0, 0.8, 0.6]),
        flare=np.array([math.nan, 0.0, math.nan, 1.0, math.nan, math.nan]),
        usual=np.full(DAYS, 1.0 / DAYS),
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
    for of, sd in ((state.beta, 0.6), (state.course, 0.3), (state.run, 0.5), (state.intention, 0.5)):
        of[:] = sd * rng.standard_normal(len(of))
    state.course[-1], state.run[1], state.run[2], state.length[1:] = 0.7, -0.7, -0.4, (-0.3, 0.4, 0.2, -0.5)
    state.beta[HABIT] = 5.0
    state.scalar[:] = [0.45, 0.8, 0.3, 0.7, 0.5, 0.5, -1.5, 0.6, 0.3, 1.0, 1.0, 20.0, 20.0]
    state.path[0], state.measure[1] = (0.1, 0.4, -0.3, 0.6, 0.5), (0.3, 0.0, 1.4, 0.6)
    state.d[:], state.mu[:] = rng.standard_normal(DAYS), 4.0 + 0.4 * rng.standard_normal(DAYS)
    state.m[0], state.flare[:] = rng.standard_normal(DAYS), (0, 0, 1, 1, 0, 0)
    state.y_star[:] += 0.3 * rng.standard_normal(DAYS)
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
    for refresh in (
        refresh_load,
        None,
        refresh_drift,
        refresh_level,
        refresh_info_linear,
        refresh_pull,
        refresh_steps,
    ):
        if refresh is refresh_load:
            refresh(data, state, work)
        elif refresh is not None:
            refresh(state, work)
    return SimpleNamespace(data=data, priors=priors, arrays=arrays, state=state, work=work)


def drawn(case, step: int, width: int = 1, *, seed: int = 1) -> np.ndarray:
    """(DRAWS, width) of one step taken again and again."""
    out = np.zeros((DRAWS, width))
    drive(step, stream(seed, 0), case.data, case.state, case.arrays, case.work, out)
    return out


def held(case, change, values) -> np.ndarray:
    """Chance of each of `values`, evenly spaced, when change(v, value) sets it and everything else is held."""
    log = []
    for value in values:
        v = joint.unknowns(case.state, case.work)
        change(v, value)
        log.append(joint.log_joint(v, case.data, case.priors, case.arrays))
    chance = np.exp(np.array(log) - np.max(log))
    return chance / chance.sum()


def agrees(draws: np.ndarray, values: np.ndarray, chance: np.ndarray) -> bool:
    """Mean and spread of the draws are those of the law on the grid, within five Monte Carlo errors."""
    mean = float(chance @ values)
    for x, truth in ((draws, mean), ((draws - mean) ** 2, float(chance @ (values - mean) ** 2))):
        size = max(ess_bulk(x.reshape(4, -1)), 1.0)
        if abs(x.mean() - truth) > 5.0 * x.std() / math.sqrt(size):
            return False
    return True


def test_flares_are_drawn_as_by_counting_all_their_sequences(case):
    """Each of the 64 sequences of six days comes as often as the joint density says, eta and z held."""
    eta = case.state.d + case.state.course[-1] * case.state.flare

    def change(v, sequence):
        v.flare = np.array(sequence, dtype=float)
        v.d = eta - v.course[-1] * v.flare

    sequences = list(itertools.product((0, 1), repeat=DAYS))
    chance = held(case, change, sequences)
    found = drawn(case, FLARES, DAYS) @ 2.0 ** np.arange(DAYS)[::-1]
    share = np.bincount(found.astype(int), minlength=len(sequences)) / DRAWS
    assert np.sum(chance > 0.01) >= 5
    assert np.all(np.abs(share - chance) < 5 * np.sqrt(chance * (1 - chance) / DRAWS) + 1e-4)


@pytest.mark.parametrize(
    ("step", "place", "grid"),
    [
        (PHI_STEP, PHI, np.linspace(0.0, 0.9, 2001)),
        (RHO_STEP, RHO, np.linspace(-0.9, 0.9, 2001)),
    ],
    ids=["carry-over", "rho"],
)
def test_a_number_is_drawn_as_on_a_fine_grid(case, step, place, grid):
    """Carry-over and the correlation of both chances, everything else held."""
    chance = held(case, lambda v, x: v.scalar.__setitem__(place, x), grid)
    assert agrees(drawn(case, step)[:, 0], grid, chance)


def test_the_time_constants_are_drawn_as_by_trying_all(case):
    """Each pair of the grid as often as the joint density says."""
    grid = case.arrays.build_up
    chance = held(case, lambda v, pair: v.scalar.__setitem__([TAU, DELAY], pair), grid)
    found = drawn(case, TAU_STEP, 2)
    share = np.array([np.mean(np.all(found == pair, axis=1)) for pair in grid])
    assert np.ptp(chance) > 0.05
    assert np.all(np.abs(share - chance) < 5 * np.sqrt(chance * (1 - chance) / DRAWS))


def test_level_and_deviation_are_shifted_as_on_a_fine_grid(case):
    """Up one, down the other, and the three levels with them, every hidden z in its place."""
    first = case.state.mu[0]

    def change(v, mu):
        c = first - mu
        v.mu, v.d = v.mu - c, v.d + c
        for of in (v.run, v.intention, v.length):
            of[0] -= c * of[1]

    grid = np.linspace(first - 8.0, first + 8.0, 4001)
    chance = held(case, change, grid)
    assert agrees(drawn(case, SHIFT)[:, 0], grid, chance)


def test_onsets_and_ends_of_flares_are_drawn_as_on_a_grid(case):
    """How often flares begin, after rest and after runs, and how soon they end."""
    found = drawn(case, EPISODES, 3)
    onset, ratio = np.linspace(-5.0, 1.5, 131), np.linspace(-3.5, 3.5, 141)
    pairs = list(itertools.product(onset, ratio))

    def both(v, pair):
        v.scalar[LOG_ONSET], v.scalar[LOG_RATIO] = pair

    chance = held(case, both, pairs).reshape(len(onset), len(ratio))
    assert agrees(found[:, 0], onset, chance.sum(axis=1))
    assert agrees(found[:, 1], ratio, chance.sum(axis=0))
    ends = np.linspace(0.0005, 0.9995, 1999)
    assert agrees(found[:, 2], ends, held(case, lambda v, x: v.scalar.__setitem__(8, x), ends))


def test_the_tails_are_those_of_student(case):
    """Drawn in turn with their own coefficients, next day and habit are t(4), the slow level's step is half-t(2)."""
    found = np.abs(drawn(case, TAILS, 3))
    size = ess_bulk(found[:, 0].reshape(4, -1))

    def below_t4(x):
        u = x / np.sqrt(1 + x * x / 4)
        return 0.75 * u * (1 - (x * x / (1 + x * x / 4)) / 12)  # P(|t(4)| < x)

    def below_t2(x):
        return x / np.sqrt(2 + x * x)

    scales = (case.arrays.beta_sd[NOW], case.arrays.beta_sd[HABIT], case.priors.s_mu)
    for j, below in enumerate((below_t4, below_t4, below_t2)):
        for x in (0.5, 1.5, 4.0):
            p = below(x)
            share = np.mean(found[:, j] < x * scales[j])
            assert abs(share - p) < 5 * math.sqrt(p * (1 - p) / min(size, DRAWS / 4))


def test_the_decision_is_drawn_as_by_integration(case):
    """Level and kappa, all else of it at 0, on a fine grid, z integrated out given next morning's chance."""
    case.state.run[:] = 0.0
    case.work.run_sd[2:] = 1e-6
    d, phi, s_eta = case.state.d, case.state.scalar[PHI], case.state.scalar[1]
    e = (d[1:] - phi * d[:-1] - case.work.drift[1:]) / s_eta
    r = np.append(case.state.scalar[RHO] * case.data.coupling[:-1], 0.0)
    sign = np.where(case.data.dose > 0, 1.0, -1.0)
    level, kappa = np.linspace(-9, 9, 301), np.linspace(-4, 4, 281)
    z = level[:, None, None] + kappa[None, :, None] * d + r * np.append(e, 0.0)
    log = np.log(0.5 * np.vectorize(math.erfc)(-sign * z / np.sqrt(2 * (1 - r * r)))).sum(axis=2)
    log -= 0.5 * (level[:, None] / case.arrays.run_sd[0]) ** 2 + 0.5 * (kappa / case.arrays.run_sd[1]) ** 2
    chance = np.exp(log - log.max())
    chance /= chance.sum()
    found = drawn(case, PROBIT, 2)
    assert agrees(found[:, 0], level, chance.sum(axis=1))
    assert agrees(found[:, 1], kappa, chance.sum(axis=0))


def mu_d_and_next_day(v, x) -> None:
    """Set both paths of pain and the next-day effect."""
    v.mu, v.d, v.beta[NOW] = x[:DAYS], x[DAYS : 2 * DAYS], x[-1]


@pytest.mark.parametrize(
    ("which", "places", "prior"),
    [
        (0, ("scalar", 3), 1.0), (1, ("scalar", 1), 1.0), (2, ("scalar", 0), 0.0), (3, ("scalar", 2), 1.0),
        (4, ("run", 1), 0.0), (5, ("intention", 1), 0.0), (6, ("length", 1), 0.0),
    ],
    ids=["s_y", "s_eta", "phi", "s_mu", "kappa", "kappa of the intention", "kappa of the length"],
)  # fmt: skip
def test_pain_integrates_out_as_a_dense_gaussian(case, which, places, prior):
    """Level, deviation and next-day effect, with rho and all decisions, for each number drawn that way."""
    name, index = places
    here = float(getattr(case.state, name)[index])
    logged = prior > 0.0
    ours, theirs = [], []
    for value in (here, 1.3 * here + 0.05):
        own = deepcopy((case.state, case.work))
        told_apart(own[1], own[0], which)
        ours.append(
            collapsed_density(which, math.log(value) if logged else value, *own[:1], case.arrays, own[1])
        )
        v = joint.unknowns(case.state, case.work)
        z = v.z.copy()
        getattr(v, name)[index] = value

        def of(x, v=v, z=z):
            mu_d_and_next_day(v, x)
            v.z = z
            return joint.log_joint(v, case.data, case.priors, case.arrays)

        theirs.append(joint.log_integral(of, 2 * DAYS + 1) + (math.log(value) if logged else 0.0))
    assert ours[1] - ours[0] == pytest.approx(theirs[1] - theirs[0], rel=1e-6, abs=1e-8)


def told_apart(work, state, which: int) -> None:
    """Leave in `info_precision` and `info_linear` what the decisions say, but for the one whose kappa is tried."""
    kappas = np.array([state.run[1], state.intention[1], state.length[1]])
    if which >= 4:
        kappas[which - 4] = 0.0
    work.info_precision[:], work.info_linear[:] = (
        kappas**2 @ work.pseudo_precision,
        kappas @ work.pseudo_linear,
    )


@pytest.mark.parametrize(
    "j", [-1, 0, 1], ids=["daily noise", "error of the yardstick", "error of another measure"]
)
def test_a_pathway_integrates_out_as_a_dense_gaussian(case, j):
    """Log density of its noise, and of each measure's error, with the log's own Jacobian."""
    ours, theirs = [], []
    for value in (0.4, 0.9):
        v = joint.unknowns(case.state, case.work)
        if j < 0:
            v.path[0, 4] = value
        else:
            v.measure[j, 3] = value
        own = deepcopy((case.state, case.work))
        ours.append(error_density(math.log(value), j, case.data, own[0], case.arrays, own[1]))

        def of(x, v=v):
            v.m = x[None, :]
            return joint.log_joint(v, case.data, case.priors, case.arrays)

        theirs.append(joint.log_integral(of, DAYS) + math.log(value))
    assert ours[1] - ours[0] == pytest.approx(theirs[1] - theirs[0], rel=1e-6, abs=1e-8)
