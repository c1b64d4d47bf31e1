"""The season's gate."""

import numpy as np
import pytest

from backstride.answer.gate import chronic_load, season_gate, smoothness

DAYS = 126


def gate(dose):
    """Of a diary that begins at its own first four weeks' load."""
    return season_gate(dose, chronic_start=float(np.nanmean(dose[:28])))


def ladder(days=DAYS):
    """Three runs a week that grow along one line."""
    run = np.isin(np.arange(days) % 7, (0, 2, 4))
    return run * np.linspace(0.1, 1.5, days)


def ordinary(seed, days=DAYS):
    """Three runs in seven by chance, of uneven length, with a week off now and then."""
    rng = np.random.default_rng(seed)
    dose = (rng.random(days) < 3 / 7) * rng.lognormal(0.0, 0.3, days)
    for first in rng.integers(0, days, 3):
        dose[first : first + int(rng.integers(5, 12))] = 0.0
    return dose


def test_a_ramp_shuts_it():
    """Load that only grows with time is explained by time."""
    found = season_gate(ladder(), chronic_start=0.0)
    assert not found.is_open
    assert found.ramp >= 0.9


def test_ordinary_days_open_it():
    """Nineteen of twenty uneven diaries of eighteen weeks."""
    assert sum(gate(ordinary(seed)).is_open for seed in range(40)) >= 38


def test_a_steady_load_shuts_it():
    """The same three days each week leave nothing to compare, whatever the small waves of the load."""
    dose = np.isin(np.arange(DAYS) % 7, (0, 2, 4)).astype(float)
    found = gate(dose)
    assert not found.is_open
    assert (found.lowest, found.highest) == pytest.approx((1.0, 1.0))


def test_blocks_of_weeks_open_it():
    """Two weeks on and two weeks off."""
    week = np.isin(np.arange(7), (0, 2, 4)).astype(float)
    block = np.tile(week, 2)
    assert gate(np.concatenate([block, 0 * block] * 4)).is_open


def test_unknown_days_count_as_the_mean():
    """They neither open the gate nor shut it: the load is what it would be at the mean."""
    dose = ordinary(3)
    dose[40:54] = np.nan
    mean = np.nanmean(dose)
    assert gate(dose).ramp == pytest.approx(
        smoothness(chronic_load(np.where(np.isnan(dose), mean, dose), float(np.nanmean(dose[:28]))))
    )


@pytest.mark.parametrize("dose", [np.zeros(60), np.full(60, np.nan), np.ones(10)])
def test_without_a_change_of_load_it_is_shut(dose):
    """No run, nothing known, or too few days for a fortnight's mean."""
    assert not season_gate(dose, chronic_start=0.0).is_open
