"""Whether what runs do adds up day by day."""

from dataclasses import replace

import numpy as np
import pytest

from backstride.answer.run_sequence import (
    _days_since,
    effect_by_days_since,
    effect_of_breaks,
    effect_of_pairs,
    longest_break,
)


def lived(series, *, seed, alone=0.0, pair=0.0, stiff=0.0, slope=0.0, rest_if_bad=0.0):
    """Live a diary anew: points after a run, two days of runs, three of none, and for each day of none."""
    rng = np.random.default_rng(seed)
    days = 180
    noise, pain, dose = 0.0, np.zeros(days), np.zeros(days)
    for t in range(days):
        noise = 0.5 * noise + rng.normal(0.0, 0.8)
        ran = dose[max(t - 3, 0) : t] > 0.0
        is_break = len(ran) == 3 and not ran.any()
        since = np.argmax(np.append(dose[max(t - 5, 0) : t][::-1] > 0.0, True))
        felt = (
            4.0
            + slope * since
            + noise
            + alone * ran[-1:].sum()
            + pair * (ran[-2:].sum() == 2)
            + stiff * is_break
        )
        pain[t] = np.clip(np.round(felt), 0.0, 10.0)
        dose[t] = float(rng.uniform() < 0.5 - rest_if_bad * (pain[t] - 4.5))
    return replace(series, pain=pain, dose=dose)


def test_a_back_that_stiffens_in_breaks_is_seen(series):
    """The third morning without a run is higher, whatever single runs do."""
    found = [effect_of_breaks(lived(series, seed=i, stiff=2.0)) for i in range(12)]
    assert sum(f is not None and f.points > 0.0 for f in found) >= 9


def test_two_days_in_a_row_are_seen(series):
    """Only the second of two days of running hurts."""
    found = [effect_of_pairs(lived(series, seed=i, pair=2.5)) for i in range(12)]
    assert sum(f is not None and f.points > 0.0 for f in found) >= 10


def test_a_back_that_stiffens_day_by_day_is_seen(series):
    """Each day without a run adds half a point, up to two and a half: a week with runs is lower than one without."""
    found = [effect_by_days_since(lived(series, seed=i, slope=0.5), worthwhile=1.0) for i in range(12)]
    assert sum(f is not None and f.points < 0.0 for f in found) >= 9


@pytest.mark.parametrize("rest_if_bad", [0.0, 0.15])
def test_a_week_by_the_days_since_the_last_run_is_nothing_where_runs_do_nothing(series, rest_if_bad):
    """Whoever rests on bad days has more pain the longer the last run is ago, and earlier ratings allow for it."""
    days = [lived(series, seed=i, rest_if_bad=rest_if_bad) for i in range(40)]
    assert sum(effect_by_days_since(d, worthwhile=1.0) is not None for d in days) <= 2


def test_an_unknown_day_hides_how_long_ago_the_last_run_was():
    """Days since the last run are known as far back as the days are, and count to seven."""
    run = np.array([1.0, *[0.0] * 8, 1.0, 0.0, np.nan, 0.0, 0.0])
    found = np.nan_to_num(_days_since(run), nan=-1.0)
    assert found[1:].tolist() == [1, 2, 3, 4, 5, 6, 7, 7, 7, 1, 2, -1, -1]


@pytest.mark.parametrize("alone", [-1.0, 0.0, 1.5])
@pytest.mark.parametrize("rest_if_bad", [0.0, 0.15])
def test_runs_that_add_up_are_no_finding(series, alone, rest_if_bad):
    """One run does the same each time, and pain may decide who runs."""
    days = [lived(series, seed=i, alone=alone, rest_if_bad=rest_if_bad) for i in range(40)]
    assert sum(effect_of_breaks(d) is not None for d in days) <= 2
    assert sum(effect_of_pairs(d) is not None for d in days) <= 1


def test_a_short_diary_shows_nothing(series):
    """Without seven mornings of each kind nothing is asked."""
    short = replace(lived(series, seed=1, stiff=3.0), dose=np.ones(180))
    found = effect_of_breaks(short), effect_of_pairs(short), effect_by_days_since(short, worthwhile=1.0)
    assert found == (None, None, None)


def test_the_longest_break_counts_known_days(series):
    """A day of which nothing is known ends a break."""
    dose = np.array([1.0, 0.0, 0.0, np.nan, 0.0, 0.0, 0.0, 1.0, 0.0])
    assert longest_break(replace(series, dose=dose)) == 3
