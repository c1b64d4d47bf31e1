"""Fitting one person: chains on threads, and draws that travel with their seed and settings."""

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from backstride.errors import SamplerFailed
from backstride.model.arrays import Floats
from backstride.model.data import ModelData, checked
from backstride.model.prior_arrays import CoefficientPriors, coefficient_priors
from backstride.model.priors import Priors, neutral_priors
from backstride.model.random import Rng, stream
from backstride.model.state import State, Work, start
from backstride.model.sweep import Columns, columns, run_chain
from backstride.model.workspace import workspace

Progress = Callable[[float], None]
_BLOCK = 250


class Settings(NamedTuple):
    """How to sample.

    Attributes:
        seed: of the counter-based generator; the same seed gives the same draws on any number of threads.
        chains, warmup, draws: chains, sweeps thrown away and sweeps kept, a chain.
        build_up: days of the two stages of chronic load, fixed; None draws them from the grid of the priors.
    """

    seed: int
    chains: int = 4
    warmup: int = 500
    draws: int = 2500
    build_up: tuple[float, float] | None = None


class Posterior(NamedTuple):
    """Draws with what is needed to make them again.

    Attributes:
        draws: (chains, n, columns).
        columns: what stands where.
        settings, priors: as used.
        seconds: time of sampling.
    """

    draws: Floats
    columns: Columns
    settings: Settings
    priors: Priors
    seconds: float

    def of(self, name: str) -> Floats:
        """Return draws of one quantity, (chains, n)."""
        return self.draws[:, :, self.columns.of(name)]


class _Chain(NamedTuple):
    rng: Rng
    state: State
    work: Work


def fit(
    data: ModelData, *, settings: Settings, priors: Priors | None = None, progress: Progress | None = None
) -> Posterior:
    """Draw from the posterior of one person.

    Args:
        data: the person's records as arrays.
        settings: seed, chains, sweeps.
        priors: the neutral priors unless given.
        progress: called with the share done, 0 to 1.

    Raises:
        SamplerFailed: the records cannot be worked with.
    """
    return Sampling(data, settings=settings, priors=priors).until(settings.draws, progress=progress)


class Sampling:
    """The chains of one fit, which can go on from where they stand."""

    def __init__(self, data: ModelData, *, settings: Settings, priors: Priors | None = None) -> None:
        """Begin every chain; the draws of `settings` are not asked for yet.

        Raises:
            SamplerFailed: the records cannot be worked with.
        """
        self._data = checked(data)
        self._settings = settings
        self._priors = priors if priors is not None else neutral_priors(data.pathway)
        if settings.build_up is not None:
            self._priors = self._priors._replace(build_up=(settings.build_up,))
        self._arrays = coefficient_priors(self._priors, data.recorded_confounders)
        self._columns = columns(data, len(self._arrays.course_sd))
        self._chains = [_new_chain(data, self._arrays, settings, n) for n in range(settings.chains)]
        self._draws = np.zeros((settings.chains, 0, len(self._columns.names)))
        self._seconds = 0.0

    def until(self, draws: int, *, progress: Progress | None = None) -> Posterior:
        """Go on until each chain has kept so many draws, and give them all.

        The same as if all had been asked for at once.

        Args:
            draws: a chain, the warm-up not counted.
            progress: called with the share done, 0 to 1.

        Raises:
            SamplerFailed: the engine met numbers it cannot work with.
        """
        so_far = self._draws.shape[1]
        done = so_far + self._settings.warmup if so_far else 0
        sweeps = max(draws + self._settings.warmup - done, 0)
        found = np.zeros((len(self._chains), sweeps, len(self._columns.names)))
        share = _shares(len(self._chains) * sweeps, progress)
        began = time.perf_counter()

        def one(number: int) -> None:
            _run(self._chains[number], self._data, self._arrays, done, found[number], share)

        # threads are enough: compiled code holds no lock of the interpreter
        with ThreadPoolExecutor(max_workers=min(len(self._chains), os.cpu_count() or 1)) as pool:
            list(pool.map(one, range(len(self._chains))))
        # the chains are begun far from the posterior; what they show on the way is no draw of it
        new = found if so_far else found[:, self._settings.warmup :]
        if not np.all(np.isfinite(new)):
            raise _defect()
        self._draws = np.concatenate([self._draws, new], axis=1) if so_far else new
        self._seconds += time.perf_counter() - began
        settings = self._settings._replace(draws=self._draws.shape[1])
        return Posterior(self._draws, self._columns, settings, self._priors, self._seconds)


def _new_chain(data: ModelData, priors: CoefficientPriors, settings: Settings, number: int) -> _Chain:
    rng = np.random.Generator(np.random.Philox(key=[settings.seed % (1 << 64), number]))
    return _Chain(stream(settings.seed, number), start(data, priors, rng), workspace(data, priors))


def _run(
    chain: _Chain,
    data: ModelData,
    priors: CoefficientPriors,
    done: int,
    out: Floats,
    share: Callable[[int], None],
) -> None:
    """Sweep on from sweep `done`; in blocks, so that progress can be told."""
    for first in range(0, len(out), _BLOCK):
        block = out[first : first + _BLOCK]
        run_sweeps(chain.rng, done + first, data, chain.state, priors, chain.work, block)
        share(len(block))


def run_sweeps(
    rng: Rng, first: int, data: ModelData, state: State, priors: CoefficientPriors, work: Work, out: Floats
) -> None:
    """Sweep once for each row of `out` (sweeps, columns), keeping each there.

    Raises:
        SamplerFailed: a sweep could not be finished; what stands in the rows from there on is no draw.
    """
    if not run_chain(rng, len(out), first, data, state, priors, work, out):
        raise _defect()


def _defect() -> SamplerFailed:
    return SamplerFailed(
        "The engine met numbers it cannot work with.", advice="Please report this: it is our defect."
    )


def _shares(total: int, progress: Progress | None) -> Callable[[int], None]:
    done = [0]

    def share(sweeps: int) -> None:
        done[0] += sweeps
        if progress is not None:
            progress(min(done[0] / total, 1.0))

    return share
