"""What is laid out beside pain: the habit of running, the habit of lengths, and what pain does by itself."""

import math

import numpy as np
import pytest

from backstride.model.data import length_habit, rhythm
from backstride.model.priors import RECOVERY_DAYS
from backstride.model.workspace import natural_course

RAN = np.array([0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 2.0, 0.0, 0.5])


def test_the_rhythm_tells_the_days_since_the_last_run():
    """Ran yesterday, in the last two, in the last three days: from known days alone, each less its mean."""
    columns = rhythm(np.tile(RAN, 4))[30:]
    ran = np.tile(RAN, 4) > 0
    for j, width in enumerate((1, 2, 3)):
        expected = np.array([ran[t - width : t].any() for t in range(30, 40)], dtype=float)
        apart = columns[:, j] - expected
        assert np.ptp(apart) < 1e-12
        assert np.ptp(expected) == 1.0


def test_the_rhythm_tells_the_share_of_days_run():
    """Of the last seven and of the last twenty-eight days, in days of three."""
    ran = np.random.default_rng(1).random(80) < np.linspace(0.1, 0.9, 80)
    columns = rhythm(np.where(ran, 1.3, 0.0))
    for j, width in ((3, 7), (4, 28)):
        expected = np.array([3.0 * ran[t - width : t].mean() for t in range(28, 80)])
        assert np.ptp(columns[28:, j] - expected) < 1e-12
    assert np.allclose(columns.mean(axis=0), 0.0)


def test_the_rhythm_of_a_day_does_not_know_that_day():
    """Another dose today changes no row up to today but by a constant, and it changes tomorrow's."""
    rested, ran = np.tile(RAN, 4), np.tile(RAN, 4)
    ran[35] = 1.0
    difference = rhythm(ran) - rhythm(rested)
    assert np.all(np.ptp(difference[28:36], axis=0) < 1e-12)
    assert difference[36, 0] - difference[35, 0] == pytest.approx(1.0)


def test_an_unknown_day_counts_as_the_share_of_days_run():
    """Neither a run nor a rest."""
    dose = np.array([1.0, 0.0, math.nan, 0.0, 1.0, 0.0])
    yesterday = rhythm(dose)[:, 0]
    assert yesterday[3] - yesterday[2] == pytest.approx(0.4)
    assert yesterday[1] - yesterday[3] == pytest.approx(0.6)


def test_the_habit_of_lengths_is_the_three_runs_before():
    """Their mean log length less that of all runs; 0 before the first, and today's own run is not in it."""
    found = length_habit(np.array([0.0, 1.0, 2.0, 0.0, 4.0, 8.0, math.nan, 1.0]))[:, 0]
    logs = np.log([1.0, 2.0, 4.0, 8.0, 1.0])
    expected = [
        logs[:1].mean(),
        logs[:2].mean(),
        logs[:2].mean(),
        logs[:3].mean(),
        logs[1:4].mean(),
        logs[1:4].mean(),
    ]
    assert found[:2] == pytest.approx([0.0, 0.0])
    assert found[2:] == pytest.approx(np.array(expected) - logs.mean())


def test_the_trend_of_lengths_has_a_line_and_a_curve():
    """Over the whole diary, and they do not stand for one another."""
    line, curve = length_habit(np.ones(101))[:, 1:].T
    assert (line[0], line[-1], curve[0], curve[50], curve[-1]) == pytest.approx((-1, 1, 1, -0.5, 1))
    assert abs(line @ curve) < 1e-9


def test_runs_never_recorded_have_no_habit_of_lengths():
    """Without a run, or with none known, nothing is told of how long runs are."""
    for dose in (np.zeros(5), np.full(5, math.nan)):
        assert np.all(length_habit(dose)[:, 0] == 0.0)


@pytest.mark.parametrize("curves", [3, 6, 7])
def test_the_natural_course_has_its_curves(data, curves):
    """Three fall from the first day, three from the first run, and a line goes from -1/2 to 1/2."""
    dose = np.where(np.arange(data.days) < 10, 0.0, data.dose)
    dose[10] = 1.0
    found, t = natural_course(data._replace(dose=dose), curves), np.arange(data.days)
    for j, days in enumerate(RECOVERY_DAYS):
        assert found[:, j] == pytest.approx(np.exp(-t / days))
        if curves > 3:
            assert np.all(found[:11, 3 + j] == 1.0)
            assert found[11:, 3 + j] == pytest.approx(np.exp(-(t[11:] - 10) / days))
    if curves == 7:
        assert found[:, 6] == pytest.approx(np.linspace(-0.5, 0.5, data.days))
    assert found.shape == (data.days, curves)
