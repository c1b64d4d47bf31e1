"""Known truths, found again: simulated people, how often each interval covers, and what is said to whom.

    python benchmarks/recover.py --people 200 --seed 1 --out docs/results/recovery.md

Season effects are drawn from the neutral prior, Normal(0, 1), within -2.5..2.5; the simulator shares no code with
the model. A coverage is shown with its own Monte Carlo standard error.
"""

import argparse
import os
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np

from backstride.answer.ask import verdicts
from backstride.answer.kinds import Question
from backstride.diary.daily import daily_series
from backstride.testing.people import make_person

LEVELS = (50, 80, 95)


class Found(NamedTuple):
    """One person and one question."""

    question: Question
    truth: float
    mean: float
    sd: float
    covered: tuple[bool, ...]
    verdict: str
    rhat: float
    ess: float
    parts_gap: float


def one_person(task: tuple[int, str, int, float | None]) -> list[Found]:
    """Make one person, fit, compare."""
    seed, tier, days, effect = task
    rng = np.random.default_rng([seed, 99])
    season = float(np.clip(rng.standard_normal(), -2.5, 2.5)) if effect is None else effect
    person = make_person(
        seed=seed, first_day=date(2026, 1, 5), days=days, effect_season=season, tier=tier,
        skip_on_bad_days=float(rng.uniform(0.3, 1.2)), rating_noise=float(rng.uniform(0.4, 0.9)),
        missing=float(rng.uniform(0.1, 0.3)), recovery=float(rng.uniform(0.0, 1.0)),
    )  # fmt: skip
    asked = verdicts(daily_series(person.records, zone=person.zone), seed=seed)
    truths = {Question.WEEK: person.truth.delta_week, Question.SEASON: person.truth.delta_season}
    out = []
    for effect in (asked.week, asked.season):
        question, truth = effect.question, truths[effect.question]
        contrast = asked.fitted.deltas[question].posterior
        total = contrast.total
        ends = [np.quantile(total, [0.5 - p / 200, 0.5 + p / 200]) for p in LEVELS]
        out.append(
            Found(
                question, truth, float(total.mean()), float(total.std()),
                tuple(bool(a <= truth <= b) for a, b in ends), effect.verdict.value,
                asked.diagnostics.rhat[question], asked.diagnostics.ess_bulk[question],
                float(np.abs(contrast.parts.sum(axis=1) - total).max()),
            )
        )  # fmt: skip
    return out


def table(found: list[Found]) -> str:
    """Return the result as a Markdown table."""
    head = (
        "| question | people | bias | RMSE | cover 50 % | cover 80 % | cover 95 % | least ESS | worst R-hat |"
    )
    lines = [head]
    lines.append("|---|---|---|---|---|---|---|---|---|")
    for question in Question:
        mine = [f for f in found if f.question is question]
        error = np.array([f.mean - f.truth for f in mine])
        cover = np.array([f.covered for f in mine]).mean(axis=0)
        se = np.sqrt(cover * (1 - cover) / len(mine))
        cells = [f"{100 * c:.1f} ± {100 * s:.1f}" for c, s in zip(cover, se, strict=True)]
        lines.append(
            f"| {question.value} | {len(mine)} | {error.mean():+.3f} | {np.sqrt((error**2).mean()):.3f} | "
            f"{' | '.join(cells)} | {min(f.ess for f in mine):.0f} | {max(f.rhat for f in mine):.4f} |"
        )
    lines += ["", f"Path parts add up to each Delta within {max(f.parts_gap for f in found):.1e}.", ""]
    lines += [
        "The mean of a posterior lies nearer to the prior's than the truth does, the more so the less the records",
        "say: with a true help the bias of a bin is above zero, with a true harm below it. Over all truths of the",
        "prior it is none.",
        "",
        "| question | truth | people | bias | cover 95 % | " + " | ".join(_VERDICTS) + " |",
        "|---|---|---|---|---|" + "---|" * len(_VERDICTS),
    ]
    for question in Question:
        for low, high in ((-9, -1.0), (-1.0, -0.3), (-0.3, 0.3), (0.3, 1.0), (1.0, 9)):
            mine = [f for f in found if f.question is question and low <= f.truth < high]
            shares = [_percent([f.verdict == v for f in mine]) if mine else "" for v in _VERDICTS]
            within = [
                f"{np.mean([f.mean - f.truth for f in mine]):+.2f}",
                _percent([f.covered[-1] for f in mine]),
            ]
            cells = [*(within if mine else ["", ""]), *shares]
            lines.append(
                f"| {question.value} | {low:g} to {high:g} | {len(mine)} | " + " | ".join(cells) + " |"
            )
    return "\n".join(lines)


def _percent(holds: list[bool]) -> str:
    return f"{100 * np.mean(holds):.0f} %"


_VERDICTS = (
    "helps", "helps a little", "makes no difference that matters", "harms a little", "harms", "can't tell yet",
)  # fmt: skip


def main() -> None:
    """Run and print; write where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tier", default="B")
    parser.add_argument("--days", type=int, default=180)
    parser.add_argument(
        "--effect", type=float, default=None, help="one true season effect instead of the prior"
    )
    parser.add_argument("--out", type=Path, default=None)
    args = parser.parse_args()
    began = time.perf_counter()
    tasks = [(args.seed * 100_000 + i, args.tier, args.days, args.effect) for i in range(args.people)]
    os.environ["NUMBA_NUM_THREADS"] = "1"
    with ProcessPoolExecutor() as pool:
        found = [f for person in pool.map(one_person, tasks) for f in person]
    took = time.perf_counter() - began
    counted = f"{args.people} people, tier {args.tier}, {args.days} days, seed {args.seed}"
    text = f"{table(found)}\n\n{counted}: {took:.0f} s.\n"
    print(text)
    if args.out is not None:
        args.out.write_text("# Recovery of known effects\n\n`make recover` writes this page.\n\n" + text)


if __name__ == "__main__":
    main()
