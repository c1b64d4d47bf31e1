"""The calibration of the population stage as last measured: ranks of the truth, and how often a range holds it.

`benchmarks/population_sbc.py --ranks` writes the numbers. They are of the method, and the same for every cohort.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

FILE = "population_ranks.json"


@dataclass(frozen=True, slots=True)
class QuantityRanks:
    """One quantity of the population over all replicates.

    Attributes:
        name: as in "mean of the week".
        counts: replicates by the rank of the truth, in bins that are equally likely if the stage is right.
        p: of a chi-square as large by chance.
        held_95: share of replicates whose central 95 % hold the truth.
    """

    name: str
    counts: tuple[int, ...]
    p: float
    held_95: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """What simulation-based calibration found.

    Attributes:
        replicates: simulated cohorts drawn from the priors of the stage.
        people: in each.
        quantities: their ranks.
    """

    replicates: int
    people: int
    quantities: tuple[QuantityRanks, ...]


@lru_cache(maxsize=1)
def calibration() -> Calibration:
    """Read the numbers that come with the program."""
    found = json.loads(files("backstride.cohort").joinpath(FILE).read_text(encoding="utf-8"))
    return Calibration(
        found["replicates"],
        found["people"],
        tuple(
            QuantityRanks(one["name"], tuple(one["counts"]), one["p"], one["held_95"])
            for one in found["quantities"]
        ),
    )
