"""What every check is given, and how a check that fits again is judged."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from backstride.answer.answer import DoubtResult, Question, TierLetter, Verdict
from backstride.answer.deltas import Delta
from backstride.answer.design import Design
from backstride.answer.other_priors import OtherView
from backstride.answer.verdict import chances, verdict
from backstride.model.effect import Contrast
from backstride.model.fit import Posterior
from backstride.model.priors import Priors

Refit = Callable[[Priors, float | None], dict[Question, Delta]]
"""Fit the same records again with other priors and another tau, and give both Deltas."""


class Case(NamedTuple):
    """One fitted person."""

    design: Design
    posterior: Posterior
    deltas: dict[Question, Delta]
    views: tuple[OtherView, ...]
    tier: TierLetter
    worthwhile: float
    refit: Refit


_DIRECTION = {
    Verdict.HELPS: -1,
    Verdict.HELPS_A_LITTLE: -1,
    Verdict.HARMS: 1,
    Verdict.HARMS_A_LITTLE: 1,
}


def direction(contrast: Contrast, worthwhile: float) -> int:
    """-1 where the draws alone would say 'helps', 1 where they would say 'harms', 0 otherwise."""
    total = contrast.total
    said, _ = verdict(chances(total, np.full(len(total), 1.0 / len(total)), worthwhile))
    return _DIRECTION.get(said, 0)


def judged(case: Case, others: list[dict[Question, Delta]]) -> DoubtResult:
    """Fail where a direction would be lost or turned, pass where one holds, else only informs."""
    result = DoubtResult.INFORMS
    for question in Question:
        mine = direction(case.deltas[question].posterior, case.worthwhile)
        if mine == 0:
            continue
        if any(direction(o[question].posterior, case.worthwhile) != mine for o in others):
            return DoubtResult.FAIL
        result = DoubtResult.PASS
    return result


def mean_of(deltas: dict[Question, Delta], question: Question) -> float:
    """Posterior mean of one Delta."""
    return float(deltas[question].posterior.total.mean())
