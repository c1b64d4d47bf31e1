"""The same life gone on with: told how many more mornings it takes, is there a verdict by then?

Someone told on morning `TOLD_AFTER` lives on twice with the same chance: on own days, and with pairs of weeks drawn
by the product's own schedule from the day after. Each life is cut at the number that was told, and asked again.
"""

from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

import numpy as np

from backstride.answer.answer import DaysNeeded, Hurdle, Question, Reason, TierLetter, Verdict
from backstride.answer.days_needed import HORIZON, days_needed
from backstride.answer.deltas import Delta, deltas
from backstride.answer.design import LEAST_RUNS, Design, design
from backstride.answer.other_priors import STANDARD_MINUTES
from backstride.answer.tier import read_tiers
from backstride.answer.verdict import allowed, chances
from backstride.core.allocation import AllocationScheme
from backstride.core.records import CoveredSpan, Records
from backstride.diary.daily import daily_series
from backstride.diary.series import MINUTES_A_UNIT_OF_DOSE
from backstride.model.fit import Posterior, Settings, fit
from calibration.asked import TABLE, WORTHWHILE
from calibration.drawn_lives import drawn_by_schedule
from calibration.lives import Oddity, draw_chance, draw_runner, live, with_effect
from calibration.store import Row
from calibration.written_down import FIRST_DAY, records_of

TOLD_AFTER = 42
MOST_WEEKS = 52
SEASON_SD = 1.0
"""True effects come from the season's neutral prior: Normal(0, 1) at the standard minutes a week."""


class Asked(NamedTuple):
    """One asking: what stands behind it, and what is said."""

    design: Design
    posterior: Posterior
    deltas: dict[Question, Delta]
    verdicts: dict[Question, Verdict]

    def spread(self, question: Question) -> list[float]:
        """Mean and sd of a Delta."""
        total = self.deltas[question].posterior.total
        return [float(total.mean()), float(total.std())]


def ask(records: Records, *, seed: int) -> Asked:
    """As the product asks, with fewer draws, and not held back by the sampler's own check."""
    ready = design(daily_series(records, zone=records.check_ins[0].moment.tzinfo))
    posterior = fit(ready.data, settings=Settings(seed=seed, **TABLE))
    found = deltas(posterior, ready)
    tier = read_tiers(ready.series, gate_is_open=True)[Question.WEEK].letter
    verdicts = {}
    for question, one in found.items():
        total = one.posterior.total
        c = chances(total, np.full(len(total), 1.0 / len(total)), WORTHWHILE)
        enough = ready.run_days >= LEAST_RUNS
        verdicts[question] = allowed(c, tier=tier, enough_runs=enough, sampler_fine=posterior.failed == 0)[0]
    return Asked(ready, posterior, found, verdicts)


def two_futures(seed: int, number: int) -> dict[str, Records]:
    """One person's whole diary on own days, and with weeks drawn from morning `TOLD_AFTER` on."""
    rng = np.random.default_rng([seed, 5, number])
    days = TOLD_AFTER + 7 * MOST_WEEKS
    runner = draw_runner(rng, Oddity())
    times = runner.usual * 7.0 * MINUTES_A_UNIT_OF_DOSE / STANDARD_MINUTES
    effect = float(rng.normal(0.0, SEASON_SD * times))
    person = with_effect(runner, effect, rng.dirichlet([2.0, 2.0, 1.0, 1.0]))
    chance = draw_chance(rng, person, days=days, tier="B")
    draws, drawn = drawn_by_schedule(
        AllocationScheme.WEEKS, days=days, after=TOLD_AFTER, seed=int(rng.integers(1 << 50))
    )
    out = {}
    for name, mine, fell in (("own", chance, ()), ("drawn", replace(chance, drawn=drawn), draws)):
        life = live(person, mine, first_weekday=0)
        told = records_of(np.random.default_rng([seed, 6, number]), person, life, tier="B")
        out[name] = replace(told, allocations=fell)
    return out


def until(records: Records, days: int) -> Records:
    """Return the first `days` days of a diary."""
    end = FIRST_DAY + timedelta(days=days)
    return Records(
        tuple(c for c in records.check_ins if c.local_day < end),
        tuple(r for r in records.runs if r.start.date() < end),
        (),
        (CoveredSpan(FIRST_DAY, end - timedelta(days=1), "simulated"),),
        tuple(d for d in records.allocations if d.day < end),
    )


def told_and_lived(argument: tuple[int, int]) -> list[Row]:
    """Return what one person is told after six weeks, and what is said on the day that was named."""
    seed, number = argument
    whole = two_futures(seed, number)
    first = ask(until(whole["own"], TOLD_AFTER), seed=seed * 1_000_003 + number)
    row: Row = {"key": f"onward/{seed}/{number}", "told": {}, "then": {}}
    row["now"] = {q: [v.value, *first.spread(q)] for q, v in first.verdicts.items()}
    later: dict[tuple[str, int], Asked] = {}
    for need in _needs(first):
        row["told"][need.question] = [need.own_days, need.weeks_drawn]
        for way, n in (("own", need.own_days), ("drawn", need.weeks_drawn)):
            if n == 0 or (n is None and number % 4):
                continue  # a year takes long to fit: one in four of those told 'not within a year'
            days = TOLD_AFTER + (HORIZON - 1 if n is None else n)
            if (way, days) not in later:
                later[way, days] = ask(until(whole[way], days), seed=seed * 1_000_003 + number)
            found = later[way, days]
            row["then"][f"{need.question}/{way}"] = [
                found.verdicts[need.question].value,
                *found.spread(need.question),
            ]
    return [row]


def _needs(first: Asked) -> tuple[DaysNeeded, ...]:
    tier = read_tiers(first.design.series, gate_is_open=True)[Question.WEEK].letter
    hurdle = Hurdle.NO_ORDER if tier is TierLetter.LOOKING_BACK else Hurdle.BOTH_WAYS
    reasons = {q: Reason(hurdle) if v is Verdict.CANNOT_TELL else None for q, v in first.verdicts.items()}
    return days_needed(first.posterior, first.deltas, first.design, reasons=reasons, worthwhile=WORTHWHILE)
