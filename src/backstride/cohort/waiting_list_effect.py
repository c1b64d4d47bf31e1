"""What beginning to run does, by intention to treat: the arms of the waiting list compared between people.

    outcome = a + effect * (began now) + b * (baseline - its mean) + stratum

Analysis of covariance by least squares, with HC3 standard errors (MacKinnon and White 1985,
doi:10.1016/0304-4076(85)90158-7) and Student's t. Everybody is counted in the arm that chance gave, whatever they
did. Of whom a baseline or an outcome is not known only the number is told, by arm: the estimate is right where, among
people of one arm, stratum and baseline, an outcome that is missing would have been like those that are known (missing
at random). Nothing in the records can show that.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backstride.errors import TooFewRecords
from backstride.model.arrays import Floats

MIN_PEOPLE = 10
"""In each arm, with an outcome."""


@dataclass(frozen=True, slots=True)
class TrialEffect:
    """Pain of those who were to begin now less pain of those who were to wait, points; negative is less pain.

    Attributes:
        begin, wait: how many people of each arm have a baseline and an outcome.
        begin_missing, wait_missing: of how many one of the two is not known.
        effect, se: the estimate, and its standard error.
        low_95, high_95: confidence interval.
        p: two-sided, of no effect.
    """

    begin: int
    wait: int
    begin_missing: int
    wait_missing: int
    effect: float
    se: float
    low_95: float
    high_95: float
    p: float


def trial_effect(
    began_now: NDArray[np.bool_], baseline: Floats, outcome: Floats, strata: Sequence[str]
) -> TrialEffect:
    """Compare the arms.

    Args:
        began_now: (N,) whom chance gave to begin now.
        baseline: (N,) mean rating before, points; NaN where it is not known.
        outcome: (N,) mean rating at the end, points; NaN where it is not known.
        strata: (N,) within which they were drawn.

    Raises:
        TooFewRecords: an arm has fewer than ten people with an outcome.
    """
    known = ~np.isnan(outcome) & ~np.isnan(baseline)
    counts = [int(np.sum(known & began_now)), int(np.sum(known & ~began_now))]
    if min(counts) < MIN_PEOPLE:
        raise TooFewRecords(
            f"One arm has fewer than {MIN_PEOPLE} people with an outcome.",
            advice="Compare the arms once eight weeks of more people are over.",
        )
    names = sorted({name for name, is_in in zip(strata, known, strict=True) if is_in})
    of = np.array(strata)[known]
    columns = [
        began_now[known].astype(np.float64),
        baseline[known] - baseline[known].mean(),
        *((of == name).astype(np.float64) for name in names),
    ]
    X = np.column_stack(columns)
    y = outcome[known]
    inverse = np.linalg.pinv(X.T @ X)
    leverage = np.einsum("ia,ab,ib->i", X, inverse, X)
    beta = inverse @ X.T @ y
    off = (y - X @ beta) / np.maximum(1.0 - leverage, 1e-6)
    covariance = inverse @ (X.T * np.square(off)) @ X @ inverse
    effect, se = float(beta[0]), float(np.sqrt(covariance[0, 0]))
    freedom = len(y) - int(np.linalg.matrix_rank(X))
    beyond, reached = _student_t(freedom)
    reach = float(np.interp(0.05, beyond[::-1], reached[::-1])) * se
    return TrialEffect(
        counts[0],
        counts[1],
        int(np.sum(~known & began_now)),
        int(np.sum(~known & ~began_now)),
        effect,
        se,
        effect - reach,
        effect + reach,
        float(np.interp(abs(effect) / se, reached, beyond)),
    )


def _student_t(freedom: int) -> tuple[Floats, Floats]:
    """Tabulate P(|T| > t) of Student's t: with t = sqrt(freedom) tan(a) its density goes as cos(a)^(freedom - 1)."""
    angle = np.linspace(0.0, 0.5 * np.pi, 20_001)[:-1]
    density = np.cos(angle) ** (freedom - 1)
    below = np.concatenate([[0.0], np.cumsum(0.5 * (density[1:] + density[:-1]))])
    return 1.0 - below / below[-1], np.sqrt(freedom) * np.tan(angle)
