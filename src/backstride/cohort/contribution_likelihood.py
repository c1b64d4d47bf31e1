"""The likelihood of one person as a contribution holds it, and back as the population stage takes it."""

import numpy as np

from backstride.cohort.contribution import CORRELATIONS, MEANS, SDS, LikelihoodPart
from backstride.cohort.likelihood import Likelihood


def parts_of(likelihood: Likelihood) -> tuple[LikelihoodPart, ...]:
    """Round the likelihood of one person to what leaves: 0.01 points, shares and correlations to 0.001."""
    weight = np.exp(likelihood.log_weight[0])
    out = []
    for share, mean, covariance in zip(
        weight / weight.sum(), likelihood.mean[0], likelihood.covariance[0], strict=True
    ):
        sd = np.sqrt(np.diag(covariance))
        week, season = np.clip(mean, *MEANS)
        week_sd, season_sd = np.clip(sd, *SDS)
        out.append(
            LikelihoodPart(
                share=round(float(np.clip(share, 0.001, 0.999)), 3),
                week=round(float(week), 2),
                week_sd=round(float(week_sd), 2),
                season=round(float(season), 2),
                season_sd=round(float(season_sd), 2),
                correlation=round(float(np.clip(covariance[0, 1] / np.prod(sd), *CORRELATIONS)), 3),
            )
        )
    return tuple(out)


def likelihood_from(parts: tuple[LikelihoodPart, ...], *, effective: int) -> Likelihood:
    """Build the likelihood of one person, N = 1, from the parts and the effective draws of their contribution."""
    share = np.array([part.share for part in parts])
    mean = np.array([[part.week, part.season] for part in parts])
    covariance = np.array([_covariance(part) for part in parts])
    return Likelihood(
        np.log(share / share.max())[None], mean[None], covariance[None], np.array([float(effective)])
    )


def _covariance(part: LikelihoodPart) -> list[list[float]]:
    both = part.correlation * part.week_sd * part.season_sd
    return [[part.week_sd**2, both], [both, part.season_sd**2]]
