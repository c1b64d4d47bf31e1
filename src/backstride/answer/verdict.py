"""The verdict on one Delta, from its posterior alone."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstride.answer.answer import TierLetter, Verdict

Floats = NDArray[np.float64]
SURE = 0.95
AS_LIKELY_AS_NOT = 0.5
NEGLIGIBLE = 0.90


class Chances(NamedTuple):
    """What the posterior says of a Delta; w is the smallest worthwhile change."""

    less: float
    worthwhile_less: float
    negligible: float
    more: float
    worthwhile_more: float


def chances(delta: Floats, weights: Floats, worthwhile: float) -> Chances:
    """P(Delta < 0), P(Delta <= -w), P(|Delta| < w), P(Delta > 0), P(Delta >= w); weights sum to 1."""

    def p(event: NDArray[np.bool_]) -> float:
        return float(np.sum(weights[event]))

    return Chances(
        p(delta < 0),
        p(delta <= -worthwhile),
        p(np.abs(delta) < worthwhile),
        p(delta > 0),
        p(delta >= worthwhile),
    )


def verdict(c: Chances) -> tuple[Verdict, bool]:
    """The verdict, and whether 'no difference that matters' holds as well as 'a little'."""
    negligible = c.negligible >= NEGLIGIBLE
    if c.less >= SURE:
        strong = c.worthwhile_less >= AS_LIKELY_AS_NOT
        return (Verdict.HELPS if strong else Verdict.HELPS_A_LITTLE), negligible and not strong
    if c.more >= SURE:
        strong = c.worthwhile_more >= AS_LIKELY_AS_NOT
        return (Verdict.HARMS if strong else Verdict.HARMS_A_LITTLE), negligible and not strong
    if negligible:
        return Verdict.NO_DIFFERENCE, False
    return Verdict.CANNOT_TELL, False


def allowed(c: Chances, *, tier: TierLetter, enough_runs: bool, sampler_fine: bool) -> tuple[Verdict, bool]:
    """The verdict that may be said, given the record and the sampler."""
    if not enough_runs:
        return Verdict.TOO_FEW_RUNS, False
    if tier is TierLetter.LOOKING_BACK or not sampler_fine:
        return Verdict.CANNOT_TELL, False
    return verdict(c)
