"""Both Deltas of one fit: which mornings, from where, against which prior."""

from dataclasses import replace

import numpy as np
import pytest

from backstride.answer.deltas import delta, deltas, rows_of, standard_effects
from backstride.answer.kinds import Question
from backstride.answer.other_priors import STANDARD_MINUTES
from backstride.diary.series import MINUTES_A_UNIT_OF_DOSE
from backstride.model.effect import USUAL_RUN_SHARE, contrast
from backstride.model.effect_columns import BETA_NOW, MU, S_ETA


@pytest.mark.parametrize(("question", "first", "last"), [(Question.WEEK, 1, 7), (Question.SEASON, 57, 84)])
def test_a_delta_is_the_mean_over_its_mornings(fitted, question, first, last):
    """It equals the mean of the contrasts of each of those mornings alone."""
    rows, dose = rows_of(question, fitted.posterior, fitted.design), fitted.design.usual_dose
    rows = rows._replace(rows=rows.rows[::200])
    each = [
        contrast(rows, np.full(last, dose), np.zeros(last), mornings=(day, day)).total
        for day in range(first, last + 1)
    ]
    assert np.allclose(delta(question, rows, dose).total, np.mean(each, axis=0))


@pytest.mark.parametrize(("days", "share"), [(4.0, 4 / 7), (0.0, USUAL_RUN_SHARE)])
def test_runs_fall_on_as_many_days_as_the_person_runs(fitted, days, share):
    """Three a week where nobody knows how many."""
    ready = replace(fitted.design, usual_run_days=days)
    assert rows_of(Question.WEEK, fitted.posterior, ready).run_share == pytest.approx(share)


def test_the_prior_is_drawn_of_the_effect_alone(fitted):
    """Level and noise stay the person's own, and the same draws serve both questions."""
    both = deltas(fitted.posterior, fitted.design)
    week, season = (both[question] for question in Question)
    for column in (MU, S_ETA):
        assert np.array_equal(week.before.rows[:, column], week.rows.rows[:, column])
    assert np.array_equal(week.before.rows[:, BETA_NOW], season.before.rows[:, BETA_NOW])
    assert not np.array_equal(week.before.rows[:, BETA_NOW], week.rows.rows[:, BETA_NOW])


def test_the_standard_effect_is_that_of_ninety_minutes(fitted):
    """Before floor and ceiling, worked out for that dose itself."""
    both, usual = deltas(fitted.posterior, fitted.design), fitted.design.usual_dose
    dose = STANDARD_MINUTES / MINUTES_A_UNIT_OF_DOSE / 7.0
    found, _ = standard_effects(both, usual)
    assert np.allclose(found, delta(Question.SEASON, both[Question.SEASON].rows, dose).latent)
