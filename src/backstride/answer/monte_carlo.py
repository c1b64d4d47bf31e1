"""Whether a probability read from draws has passed a threshold, or only seems to.

    p = mean of the event over all draws,   se = sqrt(q (1 - q) / ess),   q = (p ess + 1) / (ess + 2)
    passed  <=>  p - 2 se >= threshold;     missed  <=>  p + 2 se < threshold;     else it is open

ess is the effective sample size of the event itself over all chains (Vehtari et al. 2021, doi:10.1214/20-BA1221); q
keeps the error of an event that every draw or none shows above nought.
"""

from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstride.model.arrays import Floats
from backstride.model.diagnostics import ess_bulk, ess_of_event

STANDARD_ERRORS = 2.0
WARY_STANDARD_ERRORS = 3.0
"""Where the chains mix slowly: the effective sample size, and so the error, is then itself known only roughly."""


class Passed(StrEnum):
    """Whether a threshold was passed."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


class Share(NamedTuple):
    """A probability with its Monte Carlo standard error."""

    p: float
    error: float

    def passes(self, threshold: float, standard_errors: float = STANDARD_ERRORS) -> Passed:
        """Whether it lies above `threshold` by more than chance in the draws.

        Args:
            threshold: that the probability must reach.
            standard_errors: how many of them must lie between the two.
        """
        if self.p - standard_errors * self.error >= threshold:
            return Passed.YES
        return Passed.NO if self.p + standard_errors * self.error < threshold else Passed.OPEN


def share(event: NDArray[np.bool_], draws: Floats) -> Share:
    """Estimate the share of draws (chains, n) that show `event`, with its Monte Carlo error."""
    p = float(event.mean())
    size = ess_of_event(event)
    if not np.isfinite(size):  # every draw shows it, or none
        size = ess_bulk(draws)
    if not np.isfinite(size):
        # draws that never move carry the information of one
        size = 1.0
    # antithetic chains can have more effective draws than draws; the error must not profit from that
    size = min(max(size, 1.0), float(event.size))
    # Laplace's rule: with p at 0 or 1 the plain error would be 0, and the first draws would settle anything
    q = (p * size + 1.0) / (size + 2.0)
    return Share(p, float(np.sqrt(q * (1.0 - q) / size)))
