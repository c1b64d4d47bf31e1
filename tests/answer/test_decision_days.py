"""Days on which running was chosen."""

import numpy as np
import pytest

from backstride.answer.decision_days import decision_eligible

OWN = np.full(84, np.nan)


def runs_on(*days: int) -> np.ndarray:
    """Twelve weeks with runs on these days alone."""
    dose = np.zeros(84)
    dose[list(days)] = 1.0
    return dose


def test_the_weeks_before_running_began_are_no_choice():
    """Three weeks of mornings first, then a run every other day."""
    found = decision_eligible(runs_on(*range(21, 84, 2)), OWN)
    np.testing.assert_array_equal(np.flatnonzero(~found), np.arange(21))


@pytest.mark.parametrize(("away", "chosen"), [(13, True), (14, False)])
def test_two_weeks_away_are_the_least(away, chosen):
    """Thirteen days between two runs are still a choice of each day."""
    found = decision_eligible(runs_on(*range(0, 31, 2), *range(31 + away, 84, 2)), OWN)
    assert found[31 : 31 + away].all() == chosen
    assert found[:31].all()
    assert found[31 + away :].all()


def test_who_seldom_runs_is_away_later():
    """With a run every nine days, two weeks without are nothing special, and five are."""
    assert decision_eligible(runs_on(0, 9, 18, 27, 36, 54, 63, 72, 81), OWN).all()
    assert not decision_eligible(runs_on(0, 9, 18, 27, 36, 45), OWN)[46:].any()


def test_unknown_and_drawn_days_end_a_stretch():
    """Nobody knows what was done on the one; the draw chose the other."""
    dose, drawn = runs_on(*range(26, 84, 2)), OWN.copy()
    dose[13] = np.nan
    assert decision_eligible(dose, drawn).all()
    dose[13], drawn[13] = 0.0, 0.0
    assert decision_eligible(dose, drawn).all()


def test_without_any_run_nothing_was_chosen():
    """And without any day neither."""
    assert not decision_eligible(np.zeros(84), OWN).any()
    assert decision_eligible(np.zeros(0), np.zeros(0)).shape == (0,)
