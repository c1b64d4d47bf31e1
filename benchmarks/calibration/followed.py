"""Runners who follow the product's own schedule as far as their pain lets them, and what each is told.

Two weeks on own days, then twelve weeks of (a) own days, (b) days drawn in each week, (c) weeks drawn in pairs. About
seven drawn days in ten are kept, fewer on bad mornings. One number is one person with one chance in all three ways.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from backstride.answer.doubts.randomisation import RARE, mean_difference
from backstride.core.allocation import AllocationScheme
from backstride.core.records import Records
from backstride.diary.daily import daily_series
from calibration import lived_truth
from calibration.asked import tell
from calibration.drawn_lives import drawn_by_schedule
from calibration.lived_truth import Lived
from calibration.lives import Floats, Oddity, draw_chance, draw_runner
from calibration.store import Row
from calibration.written_down import records_of

BASELINE, DAYS = 14, 98
EFFECTS = (0.0, -1.5)
SESSIONS = 3.0
LAWS = (AllocationScheme.OWN, AllocationScheme.DAYS, AllocationScheme.WEEKS)


class Followed(NamedTuple):
    """One runner: the truth, the diary with its draws, and the share of drawn days on which the draw was kept."""

    lived: Lived
    records: Records
    kept: float


def follow(seed: int, number: int, *, law: AllocationScheme, effect: float) -> Followed:
    """Return a runner on this schedule whose season effect is `effect`; who cannot have it is passed over."""
    for attempt in range(50):
        rng = np.random.default_rng([seed, 7, number, attempt])
        runner = replace(
            draw_runner(rng, Oddity(half_kept=law is not AllocationScheme.OWN)), runs_a_week=SESSIONS
        )
        chance = draw_chance(rng, runner, days=DAYS, tier="B")
        draws, flags = drawn_by_schedule(law, days=DAYS, after=BASELINE, seed=int(rng.integers(1 << 50)))
        split, future = rng.dirichlet([2.0, 2.0, 1.0, 1.0]), int(rng.integers(1 << 32))
        lived = lived_truth._search(runner, replace(chance, drawn=flags), effect, split, future, 0)
        if lived is not None:
            told = records_of(rng, lived.person, lived.life, tier="B")
            return Followed(lived, replace(told, allocations=draws), _kept(lived.life.dose, flags))
    raise RuntimeError(f"Number {number} cannot have an effect of {effect} in 50 attempts.")


def _kept(dose: Floats, flags: Floats) -> float:
    drawn = ~np.isnan(flags)
    return float(np.mean((dose[drawn] > 0) == (flags[drawn] > 0))) if drawn.any() else float("nan")


def ask_follower(argument: tuple[str, float, int, int]) -> list[Row]:
    """Return what one runner is told, and the p value of the draw."""
    law, effect, seed, number = argument
    one = follow(seed, number, law=AllocationScheme(law), effect=effect)
    truth = {"week": one.lived.week, "season": one.lived.season}
    letter, said, seconds = tell(one.records, seed=seed * 1_000_003 + number, truth=truth)
    row: Row = {"key": f"followed/{law}/{effect:+.1f}/{seed}/{number}", "cell": [law, effect], "truth": truth}
    row |= {"letter": letter, "seconds": seconds, "kept": one.kept, "p": p_of_draw(one.records, seed=number)}
    row |= {"verdict": {q: s.verdict for q, s in said.items()}}
    return [row | {"said": {q: [s.mean, s.sd, s.below, s.ess] for q, s in said.items()}}]


def p_of_draw(records: Records, *, seed: int) -> float | None:
    """Return the p value of the randomisation test; None where nothing was drawn."""
    found = mean_difference(daily_series(records, zone=records.check_ins[0].moment.tzinfo), seed=seed)
    return None if found is None else found.p


def null_p(argument: tuple[str, int, int]) -> list[Row]:
    """Return the p value of one runner whom running does nothing; no engine is needed."""
    law, seed, number = argument
    one = follow(seed, number, law=AllocationScheme(law), effect=0.0)
    p = p_of_draw(one.records, seed=number)
    return [
        {"key": f"null/{law}/{seed}/{number}", "p": p, "kept": one.kept, "rare": p is not None and p < RARE}
    ]
