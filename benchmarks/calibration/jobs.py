"""What is simulated: people of the prior, cells of the table, cells of the table of what the model does not know."""

from typing import Any, NamedTuple

import numpy as np

from calibration.asked import by_rule, ranked, tell
from calibration.lived_truth import lived_with
from calibration.lives import TIERS, Oddity
from calibration.prior_people import prior_people
from calibration.store import Row, Task
from calibration.usual_ways import usual_ways
from calibration.written_down import records_of

PRIOR_PEOPLE = 1000
MANY, SOME = 500, 200
ODD_NULL, ODD_HELPED = 150, 75
CHUNK = 10
EFFECTS = (0.0, 1.0, -0.5, -1.5)
LENGTHS = (84, 168)
FITTED_LOOKING_BACK = 100
"""Tier C has one verdict by rule; beyond this many people of a cell only the rule and the usual ways are asked."""

ODDITIES: dict[str, Oddity] = {
    "nothing odd": Oddity(),
    "weekday habits": Oddity(weekday=0.5),
    "heavy-tailed flares": Oddity(heavy_tails=True),
    "decides by the rating": Oddity(by_rating=True),
    "stress moves both": Oddity(stress=0.5),
    "effect saturates": Oddity(saturates=True),
    "even ratings only": Oddity(even=True),
    "a third filled in late": Oddity(late=0.33),
    "began within the diary": Oddity(begins=True),
    "began at a peak": Oddity(from_peak=True),
    "missing when bad": Oddity(missing_when_bad=1.0),
    "draw half kept": Oddity(half_kept=True),
    "habit builds in 10 days": Oddity(tau=10.0),
}
ODD_DAYS, ODD_EFFECTS, ODD_TIERS = 168, (0.0, -1.5), ("B", "A-weeks")


class Cell(NamedTuple):
    """People who share tier, true season effect, length of diary, and an oddity."""

    tier: str
    effect: float
    days: int
    oddity: str = "nothing odd"

    @property
    def name(self) -> str:
        """The cell in a word without spaces."""
        return f"{self.tier}/{self.effect:+.1f}/{self.days}/{self.oddity.replace(' ', '-')}"


def table_cells(most: int) -> list[tuple[Cell, int]]:
    """Return the cells of the table, and how many people each has; `most` makes it small."""
    return [
        (Cell(tier, effect, days), min(most, MANY if effect >= 0 else SOME))
        for days in LENGTHS
        for tier in TIERS
        for effect in EFFECTS
    ]


def odd_cells(most: int) -> list[tuple[Cell, int]]:
    """Return the cells of what the model does not know; 'draw half kept' only where there is a draw."""
    return [
        (Cell(tier, effect, ODD_DAYS, oddity), min(most, ODD_HELPED if effect else ODD_NULL))
        for oddity in ODDITIES
        for tier in ODD_TIERS
        for effect in ODD_EFFECTS
        if tier != "B" or oddity != "draw half kept"
    ]


def prior_tasks(people: int, seed: int) -> list[Task]:
    """Chunks of ten people drawn from the prior."""
    return [(f"prior/{seed}/{i}", (seed, i, CHUNK)) for i in range(-(-people // CHUNK))]


def cell_tasks(cells: list[tuple[Cell, int]], seed: int) -> list[Task]:
    """One task a person, the first of every cell first, so that all cells grow together."""
    most = max(count for _, count in cells)
    numbered = [(cell, i) for i in range(most) for cell, count in cells if i < count]
    return [(f"{cell.name}/{seed}/{i}", (*cell, seed, i)) for cell, i in numbered]


def rank_people(argument: tuple[int, int, int]) -> list[Row]:
    """One chunk of people of the prior."""
    seed, chunk, count = argument
    people = prior_people(np.random.default_rng([seed, 1, chunk]), count)
    found = [ranked(person, seed=seed * 1_000_003 + chunk * CHUNK + i) for i, person in enumerate(people)]
    return [{"key": f"prior/{seed}/{chunk}", "people": found}]


def ask_person(argument: tuple[str, float, int, str, int, int]) -> list[Row]:
    """One person of one cell: the truth, what backstride says, what the usual ways say."""
    *fields, seed, number = argument
    cell = Cell(*fields)
    # people of one number share their chance over effects and tiers
    rng = np.random.default_rng([seed, 2, cell.days, number])
    lived = lived_with(
        rng, season=cell.effect, days=cell.days, tier=cell.tier, oddity=ODDITIES[cell.oddity], first_weekday=0
    )
    records = records_of(rng, lived.person, lived.life, tier=cell.tier)
    rated = {c.local_day.toordinal(): c.pain.pain_0_10 for c in records.check_ins if c.pain}
    first = min(rated)
    pain = np.array([rated.get(first + t, np.nan) for t in range(cell.days)])
    truth = {"week": lived.week, "season": lived.season}
    row: dict[str, Any] = {"key": f"{cell.name}/{seed}/{number}", "cell": cell.name, "truth": truth}
    row["usual"] = usual_ways(pain, lived.life.dose)
    if cell.tier == "C" and number >= FITTED_LOOKING_BACK:
        letter, verdict = by_rule(records)
        if verdict:
            return [row | {"letter": letter, "verdict": dict.fromkeys(truth, verdict)}]
    letter, said, seconds = tell(records, seed=seed * 1_000_003 + number, truth=truth)
    row |= {"letter": letter, "seconds": seconds}
    row |= {"verdict": {q: s.verdict for q, s in said.items()}}
    return [row | {"said": {q: [s.mean, s.sd, s.below, s.ess] for q, s in said.items()}}]
