"""The same posterior as an independent engine: NumPyro's NUTS on the same model, one made-up person.

`make agree` runs it and writes docs/agreement.md.
"""

import os
import runpy
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from backstride.answer.design import design
from backstride.diary.daily import daily_series
from backstride.model.diagnostics import ess_bulk
from backstride.model.fit import Settings, fit
from backstride.model.priors import neutral_priors
from backstride.testing.people import make_person

DAYS, NUTS_DRAWS, GIBBS_DRAWS = 63, 1500, 40_000
MOST_SHIFT, MOST_SCALE = 0.1, 0.10


def one_person():
    """Nine weeks with ratings, runs, intentions, mood and weight."""
    person = make_person(seed=8, first_day=date(2026, 1, 5), days=DAYS, missing=0.1)
    series = daily_series(person.records, zone=person.zone)
    kept = tuple(m for m in series.measures if m.name in {"mood", "weight"})
    return design(type(series)(**{f: getattr(series, f) for f in series.__slots__} | {"measures": kept})).data


@pytest.fixture(scope="module")
def rows():
    """Name, mean and sd of both engines, and the Monte Carlo error of their difference in posterior sds."""
    pytest.importorskip("numpyro")
    nuts = runpy.run_path(str(Path(__file__).with_name("nuts_model.py")))["nuts"]
    data = one_person()
    priors = neutral_priors(data.pathway)
    ours = fit(data, settings=Settings(seed=1, warmup=2000, draws=GIBBS_DRAWS), priors=priors)
    theirs = nuts(data, priors, tau=28.0, seed=1, warmup=700, draws=NUTS_DRAWS)
    out = []
    for name in ours.columns.names:
        if name in theirs and theirs[name].std() > 0:
            a, b = ours.of(name), theirs[name]
            error = np.sqrt(1 / ess_bulk(a) + 1 / ess_bulk(b))
            out.append((name, a.mean(), a.std(), b.mean(), b.std(), float(error)))
    write(out, int(theirs["diverging"].sum()))
    return out


def write(rows, diverging: int) -> None:
    """docs/agreement.md, where asked for."""
    place = os.environ.get("BACKSTRIDE_AGREEMENT")
    if not place:
        return
    lines = [
        "# The same posterior as an independent engine", "",
        f"`make agree`: one made-up person (seed 8), {DAYS} days, mood and weight measured; the engine with 4 x "
        f"{GIBBS_DRAWS:,} draws, NumPyro's NUTS on the same model with 4 x {NUTS_DRAWS:,} "
        f"({diverging} divergent transitions). Shift: difference of the means in posterior sds, with its Monte Carlo "
        "error. The bars are a shift of 0.1 and a ratio of sds within 10 %, plus three Monte Carlo errors.", "",
        "| quantity | engine: mean, sd | NUTS: mean, sd | shift | ratio of sds |", "|---|---|---|---|---|",
    ]  # fmt: skip
    for name, a, sa, b, sb, error in rows:
        lines.append(
            f"| {name} | {a:.3f}, {sa:.3f} | {b:.3f}, {sb:.3f} | {(a - b) / sb:+.3f} ± {error:.3f} | {sa / sb:.3f} |"
        )
    Path(place).write_text("\n".join(lines) + "\n")


@pytest.mark.slow
def test_means_agree(rows):
    """Within 0.1 posterior sd, plus three Monte Carlo errors."""
    assert [(n, (a - b) / sb) for n, a, _, b, sb, e in rows if abs(a - b) / sb > MOST_SHIFT + 3 * e] == []


@pytest.mark.slow
def test_spreads_agree(rows):
    """Within 10 %, plus three Monte Carlo errors."""
    assert [(n, sa / sb) for n, _, sa, _, sb, e in rows if abs(sa / sb - 1) > MOST_SCALE + 3 * e] == []
