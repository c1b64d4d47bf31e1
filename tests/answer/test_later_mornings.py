"""What one run does to the next three mornings, each by itself."""

from dataclasses import replace

import numpy as np
import pytest

from backstride.answer.later_mornings import SURE_SE, _fit, later_mornings
from backstride.answer.least_squares import least_squares


def lived(series, pushes, *, seed, bad_days_rest=0.0, strain=0.0):
    """Live a diary anew: runs every other day or so; what each does to the coming mornings, points."""
    rng = np.random.default_rng(seed)
    noise, pain, run = 0.0, np.zeros(len(series)), np.zeros(len(series))
    for t, day in enumerate(series.days):
        noise = 0.4 * noise + rng.normal(0.0, 0.6)
        carried = sum(push * run[t - k] for k, push in enumerate(pushes, start=1) if t >= k)
        at_work = strain if day.day.weekday() < 5 else 0.0
        pain[t] = np.clip(np.round(4.0 + noise + carried + at_work), 0.0, 10.0)
        likely = (0.1 if t and run[t - 1] else 0.8) - bad_days_rest * (pain[t] - 4.0)
        if strain:
            likely = 0.7 if day.day.weekday() >= 5 else 0.1
        run[t] = float(rng.uniform() < likely)
    return replace(series, pain=pain, dose=run)


def shares_beyond(lives, way):
    """Return the share of lives in which the three mornings bear a side out."""
    found = [later_mornings(life) for life in lives]
    return np.mean([way * one.total > SURE_SE * one.error for one in found])


@pytest.mark.parametrize("pushes", [(1.5,), (0.0, 1.5), (1.0, -2.0), (-1.0, 0.5)])
def test_each_morning_gets_its_own_push(series, pushes):
    """Over twenty lives the means lie at what was lived, also where the second morning turns the first round."""
    found = [later_mornings(lived(series, pushes, seed=n)) for n in range(20)]
    assert np.mean([one.next for one in found]) == pytest.approx(pushes[0], abs=0.25)
    assert np.mean([one.later for one in found]) == pytest.approx(sum(pushes[1:3]), abs=0.35)


def test_what_comes_on_the_second_morning_is_no_help(series):
    """Sore on the second morning, with a run every other day: no life of thirty bears less pain out."""
    assert shares_beyond((lived(series, (0.0, 1.5), seed=n) for n in range(30)), -1) == 0.0


def test_soreness_of_the_second_and_third_morning_is_not_hidden_by_rests(series):
    """No two runs on end: what earlier runs do to a rest day's morning is not read as the work of that rest."""
    found = [later_mornings(lived(series, (0.0, 2.2, 1.7), seed=n)) for n in range(20)]
    assert np.mean([one.total for one in found]) == pytest.approx(3.9, abs=0.4)
    assert not any(one.bear_out(0, run_days=3.0, worthwhile=1.0) for one in found)


@pytest.mark.parametrize("bad_days_rest", [0.0, 0.15])
def test_a_plain_effect_is_borne_out(series, bad_days_rest):
    """Also where bad mornings are mornings without a run."""
    lives = (lived(series, (-1.5, -0.5), seed=n, bad_days_rest=bad_days_rest) for n in range(20))
    assert shares_beyond(lives, -1) == 1.0


def test_the_week_of_work_is_no_work_of_the_weekend_runs(series):
    """Three points more on working days, runs at weekends that do nothing: by chance one life of ten bears a side."""
    assert shares_beyond((lived(series, (), seed=n, strain=3.0) for n in range(60)), -1) <= 0.15


def test_the_standard_error_is_that_of_many_lives(series):
    """The three mornings together vary from life to life by what one life says, within a quarter."""
    found = [later_mornings(lived(series, (-1.0,), seed=n)) for n in range(60)]
    assert np.std([one.total for one in found]) == pytest.approx(
        np.mean([one.error for one in found]), rel=0.25
    )


def test_weekdays_are_allowed_for_by_chance_in_one_diary_of_a_hundred():
    """Of 27 days, where a cut for long diaries would let one in fourteen through."""
    rng = np.random.default_rng(3)
    day = np.arange(27) % 7
    weekday = np.where(day[:, None] == 6, -1.0, (day[:, None] == np.arange(6)).astype(float))
    columns = np.column_stack([np.ones(27), rng.integers(0, 2, 27).astype(float)])
    plain = least_squares(columns, np.zeros(27)).weights[1]
    taken = [not np.allclose(_fit(columns, rng.normal(size=27), weekday)[1], plain) for _ in range(2000)]
    assert 0.004 < np.mean(taken) < 0.018


def test_too_few_mornings_say_nothing(series):
    """Seven runs are too few, and so are days of which nobody knows whether there was a run."""
    life = lived(series, (2.0,), seed=1)
    few = np.where(np.cumsum(life.dose) > 7.0, 0.0, life.dose)
    assert later_mornings(replace(life, dose=few)) is None
    assert later_mornings(replace(life, dose=np.full(len(few), np.nan))) is None
