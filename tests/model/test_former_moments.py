"""The engine draws from the same posterior as the one before its days went side by side.

Sums that are taken in another order, or approximations of the normal, can shift a posterior without any failure to
tell of it. `former_moments.json` holds mean, Monte Carlo error and standard deviation of every quantity by the engine
of commit c5c0395: 4 chains of 25,000 draws after 1,000, for the very days below.
"""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from backstride.model.data import ModelData, rhythm
from backstride.model.diagnostics import ess_bulk
from backstride.model.fit import Settings, fit
from backstride.model.priors import neutral_priors
from backstride.model.state import FIXED

FORMER = Path(__file__).parent / "former_moments.json"
DRAWS = 4000


def with_all_parts(data: ModelData) -> ModelData:
    """The same days with coupled decisions, called flares and unknown doses."""
    rng = np.random.default_rng(7)
    dose = data.dose.copy()
    habit = rhythm(dose)
    dose[[20, 41, 42, 77]] = math.nan
    flare = np.full(100, math.nan)
    flare[[10, 30, 31, 60]] = (0.0, 1.0, 1.0, 0.0)
    return data._replace(
        dose=dose, rhythm=habit, coupling=np.round(rng.random(100), 2), flare=flare, usual=np.full(100, 0.01)
    )


def moments(data: ModelData, *, seed: int, draws: int, warmup: int) -> dict[str, tuple[float, float, float]]:
    """Mean, its Monte Carlo error and standard deviation of every quantity that varies."""
    # that engine knew no effect of the second morning
    priors = neutral_priors(data.pathway)._replace(beta_second=FIXED)
    settings = Settings(seed=seed, warmup=warmup, draws=draws)
    posterior = fit(with_all_parts(data), settings=settings, priors=priors)
    found = {}
    for name in posterior.columns.names:
        x = posterior.of(name)
        if x.std() > 1e-5:
            found[name] = (float(x.mean()), float(x.std() / math.sqrt(ess_bulk(x))), float(x.std()))
    return found


@pytest.fixture(scope="module")
def distances(hundred_days) -> dict[str, float]:
    """Differences of the means from the former engine's, in units of their joint Monte Carlo error."""
    former, now = json.loads(FORMER.read_text()), moments(hundred_days, seed=2, draws=DRAWS, warmup=500)
    assert all(abs(former[name][0]) < 1e-3 for name in former.keys() - now.keys())  # days too rare to come up
    return {
        name: (mean - former[name][0]) / math.hypot(error, former[name][1])
        for name, (mean, error, _) in now.items()
    }


def test_no_mean_has_moved(distances):
    """Each within four and a half Monte Carlo errors: of 90 quantities one passes that by chance in 2,000 runs."""
    assert {name: z for name, z in distances.items() if abs(z) > 4.5} == {}


def test_the_means_differ_as_much_as_chance_makes_them(distances):
    """The root mean square of all differences is near one Monte Carlo error."""
    assert math.sqrt(np.mean(np.square(list(distances.values())))) < 1.5
