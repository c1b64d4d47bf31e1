"""R-hat < 1.01, bulk and tail ESS > 400 for both Deltas; else no verdict."""

import platform
from collections.abc import Mapping
from importlib.metadata import version

from backstride.answer.answer import Diagnostics, Doubt
from backstride.answer.deltas import Delta
from backstride.answer.kinds import Check, DoubtResult, Question
from backstride.answer.settling import Health, health_of, settled
from backstride.model.fit import Posterior


def diagnostics(posterior: Posterior, deltas: Mapping[Question, Delta]) -> Diagnostics:
    """Compute R-hat and effective sample sizes of both Deltas."""
    shape = posterior.draws.shape[:2]
    found = {q: health_of(d.posterior.total.reshape(shape)) for q, d in deltas.items()}
    return Diagnostics(
        seed=posterior.settings.seed,
        chains=shape[0],
        draws_a_chain=shape[1],
        warmup=posterior.settings.warmup,
        rhat={q: health.rhat for q, health in found.items()},
        ess_bulk={q: health.ess_bulk for q, health in found.items()},
        ess_tail={q: health.ess_tail for q, health in found.items()},
        sampling_seconds=posterior.seconds,
        versions=_versions(),
    )


def _versions() -> dict[str, str]:
    """Return the versions on which the draws of one seed depend, since compiled code differs between them."""
    packages = ("backstride", "numpy", "numba", "llvmlite")
    return {"python": platform.python_version()} | {name: version(name) for name in packages}


def sampler_fine(d: Diagnostics) -> bool:
    """Whether a verdict may rest on these draws; an undefined diagnostic is not fine."""
    healths = [Health(d.rhat[q], d.ess_bulk[q], d.ess_tail[q]) for q in d.rhat]
    return all(map(settled, healths))


def sampler(d: Diagnostics) -> Doubt:
    """Report the sampler's diagnostics as a check."""
    result = DoubtResult.PASS if sampler_fine(d) else DoubtResult.FAIL
    least = min(*d.ess_bulk.values(), *d.ess_tail.values())
    return Doubt(Check.SAMPLER, result, {"worst_rhat": max(d.rhat.values()), "least_ess": least})
