"""Level, power and coverage of the waiting list: simulated trials, analysed by the product.

python benchmarks/waiting_list.py --trials 500 --out docs/results/calibration-waiting-list.md

In each trial people come with a baseline of 14 mornings, are drawn by the product in strata of pain, and rate 14
mornings seven weeks later. Pain goes back towards the mean of 4 by itself, a person's true pain changes with an sd of
`--change`, and a mean of 14 ratings is off by 0.5. Of those to begin now a fifth do not begin, of those to wait a
tenth begin; the effect differs between people with an sd of 0.7; of a seventh there is no outcome, more often where
pain rose. What is estimated is the effect of being given the arm, so it is smaller than that of running.
"""

import argparse
from datetime import date
from pathlib import Path
from random import Random

import numpy as np

from backstride.cohort.waiting_list import Arm, Enrolment, draw_arm, stratum_of
from backstride.cohort.waiting_list_effect import TrialEffect, trial_effect

NOT_BEGUN, BEGUN = 0.2, 0.1
SPREAD, RATING, MISSING = 0.7, 0.5, 1.0 / 7.0
EFFECTS, SIZES = (0.0, -0.5, -0.8, -1.2), (40, 80, 120, 200, 300)


def trial(seed: int, people: int, effect: float, change: float) -> TrialEffect:
    """Run one trial, from the draws to the comparison."""
    rng = np.random.default_rng(seed)
    true = np.clip(rng.normal(4.0, 1.7, people), 0.5, 9.5)
    baseline = np.clip(true + rng.normal(0.0, RATING, people), 0.0, 10.0)
    strata = [stratum_of("", value) for value in baseline]
    now = drawn_arms(strata, Random(seed))
    began = np.where(now, rng.random(people) >= NOT_BEGUN, rng.random(people) < BEGUN)
    mine = 0.0 if effect == 0.0 else rng.normal(effect, SPREAD, people)
    end = 4.0 + 0.8 * (true - 4.0) - 0.5 + rng.normal(0.0, change, people) + began * mine
    outcome = np.clip(end + rng.normal(0.0, RATING, people), 0.0, 10.0)
    chance = MISSING * np.where(outcome > baseline, 1.3, 0.8)
    outcome[rng.random(people) < chance] = np.nan
    return trial_effect(now, baseline, outcome, strata)


def drawn_arms(strata: list[str], chance: Random) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Draw everybody one after another, as a study does."""
    before: dict[str, list[Enrolment]] = {}
    for stratum in strata:
        so_far = before.setdefault(stratum, [])
        arm, probability, block, size = draw_arm(so_far, chance)
        so_far.append(Enrolment("", date(2026, 1, 5), stratum, block, size, arm, probability))
    place = dict.fromkeys(before, 0)
    out = []
    for stratum in strata:
        out.append(before[stratum][place[stratum]].arm is Arm.NOW)
        place[stratum] += 1
    return np.array(out)


def of_arm(effect: float, change: float) -> float:
    """Return the effect of being given the arm, from one trial so large that its own error is below 0.01."""
    return trial(10**6, 200_000, effect, change).effect


def page(args: argparse.Namespace) -> str:
    """Run all trials, and lay out the page of the documentation."""
    lines = [
        "# The randomised waiting list",
        "",
        f"`python benchmarks/waiting_list.py --trials {args.trials} --change {args.change:g}` writes this page: "
        f"{args.trials} trials a row,",
        "drawn and analysed by the product. Level and power: the share of trials with p < 0.05. The assumptions "
        "stand at the head",
        f"of that file; the sd of {args.change:g} of the change in eight weeks is an assumption, not "
        "a finding.",
        "",
        "| true effect of running | of being given the arm | people | p < 0.05, % | 95 % intervals that hold it, % |"
        " mean half width |",
        "|---|---|---|---|---|---|",
    ]
    for effect in EFFECTS:
        truth = of_arm(effect, args.change) if effect else 0.0
        for people in SIZES:
            found = [trial(1000 * people + n, people, effect, args.change) for n in range(args.trials)]
            sure = 100.0 * np.mean([one.p < 0.05 for one in found])
            hold = 100.0 * np.mean([one.low_95 <= truth <= one.high_95 for one in found])
            half = np.mean([(one.high_95 - one.low_95) / 2.0 for one in found])
            lines.append(
                f"| {effect:+.1f} | {truth:+.2f} | {people} | {sure:.1f} | {hold:.1f} | {half:.2f} |"
            )
    return "\n".join([*lines, ""])


def main() -> None:
    """Print the page, and write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=500)
    parser.add_argument("--change", type=float, default=1.5)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    text = page(args)
    print(text)
    if args.out:
        args.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
