"""The records as drawn: an analysis by intention to treat."""

from dataclasses import replace

import numpy as np

from backstride.answer.design import MINUTES_WHERE_NONE, Design
from backstride.diary.series import MINUTES_A_UNIT_OF_DOSE
from backstride.model.data import rhythm


def as_assigned(ready: Design) -> Design:
    """Replace what was done by what was drawn: the records for an analysis by intention to treat.

    A day drawn to run counts as the person's mean run, a day drawn to rest as none. The draw asks nobody's pain, so
    the decision is left out.
    """
    assigned = ready.data.drawn
    ran = ready.data.dose[np.nan_to_num(ready.data.dose) > 0.0]
    # a draw assigns running, not minutes: every assigned run counts alike, whatever was run, or none
    mean = float(ran.mean()) if len(ran) else MINUTES_WHERE_NONE / MINUTES_A_UNIT_OF_DOSE / 3.0
    dose = np.where(np.isnan(assigned), ready.data.dose, np.where(assigned > 0.0, mean, 0.0))
    # with no decision days the decision's equations drop out of the likelihood
    nobody = np.zeros(len(dose), dtype=bool)
    data = ready.data._replace(
        dose=dose,
        choosing=nobody,
        rhythm=rhythm(dose),
        coupling=np.zeros(len(dose)),
        intention=np.full(len(dose), np.nan),
    )
    return replace(ready, data=data, mean_dose=float(np.nanmean(dose)))
