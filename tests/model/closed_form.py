"""Both Deltas once more, from their definition, in plain numpy: whole matrices, and no step shared with the product.

    take v' = carry v + push(x, C'),   v = (mu, d, m[1], ..., m[K]),   the covariance 0 at the start
    A' = A + (x - A) / tau,  C' = C + (A' - C) / delay
    R(mean) = sum_{j=1..10} Phi((mean - (j - 1/2)) / sd),   sd^2 = var eta + s_y^2,   eta = mu + d
    E[y] = (1 - q) R(mean eta) + q R(mean eta + size),   q the chance of a flare that morning

The part of one way by which running acts is the difference of eta between the arms with all other ways closed, in
points of the rating: times the change of E[y] for a point of eta between the two arms, at the flares of the arm with
runs. The flares' own part is what the other arm's mornings would gain by its having as many.
"""

import math
from typing import NamedTuple

import numpy as np

ETA = slice(0, 2)
erf = np.vectorize(math.erf, otypes=[float])


class Arms(NamedTuple):
    """Delta (S,), and its parts by name, (S,) each."""

    delta: np.ndarray
    parts: dict[str, np.ndarray]


class Law(NamedTuple):
    """How one day follows another, a row a draw: carry (S, n), noise (S, n), take up (S, n, n), and what pushes."""

    carry: np.ndarray
    noise: np.ndarray
    take_up: np.ndarray
    level: np.ndarray
    by_dose: np.ndarray
    by_load: np.ndarray
    by_dose_before: np.ndarray

    def after(self, v: np.ndarray, push: np.ndarray) -> np.ndarray:
        """The next morning's v."""
        return np.einsum("sij,sj->si", self.take_up, self.carry * v + push)

    def spread(self, cov: np.ndarray) -> np.ndarray:
        """The next morning's covariance."""
        inner = self.carry[:, :, None] * cov * self.carry[:, None, :]
        inner = inner + np.einsum("si,ij->sij", self.noise**2, np.eye(self.noise.shape[1]))
        return self.take_up @ inner @ np.swapaxes(self.take_up, 1, 2)


def law(draws: dict[str, np.ndarray], pathways: list[str]) -> Law:
    """The law of each draw: today's m is taken up by today's d."""
    zero, one = np.zeros_like(draws["phi"]), np.ones_like(draws["phi"])

    def of(what: str) -> list[np.ndarray]:
        return [draws[f"{what}[{k}]"] for k in pathways]

    size = 2 + len(pathways)
    take_up = np.tile(np.eye(size), (len(zero), 1, 1))
    for i, delta in enumerate(of("delta")):
        take_up[:, 1, 2 + i] = delta
    return Law(
        carry=np.stack([one, draws["phi"], *of("phi_m")], axis=1),
        noise=np.stack([draws["s_mu"], draws["s_eta"], *of("s")], axis=1),
        take_up=take_up,
        level=np.stack([zero, zero, *of("a")], axis=1),
        by_dose=np.stack([zero, draws["beta_now"], *of("c")], axis=1),
        by_load=np.stack([zero, draws["beta_hab"], *of("b")], axis=1),
        by_dose_before=np.stack([zero, draws["beta_second"], *(zero for _ in pathways)], axis=1),
    )


def expected_rating(mean: np.ndarray, sd: np.ndarray) -> np.ndarray:
    """E[y] of a rating with floor 0 and ceiling 10."""
    return sum(0.5 + 0.5 * erf((mean - (j - 0.5)) / (sd * math.sqrt(2.0))) for j in range(1, 11))


def flare_chances(draws: dict[str, np.ndarray], start: str, run_share: float, days: int) -> np.ndarray:
    """(days + 1, S) chance of a flare on each morning, by powers of the two-state chain; row 0 is the start."""
    rest, run = (np.minimum(np.exp(draws["log_onset"] + by), 0.5) for by in (0.0, draws["log_ratio"]))
    begins, ends = (1.0 - run_share) * rest + run_share * run, draws["ends"]
    chain = np.stack(
        [np.stack([1.0 - begins, begins], axis=-1), np.stack([ends, 1.0 - ends], axis=-1)], axis=-2
    )
    first = np.stack([1.0 - draws[f"flare_{start}"], draws[f"flare_{start}"]], axis=-1)
    powers = [np.linalg.matrix_power(chain, n) for n in range(days + 1)]
    return np.array([np.einsum("si,sij->sj", first, power)[:, 1] for power in powers])


def both_arms(
    draws: dict[str, np.ndarray],
    pathways: list[str],
    *,
    start: str,
    dose: float,
    mean_dose: float,
    run_share: float,
    mornings: tuple[int, int],
) -> Arms:
    """Mean over the mornings first..last of E[y | `dose` a day] - E[y | no runs].

    Args:
        draws: (S,) of each quantity, by the names of the product's columns.
        pathways: those in use.
        start: "usual" (d = 0) or "last", the state that both arms start from.
        dose: a day, in units of 30 minutes; mean_dose: what the model is centred by.
        run_share: chance of a run on a day of the arm with runs.
        mornings: first and last; 1 is the morning after day 1.
    """
    moves = law(draws, pathways)
    d = draws["d_last"] if start == "last" else np.zeros_like(draws["phi"])
    rest = np.stack([draws[f"mu_{start}"], d, *(draws[f"m_{start}[{k}]"] for k in pathways)], axis=1)
    acute, load = draws[f"A_{start}"], draws[f"C_{start}"]
    more_acute, more_load = np.zeros_like(d), np.zeros_like(d)
    cov = np.zeros((*rest.shape, rest.shape[1]))
    open_ways = ways(moves, pathways)
    more = {way: np.zeros_like(rest) for way in open_ways}
    total, parts = np.zeros_like(d), {way: np.zeros_like(d) for way in [*open_ways, "flares"]}
    tau, delay, size = draws["tau"], draws["delay"], draws["flare_size"]
    often, seldom = (flare_chances(draws, start, share, mornings[1]) for share in (run_share, 0.0))
    for morning in range(1, mornings[1] + 1):
        acute, more_acute = acute - acute / tau, more_acute + (dose - more_acute) / tau
        load, more_load = load + (acute - load) / delay, more_load + (more_acute - more_load) / delay
        push = moves.by_load * (load - mean_dose)[:, None] - moves.by_dose * mean_dose
        # before the first morning both arms had the mean dose
        push -= moves.by_dose_before * (mean_dose if morning > 1 else 0.0)
        rest, cov = moves.after(rest, moves.level + push), moves.spread(cov)
        for way, (dosed, loaded) in open_ways.items():
            pushed = dosed * dose + loaded * more_load[:, None]
            if way == "next day" and morning > 1:
                pushed = pushed + moves.by_dose_before * dose
            more[way] = moves.after(more[way], pushed)
        if morning < mornings[0]:
            continue
        sd = np.sqrt(cov[:, ETA, ETA].sum(axis=(1, 2)) + draws["s_y"] ** 2)
        eta, by_way = rest[:, ETA].sum(axis=1), {way: v[:, ETA].sum(axis=1) for way, v in more.items()}
        change, q, q_rest = sum(by_way.values()), often[morning], seldom[morning]
        low, high = expected_rating(eta, sd), expected_rating(eta + size, sd)
        low_run, high_run = expected_rating(eta + change, sd), expected_rating(eta + size + change, sd)
        total += (1 - q) * low_run + q * high_run - (1 - q_rest) * low - q_rest * high
        points = (1 - q) * (low_run - low) + q * (high_run - high)
        for way in open_ways:
            parts[way] += points / change * by_way[way]
        parts["flares"] += (q - q_rest) * (high - low)
    count = mornings[1] - mornings[0] + 1
    return Arms(total / count, {way: part / count for way, part in parts.items()})


def ways(moves: Law, pathways: list[str]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Each way by which running acts, as what a unit of dose and of load pushes where only that way is open."""
    none = np.zeros_like(moves.level)
    d, each = np.eye(none.shape[1])[1], np.eye(none.shape[1])[2:]
    found = {"next day": (moves.by_dose * d, none), "habit": (none, moves.by_load * d)}
    return found | {k: (moves.by_dose * m, moves.by_load * m) for k, m in zip(pathways, each, strict=True)}
