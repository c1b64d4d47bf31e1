"""The variance that further mornings would leave."""

import numpy as np
import pytest

from backstride.answer.kinds import Question
from backstride.answer.variance_left import Dynamics, gradient, prior_of_habit, responses, variance_left

SPREAD = Dynamics(
    phi=np.array([0.4, 0.1]),
    s_eta=np.array([0.8, 0.3]),
    s_mu=np.array([0.05, 0.2]),
    s_y=np.array([0.6, 1.0]),
    tau=np.array([28.0, 40.0]),
    delay=np.array([1.0, 20.0]),
)
PRIOR = (1.0, 0.5, 0.3)
FIRST = (1.5, 2.0)
"""Of the deviation and of the level."""
DOSE = np.resize([1.0, 0, 0, 1, 0], 120) - 0.4
SEEN = np.random.default_rng(1).random(60) < 0.8


def left(dose=DOSE, spread=SPREAD):
    """Of sixty days told and as many to come."""
    return variance_left(dose, SEEN, spread, usual_dose=0.4, prior_sd=PRIOR, first_sd=FIRST)


def test_further_days_never_leave_more_variance():
    """Information only grows."""
    for variance in left().values():
        assert np.all(np.diff(variance, axis=0) <= 1e-12)


@pytest.mark.parametrize("draw", [0, 1])
@pytest.mark.parametrize("extra", [1, 40])
def test_filtering_equals_dense_least_squares(draw, extra):
    """The variance equals that of generalised least squares with the whole covariance matrix."""
    one = Dynamics(*(np.array([values[draw]]) for values in SPREAD))
    x = responses(DOSE, one)[:, 0]
    g = responses(np.full(7, 0.4), one)[:, 0].mean(axis=0)
    phi, s_eta, s_mu, s_y = (float(values[0]) for values in one[:4])

    def variance(more: int) -> float:
        rows = np.concatenate([np.flatnonzero(SEEN), 60 + np.arange(more)])
        apart = np.abs(rows[:, None] - rows[None, :])
        earlier = np.minimum(rows[:, None], rows[None, :])
        begun = phi ** (2 * earlier)
        daily = (begun * FIRST[0] ** 2 + (1.0 - begun) * s_eta**2 / (1.0 - phi**2)) * phi**apart
        slow = s_mu**2 * earlier + FIRST[1] ** 2
        covariance = daily + slow + (s_y**2 + 1.0 / 12.0) * np.eye(len(rows))
        known = x[rows].T @ np.linalg.solve(covariance, x[rows]) + np.diag(1.0 / np.square(PRIOR))
        return float(g @ np.linalg.solve(known, g))

    assert left()[Question.WEEK][extra, draw] == pytest.approx(variance(extra), rel=1e-9)


def test_days_without_contrast_tell_less():
    """Every day alike from now on leaves more of the variance than running on some days."""
    alike = np.concatenate([DOSE[:60], np.zeros(60)])
    for question in Question:
        assert np.all(left(alike)[question][-1] > left()[question][-1])


def test_the_season_varies_a_priori_as_in_the_whole_model():
    """What the next day does not explain of its prior is the habit's, which is never narrower than its own."""
    habit = prior_of_habit(PRIOR, 3.0, 0.4, SPREAD)
    g = gradient(0.4, SPREAD, 57, 84)
    assert np.mean(g**2 @ np.square([PRIOR[0], habit, PRIOR[2]])) == pytest.approx(9.0)
    assert prior_of_habit(PRIOR, 0.1, 0.4, SPREAD) == PRIOR[1]
