"""How long the population stage takes, and how much memory, for 1,000 to 1,000,000 people.

python benchmarks/population_scale.py --out docs/results/scale-cohort.md

Each size runs in a process of its own on simulated likelihoods of two Gaussians a person, for as many sweeps as its
size allows; a whole fit is 2,500 sweeps. Before it each person's likelihood is fitted to their draws, which is timed
on people of the calibration. What the first stage takes, one diary at a time, comes from `--seconds-a-person`, as
`benchmarks/cohort_populations.py` measures it.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

SIZES = {1_000: 400, 10_000: 200, 100_000: 40, 1_000_000: 6}
"""People, and timed sweeps."""
SWEEPS_OF_A_FIT = 2500
TIMED = 60
"""People whose likelihood is timed."""
MB = 2**20


def measure(people: int, sweeps: int) -> dict[str, float]:
    """Time sweeps of one size; seconds, and MiB at the most."""
    from backstride.runtime.jit_cache import configure_numba_cache

    configure_numba_cache()
    from backstride.cohort.likelihood import Likelihood
    from backstride.cohort.population import columns_of, fit_population

    rng = np.random.default_rng(people)
    own = np.array([[0.06, 0.05], [0.05, 0.6]])
    effects = rng.multivariate_normal([-0.4, -0.8], [[0.08, 0.1], [0.1, 0.3]], people)
    centre = effects + rng.multivariate_normal([0.0, 0.0], own, people)
    mean = np.stack([centre - 0.1, centre + 0.1], axis=1)
    covariance = np.broadcast_to(own, (people, 2, 2, 2)).copy()
    likelihood = Likelihood(np.zeros((people, 2)), mean, covariance, np.full(people, 500.0))
    traits = {"trait": (rng.random(people) < 0.3) - 0.3}
    columns = columns_of(people, traits=traits, tiers=["A", "B"] * (people // 2))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    fit_population(likelihood, columns, seed=1, sweeps=1, warmup=1)  # compiles, or reads what was compiled
    start = time.process_time()
    fit_population(likelihood, columns, seed=1, sweeps=sweeps, warmup=0)
    return {
        "sweep": (time.process_time() - start) / sweeps,
        "before": before,
        "most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "likelihoods": sum(part.nbytes for part in likelihood) / MB,
    }


def seconds_a_likelihood() -> float:
    """Time the fit of one person's likelihood to 800 draws under the interim prior, in processor seconds."""
    from backstride.runtime.jit_cache import configure_numba_cache

    configure_numba_cache()
    from population_sbc import DRAWS, PATHWAYS, PROPOSED, records

    from backstride.cohort.interim import interim_prior
    from backstride.cohort.likelihood import likelihood_of

    rng, spent = np.random.default_rng(1), 0.0
    for person in range(TIMED + 1):
        prior, V = interim_prior(PATHWAYS[person % 3 > 0]), records(rng)
        y = rng.multivariate_normal([-0.4, -0.8], V + np.array([[0.08, 0.1], [0.1, 0.3]]))
        x = rng.multivariate_normal(y, V, PROPOSED)
        weight = np.exp(prior(x))
        draws = x[rng.choice(PROPOSED, DRAWS, p=weight / weight.sum())]
        start = time.process_time()
        likelihood_of(draws, prior)
        spent += (time.process_time() - start) if person else 0.0  # the first compiles
    return spent / TIMED


def page(found: dict[int, dict[str, float]], seconds_a_person: float, likelihood: float) -> str:
    """Return the page of the documentation."""
    lines = [
        "# How the cohort scales",
        "",
        f"`python benchmarks/population_scale.py --seconds-a-person {seconds_a_person:g} "
        "--out docs/results/scale-cohort.md`",
        "writes this page. The population stage is timed on one core, in processor seconds, with a trait and two",
        f"tiers; a fit is {SWEEPS_OF_A_FIT:,} sweeps. The first stage, one diary after another, is",
        f"{seconds_a_person:g} processor seconds a person, with no exchange between cores: its columns are",
        "arithmetic, not measurements. Before a cohort's fit each person's likelihood is taken from 800 draws:",
        f"{likelihood:.3f} s of one core ([decision 0035](../decisions/0035-a-likelihood-is-fitted-under-the-"
        "interim-prior.md)),",
        f"the mean of {TIMED} people; its column is arithmetic, too.",
        "",
        "| people | answers, core-hours | on 64 cores | likelihoods | a sweep, s | a fit | memory of the fit, MiB "
        "| moved, MiB |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for people, of in found.items():
        hours = people * seconds_a_person / 3600
        fit = of["sweep"] * SWEEPS_OF_A_FIT
        moved = people * KB_MOVED / 1024
        lines.append(
            f"| {people:,} | {hours:,.1f} | {_said(hours * 3600 / 64)} | {_said(people * likelihood)} "
            f"| {of['sweep']:.4f} | {_said(fit)} | {of['most']:.0f} | {moved:,.0f} |"
        )
    return "\n".join([*lines, ""]) + TAIL


KB_MOVED = 10.0
"""Packed records of 84 days to a worker (1 kB), and 800 draws of two effects with the row of numbers back (9 kB)."""
TAIL = """
What moves is, for each person, the packed records to a worker (1 kB for 84 days) and, back, 800 draws of both
effects and the row of the table (9 kB); a contribution without a diary is about 1 kB. The likelihoods of a
million people are 114 MiB, so the population stage needs one machine and no cluster. The work on diaries is
cut into people: a cluster of n cores takes an n-th of the core-hours, as long as the store on one machine
keeps up (each answer is one SQLite transaction).

A million people are planned from these numbers and were not run, and neither were the answers of more than
some hundred diaries ([what they took](cohort-populations.md)). Their answers take six hours on a machine of
64 cores; the population stage takes ten minutes on one core. `cohort fit` works the likelihoods out one after
another, and anew at each call: minutes for 10,000 people, hours for a million. Those could be shared among
cores as the answers are; that is not built.
"""


def _said(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def main() -> None:
    """Measure each size in a process of its own, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, help="Measure this size alone, and print it as JSON.")
    parser.add_argument("--seconds-a-person", type=float, default=2.5)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    if args.people:
        print(json.dumps(measure(args.people, SIZES.get(args.people, 20))))
        return
    found = {}
    for people in SIZES:
        one = subprocess.run(
            [sys.executable, __file__, "--people", str(people)], check=True, capture_output=True, text=True
        )
        found[people] = json.loads(one.stdout)
        print(people, found[people], file=sys.stderr, flush=True)
    text = page(found, args.seconds_a_person, seconds_a_likelihood())
    print(text)
    if args.out:
        args.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
