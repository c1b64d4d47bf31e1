"""A contribution that is always the same, and a study's file."""

from backstride.answer.cohort_line import PeopleShares
from backstride.cohort.contribution import Contribution, LikelihoodPart
from backstride.cohort.prior_file import CohortPrior, Ratio

KEY = "0123456789abcdef" * 2
PARTS = (LikelihoodPart(0.6, -0.41, 0.22, -0.8, 0.9, 0.4), LikelihoodPart(0.4, -0.2, 0.3, -0.3, 1.1, 0.2))
SHARES = PeopleShares((0.5, 0.4, 0.6), (0.4, 0.3, 0.5), (0.1, 0.0, 0.2))
PRIOR = CohortPrior("2026-11", 60, 40, 1.0, (Ratio(1.7, 0.5, 6.0),) * 20, SHARES, SHARES)


def contribution_made(_work, request, **_) -> Contribution:
    """What stands in the place of the work of minutes."""
    bands = ("84 to 111", "A", "B", "2 to 4", "60 to 120")
    return Contribution(request.key or KEY, "2026-01", 1, 1, *bands, dict(request.traits), PARTS, 320)
