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
from calibration.prior_people import RUN_SHARE, USED, PriorPerson
from calibration.ranks import rank, share_below

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
    "beta_second",
    "rho",
    "tau",
    "delay",
    "log_onset",
    "log_ratio",
    "ends",
    "flare_size",
    "flare_usual",
    "course[0]",
    "course[3]",
    "confounder[0]",
    "s_weekday",
    "s_rhythm",
    "run[0]",
    "run[1]",
    "run[2]",
    "run[9]",
    "run[14]",
    "run[16]",
    "intention[1]",
    "length[1]",
    "length[2]",
    "length[3]",
    "mu_last",
    "d_last",
)
"""Of the decision: level, felt pain, flare, ran yesterday, the first confounder, the stated intention."""
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
    """Return the tier's letter, what is said to each question, and the seconds of processor time it took."""
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
    """Return the tier's letter, and the verdict where the tier alone decides it; '' where the posterior is needed."""
    series = design(daily_series(records, zone=records.check_ins[0].moment.tzinfo)).series
    tier = read_tiers(series, gate_is_open=True)[Question.WEEK].letter
    return tier.value, Verdict.CANNOT_TELL.value if tier is TierLetter.LOOKING_BACK else ""


def ranked(person: PriorPerson, *, seed: int) -> dict[str, tuple[int, float, float]]:
    """Of each quantity: the truth's rank, the share of draws below it, effective draws."""
    posterior = fit(person.data, settings=Settings(seed=seed, **RANKS))
    true = person.truth | effects(person.truth, USED, person.mean_dose, RUN_SHARE)
    names = [*MAIN, *(f"{what}[{p}]" for p in USED for what in OF_PATHS)]
    draws = {name: posterior.of(name).ravel() for name in names}
    for question, usual, mornings in (("week", True, WEEK), ("season", False, SEASON)):
        # the draws are many and alike: every fifth is enough for the Deltas
        thin = posterior._replace(draws=posterior.draws[:, ::5])
        rows = effect_draws(thin, mean_dose=person.mean_dose, usual=usual, run_share=RUN_SHARE)
        plan = np.full(mornings[1], person.mean_dose)
        found = contrast(rows, plan, np.zeros(mornings[1]), mornings=mornings)
        draws[question] = found.total
        for i, way in enumerate(("next day", "habit", *USED, "flares")):
            draws[f"{question}: {way}"] = found.parts[:, i]
    lot = np.random.default_rng([seed, 1])
    return {name: _one(x, true[name], lot) for name, x in draws.items()}


def _one(draws: Floats, truth: float, lot: np.random.Generator) -> tuple[int, float, float]:
    below = share_below(draws, truth, lot)
    return rank(draws, truth, lot), below, ess_bulk(draws.reshape(2, -1))
