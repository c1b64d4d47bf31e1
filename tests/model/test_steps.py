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
from backstride.model.decision import draw_probit
from backstride.model.diagnostics import ess_bulk
from backstride.model.episodes import draw_episodes, draw_flares
from backstride.model.pain import (
    draw_carry_over,
    draw_rho,
    draw_tails,
)
from backstride.model.random import normal, stream
from backstride.model.state import (
    HABIT,
    LOG_ONSET,
    LOG_RATIO,
    NOW,
    PHI,
    RHO,
    S_MU,
)

joint = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("joint.py"))))
DAYS, DRAWS = 6, 40_000
FLARES, PHI_STEP, RHO_STEP, EPISODES, TAILS, PROBIT = range(6)


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
    assert np.sum(chance > 0.01) >= 5
    groups = [[j] for j in np.flatnonzero(chance > 1e-3)] + [np.flatnonzero(chance <= 1e-3)]
    for group in groups:
        came, truth = np.isin(found, group).astype(float), float(chance[group].sum())
        # a sweep keeps most of a sequence, so that draws hang together
        size = max(ess_bulk(came.reshape(4, -1)), 1.0)
        assert abs(came.mean() - truth) < 5 * math.sqrt(truth * (1 - truth) / size)


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


def paths_and_effects(v, x) -> None:
    """Set both paths of pain, the next-day effect and that of the habit."""
    v.mu, v.d = x[:DAYS], x[DAYS : 2 * DAYS]
    v.beta[[NOW, HABIT]] = x[2 * DAYS :]


@pytest.mark.parametrize(
    ("which", "places", "prior"),
    [
        (0, ("scalar", 3), 1.0), (1, ("scalar", 1), 1.0), (2, ("scalar", 0), 0.0), (3, ("scalar", 2), 1.0),
        (4, ("run", 1), 0.0), (5, ("intention", 1), 0.0), (6, ("length", 1), 0.0),
    ],
    ids=["s_y", "s_eta", "phi", "s_mu", "kappa", "kappa of the intention", "kappa of the length"],
)  # fmt: skip
def test_pain_integrates_out_as_a_dense_gaussian(case, which, places, prior):
    """Level, deviation and both effects of a run, with rho and all decisions, for each number drawn that way."""
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
            paths_and_effects(v, x)
            v.z = z
            return joint.log_joint(v, case.data, case.priors, case.arrays)

        theirs.append(joint.log_integral(of, 2 * DAYS + 2) + (math.log(value) if logged else 0.0))
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
