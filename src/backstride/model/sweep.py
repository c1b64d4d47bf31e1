"""One Gibbs sweep over everything, and the loop that keeps what is needed of each."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstride.model.arrays import Floats
from backstride.model.coefficients import draw_coefficients
from backstride.model.collapsed import draw_pain_noise
from backstride.model.compiled import kernel, part
from backstride.model.data import LENGTH_COLUMNS, PATHWAYS, ModelData
from backstride.model.decision import draw_decision
from backstride.model.episodes import draw_episodes, draw_flares
from backstride.model.filter import draw_paths
from backstride.model.flare_moves import move_flares
from backstride.model.missing_dose import (
    draw_lengths,
    draw_missing_doses,
    refresh_load,
)
from backstride.model.pain import (
    draw_carry_over,
    draw_latent_ratings,
    draw_rating_noise,
    draw_rho,
    draw_tails,
    refresh_drift,
    refresh_level,
    refresh_steps,
)
from backstride.model.pathway import draw_pathways
from backstride.model.prior_arrays import CoefficientPriors
from backstride.model.random import Rng
from backstride.model.state import FIRST_PATH, SCALARS, State, Work, intention_columns, run_columns

_COARSE_RATINGS_EVERY = 4  # this step is dear, and matters only where a scale has few answers


@part
def sweep(
    rng: Rng, number: int, data: ModelData, state: State, priors: CoefficientPriors, work: Work
) -> bool:
    """Make one sweep; return False where a precision lost its positive definiteness.

    Args:
        number: of the sweep, by which costly steps take turns.
    """
    if number % _COARSE_RATINGS_EVERY == 0:
        draw_rating_noise(rng, data, state, priors, work)
    draw_latent_ratings(rng, data, state, work)
    if not draw_decision(rng, data, state, priors, work):
        return False
    if not draw_lengths(rng, data, state, priors, work):
        return False
    draw_pain_noise(rng, number, state, priors, work)
    move_flares(rng, data, state, priors, work)
    if not draw_coefficients(rng, data, state, priors, work):
        return False
    draw_paths(rng, state, priors, work)
    refresh_level(state, work)
    draw_flares(rng, data, state, priors, work)
    draw_episodes(rng, state, priors)
    draw_carry_over(rng, state, priors, work)
    draw_rho(rng, state, priors, work)
    draw_tails(rng, state, priors, work)
    if not draw_pathways(rng, number, data, state, priors, work):
        return False
    draw_missing_doses(rng, number, data, state, work)
    return True


@part
def _usual(values: Floats, usual: Floats) -> float:
    total = 0.0
    for t in range(values.shape[0]):
        total += usual[t] * values[t]
    return total


@part
def _total(values: Floats) -> float:
    total = 0.0
    for value in values:
        total += value
    return total


@part
def _keep(data: ModelData, state: State, work: Work, out: Floats) -> None:
    """Write one row of the draws, in the order of `columns`."""
    n = 0
    for block in (state.scalar, state.beta, state.course, state.run, state.intention, state.length):
        for value in block:
            out[n] = value
            n += 1
    for table in (state.path, state.measure):
        for i in range(table.shape[0]):
            for value in table[i]:
                out[n] = value
                n += 1
    last = state.d.shape[0] - 1
    size = state.course[state.course.shape[0] - 1]
    out[n] = work.level[last] - size * state.flare[last]
    out[n + 1] = state.d[last]
    out[n + 2] = state.chronic[last]
    out[n + 3] = _usual(work.level, data.usual) - size * _usual(state.flare, data.usual)
    out[n + 4] = _usual(state.chronic, data.usual)
    out[n + 5] = state.mu[0]
    out[n + 6] = state.flare[last]
    out[n + 7] = _usual(state.flare, data.usual)
    out[n + 8] = _total(state.flare)
    out[n + 9] = state.acute[last]
    out[n + 10] = _usual(state.acute, data.usual)
    n += 11
    for k in range(state.m.shape[0]):
        out[n] = state.m[k, last]
        out[n + 1] = _usual(state.m[k], data.usual)
        n += 2


@kernel
def run_chain(
    rng: Rng,
    sweeps: int,
    first: int,
    data: ModelData,
    state: State,
    priors: CoefficientPriors,
    work: Work,
    out: Floats,
) -> bool:
    """Run `sweeps` sweeps, keeping each in out (sweeps, columns); return False, and stop, where one fails.

    Args:
        sweeps: how many.
        first: number of the first one.
        out: (sweeps, columns).
    """
    for k in range(state.m.shape[0]):
        for t in range(1, state.d.shape[0]):
            work.f[t, FIRST_PATH + k] = state.m[k, t]
    for i in range(sweeps):
        # anew before each sweep, not kept in step alone: rounding must not depend on where a block of sweeps began
        refresh_load(data, state, work)
        refresh_drift(state, work)
        refresh_level(state, work)
        refresh_steps(state, work)
        if not sweep(rng, first + i, data, state, priors, work):
            return False
        _keep(data, state, work, out[i])
    return True


class Columns(NamedTuple):
    """Where each quantity stands in a row of draws."""

    names: tuple[str, ...]

    def of(self, name: str) -> int:
        """Return the index of one quantity."""
        return self.names.index(name)

    def block(self, prefix: str) -> NDArray[np.int64]:
        """Return the indices of all quantities named `prefix[...]`, in order."""
        return np.array([i for i, n in enumerate(self.names) if n.startswith(prefix + "[")], dtype=np.int64)


def columns(data: ModelData, curves: int) -> Columns:
    """Name the quantities kept of each sweep by the symbols of the model.

    Args:
        data: of the fit.
        curves: how many curves the natural course has.
    """
    paths = [PATHWAYS[k] for k in data.pathway]
    q = data.recorded_confounders
    names = [*SCALARS, "beta_now", "beta_hab", "beta_second"]
    names += [f"delta[{p}]" for p in paths]
    names += [f"weekday[{i}]" for i in range(6)] + ["walking"] + [f"confounder[{i}]" for i in range(q)]
    names += [f"course[{i}]" for i in range(curves)] + ["flare_size"]
    names += [f"run[{i}]" for i in range(run_columns(q))]
    names += [f"intention[{i}]" for i in range(intention_columns(q))]
    names += [f"length[{i}]" for i in range(2 + LENGTH_COLUMNS)]
    names += [f"{what}[{p}]" for p in paths for what in ("a", "b", "c", "phi_m", "s")]
    names += [f"{what}[{j}]" for j in range(data.measures) for what in ("offset", "gain", "loading", "error")]
    names += ["mu_last", "d_last", "C_last", "mu_usual", "C_usual", "mu_first"]
    names += ["flare_last", "flare_usual", "flare_days", "A_last", "A_usual"]
    names += [f"{what}[{p}]" for p in paths for what in ("m_last", "m_usual")]
    return Columns(tuple(names))
