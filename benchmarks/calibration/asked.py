"""What backstride says to one person: the product's own verdicts, and the ranks of one fit.

The only file of this folder that calls the engine and the rules of the verdict.
"""

import time
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstride.answer.ask import gate_and_tiers, verdicts
from backstride.answer.design import MIN_RUNS, design
from backstride.answer.kinds import Question, Verdict
from backstride.answer.record_limits import record_limit
from backstride.core.records import Records
from backstride.diary.daily import daily_series
from backstride.diary.series import DailySeries
from backstride.model.diagnostics import ess_bulk
from backstride.model.effect import contrast, effect_draws
from backstride.model.fit import Settings, fit
from calibration.plain_effect import SEASON, WEEK, effects
from calibration.prior_people import RUN_SHARE, USED, PriorPerson
from calibration.ranks import rank, share_below

Floats = NDArray[np.float64]

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
    """One Delta of one person, and what the product says of it; `below` is the share of draws below the truth."""

    mean: float
    sd: float
    below: float
    verdict: str
    ess: float


def tell(records: Records, *, seed: int, truth: dict[str, float]) -> tuple[str, dict[str, Said], float]:
    """Return the tier's letter, what is said to each question, and the seconds of processor time it took."""
    began = time.process_time()
    found = verdicts(_series(records), seed=seed)
    out = {}
    for effect in (found.week, found.season):
        total = found.fitted.deltas[effect.question].posterior.total
        below = float(np.mean(total < truth[effect.question.value]))
        spread = (float(total.mean()), float(total.std()), below)
        ess = found.diagnostics.ess_bulk[effect.question]
        out[effect.question.value] = Said(*spread, effect.verdict.value, ess)
    return found.week.tier.letter.value, out, time.process_time() - began


def by_rule(records: Records) -> tuple[str, str]:
    """Return the tier's letter, and what the record alone decides of both questions; '' where it does not."""
    ready = design(_series(records))
    gate, tiers = gate_and_tiers(ready)
    letter = tiers[Question.WEEK].letter.value
    if ready.run_days < MIN_RUNS:
        return letter, Verdict.TOO_FEW_RUNS.value
    is_decided = all(record_limit(question, ready.recorded, tiers, gate) for question in Question)
    return letter, Verdict.CANNOT_TELL.value if is_decided else ""


def _series(records: Records) -> DailySeries:
    return daily_series(records, zone=records.check_ins[0].moment.tzinfo)


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
