"""What the model is given: refused in words where it cannot be worked with, before any kernel sees it."""

import math

import numpy as np
import pytest

from backstride.errors import SamplerFailed
from backstride.model.data import PATHWAYS, centring, checked, weekday_contrasts

DAYS = 60


def test_sound_data_pass_as_they_are(data, two_weeks):
    """The very same object comes back."""
    assert checked(data) is data
    assert checked(two_weeks) is two_weeks


@pytest.mark.parametrize(
    "change",
    [
        {"dose": np.ones(3)}, {"dose": np.full(DAYS, -1.0)}, {"dose": np.full(DAYS, math.inf)},
        {"usual": np.ones(DAYS)}, {"usual": np.full(DAYS, math.nan)}, {"walking": np.full(DAYS, math.nan)},
        {"upper": np.full(DAYS, -20.0), "lower": np.zeros(DAYS)}, {"lower": np.full(DAYS, math.nan)},
        {"row": np.zeros(3, dtype=np.int64)}, {"value_lower": np.full(69, 99.0)},
    ],
)  # fmt: skip
def test_impossible_arrays_are_refused(data, change):
    """A defect of ours is named, not sampled."""
    with pytest.raises(SamplerFailed, match="defect"):
        checked(data._replace(**change))


@pytest.mark.parametrize("name", ["lower", "upper", "value_lower", "value_upper", "earlier", "measure"])
def test_an_array_that_is_too_short_is_refused(data, name):
    """Whichever it is, in the family of our own errors."""
    with pytest.raises(SamplerFailed):
        checked(data._replace(**{name: getattr(data, name)[:-1]}))


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("row", DAYS), ("row", -1), ("weekday", 7), ("measure", 2), ("pathway", len(PATHWAYS))],
)
def test_an_index_out_of_range_is_refused(data, name, wrong):
    """Compiled loops do not look where they write, so the look comes before."""
    indices = getattr(data, name).copy()
    indices[-1] = wrong
    with pytest.raises(SamplerFailed):
        checked(data._replace(**{name: indices}))


def test_one_day_is_no_diary(data):
    """Two days are the least."""
    one = {n: getattr(data, n)[:1] for n in ("lower", "upper", "dose", "walking", "weekday", "intention")}
    one |= {"drawn": data.drawn[:1], "decision_eligible": data.decision_eligible[:1]}
    with pytest.raises(SamplerFailed, match="two days"):
        checked(data._replace(**one, usual=np.ones(1)))


def test_regressors_are_centred_by_what_is_known(data):
    """Mean known dose and mean walking; 0 where no dose is known."""
    dose = np.where(np.arange(DAYS) < 2, [3.0] * DAYS, math.nan)
    dose[1] = 1.0
    assert centring(data._replace(dose=dose)) == (2.0, pytest.approx(data.walking.mean()))
    assert centring(data._replace(dose=np.full(DAYS, math.nan))).dose == 0.0


def test_weekdays_have_no_favourite():
    """Orthonormal columns that sum to 0, so that any six coefficients give the same spread to each weekday."""
    h = weekday_contrasts()
    assert np.allclose(h.T @ h, np.eye(6))
    assert np.allclose(h.sum(axis=0), 0.0)
    assert np.allclose((h**2).sum(axis=1), 6 / 7)
