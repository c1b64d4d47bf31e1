"""What every check is given, and how a check that fits again is judged."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from backstride.answer.deltas import Delta
from backstride.answer.design import Design
from backstride.answer.kinds import Analysis, DoubtResult, Question, TierLetter, Verdict
from backstride.answer.other_priors import ReweightedPosterior
from backstride.answer.verdict import CLEAR_POINTS, NEGLIGIBLE, SURE_IN_PANEL, direction
from backstride.model.arrays import Floats
from backstride.model.data import ModelData
from backstride.model.fit import Posterior
from backstride.model.priors import Priors

Totals = dict[Question, Floats]
"""Draws of both Deltas, (S,) each."""
Refit = Callable[[Priors, ModelData], Totals]
"""Fit again, with other priors or other records."""


class CheckContext(NamedTuple):
    """One fitted person, and what was said of both questions.

    Attributes:
        design, posterior, deltas, views: of the main analysis.
        tiers: the evidence tier's letter of each question.
        said: the verdicts that the checks judge.
        worthwhile: smallest worthwhile change, points.
        refit: fits again.
        under: both Deltas under another row of the panel.
    """

    design: Design
    posterior: Posterior
    deltas: dict[Question, Delta]
    views: tuple[ReweightedPosterior, ...]
    tiers: dict[Question, TierLetter]
    said: dict[Question, Verdict]
    worthwhile: float
    refit: Refit
    under: Callable[[Analysis], Totals]

    @property
    def claims(self) -> dict[Question, Verdict]:
        """What is claimed: a side, or no difference that matters."""
        return {q: said for q, said in self.said.items() if is_claim(said)}


def is_claim(said: Verdict) -> bool:
    """Whether a verdict says something that a check can judge."""
    return said is Verdict.NO_DIFFERENCE or direction(said) != 0


def holds(said: Verdict, total: Floats, worthwhile: float, weights: Floats | None = None) -> bool:
    """Whether other draws (S,) of a Delta still bear a claim, as surely as the panel asks of its other rows.

    Args:
        said: the claim.
        total: (S,) draws of the Delta, points.
        worthwhile: smallest worthwhile change, points.
        weights: (S,) of the draws; equal unless given.
    """
    way = direction(said)
    bears = way * total > CLEAR_POINTS if way else np.abs(total) < worthwhile
    p = float(np.mean(bears)) if weights is None else float(np.sum(weights[bears]))
    return p >= (SURE_IN_PANEL if way else NEGLIGIBLE)


def compare_refits(case: CheckContext, others: list[Totals]) -> DoubtResult:
    """Fail where a claim, of a side or of no difference, is borne out no longer; only inform where none is made."""
    if not case.claims:
        return DoubtResult.INFORMS
    agree = all(
        holds(said, other[question], case.worthwhile)
        for question, said in case.claims.items()
        for other in others
    )
    return DoubtResult.PASS if agree else DoubtResult.FAIL


def mean_of(totals: Totals, question: Question) -> float:
    """Compute the posterior mean of one Delta."""
    return float(totals[question].mean())


def totals_of(deltas: dict[Question, Delta]) -> Totals:
    """Return the posterior draws of both effects."""
    return {question: found.posterior.total for question, found in deltas.items()}
