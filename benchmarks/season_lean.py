"""Where seasons' lean towards more pain comes from: people whose running changes nothing, one cause away at a time.

python benchmarks/season_lean.py --people 20 --days 84
python benchmarks/season_lean.py --people 60 --only "drawn blocks" --causes "as they are"

Each person is simulated with and without runs skipped on bad days, and the same records are answered under the
product's priors, without the correlation of a decision's chance with next morning's, with the decision taken as
given, and with next to no natural course. The lean is that of the posterior mean at 90 minutes a week, and that of
what the records alone say, in its own sds.
"""

import argparse
from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from backstride.runtime.jit_cache import configure_numba_cache

Floats = NDArray[np.float64]
SEED, ZONE = 7_000_000, "Europe/Berlin"
GROUPS = (
    (
        "own days, runs skipped on bad days",
        "B",
        0.8,
        ("as they are", "no rho", "decision given", "no natural course"),
    ),
    ("own days, none skipped", "B", 0.0, ("as they are",)),
    (
        "drawn blocks, runs skipped on bad days",
        "A-weeks",
        0.8,
        ("as they are", "no rho", "no natural course"),
    ),
    ("drawn blocks, none skipped", "A-weeks", 0.0, ("as they are",)),
)


def leans(
    number: int, *, days: int, only: str = "", causes: str = ""
) -> dict[tuple[str, str], tuple[Floats, Floats]]:
    """Answer one person in each group: posterior mean (2,) and the records' own mean in its sds (2,).

    Groups and priors whose names do not hold `only` and `causes` are left out.
    """
    from backstride.answer import panel
    from backstride.answer.ask import verdicts
    from backstride.cohort.answer_columns import fitted_pathways, standard_draws
    from backstride.cohort.interim import interim_prior
    from backstride.cohort.likelihood import likelihood_of
    from backstride.diary.daily import daily_series
    from backstride.model.data import PATHWAYS
    from backstride.model.priors import Priors, without_decision
    from backstride.testing.people import make_person

    variants: dict[str, Callable[[Priors], Priors]] = {
        "as they are": lambda priors: priors,
        "no rho": lambda priors: priors._replace(rho_mean=0.0),
        "decision given": without_decision,
        "no natural course": lambda priors: priors._replace(recovery=0.1),
    }
    priors_for, out = panel.priors_for, {}
    for group, tier, skip, names in GROUPS:
        if only not in group:
            continue
        made = make_person(
            seed=SEED + number,
            first_day=date(2025, 1, 6),
            days=days,
            effect_season=0.0,
            skip_on_bad_days=skip,
            tier=tier,  # type: ignore[arg-type]
            block_weeks=2,
            pathways=False,
        )
        series = daily_series(made.records, zone=ZoneInfo(ZONE))
        for name in (each for each in names if causes in each):
            panel.priors_for = lambda design, name=name: variants[name](priors_for(design))  # type: ignore[assignment, misc]
            try:
                fitted = verdicts(series, seed=1).fitted
            finally:
                panel.priors_for = priors_for
            draws = standard_draws(fitted)
            prior = interim_prior(tuple(PATHWAYS[k] for k in fitted_pathways(fitted)))
            found = likelihood_of(draws[:: max(len(draws) // 4000, 1)], prior, components=1)
            out[group, name] = draws.mean(axis=0), found.mean[0, 0] / np.sqrt(np.diag(found.covariance[0, 0]))
    return out


def main() -> None:
    """Answer all, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--days", type=int, default=84)
    parser.add_argument("--only", default="", help="Groups whose name holds this.")
    parser.add_argument("--causes", default="", help="Priors whose name holds this.")
    args = parser.parse_args()
    configure_numba_cache()
    from backstride.model.ahead import compile_ahead

    compile_ahead()
    each = [
        leans(number, days=args.days, only=args.only, causes=args.causes) for number in range(args.people)
    ]
    print(
        "| people | priors | week | season | records alone, sds: week | season |\n|---|---|---|---|---|---|"
    )
    for key in each[0]:
        cells = []
        for part in (0, 1):
            values = np.array([one[key][part] for one in each])
            error = values.std(axis=0, ddof=1) / np.sqrt(len(values))
            cells += [f"{m:+.2f} ± {e:.2f}" for m, e in zip(values.mean(axis=0), error, strict=True)]
        print(f"| {key[0]} | {key[1]} | {' | '.join(cells)} |")
    for group in {key[0] for key in each[0] if key[0].endswith("none skipped")}:
        skipped = next(key[0] for key in each[0] if key[0].startswith(group.split(",")[0]))
        apart = np.array([one[skipped, "as they are"][0] - one[group, "as they are"][0] for one in each])
        error = apart.std(axis=0, ddof=1) / np.sqrt(len(apart))
        print(f"{group}, taken off {skipped}: week {apart.mean(axis=0)[0]:+.2f} ± {error[0]:.2f}, "
              f"season {apart.mean(axis=0)[1]:+.2f} ± {error[1]:.2f}")  # fmt: skip


if __name__ == "__main__":
    main()
