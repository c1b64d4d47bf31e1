"""Fitting one person: chains on threads, and draws that travel with their seed and settings."""

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstride.errors import SamplerFailed
from backstride.model.data import ModelData, checked
from backstride.model.priors import CoefficientPriors, Priors, coefficient_priors, neutral_priors
from backstride.model.random import Rng, stream
from backstride.model.state import State, Work, start, workspace
from backstride.model.sweep import Columns, columns, run_chain

Floats = NDArray[np.float64]
Progress = Callable[[float], None]
TAU_DAYS = 28.0
_BLOCK = 250


class Settings(NamedTuple):
    """How to sample.

    Attributes:
        seed: of the counter-based generator; the same seed gives the same draws on any number of threads.
        chains, warmup, draws: chains, sweeps thrown away and sweeps kept, a chain.
        tau: days of chronic load.
    """

    seed: int
    chains: int = 4
    warmup: int = 500
    draws: int = 2500
    tau: float = TAU_DAYS


class Posterior(NamedTuple):
    """Draws with what is needed to make them again.

    Attributes:
        draws: (chains, n, columns).
        columns: what stands where.
        settings, priors: as used.
        failed: sweeps that could not be finished.
        seconds: time of sampling.
    """

    draws: Floats
    columns: Columns
    settings: Settings
    priors: Priors
    failed: int
    seconds: float

    def of(self, name: str) -> Floats:
        """Draws of one quantity, (chains, n)."""
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
    data = checked(data)
    chosen = priors if priors is not None else neutral_priors(data.pathway)
    arrays = coefficient_priors(chosen)
    names = columns(data)
    draws = np.zeros((settings.chains, settings.draws, len(names.names)))
    share = _shares(settings, progress)
    began = time.perf_counter()

    def one(number: int) -> int:
        chain = _new_chain(data, arrays, settings, number)
        return _run(chain, data, arrays, settings, draws[number], share)

    with ThreadPoolExecutor(max_workers=min(settings.chains, os.cpu_count() or 1)) as pool:
        failed = sum(pool.map(one, range(settings.chains)))
    if not np.all(np.isfinite(draws)):
        raise SamplerFailed(
            "The engine met numbers it cannot work with.", advice="Please report this: it is our defect."
        )
    return Posterior(draws, names, settings, chosen, failed, time.perf_counter() - began)


def _new_chain(data: ModelData, priors: CoefficientPriors, settings: Settings, number: int) -> _Chain:
    rng = np.random.Generator(np.random.Philox(key=[settings.seed % (1 << 64), number]))
    return _Chain(stream(settings.seed, number), start(data, priors, rng), workspace(data, tau=settings.tau))


def _run(
    chain: _Chain,
    data: ModelData,
    priors: CoefficientPriors,
    settings: Settings,
    out: Floats,
    share: Callable[[int], None],
) -> int:
    """Warm up, then keep; in blocks, so that progress can be told."""
    failed = 0
    total = settings.warmup + settings.draws
    scratch = np.zeros((_BLOCK, out.shape[1]))
    for first in range(0, total, _BLOCK):
        last = min(first + _BLOCK, total)
        failed += run_chain(chain.rng, last - first, first, data, chain.state, priors, chain.work, scratch)
        kept = max(first, settings.warmup)
        if last > kept:
            out[kept - settings.warmup : last - settings.warmup] = scratch[kept - first : last - first]
        share(last - first)
    return failed


def _shares(settings: Settings, progress: Progress | None) -> Callable[[int], None]:
    total = settings.chains * (settings.warmup + settings.draws)
    done = [0]

    def share(sweeps: int) -> None:
        done[0] += sweeps
        if progress is not None:
            progress(min(done[0] / total, 1.0))

    return share
