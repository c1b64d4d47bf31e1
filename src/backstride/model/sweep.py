"""One Gibbs sweep over everything, and the loop that keeps what is needed of each."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstride.model.collapsed import draw_pain_noise
from backstride.model.compiled import kernel, part
from backstride.model.data import PATHWAYS, ModelData
from backstride.model.decision import draw_decision
from backstride.model.gaussian import Floats
from backstride.model.missing_dose import draw_missing_doses, refresh_load
from backstride.model.pain import (
    draw_carry_over,
    draw_daily_noise,
    draw_deviation,
    draw_feelings,
    draw_level,
    draw_rating_noise,
    draw_slow_noise,
    refresh_drift,
    refresh_gram,
    shift_level,
)
from backstride.model.pathway import draw_pathways
from backstride.model.priors import CoefficientPriors
from backstride.model.random import Rng
from backstride.model.state import FIRST_PATH, INTENTION_COLUMNS, RUN_COLUMNS, State, Work

_COARSE_RATINGS_EVERY = 4  # this step is dear, and matters only where a scale has few answers


@part
def sweep(
    rng: Rng, number: int, data: ModelData, state: State, priors: CoefficientPriors, work: Work
) -> bool:
    """One sweep; False where a precision lost its positive definiteness."""
    if number % _COARSE_RATINGS_EVERY == 0:
        draw_rating_noise(rng, data, state, priors.scalar[4])
    draw_feelings(rng, data, state)
    if not draw_decision(rng, data, state, priors, work):
        return False
    draw_pain_noise(rng, number, state, priors, work)
    refresh_gram(work)
    if not draw_deviation(rng, state, priors, work):
        return False
    if not draw_level(rng, state, priors, work):
        return False
    shift_level(rng, state, priors, work)
    draw_carry_over(rng, state, priors, work)
    draw_daily_noise(rng, state, priors, work)
    draw_slow_noise(rng, state, priors)
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
def _keep(data: ModelData, state: State, out: Floats) -> None:
    """Write one row of the draws, in the order of `columns`."""
    n = 0
    for block in (state.scalar, state.beta, state.run, state.intention, state.length):
        for value in block:
            out[n] = value
            n += 1
    for table in (state.path, state.measure):
        for i in range(table.shape[0]):
            for value in table[i]:
                out[n] = value
                n += 1
    last = state.d.shape[0] - 1
    out[n] = state.mu[last]
    out[n + 1] = state.d[last]
    out[n + 2] = state.chronic[last]
    out[n + 3] = _usual(state.mu, data.usual)
    out[n + 4] = _usual(state.chronic, data.usual)
    out[n + 5] = state.mu[0]
    n += 6
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
) -> int:
    """Run `sweeps` sweeps, keeping each in out (sweeps, columns); the number of failed ones."""
    refresh_load(data, state, work)
    for k in range(state.m.shape[0]):
        for t in range(1, state.d.shape[0]):
            work.f[t, FIRST_PATH + k] = state.m[k, t]
    refresh_drift(state, work)
    for i in range(sweeps):
        if not sweep(rng, first + i, data, state, priors, work):
            return sweeps - i
        _keep(data, state, out[i])
    return 0


class Columns(NamedTuple):
    """Where each quantity stands in a row of draws."""

    names: tuple[str, ...]

    def of(self, name: str) -> int:
        """Index of one quantity."""
        return self.names.index(name)

    def block(self, prefix: str) -> NDArray[np.int64]:
        """Indices of all quantities named `prefix[...]`, in order."""
        return np.array([i for i, n in enumerate(self.names) if n.startswith(prefix + "[")], dtype=np.int64)


def columns(data: ModelData) -> Columns:
    """The quantities kept of each sweep, named by the symbols of the model."""
    paths = [PATHWAYS[k] for k in data.pathway]
    names = ["phi", "s_eta", "s_mu", "s_y", "s_len", "beta_now", "beta_hab"]
    names += [f"delta[{p}]" for p in paths]
    names += [f"weekday[{i}]" for i in range(6)] + ["walking"]
    names += [f"run[{i}]" for i in range(RUN_COLUMNS)]
    names += [f"intention[{i}]" for i in range(INTENTION_COLUMNS)]
    names += [f"length[{i}]" for i in range(2)]
    names += [f"{what}[{p}]" for p in paths for what in ("a", "b", "c", "phi_m", "s")]
    names += [f"{what}[{j}]" for j in range(data.measures) for what in ("offset", "gain", "loading", "error")]
    names += ["mu_last", "d_last", "C_last", "mu_usual", "C_usual", "mu_first"]
    names += [f"{what}[{p}]" for p in paths for what in ("m_last", "m_usual")]
    return Columns(tuple(names))
