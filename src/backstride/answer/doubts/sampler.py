"""Doubt 9: R-hat < 1.01, bulk and tail ESS > 400 for both Deltas, no failed draws; else no verdict."""

from collections.abc import Mapping

from backstride.answer.answer import Diagnostics, Doubt, DoubtResult, Question
from backstride.answer.deltas import Delta
from backstride.model.diagnostics import ess_bulk, ess_tail, rhat
from backstride.model.fit import Posterior

MOST_RHAT = 1.01
LEAST_ESS = 400.0


def diagnostics(posterior: Posterior, deltas: Mapping[Question, Delta]) -> Diagnostics:
    """R-hat and effective sample sizes of both Deltas."""
    shape = posterior.draws.shape[:2]
    draws = {q: d.posterior.total.reshape(shape) for q, d in deltas.items()}
    return Diagnostics(
        seed=posterior.settings.seed,
        chains=shape[0],
        draws_a_chain=shape[1],
        warmup=posterior.settings.warmup,
        rhat={q: rhat(x) for q, x in draws.items()},
        ess_bulk={q: ess_bulk(x) for q, x in draws.items()},
        ess_tail={q: ess_tail(x) for q, x in draws.items()},
        failed_draws=posterior.failed,
        sampling_seconds=posterior.seconds,
    )


def sampler_fine(d: Diagnostics) -> bool:
    """Whether a verdict may rest on these draws; an undefined diagnostic is not fine."""
    sizes = (*d.ess_bulk.values(), *d.ess_tail.values())
    settled = all(r < MOST_RHAT for r in d.rhat.values()) and all(ess > LEAST_ESS for ess in sizes)
    return settled and d.failed_draws == 0


def sampler(d: Diagnostics) -> Doubt:
    """The check as a doubt."""
    result = DoubtResult.PASS if sampler_fine(d) else DoubtResult.FAIL
    least = min(*d.ess_bulk.values(), *d.ess_tail.values())
    return Doubt(9, "sampler", result, {"worst_rhat": max(d.rhat.values()), "least_ess": least})
