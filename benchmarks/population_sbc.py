"""Simulation-based calibration of the population stage, from its priors to the ranks of the truth.

python benchmarks/population_sbc.py --replicates 500 --out docs/results/calibration-population.md

With --ranks src/backstride/cohort/population_ranks.json it also writes what the page of a cohort draws.

In each replicate the population is drawn from its prior; 60 people are drawn from it, half of tier A and half of
tier B, three of ten with a trait; of each the records say y ~ N(effects, V), V as wide as that of diaries of 84 days;
and what a fit would have left of them are 800 draws of the posterior under the exact interim prior. The stage sees
these draws alone. Beside it stands the same with the likelihood known exactly, so that faults of the sampler and of
the summary can be told apart.
"""

import argparse
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from math import comb, erfc, sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from backstride.cohort.interim import InterimPrior, interim_prior
from backstride.cohort.likelihood import Likelihood, likelihood_of, together
from backstride.cohort.population import Population, PopulationPrior, columns_of, fit_population

Floats = NDArray[np.float64]
Ranks = dict[str, int]
PEOPLE, DRAWS, PROPOSED = 60, 800, 8000
RANKS, BINS = 99, 20
PATHWAYS = ((), ("mood", "confidence in moving"))
PRIOR = PopulationPrior()
WAYS = ("from 800 draws a person", "likelihood known")


def truth(rng: np.random.Generator) -> tuple[Floats, Floats, float]:
    """One population from its prior: coefficients (3, 2), covariance (2, 2), nu."""
    sd = np.abs(np.array(PRIOR.spread) * rng.standard_t(4.0, 2))
    r = rng.uniform(-1.0, 1.0)
    sigma = np.array([[sd[0] ** 2, r * sd[0] * sd[1]], [r * sd[0] * sd[1], sd[1] ** 2]])
    B = np.stack(
        [
            rng.normal(0.0, PRIOR.intercept, 2),
            rng.normal(0.0, PRIOR.trait, 2),
            rng.normal(0.0, np.array(PRIOR.tier)),
        ]
    )
    return B, sigma, float(rng.choice([4.0, 6.0, 10.0, 30.0]))


def records(rng: np.random.Generator) -> Floats:
    """How wide a person's records leave both effects, (2, 2)."""
    a, b = rng.uniform(0.15, 0.35), rng.uniform(0.5, 1.2)
    return np.array([[a * a, 0.5 * a * b], [0.5 * a * b, b * b]])


def replicate(number: int, *, seed: int) -> tuple[list[Ranks], float]:
    """Return the ranks of the truth among 99 draws, by way: ({quantity: rank}, least effective draws of a person)."""
    rng = np.random.default_rng((seed, number))
    B, sigma, nu = truth(rng)
    trait = (rng.random(PEOPLE) < 0.3).astype(float)
    tiers = ["A", "B"] * (PEOPLE // 2)
    columns = columns_of(PEOPLE, traits={"trait": trait}, tiers=tiers, prior=PRIOR)
    scale = rng.gamma(0.5 * nu, 2.0 / nu, PEOPLE)
    effects = columns.Z @ B + rng.multivariate_normal(np.zeros(2), sigma, PEOPLE) / np.sqrt(scale)[:, None]
    V = np.array([records(rng) for _ in range(PEOPLE)])
    y = np.array([rng.multivariate_normal(e, v) for e, v in zip(effects, V, strict=True)])
    known = Likelihood(np.zeros((PEOPLE, 1)), y[:, None], V[:, None], np.full(PEOPLE, np.inf))
    summarised = together(
        [from_draws(rng, y[i], V[i], interim_prior(PATHWAYS[i % 3 > 0])) for i in range(PEOPLE)]
    )
    ranks = []
    for likelihood in (summarised, known):
        found = fit_population(likelihood, columns, seed=int(rng.integers(2**31)), sweeps=3960, warmup=800)
        ranks.append(ranks_of(found, B, sigma))
    return ranks, float(summarised.effective.min())


def from_draws(rng: np.random.Generator, y: Floats, V: Floats, prior: InterimPrior) -> Likelihood:
    """Return the likelihood as the product makes it, from draws under the interim prior."""
    x = rng.multivariate_normal(y, V, PROPOSED)
    weight = np.exp(prior(x))
    return likelihood_of(x[rng.choice(PROPOSED, DRAWS, p=weight / weight.sum())], prior)


def ranks_of(found: Population, B: Floats, sigma: Floats) -> Ranks:
    """How many of 99 draws lie below the truth, by quantity."""
    sd = np.sqrt(np.diag(sigma))
    true = {
        "mean of the week": B[0, 0], "mean of the season": B[0, 1],
        "sd of the week": sd[0], "sd of the season": sd[1], "correlation": sigma[0, 1] / sd[0] / sd[1],
        "trait, week": B[1, 0], "trait, season": B[1, 1], "tier B, week": B[2, 0], "tier B, season": B[2, 1],
    }  # fmt: skip
    drawn = found.quantities | {
        "trait, week": found.B[:, 1, 0], "trait, season": found.B[:, 1, 1],
        "tier B, week": found.B[:, 2, 0], "tier B, season": found.B[:, 2, 1],
    }  # fmt: skip
    every = len(found.nu) // RANKS
    return {name: int(np.sum(drawn[name][::every][:RANKS] < value)) for name, value in true.items()}


def chi_square_p(ranks: list[int]) -> float:
    """P of a chi-square as large by chance, of ranks in 20 equal bins (Wilson and Hilferty's normal)."""
    counts = np.bincount(np.array(ranks) * BINS // (RANKS + 1), minlength=BINS)
    expected = len(ranks) / BINS
    x, df = float(np.sum((counts - expected) ** 2 / expected)), BINS - 1
    z = ((x / df) ** (1 / 3) - (1 - 2 / (9 * df))) / np.sqrt(2 / (9 * df))
    return 0.5 * erfc(z / sqrt(2.0))


def covered(ranks: list[int], share: float) -> float:
    """Return the share of replicates whose central interval holds the truth."""
    cut = (1.0 - share) / 2.0
    u = (np.array(ranks) + 0.5) / (RANKS + 1)
    return float(np.mean((u > cut) & (u < 1.0 - cut)))


def page(found: list[tuple[list[Ranks], float]], args: argparse.Namespace) -> str:
    """Return the page of the documentation."""
    lines = [
        "# Calibration of the population stage",
        "",
        f"`python benchmarks/population_sbc.py --replicates {args.replicates} --seed {args.seed}` writes this page: "
        "simulation-based calibration",
        f"with {PEOPLE} people a replicate, {len(found)} replicates. If the stage is right, the rank of the truth "
        "among 99 draws is even:",
        "p is that of a chi-square of 20 bins. Effective draws of a person under the wide Gaussian, least of all: "
        f"{min(least for _, least in found):.0f} of {DRAWS}.",
        "",
    ]
    for way, title in enumerate(WAYS):
        lines += [
            f"## {title[0].upper()}{title[1:]}",
            "",
            "| quantity | p | 50 % covers | 80 % | 95 % |",
            "|---|---|---|---|---|",
        ]
        for name in found[0][0][way]:
            ranks = [ways[way][name] for ways, _ in found]
            cells = [f"{100 * covered(ranks, share):.1f}" for share in (0.5, 0.8, 0.95)]
            lines.append(f"| {name} | {chi_square_p(ranks):.2f} | {' | '.join(cells)} |")
        lines.append("")
    return "\n".join([*lines, *luck_or_fault(found), ""])


def luck_or_fault(found: list[tuple[list[Ranks], float]]) -> list[str]:
    """Count the truths outside of 95 % by both ways: what both miss is the luck of the replicates."""
    lines = [
        "## Luck of the replicates, or a fault of the summary",
        "",
        f"Of {len(found)} replicates, the truths that lie outside of the 95 % range. Both ways see the same records.",
        "A truth that both miss is a rare replicate; a fault of the summary shows in what the draws alone miss.",
        "If each way is as likely to miss alone, p is that of a count so uneven (binomial). The last column is the",
        "mean shift of the rank, in shares of 1, with its own error.",
        "",
        "| quantity | missed by both | by the draws alone | by the known likelihood alone | p | shift of the rank |",
        "|---|---|---|---|---|---|",
    ]
    for name in found[0][0][0]:
        u = (np.array([[way[name] for way in ways] for ways, _ in found]) + 0.5) / (RANKS + 1)
        drawn, known = (np.abs(u - 0.5) > 0.475).T
        apart = u[:, 0] - u[:, 1]
        alone = int(np.sum(drawn & ~known)), int(np.sum(known & ~drawn))
        lines.append(
            f"| {name} | {np.sum(drawn & known)} | {alone[0]} | {alone[1]} | {uneven_p(*alone):.2f} | "
            f"{apart.mean():+.3f} ± {apart.std(ddof=1) / sqrt(len(apart)):.3f} |"
        )
    return lines


def uneven_p(one: int, other: int) -> float:
    """P of a split as uneven as this one or more, if both sides are as likely (McNemar's exact test)."""
    of, least = one + other, min(one, other)
    return min(1.0, 2.0 * sum(comb(of, k) for k in range(least + 1)) / 2.0**of)


def ranks_json(found: list[tuple[list[Ranks], float]]) -> str:
    """Return what the page of a cohort draws: the ranks of the product's own way, from draws."""
    quantities = []
    for name in found[0][0][0]:
        ranks = [ways[0][name] for ways, _ in found]
        counts = np.bincount(np.array(ranks) * BINS // (RANKS + 1), minlength=BINS)
        quantities.append(
            {
                "name": name,
                "counts": counts.tolist(),
                "p": round(chi_square_p(ranks), 2),
                "held_95": round(covered(ranks, 0.95), 3),
            }
        )
    return json.dumps({"replicates": len(found), "people": PEOPLE, "quantities": quantities}) + "\n"


def main() -> None:
    """Run the replicates on all processors, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replicates", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int)
    parser.add_argument(
        "--results", type=Path, help="Keep each replicate here, and go on from what it holds."
    )
    parser.add_argument("--out", type=Path)
    parser.add_argument("--ranks", type=Path, help="Write the ranks here that the page of a cohort draws.")
    args = parser.parse_args()
    found = (
        [json.loads(line) for line in args.results.open()] if args.results and args.results.is_file() else []
    )
    todo = range(len(found), args.replicates)
    with ProcessPoolExecutor(args.workers) as pool:
        for one in pool.map(partial(replicate, seed=args.seed), todo):
            found.append(one)
            if args.results:
                with args.results.open("a") as file:
                    file.write(json.dumps(one) + "\n")
            if len(found) % 25 == 0:
                print(f"{len(found)} of {args.replicates}", file=sys.stderr, flush=True)
    text = page(found, args)
    print(text)
    if args.out:
        args.out.write_text(text, encoding="utf-8")
    if args.ranks:
        args.ranks.write_text(ranks_json(found), encoding="utf-8")


if __name__ == "__main__":
    main()
