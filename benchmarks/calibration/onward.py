"""The same life gone on with: told how many more mornings it takes, is there a verdict by then?

Someone told on morning `TOLD_AFTER` lives on in several ways with the same chance: on own days, and with days or
blocks of weeks drawn by the product's own schedule from the day after. Each life is cut at the number that was told
for its way, and the product's whole answer is asked again.
"""

from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

import numpy as np

from backstride.answer.answer import Answer
from backstride.answer.ask import answer_question
from backstride.answer.days_needed import HORIZON
from backstride.answer.kinds import Question
from backstride.answer.other_priors import STANDARD_MINUTES
from backstride.core.allocation import AllocationScheme
from backstride.core.records import CoveredSpan, Records
from backstride.diary.daily import daily_series
from backstride.diary.series import MINUTES_A_UNIT_OF_DOSE
from calibration.drawn_lives import drawn_by_schedule
from calibration.lives import Oddity, draw_chance, draw_runner, live, with_effect
from calibration.store import Row
from calibration.written_down import FIRST_DAY, records_of

TOLD_AFTER = 42
MAX_WEEKS = 72
"""A year, in whole rounds of every design: six blocks of 4 weeks are 24 weeks."""
SEASON_SD = 1.0
"""True effects come from the season's neutral prior: Normal(0, 1) at the standard minutes a week."""
ONE_IN = 4
"""A year takes long to fit: so many of those told 'not within a year' are asked again."""


class Way(NamedTuple):
    """A way to go on: the field of the days needed, and how its days are drawn."""

    field: str
    scheme: AllocationScheme


WAYS = {
    "own": Way("own_days", AllocationScheme.OWN),
    "days": Way("days_drawn", AllocationScheme.DAYS),
    "blocks of 2": Way("two_week_blocks", AllocationScheme.BLOCKS_OF_2),
    "blocks of 4": Way("four_week_blocks", AllocationScheme.BLOCKS_OF_4),
}


def ask(records: Records, *, seed: int) -> Answer:
    """Ask as the product does: its reading, its panel with all gates, its full fits."""
    series = daily_series(records, zone=records.check_ins[0].moment.tzinfo)
    return answer_question(series, seed=seed)


def futures(seed: int, number: int) -> dict[str, Records]:
    """Return one person's whole diary in each of `WAYS`, drawn from morning `TOLD_AFTER` on."""
    rng = np.random.default_rng([seed, 5, number])
    days = TOLD_AFTER + 7 * MAX_WEEKS
    runner = draw_runner(rng, Oddity())
    times = runner.usual * 7.0 * MINUTES_A_UNIT_OF_DOSE / STANDARD_MINUTES
    effect = float(rng.normal(0.0, SEASON_SD * times))
    person = with_effect(runner, effect, rng.dirichlet([2.0, 2.0, 1.0, 1.0]))
    chance = draw_chance(rng, person, days=days, tier="B")
    draw_seed = int(rng.integers(1 << 50))
    out = {}
    for name, way in WAYS.items():
        allocations, drawn = drawn_by_schedule(way.scheme, days=days, after=TOLD_AFTER, seed=draw_seed)
        life = live(person, replace(chance, drawn=drawn), first_weekday=0)
        told = records_of(np.random.default_rng([seed, 6, number]), person, life, tier="B")
        out[name] = replace(told, allocations=allocations)
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
    whole = futures(seed, number)
    first = ask(until(whole["own"], TOLD_AFTER), seed=seed * 1_000_003 + number)
    row: Row = {"key": f"onward/{seed}/{number}", "told": {}, "then": {}}
    row["now"] = {effect.question.value: _said(first, effect.question) for effect in first.effects}
    later: dict[tuple[str, int], Answer] = {}
    for need in first.days_needed:
        for name, way in WAYS.items():
            n: int | None = getattr(need, way.field)
            if n == 0 or (n is None and (number % ONE_IN or not _offered(need.question, name))):
                continue
            row["told"][f"{need.question}/{name}"] = n
            days = TOLD_AFTER + (HORIZON - 1 if n is None else n)
            if (name, days) not in later:
                later[name, days] = ask(until(whole[name], days), seed=seed * 1_000_003 + number)
            found = later[name, days]
            row["then"][f"{need.question}/{name}"] = _said(found, need.question)
    return [row]


def _offered(question: Question, way: str) -> bool:
    """Whether a design may be offered for a question at all: drawn days show nothing of a season."""
    return question is Question.WEEK or way != "days"


def _said(answer: Answer, question: Question) -> list[str | float | None]:
    """Return the verdict, its mean and sd, its tier, why it is open, and the share of drawn runs kept."""
    effect = next(effect for effect in answer.effects if effect.question is question)
    return [
        effect.verdict.value,
        effect.estimate.mean,
        effect.estimate.sd,
        effect.tier.letter.value,
        effect.reason.hurdle.value if effect.reason else "",
    ]
