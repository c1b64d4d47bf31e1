"""The priors of one person: the neutral ones, by fixed weekdays and by how long the back has hurt."""

import numpy as np

from backstride.answer.design import Design
from backstride.core.pain_since import PainSince
from backstride.model.data import ModelData
from backstride.model.priors import FIXED_WEEKDAY, Priors, neutral_priors

FIXED_DAYS_R2 = 0.9
"""Run days explained by the weekday to this share are fixed weekdays."""


def priors_for(ready: Design, *, recovery: float | None = None) -> Priors:
    """Give the neutral priors for one person.

    Run days that are fixed weekdays cannot be told from a weekday rhythm of pain by the prior that others get, so
    theirs is wider. How long the back has hurt sets how much of it may heal by itself.

    Args:
        ready: the person's days.
        recovery: sd in points of each curve of the natural course; by how long the back has hurt if None.
    """
    priors = neutral_priors(ready.data.pathway)
    if recovery is None and ready.pain_since is not None:
        recovery = RECOVERY_BY_DURATION[ready.pain_since]
    if recovery is not None:
        # both curves alike: whether a back heals from the first day or from the first run is not known beforehand
        priors = priors._replace(recovery=recovery, recovery_since_run=recovery)
    return priors._replace(weekday=FIXED_WEEKDAY) if has_fixed_weekdays(ready.data) else priors


RECOVERY_BY_DURATION = {
    PainSince.UNDER_6_WEEKS: 1.5,
    PainSince.TO_12_WEEKS: 1.0,
    PainSince.LONGER: 0.5,
    PainSince.ON_AND_OFF: 0.7,
}
"""Sd of each recovery curve by how long the back has hurt (the setting `pain_since`).

Pooled means of 100 fell from 52 to 23 in six weeks and 12 in half a year (acute), and from 51 to 33 to 26 (lasting):
Menezes Costa 2012, doi:10.1503/cmaj.111271. The sds are ours: such a fall lies within about one and a half of them.
"""


def has_fixed_weekdays(data: ModelData) -> bool:
    """Tell whether the weekday explains which days are run days: R^2 of runs on weekdays of at least 0.9."""
    known = ~np.isnan(data.dose)
    ran = (data.dose[known] > 0.0).astype(np.float64)
    # running every day or never follows no weekday, and R2 would be 0 / 0
    if len(ran) == 0 or ran.std() == 0.0:
        return False
    weekday = data.weekday[known]
    total = np.bincount(weekday, minlength=7).astype(np.float64)
    share = np.bincount(weekday, weights=ran, minlength=7) / np.maximum(total, 1.0)
    return float(1.0 - np.mean((ran - share[weekday]) ** 2) / ran.var()) >= FIXED_DAYS_R2
