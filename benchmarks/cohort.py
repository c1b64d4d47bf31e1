"""A simulated cohort, the whole way: diaries on disk, taken in, answered, asked together, with the truth beside it.

python benchmarks/cohort.py --people 48 --out cohort
"""

import argparse
import csv
import shutil
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np

from backstride.cohort.engines import Engine
from backstride.cohort.person_answer import AnswerSettings
from backstride.diary.tables import write_tables
from backstride.runtime.jit_cache import configure_numba_cache
from backstride.services.cohort import answer_people, take_in
from backstride.services.cohort_fit import fit_people
from backstride.testing.people import make_person
from backstride.testing.truth import latent_effects

MEAN, SD = -0.8, 0.7
"""Of the true season of running as usual, over people; points."""
DAYS = 84
STANDARD_DOSE = 90.0 / 30.0 / 7.0
SETTINGS = AnswerSettings()


def one(number: int, *, folder: Path, seed: int) -> tuple[float, float]:
    """Write a person's diary, and say their true effects at 90 minutes a week."""
    rng = np.random.default_rng((seed, number))
    effect = float(np.clip(rng.normal(MEAN, SD), -2.4, 2.4))
    person = make_person(
        seed=seed * 100_000 + number,
        first_day=date(2025, 1, 6),
        days=DAYS,
        effect_season=effect,
        tier="A-weeks" if number % 4 else "B",
        block_weeks=2,
        pathways=False,
    )
    write_tables(person.records, folder / f"person-{number:04d}")
    return latent_effects(person.truth.nature, STANDARD_DOSE)


def main() -> None:
    """Run it, and print what was found beside what is true."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=48)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int)
    parser.add_argument("--out", type=Path, default=Path("cohort"))
    args = parser.parse_args()
    configure_numba_cache()
    from backstride.model.ahead import compile_ahead  # the folder of the engine is named now

    diaries, store = args.out / "diaries", args.out / "store"
    shutil.rmtree(diaries, ignore_errors=True)
    shutil.rmtree(store, ignore_errors=True)
    start = time.perf_counter()
    compile_ahead()
    seconds = {"compiling": time.perf_counter() - start}

    def timed(stage: str) -> None:
        seconds[stage] = time.perf_counter() - start - sum(seconds.values())

    with ProcessPoolExecutor(args.workers) as pool:
        true = np.array(list(pool.map(partial(one, folder=diaries, seed=args.seed), range(args.people))))
    timed("making people up")
    take_in(diaries, store, zone="Europe/Berlin")
    timed("taking in")
    answer_people(store, out=store, settings=SETTINGS, engine=Engine(workers=args.workers))
    timed("answering")
    found, files = fit_people(store, out=store, settings=SETTINGS, seed=args.seed, least=10)
    timed("asking together")
    with (store / "answers.csv").open() as file:
        rows = list(csv.DictReader(file))
    inside = [
        float(row["week_standard_mean"]) - 1.96 * float(row["week_standard_sd"]) <= truth
        <= float(row["week_standard_mean"]) + 1.96 * float(row["week_standard_sd"])
        for row, truth in zip(rows, true[:, 0], strict=True)
        if row["week_standard_mean"]
    ]  # fmt: skip
    week = found.week
    print(f"People: {args.people}; with an answer: {found.answered}. A week at 90 minutes, points:")
    print(f"  mean over people: found {week.mean.mean:+.2f} ({week.mean.low_95:+.2f} to {week.mean.high_95:+.2f}), "
          f"true {true[:, 0].mean():+.2f}")  # fmt: skip
    print(f"  sd between people: found {week.sd.mean:.2f} ({week.sd.low_95:.2f} to {week.sd.high_95:.2f}), "
          f"true {true[:, 0].std():.2f}")  # fmt: skip
    print(f"  people whose own 95 % range holds their truth: {sum(inside)} of {len(inside)}")
    drawn = np.array([row["season_tier"] == "A" for row in rows])
    season = found.season
    if season is None:
        print(f"  a season, true mean {true[:, 1].mean():+.2f}: {found.season_withheld}")
    else:
        mean = season.mean
        print(f"  a season of the {drawn.sum()} whose blocks chance drew: found {mean.mean:+.2f} "
              f"({mean.low_95:+.2f} to {mean.high_95:+.2f}), true {true[drawn, 1].mean():+.2f}")  # fmt: skip
    print("Seconds: " + ", ".join(f"{stage} {value:.1f}" for stage, value in seconds.items()))
    for path in files:
        print(f"Written: {path}")


if __name__ == "__main__":
    main()
