"""Compile the engine ahead of its first use, in processes of their own.

A process that has just compiled a kernel may link other copies of its parts than one that reads it from the cache,
and sums then differ in their last digit. The same seed must give the same draws from the first answer on, so the
process that samples does not compile. Two halves are compiled side by side, then what joins them.
"""

import inspect
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress

import numba
import numpy as np

from backstride.model import (
    decision,
    episodes,
    flare_moves,
    missing_dose,
    pain,
    pathway,
    pathway_noise,
)
from backstride.model.coefficients import draw_coefficients
from backstride.model.collapsed import draw_pain_noise
from backstride.model.compiled import is_compiled
from backstride.model.data import ModelData, unrecorded
from backstride.model.effect import contrast, effect_draws, rise_chance
from backstride.model.filter import draw_paths
from backstride.model.fit import Posterior, Settings, fit
from backstride.model.prior_arrays import coefficient_priors
from backstride.model.priors import neutral_priors
from backstride.model.random import stream
from backstride.model.state import start
from backstride.model.sweep import columns
from backstride.model.workspace import workspace

_HALVES: tuple[tuple[Callable[..., object], ...], ...] = (
    # steps that share what they call stand in one half, so that little is compiled in both
    (
        draw_pain_noise,
        flare_moves.move_flares,
        draw_coefficients,
        draw_paths,
        pain.draw_carry_over,
        pain.draw_tails,
        missing_dose.draw_missing_doses,
        decision.draw_length_coefficients,
        decision.draw_length_noise,
        missing_dose.draw_lengths,
        episodes.draw_flares,
        episodes.draw_episodes,
    ),
    (
        pain.draw_rating_noise,
        pain.draw_latent_ratings,
        pain.draw_rho,
        decision.draw_probit,
        decision.draw_habit_scales,
        pathway_noise.draw_noise,
        pathway.draw_error,
        pathway.draw_values,
        pathway.draw_path_of,
        pathway.draw_dynamics,
        pathway.interweave_noise,
        pathway.draw_measure,
    ),
)
_JOINED = "joined"


def compile_ahead() -> None:
    """Compile whatever is not compiled yet, on up to two cores; half a minute to a minute.

    Where no process can be started, or nothing be kept, the engine compiles when it is first used.
    """
    if is_compiled():
        return
    with suppress(OSError):
        for together in (tuple(str(i) for i in range(len(_HALVES))), (_JOINED,)):
            for process in [_start(what) for what in together]:
                process.wait()


def _start(what: str) -> "subprocess.Popen[bytes]":
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(  # noqa: S603 - ourselves
        [sys.executable, "-m", __spec__.name, what], stdin=nowhere, stdout=nowhere, stderr=nowhere
    )


def compile_half(number: int) -> None:
    """Compile one half of the steps of a sweep for the types that a fit gives them."""
    data = few_days()
    priors = coefficient_priors(neutral_priors(data.pathway))
    examples = {
        "rng": stream(0, 0),
        "data": data,
        "state": start(data, priors, np.random.default_rng(0)),
        "priors": priors,
        "work": workspace(data, priors),
        "prior_scale": 1.0,
        "answers": data.dose,
        "sd": priors.run_sd,
        "coefficients": priors.run_sd,
    }
    for step in _HALVES[number]:
        names = inspect.signature(step).parameters
        # all others are whole numbers
        types = tuple(numba.typeof(examples.get(name, 0)) for name in names)  # type: ignore[no-untyped-call]
        step.compile(types)  # type: ignore[attr-defined]  # a compiled kernel, typed as the function it is
    if number == len(_HALVES) - 1:
        compile_reading()


def compile_reading() -> None:
    """Compile what reads the draws, by using it once."""
    data = few_days()
    priors = neutral_priors(data.pathway)
    names = columns(data, len(coefficient_priors(priors).course_sd))
    draws = np.ones((1, 4, len(names.names)))
    posterior = Posterior(draws, names, Settings(seed=0, chains=1, draws=4), priors, seconds=0.0)
    rows = effect_draws(posterior, mean_dose=0.0, usual=True, run_share=0.5)
    contrast(rows, np.ones(7), np.zeros(7), mornings=(1, 7))
    rise_chance(rows, 1.0)


def join() -> None:
    """Compile what joins the halves, by using it once."""
    fit(few_days(), settings=Settings(seed=0, chains=1, warmup=1, draws=4))


def few_days() -> ModelData:
    """Return fourteen days with a run every other day, and one pathway."""
    days = 14
    return ModelData(
        lower=np.full(days, 2.5),
        upper=np.full(days, 3.5),
        dose=np.tile([0.0, 1.0], days // 2),
        walking=np.zeros(days),
        weekday=np.arange(days) % 7,
        intention=np.full(days, np.nan),
        drawn=np.full(days, np.nan),
        decision_eligible=np.ones(days, dtype=bool),
        **unrecorded(np.tile([0.0, 1.0], days // 2)),
        usual=np.full(days, 1.0 / days),
        chronic_start=0.5,
        pathway=np.array([3]),
        row=np.arange(days),
        value_lower=np.full(days, -0.25),
        value_upper=np.full(days, 0.25),
        earlier=np.zeros(days),
        measure=np.zeros(days, dtype=np.int64),
        group=np.array([0, days]),
        measure_group=np.array([0, 1]),
    )


if __name__ == "__main__":
    if sys.argv[1] == _JOINED:
        join()
    else:
        compile_half(int(sys.argv[1]))
