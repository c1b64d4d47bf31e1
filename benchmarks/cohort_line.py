"""What is told of a season with and without others' seasons, for people whose truth is known.

python benchmarks/cohort_line.py --people 30 --results line.jsonl --out docs/results/calibration-line.md

A cohort of people who were helped (season -0.8, sd 0.7 between them, blocks of two weeks drawn, 84 days) is
answered by the product, and its ratio made as `backstride cohort prior` makes it, of those whose season has tier A.
Other people, of one truth each, are then told their season by their own records alone, and with that cohort.
Opposite people have less pain on the next day and more by habit: their season is no multiple of their week.
"""

import argparse
import json
import os
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from backstride.core.records import Records
from backstride.runtime.jit_cache import configure_numba_cache
from backstride.testing.truth import PersonTruth

DAYS, FIRST, BLOCK_WEEKS = 84, date(2025, 1, 6), 2
HELPED, SPREAD = -0.8, 0.7
TRUTHS = {"-1.5": -1.5, "-0.5": -0.5, "0": 0.0, "+1.0": 1.0, "opposite": None}
LESS, MORE = ("helps", "helps a little"), ("harms", "harms a little")
NEXT_DAY, BY_HABIT = -0.9, 1.9
"""What opposite people's season is made of, points."""


def person(kind: str, number: int) -> tuple[Records, float]:
    """Make a person up; of the cohort where `kind` is 'cohort'."""
    from backstride.testing.people import make_person

    seed = 1_000_000 * (1 + ["cohort", *TRUTHS].index(kind)) + number
    if kind == "opposite":
        records, truth = opposite(seed)
        return records, truth.delta_season
    effect = TRUTHS.get(kind)
    if kind == "cohort":
        effect = float(np.clip(np.random.default_rng(seed).normal(HELPED, SPREAD), -2.4, 2.4))
    made = make_person(
        seed=seed,
        first_day=FIRST,
        days=DAYS,
        effect_season=effect,
        tier="A-weeks",
        pathways=False,
        block_weeks=BLOCK_WEEKS,
    )
    return made.records, made.truth.delta_season


def opposite(seed: int) -> tuple[Records, PersonTruth]:
    """Make up a person who has less pain the morning after a run, and more by the habit of running."""
    from zoneinfo import ZoneInfo

    from backstride.testing.life import draw_noise, draw_schedule, live
    from backstride.testing.observation import observe
    from backstride.testing.parameters import sample_parameters
    from backstride.testing.truth import true_deltas, with_effect

    rng = np.random.default_rng(seed)
    nature = sample_parameters(rng, skip_on_bad_days=0.8, rating_noise=0.6, runs_a_week=3.0, recovery=0.0)
    one = with_effect(nature, strength=1.0, pathways=False)  # 8 : 5 between next day and habit
    nature = replace(
        one,
        beta_now=NEXT_DAY * one.beta_now * 13.0 / 8.0,
        beta_hab=BY_HABIT * one.beta_hab * 13.0 / 5.0,
    )
    drawn = draw_schedule(rng, days=DAYS, tier="A-weeks", runs_a_week=3.0, block_weeks=BLOCK_WEEKS)
    life = live(nature, draw_noise(rng, days=DAYS), drawn, tier="A-weeks", first_weekday=FIRST.weekday())
    truth = true_deltas(nature, life, first_weekday=FIRST.weekday())
    records = observe(
        rng, nature, life, tier="A-weeks", missing=0.15, first_day=FIRST, zone=ZoneInfo("Europe/Berlin")
    )
    return records, truth


def fitted(job: tuple[str, int], prior: dict[str, Any] | None) -> dict[str, Any]:
    """Answer one person; of the cohort their likelihood comes back, of others what they are told."""
    configure_numba_cache()
    from zoneinfo import ZoneInfo

    from backstride.answer.ask import verdicts
    from backstride.cohort.answer_columns import fitted_pathways, standard_draws
    from backstride.cohort.contribution_likelihood import parts_of
    from backstride.cohort.interim import interim_prior
    from backstride.cohort.likelihood import likelihood_of
    from backstride.cohort.line import line_of
    from backstride.cohort.prior_file import read_prior
    from backstride.diary.daily import daily_series
    from backstride.model.data import PATHWAYS

    kind, number = job
    records, truth = person(kind, number)
    found = verdicts(daily_series(records, zone=ZoneInfo("Europe/Berlin")), seed=1)
    out: dict[str, Any] = {"kind": kind, "number": number, "truth": truth, "own": found.season.verdict.value}
    if prior is None:
        pathways = tuple(PATHWAYS[k] for k in fitted_pathways(found.fitted))
        likelihood = likelihood_of(standard_draws(found.fitted), interim_prior(pathways))
        return out | {
            "parts": [asdict(part) for part in parts_of(likelihood)],
            "effective": float(likelihood.effective[0]),
            "tier": found.season.tier.letter.value,
        }
    line = line_of(read_prior(json.dumps(prior), name="prior"), found.fitted, found.season, worthwhile=1.0)
    if line is None:
        return out | {"line": "too few runs"}
    return out | {
        "line": line.verdict.value,
        "own_95": line.own.interval_95,
        "line_95": line.with_others.interval_95,
        "effective": line.effective_draws,
    }


def cohort_prior(people: list[dict[str, Any]]) -> dict[str, Any]:
    """Make the prior file of these people, as the product makes it: of those whose season has tier A."""
    people = [one for one in people if one["tier"] == "A"]
    from backstride.answer.cohort_line import PeopleShares
    from backstride.cohort.contribution import LikelihoodPart
    from backstride.cohort.contribution_likelihood import likelihood_from
    from backstride.cohort.likelihood import together
    from backstride.cohort.line import ratios_of
    from backstride.cohort.population import columns_of, fit_population
    from backstride.cohort.prior_file import CohortPrior, prior_json

    each = [
        likelihood_from(
            tuple(LikelihoodPart(**part) for part in one["parts"]), effective=int(one["effective"])
        )
        for one in people
    ]
    found = fit_population(together(each), columns_of(len(each)), seed=1)
    none = PeopleShares(*[(0.0, 0.0, 1.0)] * 3)
    made = CohortPrior("2026-11", len(each), len(each), 1.0, ratios_of(found), none, none)
    whole: dict[str, Any] = json.loads(prior_json(made))
    return whole


def table(found: list[dict[str, Any]], ratio: float, cohort: int) -> str:
    """Return the page of the documentation."""
    lines = [
        "# What the line beside the verdict says",
        "",
        "`python benchmarks/cohort_line.py` writes this page. Made-up people, 84 days, blocks of two weeks drawn;",
        f"the cohort is those of tier A of {cohort} people who were helped (mean {HELPED}, sd {SPREAD}); a season is",
        f"{ratio:.2f} times a week.",
        "Told of the season: less pain / no difference / more pain / can't tell, in per cent, and how many 95 % "
        "intervals",
        "hold the truth.",
        "",
        "| truth of the season | people | own records | 95 % | with others' seasons | 95 % |",
        "|---|---|---|---|---|---|",
    ]
    for kind in TRUTHS:
        mine = [one for one in found if one["kind"] == kind and "line_95" in one]
        if not mine:
            continue
        cells = []
        for which in ("own", "line"):
            told = Counter(
                "less" if one[which] in LESS else "more" if one[which] in MORE else one[which] for one in mine
            )
            shares = [
                100.0 * told[name] / len(mine)
                for name in ("less", "makes no difference that matters", "more")
            ]
            hold = [one[f"{which}_95"][0] <= one["truth"] <= one[f"{which}_95"][1] for one in mine]
            shares.append(100.0 - sum(shares))
            cells += [" / ".join(f"{share:.0f}" for share in shares), f"{100.0 * np.mean(hold):.0f}"]
        name = kind if kind != "opposite" else f"opposite, {np.mean([one['truth'] for one in mine]):+.2f}"
        lines.append(f"| {name} | {len(mine)} | {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def main() -> None:
    """Answer everybody, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cohort", type=int, default=60)
    parser.add_argument("--people", type=int, default=30, help="Of each truth.")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--results", type=Path, help="Keep each person here, and go on from what it holds.")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    configure_numba_cache()
    from backstride.model.ahead import compile_ahead  # the folder of the engine is named now

    compile_ahead()
    done = (
        [json.loads(line) for line in args.results.open()] if args.results and args.results.is_file() else []
    )
    with ProcessPoolExecutor(args.workers) as pool:

        def work(jobs: list[tuple[str, int]], prior: dict[str, Any] | None) -> list[dict[str, Any]]:
            there = {(one["kind"], one["number"]): one for one in done}
            todo = [job for job in jobs if job not in there]
            for count, one in enumerate(pool.map(partial(fitted, prior=prior), todo), start=1):
                done.append(one)
                if args.results:
                    with args.results.open("a") as file:
                        file.write(json.dumps(one) + "\n")
                if count % 10 == 0:
                    print(f"{count} of {len(todo)}", file=sys.stderr, flush=True)
            wanted = set(jobs)
            return [one for one in done if (one["kind"], one["number"]) in wanted]

        prior = cohort_prior(work([("cohort", n) for n in range(args.cohort)], None))
        found = work([(kind, n) for n in range(args.people) for kind in TRUTHS], prior)
    text = table(found, float(np.mean([ratio[0] for ratio in prior["ratios"]])), args.cohort)
    print(text)
    if args.out:
        args.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
