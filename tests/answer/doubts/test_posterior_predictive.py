"""A diary that the model could not have written is told, and one that it could is left in peace."""

from dataclasses import replace

import numpy as np
import pytest

from backstride.answer.doubts.posterior_predictive import posterior_predictive
from backstride.answer.kinds import DoubtResult


def rated(series, pain):
    """The series with other ratings on the rated mornings."""
    pain = np.where(np.isnan(series.pain), np.nan, np.clip(pain, 0.0, 10.0))
    return replace(
        series,
        pain=pain,
        pain_lower=np.where(np.isnan(pain) | (pain <= 0), -np.inf, pain - 0.5),
        pain_upper=np.where(np.isnan(pain) | (pain >= 10), np.inf, pain + 0.5),
    )


def sundays(series):
    """A quiet back that hurts by 7 points more on one day of every week."""
    t = np.arange(len(series))
    return rated(series, np.where(t % 7 == 6, 9.0, 2.0))


def seesaw(series):
    """A good morning follows each bad one, and a bad one each good one."""
    return rated(series, np.where(np.arange(len(series)) % 2 == 0, 3.0, 6.0))


@pytest.mark.parametrize("odd", [sundays, seesaw])
def test_a_diary_that_the_model_could_not_have_written_fails(odd, person_series, asked):
    """Leaps on one weekday, or mornings that answer the one before with its opposite."""
    series = odd(person_series(1, days=120, pathways=False, effect_season=0.0))
    assert posterior_predictive(asked(series)).result is DoubtResult.FAIL


def test_ordinary_diaries_are_left_in_peace(person_series, asked):
    """Of six features at one in a hundred on either side, about one diary in twenty is called odd; seldom more."""
    people = [person_series(i, days=90, pathways=False, effect_season=-0.5) for i in range(10)]
    failed = [posterior_predictive(asked(series, draws=200)).result is DoubtResult.FAIL for series in people]
    assert sum(failed) <= 3
