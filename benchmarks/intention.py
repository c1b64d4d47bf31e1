"""What it costs to take a stated intention as given instead of as a measurement of pain.

    python benchmarks/intention.py --people 60 --seed 7

People without any effect of running, who skip runs on bad days and say in the morning whether they mean to run. The
same records are fitted twice: once with the intention's own dependence on pain held at 0 (it then only predicts the
run), once with it modelled. Shown: share with P(beta_now < 0) > 0.95, nominal 5 %, and the mean of beta_now.
"""

import argparse
from concurrent.futures import ProcessPoolExecutor
from datetime import date

import numpy as np

from backstride.answer.design import design
from backstride.diary.daily import daily_series
from backstride.model.data import ModelData
from backstride.model.fit import Settings, fit
from backstride.model.priors import neutral_priors
from backstride.testing.people import make_person

AS_GIVEN = 1e-6


def sensitivity_draws(data: ModelData, *, seed: int, intention_kappa: float) -> np.ndarray:
    """Draws of beta_now."""
    priors = neutral_priors(data.pathway)._replace(intention_kappa=intention_kappa)
    return fit(data, settings=Settings(seed=seed, draws=1000), priors=priors).of("beta_now")


def one_person(task: tuple[int, float]) -> list[tuple[float, float]]:
    """(mean, P(beta_now < 0)) with the intention as given, and modelled."""
    seed, skip = task
    person = make_person(
        seed=seed, first_day=date(2026, 1, 5), effect_season=0.0, skip_on_bad_days=skip, rating_noise=0.9
    )
    data = design(daily_series(person.records, zone=person.zone)).data
    modelled = neutral_priors(data.pathway).intention_kappa
    draws = [sensitivity_draws(data, seed=seed, intention_kappa=k) for k in (AS_GIVEN, modelled)]
    return [(float(d.mean()), float((d < 0).mean())) for d in draws]


def main() -> None:
    """Run and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    print("| skips bad days | intention | people | false 'helps' | mean beta_now |\n|---|---|---|---|---|")
    for skip in (0.8, 1.5):
        tasks = [(args.seed * 10_000 + i, skip) for i in range(args.people)]
        with ProcessPoolExecutor() as pool:
            found = np.array(list(pool.map(one_person, tasks)))
        for column, name in enumerate(("taken as given", "a measurement")):
            mean, p = found[:, column, 0], found[:, column, 1]
            share = 100 * np.mean(p > 0.95)
            print(f"| {skip} | {name} | {args.people} | {share:.0f} % | {mean.mean():+.3f} |", flush=True)


if __name__ == "__main__":
    main()
