"""Short and long runs that are followed by opposite mornings."""

from dataclasses import replace

import numpy as np
import pytest

from backstride.answer.run_lengths import opposite_lengths
from backstride.diary.series import MINUTES_A_UNIT_OF_DOSE


def lived(series, *, short: float, long: float, seed: int, bad_days_rest: float = 0.0):
    """Live a diary anew: every third run is of 75 minutes, the others of 30; effects on the next morning, points."""
    rng = np.random.default_rng(seed)
    days = len(series)
    level, noise, pain, dose = 4.0, 0.0, np.zeros(days), np.zeros(days)
    for t in range(days):
        noise = 0.6 * noise + rng.normal(0.0, 0.7)
        carried = 0.0
        if t and dose[t - 1] > 0.0:
            carried = long if dose[t - 1] > 2.0 else short
        pain[t] = np.clip(np.round(level + noise + carried), 0.0, 10.0)
        runs = rng.uniform() < 0.5 - bad_days_rest * (pain[t] - level)
        # who is better runs longer, where the decision depends on pain at all
        is_long = rng.uniform() < 0.35 - bad_days_rest * (pain[t] - level)
        dose[t] = (75.0 if is_long else 30.0) / MINUTES_A_UNIT_OF_DOSE if runs else 0.0
    return replace(series, pain=pain, dose=dose)


@pytest.mark.parametrize(("short", "long"), [(-1.0, 1.5), (1.5, -1.2)])
def test_opposite_mornings_are_found_with_their_lengths(series, short, long):
    """Each side as it is, and a length between the two."""
    found = opposite_lengths(lived(series, short=short, long=long, seed=1))
    assert 30.0 < found.minutes <= 75.0
    assert (found.short, found.long) == (pytest.approx(short, abs=0.6), pytest.approx(long, abs=0.6))


@pytest.mark.parametrize(("short", "long"), [(0.0, 0.0), (-1.0, -1.0), (-0.5, -2.0), (1.0, 1.0)])
@pytest.mark.parametrize("bad_days_rest", [0.0, 0.15])
def test_runs_that_act_on_one_side_are_alike(series, short, long, bad_days_rest):
    """Also where pain decides who runs, and how far."""
    lives = (lived(series, short=short, long=long, seed=n, bad_days_rest=bad_days_rest) for n in range(10))
    assert not any(opposite_lengths(life) for life in lives)


def test_a_handful_of_runs_shows_nothing(series):
    """Seven long runs are too few, however the mornings after them are."""
    life = lived(series, short=-2.0, long=3.0, seed=2)
    late = np.cumsum(life.dose > 2.0) > 7
    assert opposite_lengths(replace(life, dose=np.where(late & (life.dose > 2.0), 0.0, life.dose))) is None


def test_what_is_unknown_is_left_out(series):
    """Days without a rating or with an unknown run neither count nor break it."""
    life = lived(series, short=-1.0, long=1.5, seed=3)
    rng = np.random.default_rng(4)
    pain = np.where(rng.uniform(size=len(life)) < 0.2, np.nan, life.pain)
    dose = np.where(rng.uniform(size=len(life)) < 0.1, np.nan, life.dose)
    found = opposite_lengths(replace(life, pain=pain, dose=dose))
    assert found is None or found.short < 0.0 < found.long
    assert opposite_lengths(replace(life, pain=np.full(len(life), np.nan))) is None
