"""One engine in a process of its own: read a person, sample, summarise, and only then keep the draws.

    python benchmarks/engine_child.py ENGINE person.npz draws.npz --seed 1 --warmup 500 --draws 1000

The line "summary" on stderr marks the moment at which an answer could be told; what follows is for the comparison.
NumPyro and nutpie sample one and the same log density, that of the agreement. None of them is charged for reckoning
the Deltas; backstride is.
"""

import argparse
import json
import os
import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backstride.model.data import ModelData

Draws = dict[str, NDArray[np.float64]]
MODEL = Path(__file__).parent.parent / "tests" / "model" / "nuts_model.py"


def load(place: Path) -> tuple[ModelData, float, float]:
    """Return the person, the usual dose, and the dose that the model is centred by."""
    with np.load(place) as stored:
        fields = {name: stored[name] for name in ModelData._fields}
        fields["chronic_start"] = float(fields["chronic_start"])
        return ModelData(**fields), float(stored["usual_dose"]), float(stored["mean_dose"])


def backstride(place: Path, seed: int, warmup: int, draws: int, mark: Callable[[str], None]) -> Draws:
    """Return the product, up to both Deltas."""
    from backstride.answer.deltas import delta
    from backstride.answer.kinds import Question
    from backstride.model.effect import effect_draws
    from backstride.model.fit import Settings, fit

    data, dose, mean_dose = load(place)
    mark("imported")
    posterior = fit(data, settings=Settings(seed, warmup=warmup, draws=draws))
    mark("sampled")
    found = {name: posterior.of(name) for name in posterior.columns.names}
    for question in Question:
        rows = effect_draws(posterior, mean_dose=mean_dose, usual=question is Question.WEEK)
        total = delta(question, rows, dose).total
        found[f"Delta_{question.value}"] = total.reshape(posterior.draws.shape[:2])
    return found


def numpyro(place: Path, seed: int, warmup: int, draws: int, mark: Callable[[str], None]) -> Draws:
    """NumPyro's NUTS."""
    peer = runpy.run_path(str(MODEL))
    from backstride.model.priors import neutral_priors

    data, *_ = load(place)
    priors = neutral_priors(data.pathway)
    mark("imported")
    samples, diverged = peer["nuts"](data, priors, seed=seed, warmup=warmup, draws=draws)
    mark("sampled")
    mark(f"diverged {diverged}")
    return peer["kept"](samples, data, priors, seed=seed)


def nutpie(place: Path, seed: int, warmup: int, draws: int, mark: Callable[[str], None]) -> Draws:
    """PyMC's fastest sampler, on the density that NumPyro compiles."""
    import jax
    from jax.flatten_util import ravel_pytree
    from nutpie import sample
    from nutpie.compiled_pyfunc import from_pyfunc

    peer = runpy.run_path(str(MODEL))
    from numpyro.infer import init_to_uniform
    from numpyro.infer.util import constrain_fn, initialize_model

    from backstride.model.priors import neutral_priors

    data, *_ = load(place)
    priors = neutral_priors(data.pathway)
    args = (data, priors)
    mark("imported")
    info = initialize_model(
        jax.random.PRNGKey(seed),
        peer["model"],
        model_args=args,
        init_strategy=init_to_uniform(radius=0.5),
    )
    flat, unravel = ravel_pytree(info.param_info.z)
    density = jax.jit(jax.value_and_grad(lambda x: -info.potential_fn(unravel(x))))

    def log_density(x: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, gradient = density(x)
        return float(value), np.asarray(gradient)

    compiled = from_pyfunc(
        flat.size,
        lambda: log_density,
        lambda *_: lambda x: {"x": np.asarray(x)},
        [np.dtype("float64")],
        [(flat.size,)],
        ["x"],
    )
    trace = sample(
        compiled, draws=draws, tune=warmup, chains=4, cores=os.cpu_count(), seed=seed, progress_bar=False
    )
    x = np.asarray(trace.posterior["x"])
    inverse = jax.jit(
        jax.vmap(
            jax.vmap(
                lambda row: constrain_fn(peer["model"], args, {}, unravel(row), return_deterministic=False)
            )
        )
    )
    samples = inverse(x)
    mark("sampled")
    mark(f"diverged {int(trace.sample_stats['diverging'].sum())}")
    return peer["kept"](samples, data, priors, seed=seed)


ENGINES: dict[str, Callable[..., Draws]] = {
    "backstride": backstride,
    "numpyro": numpyro,
    "nutpie": nutpie,
}


def main() -> None:
    """Run the engine named on the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("engine", choices=ENGINES)
    parser.add_argument("person", type=Path)
    parser.add_argument("out", type=Path)
    for name in ("seed", "warmup", "draws"):
        parser.add_argument(f"--{name}", type=int, required=True)
    args = parser.parse_args()

    def mark(word: str) -> None:
        print(word, file=sys.stderr, flush=True)

    found = ENGINES[args.engine](args.person, args.seed, args.warmup, args.draws, mark)
    summary: dict[str, Any] = {name: [float(x.mean()), float(x.std())] for name, x in found.items()}
    print(json.dumps(summary))
    mark("summary")
    np.savez(args.out, **found)


if __name__ == "__main__":
    main()
