"""Whether the chains of a fit agree on a Delta: R-hat < 1.01, bulk and tail effective draws > 400."""

from typing import NamedTuple

from backstride.model.arrays import Floats
from backstride.model.diagnostics import ess_bulk, ess_tail, rhat

MAX_RHAT = 1.01
MIN_ESS = 400.0
NEAR_RHAT, NEAR_ESS = 1.05, 50.0
"""Where a fit stays short of the two above, its chains may still agree, each by itself, on what is asked of them."""


class Health(NamedTuple):
    """R-hat and effective sample sizes of one quantity."""

    rhat: float
    ess_bulk: float
    ess_tail: float


def health_of(draws: Floats) -> Health:
    """Compute them of draws (chains, n)."""
    return Health(rhat(draws), ess_bulk(draws), ess_tail(draws))


def nearly_settled(health: Health) -> bool:
    """Whether chains that all say the same may be believed, though their draws together may not."""
    return health.rhat < NEAR_RHAT and health.ess_bulk > NEAR_ESS and health.ess_tail > NEAR_ESS


def settled(health: Health) -> bool:
    """Whether a verdict may rest on these draws; an undefined diagnostic is not fine."""
    return health.rhat < MAX_RHAT and health.ess_bulk > MIN_ESS and health.ess_tail > MIN_ESS
