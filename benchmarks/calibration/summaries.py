"""From rows to numbers: uniformity of ranks, coverage, bias, verdicts, each with its Monte Carlo error."""

from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from calibration.ranks import band, ecdf_difference, uniformity_p
from calibration.store import Row
from calibration.usual_ways import WAYS, says

Floats = NDArray[np.float64]
LEVELS = (50, 80, 95)
HELPS, HARMS = ("helps", "helps a little"), ("harms", "harms a little")


class Share(NamedTuple):
    """A share of people and its standard error."""

    value: float
    people: int

    @property
    def error(self) -> float:
        """sqrt(p (1 - p) / n), with one person more on either side, so that none of n is not taken for never."""
        p = (self.value * self.people + 1.0) / (self.people + 2.0)
        return sqrt(p * (1.0 - p) / self.people) if self.people else float("nan")

    def __str__(self) -> str:
        """In per cent."""
        return f"{100 * self.value:.1f} ± {100 * self.error:.1f}" if self.people else ""


def share(flags: list[bool]) -> Share:
    """Return the share of true ones."""
    return Share(float(np.mean(flags)) if flags else float("nan"), len(flags))


def coverage(below: Floats) -> tuple[Share, ...]:
    """Of the central 50, 80 and 95 % intervals: how many hold the truth."""
    return tuple(share([bool(b) for b in np.abs(below - 0.5) <= level / 200]) for level in LEVELS)


class Ranked(NamedTuple):
    """One quantity over all people of the prior."""

    name: str
    ranks: NDArray[np.int64]
    p: float
    outside: bool
    cover: tuple[Share, ...]
    ess: float


def ranked_quantities(rows: list[Row]) -> list[Ranked]:
    """Every quantity, in the order in which it was kept."""
    people = [person for row in rows for person in row.get("people", [])]
    width = band(len(people))
    out = []
    for name in people[0]:
        ranks = np.array([person[name][0] for person in people], dtype=np.int64)
        below = np.array([person[name][1] for person in people])
        outside = bool(np.any(np.abs(ecdf_difference(ranks)[:-1]) > width[:-1]))
        ess = float(np.nanmedian([person[name][2] for person in people]))
        out.append(Ranked(name, ranks, uniformity_p(ranks), outside, coverage(below), ess))
    return out


class Told(NamedTuple):
    """One cell and one question."""

    people: int
    truth: float
    read_as_meant: Share
    verdicts: dict[str, Share]
    helps: Share
    harms: Share
    wrong_sign: Share
    bias: float
    bias_error: float
    rmse: float
    cover: tuple[Share, ...]
    ess: float


def told(rows: list[Row], question: str, letter: str) -> Told:
    """Return what the people of a cell were told; `letter` is the tier that was simulated."""
    said = [row["verdict"][question] for row in rows]
    truth = np.array([row["truth"][question] for row in rows])
    fitted = [row for row in rows if "said" in row]
    error = np.array([row["said"][question][0] - row["truth"][question] for row in fitted])
    below = np.array([row["said"][question][2] for row in fitted])
    wrong = [(v in HELPS and t > 0) or (v in HARMS and t < 0) for v, t in zip(said, truth, strict=True)]
    return Told(
        people=len(rows),
        truth=float(truth.mean()),
        read_as_meant=share([row["letter"] == letter for row in rows]),
        verdicts={v: share([s == v for s in said]) for v in sorted(set(said))},
        helps=share([v in HELPS for v in said]),
        harms=share([v in HARMS for v in said]),
        wrong_sign=share(wrong),
        bias=float(error.mean()),
        bias_error=float(error.std() / sqrt(len(error))),
        rmse=float(np.sqrt((error**2).mean())),
        cover=coverage(below),
        ess=float(np.median([row["said"][question][3] for row in fitted])),
    )


def usual(rows: list[Row]) -> dict[str, tuple[Share, Share]]:
    """Of each usual way: the shares that say 'helps' and 'harms'."""
    out = {}
    for way in WAYS:
        said = [says(row["usual"][way]) for row in rows]
        out[way] = (share([s == "helps" for s in said]), share([s == "harms" for s in said]))
    return out
