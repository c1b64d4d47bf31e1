"""What backstride says to one person: the way of `answer_question`, without doubts and with fewer draws.

The only file of this folder that calls the engine and the rules of the verdict.
"""

import time
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstride.answer.answer import Question, TierLetter, Verdict
from backstride.answer.deltas import deltas
from backstride.answer.design import LEAST_RUNS, design
from backstride.answer.doubts.sampler import diagnostics
from backstride.answer.tier import read_tiers
from backstride.answer.verdict import allowed, chances
from backstride.core.records import Records
from backstride.diary.daily import daily_series
from backstride.model.diagnostics import ess_bulk
from backstride.model.effect import contrast, effect_draws
from backstride.model.fit import Settings, fit
from calibration.plain_effect import SEASON, WEEK, effects
from calibration.prior_people import USED, PriorPerson
from calibration.ranks import rank

Floats = NDArray[np.float64]

WORTHWHILE = 1.0
TABLE = {"chains": 2, "warmup": 250, "draws": 800}
RANKS = {"chains": 2, "warmup": 500, "draws": 5000}
MAIN = (
    "phi",
    "s_eta",
    "s_mu",
    "s_y",
    "s_len",
    "beta_now",
    "beta_hab",
    "run[0]",
    "run[1]",
    "mu_last",
    "d_last",
)
OF_PATHS = ("delta", "b", "c", "phi_m")


class Said(NamedTuple):
    """One Delta of one person; `below` is the share of draws below the truth.

    `verdict` is what the product says; `as_meant` what it would say had it read the tier that was simulated.
    """

    mean: float
    sd: float
    below: float
    verdict: str
    as_meant: str
    ess: float


def tell(
    records: Records, *, seed: int, truth: dict[str, float], meant: str
) -> tuple[str, dict[str, Said], float]:
    """The tier's letter, what is said to each question, and the seconds of processor time it took."""
    began = time.process_time()
    ready = design(daily_series(records, zone=records.check_ins[0].moment.tzinfo))
    tier = read_tiers(ready.series, gate_is_open=True)[Question.WEEK].letter
    posterior = fit(ready.data, settings=Settings(seed=seed, **TABLE))
    found = deltas(posterior, ready)
    health = diagnostics(posterior, found)
    out = {}
    for question in Question:
        total = found[question].posterior.total
        c = chances(total, np.full(len(total), 1.0 / len(total)), WORTHWHILE)
        said = [
            allowed(
                c,
                tier=letter,
                enough_runs=ready.run_days >= LEAST_RUNS,
                sampler_fine=posterior.failed == 0,
            )[0]
            for letter in (tier, TierLetter(meant))
        ]
        below = float(np.mean(total < truth[question.value]))
        spread = (float(total.mean()), float(total.std()), below)
        out[question.value] = Said(*spread, *(v.value for v in said), health.ess_bulk[question])
    return tier.value, out, time.process_time() - began


def by_rule(records: Records) -> tuple[str, str]:
    """The tier's letter, and the verdict where the tier alone decides it; '' where the posterior is needed."""
    series = design(daily_series(records, zone=records.check_ins[0].moment.tzinfo)).series
    tier = read_tiers(series, gate_is_open=True)[Question.WEEK].letter
    return tier.value, Verdict.CANNOT_TELL.value if tier is TierLetter.LOOKING_BACK else ""


def ranked(person: PriorPerson, *, seed: int) -> dict[str, tuple[int, float, float]]:
    """Of each quantity: the truth's rank, the share of draws below it, effective draws."""
    posterior = fit(person.data, settings=Settings(seed=seed, **RANKS))
    true = person.truth | effects(person.truth, USED, person.mean_dose)
    names = [*MAIN, *(f"{what}[{p}]" for p in USED for what in OF_PATHS)]
    draws = {name: posterior.of(name).ravel() for name in names}
    for question, usual, mornings in (("week", True, WEEK), ("season", False, SEASON)):
        # the draws are many and alike: every fifth is enough for the Deltas
        thin = posterior._replace(draws=posterior.draws[:, ::5])
        rows = effect_draws(thin, mean_dose=person.mean_dose, usual=usual)
        plan = np.full(mornings[1], person.mean_dose)
        found = contrast(rows, plan, np.zeros(mornings[1]), mornings=mornings)
        draws[question] = found.total
        for i, way in enumerate(("next day", "habit", *USED)):
            draws[f"{question}: {way}"] = found.parts[:, i]
    return {name: _one(x, true[name]) for name, x in draws.items()}


def _one(draws: Floats, truth: float) -> tuple[int, float, float]:
    return rank(draws, truth), float(np.mean(draws < truth)), ess_bulk(draws.reshape(2, -1))
