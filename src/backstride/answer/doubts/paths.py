"""Felt pain day by day: draws of the hidden paths, which the main fit sums up and does not keep.

The pathways are left out: what they do to pain then counts as daily noise, and a sweep costs a fraction.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from backstride.model.arrays import Floats
from backstride.model.data import ModelData
from backstride.model.fit import Posterior, run_sweeps
from backstride.model.prior_arrays import coefficient_priors
from backstride.model.priors import neutral_priors
from backstride.model.random import stream
from backstride.model.state import State, Work, start
from backstride.model.sweep import Columns, columns
from backstride.model.workspace import workspace

CHAINS, EACH, APART, WARMUP = 2, 40, 6, 300
_FIRST_STREAM = 1000  # the main fit's chains are numbered from 0


class Paths(NamedTuple):
    """n draws over T days.

    Attributes:
        deviation, level: (n, T) d = eta - level, and the level: slow level, natural course and flares.
        flare: (n, T) 1 on days of a flare.
        dose: (n, T) known doses as they are, unknown ones as drawn.
        load: (n, T) chronic load C.
        rating_error: (n, T) feeling behind the rating minus pain, y* - eta; nan where there is no rating.
        rows: (n, columns) the parameters of the same draws.
        columns: what stands where in a row.
    """

    deviation: Floats
    level: Floats
    flare: Floats
    dose: Floats
    load: Floats
    rating_error: Floats
    rows: Floats
    columns: Columns

    def of(self, name: str) -> Floats:
        """Return (n, 1) one parameter, ready to meet a path."""
        return self.rows[:, [self.columns.of(name)]]


def sample_paths(posterior: Posterior, data: ModelData) -> Paths:
    """Take 80 draws of the paths given everything on record, from two chains seeded by the posterior's seed.

    Args:
        posterior: whose priors and seed they have.
        data: the same days.

    Raises:
        SamplerFailed: a sweep could not be finished.
    """
    alone = without_pathways(data)
    priors = posterior.priors._replace(paths=())
    arrays = coefficient_priors(priors, alone.recorded_confounders)
    names = columns(alone, len(arrays.course_sd))
    seed = posterior.settings.seed

    def chain(number: int) -> list[tuple[Floats, ...]]:
        generator = np.random.Generator(np.random.Philox(key=[seed % (1 << 64), number]))
        state = start(alone, arrays, generator)
        rng, work = stream(seed, number), workspace(alone, arrays)
        out = np.zeros((WARMUP, len(names.names)))
        run_sweeps(rng, 0, alone, state, arrays, work, out)
        sampled = []
        for i in range(EACH):
            run_sweeps(rng, WARMUP + APART * i, alone, state, arrays, work, out[:APART])
            sampled.append(_copied(state, work, out[APART - 1]))
        return sampled

    with ThreadPoolExecutor(max_workers=CHAINS) as pool:
        chains = pool.map(chain, range(_FIRST_STREAM, _FIRST_STREAM + CHAINS))
        found = [draw for chain_draws in chains for draw in chain_draws]
    deviation, level, flare, dose, load, error, rows = (
        np.array(column) for column in zip(*found, strict=True)
    )
    return Paths(deviation, level, flare, dose, load, error, rows, names)


def regressors(paths: Paths, data: ModelData) -> Floats:
    """Return (n, T, p) what pain's daily equation is given: doses and load by draw, weekday, walking, confounders."""
    alone = without_pathways(data)
    work = workspace(alone, coefficient_priors(neutral_priors(alone.pathway), alone.recorded_confounders))
    f = np.tile(work.f, (len(paths.dose), 1, 1))
    f[:, 1:, 0] = paths.dose[:, :-1] - work.mean_dose
    f[:, 1:, 1] = paths.load[:, 1:] - work.mean_dose
    f[:, 2:, 2] = paths.dose[:, :-2] - work.mean_dose
    return f


def without_pathways(data: ModelData) -> ModelData:
    """Return the same days with no pathway measured."""
    none, nothing = np.zeros(0), np.zeros(0, dtype=np.int64)
    first = np.zeros(1, dtype=np.int64)
    return data._replace(
        pathway=nothing,
        row=nothing,
        value_lower=none,
        value_upper=none,
        earlier=none,
        measure=nothing,
        group=first,
        measure_group=first,
    )


def _copied(state: State, work: Work, row: Floats) -> tuple[Floats, ...]:
    error = np.where(state.seen > 0, state.y_star - work.level - state.d, np.nan)
    arrays = (state.d, work.level, state.flare, state.x, state.chronic, error, row)
    return tuple(a.copy() for a in arrays)
