"""How the minutes of a run count: alike, by root, as they are, by their square or cube."""

from dataclasses import replace

import numpy as np
import pytest

from backstride.answer import run_form as module
from backstride.answer.design import design
from backstride.answer.run_form import RunForm, run_form

LONG = 45 / 30
POWER_OF = {"any run": 0.0, "minutes": 1.0, "long runs": 3.0, "nothing": 1.0}


def lived(series, what, *, seed=3):
    """Live a diary anew, with runs of 15 to 90 minutes on days that a coin picks."""
    rng = np.random.default_rng(seed)
    days = len(series)
    minutes = np.exp(rng.normal(np.log(35.0), 0.5, days)).clip(15.0, 90.0)
    dose = np.where(rng.uniform(size=days) < 0.45, minutes / 30.0, 0.0)
    work = {
        "any run": dose > 0.0,
        "minutes": 0.7 * dose,
        "long runs": 2.0 * (dose > LONG),
        "nothing": 0.0 * dose,
    }
    felt = np.zeros(days)
    for t in range(1, days):
        felt[t] = 0.5 * felt[t - 1] + 1.3 * float(work[what][t - 1]) + rng.normal(0.0, 0.7)
    pain = np.round(4.0 + felt).clip(0.0, 10.0)
    interval = {"pain_lower": pain - 0.5, "pain_upper": pain + 0.5}
    return replace(series, pain=pain, dose=dose, **interval)


def power_of(series):
    """The chosen power, with all days as running weeks."""
    return run_form(series, np.ones(len(series), dtype=bool)).power


@pytest.mark.parametrize("what", POWER_OF)
def test_minutes_count_as_they_worked(series, what):
    """Any run alike, by the minute, or long runs alone; by the minute where nothing is seen."""
    assert power_of(lived(series, what)) == POWER_OF[what]


def test_no_power_is_found_by_chance_in_more_than_one_diary_of_twenty(series):
    """Of 60 diaries in which minutes count as they are."""
    found = [power_of(lived(series, "minutes", seed=seed)) for seed in range(60)]
    assert sum(power != 1.0 for power in found) <= 3


def test_one_long_race_decides_nothing(series):
    """Five hours once, and a bad morning after it."""
    base = lived(series, "nothing")
    race = int(np.flatnonzero(base.dose > 0.0)[20])
    dose, pain = base.dose.copy(), base.pain.copy()
    dose[race], pain[race + 1] = 10.0, 10.0
    assert power_of(replace(base, dose=dose, pain=pain)) == 1.0


@pytest.mark.parametrize(("races", "counted"), [(1, 3.0), (12, 10.0)])
@pytest.mark.parametrize("power", [1.0, 2.0, 3.0])
def test_a_race_weighs_as_three_usual_runs_at_most(series, monkeypatch, power, races, counted):
    """Five hours once count as three runs; whoever runs for five hours each fortnight is asked about that."""
    monkeypatch.setattr(module, "_power", lambda _series: power)
    dose = np.where(np.arange(len(series)) % 2 == 0, 1.0, 0.0)
    dose[np.flatnonzero(dose)[3 : 3 + races]] = 10.0
    form = run_form(replace(series, dose=dose), np.ones(len(series), dtype=bool))
    assert form.of(dose).max() == pytest.approx(form.scale * (counted if races == 1 else counted**power))


def test_lengths_that_grow_with_time_decide_nothing(series):
    """Runs get longer while the back heals: long runs would seem the mild ones."""
    base = lived(series, "any run")
    ladder = np.where(base.dose > 0.0, 0.5 + 1.5 * np.arange(len(base)) / len(base), 0.0)
    assert power_of(replace(base, dose=ladder)) == 1.0


def test_runs_as_usual_are_as_many_minutes_in_every_form(series):
    """The running weeks keep their mean; rest stays rest and what is not known stays unknown."""
    ready = design(lived(series, "any run"))
    assert ready.form.power == 0.0
    plain = np.nan_to_num(ready.recorded.dose)
    usual = ready.data.usual > 0.0
    assert ready.usual_dose == pytest.approx(plain[usual].mean())
    assert np.all((ready.series.dose == 0.0) == (plain == 0.0))
    assert np.isnan(RunForm(0.0, 2.0).of(np.array([np.nan]))).all()
