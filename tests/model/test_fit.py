"""Fitting: repeatable, honest about progress, and not thrown by strange diaries."""

import math

import numpy as np
import pytest

from backstride.errors import SamplerFailed
from backstride.model.compiled import ENGINE
from backstride.model.data import ModelData, checked, weekday_contrasts
from backstride.model.fit import Settings, fit

SHORT = Settings(seed=5, chains=2, warmup=50, draws=60)


def test_the_same_seed_gives_the_same_draws(data):
    """Bit for bit, whatever the threads do."""
    first, again = (fit(data, settings=SHORT).draws for _ in range(2))
    assert np.array_equal(first, again)


def test_a_chain_does_not_know_how_many_others_run(data):
    """Chain 0 alone equals chain 0 among four."""
    alone = fit(data, settings=SHORT._replace(chains=1)).draws
    among = fit(data, settings=SHORT._replace(chains=4)).draws
    assert np.array_equal(alone[0], among[0])


def test_another_seed_gives_other_draws(data):
    """Seeds matter."""
    one, other = (fit(data, settings=SHORT._replace(seed=s)).draws for s in (1, 2))
    assert not np.array_equal(one, other)


def test_draws_travel_with_their_seed_priors_and_names(posterior):
    """Everything needed to make them again."""
    assert posterior.settings.seed == 3
    assert posterior.draws.shape == (2, 500, len(posterior.columns.names))
    assert (posterior.failed, len(posterior.priors.paths)) == (0, 2)


def test_progress_ends_at_one(data):
    """It is told in steps, and never goes back."""
    told = []
    fit(data, settings=SHORT, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


def without_measures(data: ModelData) -> ModelData:
    """The same days with no pathway in use."""
    none, zero = np.zeros(0), np.zeros(1, dtype=np.int64)
    return data._replace(
        pathway=np.zeros(0, dtype=np.int64), row=np.zeros(0, dtype=np.int64), value_lower=none, value_upper=none,
        earlier=none, measure=np.zeros(0, dtype=np.int64), group=zero, measure_group=zero,
    )  # fmt: skip


STRANGE = {
    "no measures": without_measures,
    "no intentions": lambda d: d._replace(intention=np.full(d.days, math.nan)),
    "all doses unknown": lambda d: d._replace(dose=np.full(d.days, math.nan)),
    "some doses unknown": lambda d: d._replace(dose=np.where(np.arange(d.days) % 3 == 0, math.nan, d.dose)),
    "never ran": lambda d: d._replace(dose=np.zeros(d.days)),
    "ran every day": lambda d: d._replace(dose=np.ones(d.days)),
    "huge doses": lambda d: d._replace(dose=20 * d.dose),
    "always 0": lambda d: d._replace(lower=np.full(d.days, -math.inf), upper=np.full(d.days, 0.5)),
    "always 10": lambda d: d._replace(lower=np.full(d.days, 9.5), upper=np.full(d.days, math.inf)),
    "five answers": lambda d: d._replace(lower=np.full(d.days, 3.75), upper=np.full(d.days, 6.25)),
    "one rating": lambda d: d._replace(
        lower=np.where(np.arange(d.days) == 7, 3.5, -math.inf),
        upper=np.where(np.arange(d.days) == 7, 4.5, math.inf),
    ),
    "all days drawn": lambda d: d._replace(drawn=(np.arange(d.days) % 2).astype(float)),
}


@pytest.mark.parametrize("name", STRANGE)
def test_strange_diaries_are_fitted(data, name):
    """Finite draws, no failed sweep."""
    found = fit(STRANGE[name](data), settings=SHORT)
    assert found.failed == 0
    assert np.all(np.isfinite(found.draws))


def test_two_weeks_are_enough_to_run(two_weeks):
    """The shortest diaries run too."""
    assert fit(two_weeks, settings=SHORT).failed == 0


def test_known_doses_stay_as_recorded(data):
    """Filling in the unknown leaves the last chronic load of a fully known diary the same in all draws."""
    assert np.ptp(fit(data, settings=SHORT).of("C_last")) == 0.0


@pytest.mark.parametrize(
    "change",
    [
        {"dose": np.ones(3)}, {"dose": np.full(60, -1.0)}, {"usual": np.ones(60)},
        {"upper": np.full(60, -20.0), "lower": np.zeros(60)}, {"walking": np.full(60, math.nan)},
    ],
)  # fmt: skip
def test_impossible_arrays_are_refused(data, change):
    """A defect of ours is named, not sampled."""
    with pytest.raises(SamplerFailed, match="defect"):
        checked(data._replace(**change))


def test_weekdays_have_no_favourite():
    """Orthonormal columns that sum to 0."""
    h = weekday_contrasts()
    assert np.allclose(h.T @ h, np.eye(6))
    assert np.allclose(h.sum(axis=0), 0.0)


def test_compiled_code_is_kept_under_the_name_of_its_source():
    """The folder carries a hash of all the engine's files."""
    assert ENGINE.name.startswith("engine-")
    assert len(ENGINE.name) == len("engine-") + 16
