"""How often the line beside a season names a side that is not the person's, from stand-ins for diaries.

python benchmarks/line_claims.py --people 2000 --page docs/results/calibration-line.md

Diaries enough to show a share under 1 % take days to answer. Here a person's records say y ~ N(truth, V), V as wide
as those of diaries of 84 days leave it; 800 draws are made under the exact interim prior, as a fit leaves them, and
the product's own rule tells a side, with nothing of the record or its checks in the way. A second time every y lies
towards more pain by half its sd, as diaries' do (docs/results/cohort-populations.md).
"""

import argparse
from pathlib import Path
from types import SimpleNamespace

import numpy as np
from cohort_populations import most
from numpy.typing import NDArray

from backstride.answer.effects import verdict_of_line
from backstride.answer.kinds import Verdict
from backstride.answer.other_priors import MIN_ESS, effective_draws
from backstride.answer.verdict import chances, direction
from backstride.cohort.interim import InterimPrior, interim_prior
from backstride.cohort.line import ratio_weights
from backstride.cohort.prior_file import Ratio
from backstride.model.data import PATHWAYS

Floats = NDArray[np.float64]
DRAWS, PROPOSED, LEAN = 800, 12_000, 0.5
WEEK_SD, SEASON_SD, CORRELATION = (0.16, 0.40), (0.90, 3.97), (0.28, 0.74)
"""5th and 95th percentile of 99 diaries of 84 days, each likelihood taken as one Gaussian."""
TRUTHS = {
    "no change": (0.0, 0.0),
    "harmed": (0.32, 0.55),
    "less pain, a season of -1.5": (-0.92, -1.5),
    "less pain next day, more by habit": (-0.86, 1.06),
}
OPEN = SimpleNamespace(verdict=Verdict.CANNOT_TELL, too_small=None, reason=None)


def cohorts(rng: np.random.Generator) -> dict[str, tuple[Ratio, ...]]:
    """Return what others may lend: nothing, a ratio that 100 people leave open by 0.46, and one that is known."""
    return {
        "own records": (),
        "a ratio of 1.7 from 100 people": tuple(
            Ratio(float(b), 0.3, 30.0) for b in rng.normal(1.7, 0.46, 100)
        ),
        "a ratio of 1.7 known": (Ratio(1.7, 0.3, 30.0),),
    }


def side(
    truth: tuple[float, float],
    prior: InterimPrior,
    ratios: tuple[Ratio, ...],
    rng: np.random.Generator,
    lean: float,
) -> int:
    """Draw one person's records and fit, and return the side that the line tells: -1, 0 or 1."""
    a = np.exp(rng.uniform(*np.log(WEEK_SD)))
    b = np.exp(rng.uniform(*np.log(SEASON_SD)))
    both = rng.uniform(*CORRELATION) * a * b
    V = np.array([[a * a, both], [both, b * b]])
    y = np.array(truth) + lean * np.array([a, b]) + rng.multivariate_normal([0.0, 0.0], V)
    x = rng.multivariate_normal(y, V, PROPOSED)
    log = prior(x)
    chance = np.exp(log - log.max())
    draws = x[rng.choice(PROPOSED, DRAWS, p=chance / chance.sum())]
    weight = ratio_weights(draws, prior, ratios) if ratios else np.full(DRAWS, 1.0 / DRAWS)
    if effective_draws(weight) < MIN_ESS:
        return 0
    return direction(verdict_of_line(chances(draws[:, 1], weight, 1.0), OPEN))  # type: ignore[arg-type]


def table(people: int, seed: int) -> list[str]:
    """Count who is told what, and return the lines of the table."""
    rng = np.random.default_rng(seed)
    prior = interim_prior(PATHWAYS)
    lines = [
        "| by | records | people | told less pain | told more pain | falsely, at most (one-sided 95 %) |",
        "|---|---|---|---|---|---|",
    ]
    for by, ratios in cohorts(rng).items():
        for lean, records in ((0.0, "as they are"), (LEAN, f"{LEAN:g} sd towards more")):
            for name, truth in TRUTHS.items():
                each = np.array([side(truth, prior, ratios, rng, lean) for _ in range(people)])
                less, more = int(np.sum(each < 0)), int(np.sum(each > 0))
                false = {"no change": less + more, "less pain, a season of -1.5": more}.get(name, less)
                lines.append(
                    f"| {by} | {records} | {name} | {less / people:.1%} | {more / people:.1%} "
                    f"| {most(false, people):.2%} |"
                )
                print(lines[-1], flush=True)
    return lines


def page(lines: list[str], people: int) -> str:
    """Return the page of the documentation."""
    head = f"""# What the line beside a season tells, in stand-ins

`python benchmarks/line_claims.py --people {people} --page docs/results/calibration-line.md` writes this page. Of each
kind, {people:,} people: their records say y ~ N(truth, V), V as wide as those of 99 diaries of 84 days leave it
(week {WEEK_SD[0]:g} to {WEEK_SD[1]:g} points, season {SEASON_SD[0]:g} to {SEASON_SD[1]:g}); {DRAWS} draws are made
under the exact interim prior, and the product's rule tells a side. Nothing of a record or of its checks stands in the
way, as it does in most diaries, so these shares are larger than those of [diaries](cohort-populations.md). A lean of
half an sd is what diaries have where nobody's pain changes.
"""
    return "\n".join([head, *lines, ""])


def main() -> None:
    """Count, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--page", type=Path)
    args = parser.parse_args()
    text = page(table(args.people, args.seed), args.people)
    if args.page:
        args.page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
