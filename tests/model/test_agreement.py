"""The same posterior from an independent engine: NumPyro's NUTS on the same model, one simulated person.

Every quantity that varies is compared, and both Deltas with their parts. `make agree` runs this and writes
docs/results/agreement.md.
"""

import os
import platform
import runpy
import time
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from backstride.answer.deltas import MORNINGS_OF, delta, rows_of
from backstride.answer.design import Design, design
from backstride.answer.kinds import Question
from backstride.diary.daily import daily_series
from backstride.model.data import PATHWAYS, ModelData
from backstride.model.diagnostics import ess_bulk, rhat
from backstride.model.fit import Posterior, Settings, fit
from backstride.model.prior_arrays import coefficient_priors
from backstride.model.priors import neutral_priors
from backstride.model.sweep import columns
from backstride.testing.people import make_person

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:.*ArviZ is undergoing:FutureWarning"),
]

DAYS, PERSON_SEED, MEASURED = 98, 8, ("mood", "weight")
FLARE_DAYS, FLARE_POINTS = slice(40, 52), 3.0
OURS = Settings(seed=1, warmup=2000, draws=40_000)
NUTS = Settings(seed=2, warmup=500, draws=600)
SELDOM = 0.005  # of the draws: an event as rare as this is no quantity to compare
MAX_SHIFT, MAX_SCALE = 0.1, 0.10  # posterior sds; share
MAX_DIVERGED = 0.02  # share; they lie where a scale is near 0, and both Deltas agree with them
RESOLVED = 0.05  # the largest Monte Carlo error of a shift or a ratio that can tell
DELTAS = tuple(f"Delta_{question.value}" for question in Question)


class Row(NamedTuple):
    """One quantity by both engines: means and sds, and the Monte Carlo errors of their shift and their ratio."""

    name: str
    ours: tuple[float, float]
    nuts: tuple[float, float]
    shift_error: float
    ratio_error: float

    @property
    def shift(self) -> float:
        """Difference of the means, in posterior sds."""
        return (self.ours[0] - self.nuts[0]) / self.nuts[1]

    @property
    def ratio(self) -> float:
        """Ratio of the sds."""
        return self.ours[1] / self.nuts[1]

    @property
    def resolved(self) -> bool:
        """Both engines drew enough to tell."""
        return max(self.shift_error, self.ratio_error) <= RESOLVED


class Run(NamedTuple):
    """Both engines' quantities, (chains, n) each; the worst by which two ways to a Delta differ; how NUTS did."""

    ours: dict[str, np.ndarray]
    nuts: dict[str, np.ndarray]
    between_forms: float
    diverged: int
    seconds: tuple[float, float]


def one_person() -> Design:
    """Ratings, a tenth missing, intentions, runs, walks, mood daily, weight weekly, and what follows."""
    person = make_person(seed=PERSON_SEED, first_day=date(2026, 1, 5), days=DAYS, missing=0.1)
    series = daily_series(person.records, zone=person.zone)
    measures = tuple(m for m in series.measures if m.pathway.value in MEASURED)
    rng = np.random.default_rng(PERSON_SEED)
    walks = np.where(rng.random(len(series)) < 0.5, rng.gamma(2.0, 0.5, len(series)), 0.0)
    ready = design(replace(series, walking=walks, measures=measures))
    return replace(ready, data=with_a_flare(ready.data, rng))


def with_a_flare(data: ModelData, rng: np.random.Generator) -> ModelData:
    """Twelve days hurt more, asked about every fourth day; two confounders; hours between rating and run."""
    pain = np.where(np.isneginf(data.lower), data.upper - 0.5, data.lower + 0.5)
    missing = np.isinf(data.lower) & np.isinf(data.upper)
    pain[FLARE_DAYS] = np.minimum(pain[FLARE_DAYS] + FLARE_POINTS, 10.0)
    called = np.full(data.days, np.nan)
    called[::4] = 0.0
    called[FLARE_DAYS] = np.where(np.isnan(called[FLARE_DAYS]), np.nan, 1.0)
    return data._replace(
        lower=np.where(missing | (pain <= 0.0), -np.inf, pain - 0.5),
        upper=np.where(missing | (pain >= 10.0), np.inf, pain + 0.5),
        confounders=rng.standard_normal((data.days, 2)),
        coupling=rng.uniform(0.2, 1.0, data.days),
        flare=called,
    )


def by_product(posterior: Posterior, person: Design) -> dict[str, np.ndarray]:
    """Both Deltas and their parts as the product reckons them."""
    found = {}
    for question in Question:
        effect = delta(question, rows_of(question, posterior, person), person.usual_dose)
        ways = ["next day", "habit", *(PATHWAYS[k] for k in person.data.pathway), "flares"]
        name = f"Delta_{question.value}"
        found |= {name: effect.total} | {f"{name}: {w}": effect.parts[:, i] for i, w in enumerate(ways)}
    return {name: x.reshape(posterior.draws.shape[:2]) for name, x in found.items()}


def by_definition(posterior: Posterior, person: Design) -> dict[str, np.ndarray]:
    """The same from the definition alone, in numpy."""
    both_arms = runpy.run_path(str(Path(__file__).with_name("closed_form.py")))["both_arms"]
    draws = {name: posterior.of(name).ravel() for name in posterior.columns.names}
    found = {}
    for question in Question:
        arms = both_arms(
            draws,
            [PATHWAYS[k] for k in person.data.pathway],
            start="usual" if question is Question.WEEK else "last",
            dose=person.usual_dose,
            mean_dose=person.mean_dose,
            run_share=person.usual_run_days / 7.0,
            mornings=MORNINGS_OF[question],
        )
        name = f"Delta_{question.value}"
        found |= {name: arms.delta} | {f"{name}: {way}": part for way, part in arms.parts.items()}
    return {name: x.reshape(posterior.draws.shape[:2]) for name, x in found.items()}


def by_nuts(person: Design) -> tuple[Posterior, int]:
    """The oracle's draws laid out as the product's, and how many transitions diverged."""
    oracle = runpy.run_path(str(Path(__file__).with_name("nuts_model.py")))
    data, priors = person.data, neutral_priors(person.data.pathway)
    samples, diverged = oracle["nuts"](data, priors, seed=NUTS.seed, warmup=NUTS.warmup, draws=NUTS.draws)
    kept = oracle["kept"](samples, data, priors, seed=NUTS.seed)
    names = columns(data, len(coefficient_priors(priors).course_sd))
    shape = (NUTS.chains, NUTS.draws)
    table = np.stack([np.broadcast_to(kept[name], shape) for name in names.names], axis=-1)
    return Posterior(table, names, NUTS, priors, 0.0), diverged


@pytest.fixture(scope="module")
def run() -> Run:
    """Both engines on one person."""
    pytest.importorskip("numpyro")
    person = one_person()
    began = time.perf_counter()
    ours = fit(person.data, settings=OURS)
    between = time.perf_counter()
    nuts, diverged = by_nuts(person)
    seconds = between - began, time.perf_counter() - between
    defined, reckoned = by_definition(nuts, person), by_product(nuts, person)
    apart = max(float(np.abs(defined[name] - reckoned[name]).max()) for name in defined)
    return Run(by_product(ours, person) | varying(ours), defined | varying(nuts), apart, diverged, seconds)


def varying(posterior: Posterior) -> dict[str, np.ndarray]:
    """Every kept quantity that is neither fixed nor an event that next to no draw holds, by name."""
    named = {name: posterior.of(name) for name in posterior.columns.names}
    return {n: x for n, x in named.items() if x.std() > 1e-4 and np.mean(x != np.median(x)) > SELDOM}


@pytest.fixture(scope="module")
def rows(run) -> list[Row]:
    """All quantities side by side; the page is written where asked for."""
    found = []
    for name in (name for name in run.ours if name in run.nuts):
        a, b = run.ours[name], run.nuts[name]
        shift_error = np.hypot(mean_error(a), mean_error(b)) / b.std()
        ratio_error = np.hypot(sd_error(a), sd_error(b) * a.std() / b.std()) / b.std()
        ours, nuts = (a.mean(), a.std()), (b.mean(), b.std())
        found.append(Row(name, ours, nuts, float(shift_error), float(ratio_error)))
    if place := os.environ.get("BACKSTRIDE_AGREEMENT"):
        Path(place).write_text(page(found, run), encoding="utf-8")
    return found


def mean_error(draws: np.ndarray) -> float:
    """Monte Carlo error of a mean, by another library's effective sample size."""
    from arviz import ess

    return float(draws.std() / np.sqrt(ess(draws, method="mean")))


def sd_error(draws: np.ndarray) -> float:
    """Monte Carlo error of an sd: that of the mean of the squares, over twice the sd."""
    return mean_error((draws - draws.mean()) ** 2) / (2.0 * float(draws.std()))


def page(rows: list[Row], run: Run) -> str:
    """The table, with how it was made."""
    table = ["| quantity | Gibbs: mean, sd | NUTS: mean, sd | shift | ratio | |", "|---|---|---|---|---|---|"]
    for row in rows:
        table.append(
            f"| {row.name} | {row.ours[0]:.3f}, {row.ours[1]:.3f} | {row.nuts[0]:.3f}, {row.nuts[1]:.3f} "
            f"| {row.shift:+.3f} ± {row.shift_error:.3f} | {row.ratio:.3f} ± {row.ratio_error:.3f} "
            f"| {'' if row.resolved else 'not resolved'} |"
        )
    parts = [
        "# Agreement with an independent sampler",
        *METHOD,
        how(run),
        outcome(rows),
        "\n".join(table),
    ]
    return "\n\n".join(parts) + "\n"


METHOD = (
    "`make agree` fits one simulated person twice and writes this page: by Gibbs sampling, as the product does, and "
    "by NUTS in NumPyro, on the same model written anew from its equations. The two share the numbers of the priors "
    "and the names of the quantities. The product draws what lies behind each rating and decision, path by path; "
    "NUTS counts each by the chance of its interval, sums over flares by the forward algorithm and over the "
    "time constants of habit, and explores the rest by its gradient. Its Deltas and their parts come from their "
    "definition in plain numpy (`tests/model/closed_form.py`), ours from the product.",
    "Shift is the difference of the means in posterior sds, ratio that of the sds, each with its Monte Carlo error; "
    f"where an error is above {RESOLVED}, the row cannot tell and is *not resolved*. The tests hold both Deltas to "
    f"be resolved, shifted by {MAX_SHIFT} at most, their ratio within {MAX_SCALE:.0%}; every other resolved row "
    "to the same, two Monte Carlo errors allowed.",
)


def how(run: Run) -> str:
    """The person, both runs, and the versions."""
    worst = min(run.nuts, key=lambda name: ess_bulk(run.nuts[name]))
    versions = ", ".join(f"{name} {version(name)}" for name in ("numpyro", "jax", "arviz", "numba", "numpy"))
    return "\n".join([
        f"- The person: seed {PERSON_SEED}, {DAYS} days, a tenth of the check-ins missing, intentions, walks, "
            "mood daily and weight weekly, a flare of twelve days, two confounders, hours from rating to run.",
        f"- Gibbs: {OURS.chains} chains of {OURS.draws:,} draws after {OURS.warmup:,}, seed {OURS.seed}; "
        f"{run.seconds[0]:.0f} s.",
        f"- NUTS: 4 chains of {NUTS.draws:,} draws after {NUTS.warmup}, seed {NUTS.seed}; "
        f"{run.seconds[1]:.0f} s, {run.diverged} divergent transitions, fewest effective draws "
        f"{ess_bulk(run.nuts[worst]):.0f} ({worst}), largest R-hat {max(map(rhat, run.nuts.values())):.3f}.",
        f"- The product's Deltas and parts on the draws of NUTS differ from their definition by "
        f"{run.between_forms:.0e} at most.",
        f"- Python {platform.python_version()}, {versions}.",
    ])  # fmt: skip


def outcome(rows: list[Row]) -> str:
    """The whole table in three sentences."""
    told = [row for row in rows if row.resolved]
    farthest = max((row.ratio for row in told), key=lambda ratio: abs(ratio - 1.0))
    return (
        f"{len(told)} of {len(rows)} rows are resolved. Among them the largest shift is "
        f"{max(abs(row.shift) for row in told):.3f}, and the ratio farthest from 1 is {farthest:.3f}. Were all "
        "differences chance, their root mean square in Monte Carlo errors would be 1; over all rows it is "
        f"{surprise(rows):.2f}."
    )


def surprise(rows: list[Row]) -> float:
    """Root mean square of all differences, in Monte Carlo errors."""
    both = [z for row in rows for z in (row.shift / row.shift_error, (row.ratio - 1.0) / row.ratio_error)]
    return float(np.sqrt(np.mean(np.square(both))))


def test_both_deltas_agree(rows):
    """Resolved, within 0.1 posterior sd and 10 % of its size, nothing allowed for chance."""
    found = {row.name: row for row in rows}
    for name in DELTAS:
        assert found[name].resolved
        assert abs(found[name].shift) <= MAX_SHIFT
        assert abs(found[name].ratio - 1.0) <= MAX_SCALE


def test_the_means_agree(rows):
    """Of every resolved quantity, within 0.1 posterior sd and two Monte Carlo errors."""
    apart = [row for row in rows if row.resolved and abs(row.shift) > MAX_SHIFT + 2.0 * row.shift_error]
    assert apart == []


def test_the_spreads_agree(rows):
    """Of every resolved quantity, within 10 % and two Monte Carlo errors."""
    apart = [row for row in rows if row.resolved and abs(row.ratio - 1) > MAX_SCALE + 2.0 * row.ratio_error]
    assert apart == []


def test_both_engines_vary_the_same_quantities(run):
    """What one engine moves the other moves too, but for an event at the edge of what counts as seldom."""
    assert {name for name in run.ours.keys() ^ run.nuts.keys() if name != "flare_last"} == set()


def test_most_quantities_are_resolved(rows):
    """Eight tenths of them: a table of doubts would agree with anything."""
    assert sum(row.resolved for row in rows) >= 0.8 * len(rows)


def test_the_oracle_can_be_trusted(run):
    """Few transitions diverged, and its chains met: what they leave unclear the table calls not resolved."""
    assert run.diverged <= MAX_DIVERGED * 4 * NUTS.draws
    assert [name for name, x in run.nuts.items() if rhat(x) > 1.1] == []


def test_the_definition_gives_the_same_deltas(run):
    """Draw by draw, parts and all."""
    assert run.between_forms < 1e-9
