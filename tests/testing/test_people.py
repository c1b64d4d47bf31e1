"""People with a known truth."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from backstride.core.days import diary_days
from backstride.errors import BadValue
from backstride.importers.folder import import_path
from backstride.testing.life import draw_noise, draw_schedule, live
from backstride.testing.parameters import WAYS, sample_parameters
from backstride.testing.people import Person, make_person, person_as_fit
from backstride.testing.truth import running_days, true_deltas, with_effect

MONDAY = date(2026, 1, 5)
TIERS = ("A-days", "A-weeks", "B", "C")


def person(**wishes) -> Person:
    """A person of seed 5 who differs only in what is wished."""
    return make_person(**{"seed": 5, "first_day": MONDAY, **wishes})


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize("effect", [-1.5, -0.5, 0.0, 1.0])
def test_the_true_season_effect_is_the_wished_one(tier, effect):
    """Whatever effect is wished for, the simulated person's true Delta_season is that effect."""
    assert person(effect_season=effect, tier=tier).truth.delta_season == pytest.approx(effect, abs=1e-3)


@pytest.mark.parametrize("question", ["week", "season"])
def test_the_parts_add_up(question):
    """Next day, habit and pathways together are the whole Delta."""
    truth = person().truth
    parts = getattr(truth, f"parts_{question}")
    assert sum(parts.values()) == pytest.approx(getattr(truth, f"delta_{question}"), abs=1e-12)
    assert len(parts) == 2 + len(WAYS)


def test_the_same_seed_makes_the_same_person():
    """Two people of one seed wrote the same records."""
    assert person().records == person().records


def test_another_seed_makes_another_person():
    """Two seeds differ."""
    assert person(seed=6).records != person(seed=7).records


def test_nothing_runs_through_pathways_where_none_is_wished():
    """Without pathways the next day and the habit carry the whole effect."""
    parts = person(pathways=False).truth.parts_season
    assert parts["next day"] + parts["habit"] == pytest.approx(-1.0, abs=1e-3)


def test_people_who_skip_run_on_better_mornings():
    """The mornings of run days hurt less than those of rest days."""
    life = person(effect_season=0.0, skip_on_bad_days=1.5, days=400).life
    ran = life.dose > 0
    assert life.deviation[ran].mean() < life.deviation[~ran].mean() - 0.5


def test_runs_are_as_many_as_wished():
    """Over two years the number of runs a week is near the wish."""
    runs = len(person(effect_season=0.0, days=728, runs_a_week=4.0).records.runs)
    assert runs / 104 == pytest.approx(4.0, abs=0.35)


def test_missing_check_ins_are_as_many_as_wished():
    """A third of the check-ins is missing where a third is wished missing."""
    assert len(person(missing=1 / 3, days=600).records.check_ins) == pytest.approx(400, abs=40)


def test_a_morning_person_rates_before_running():
    """In tier B every run day with a check-in is rated before the run."""
    records = person(tier="B").records
    days = diary_days(records, zone=person().zone)
    assert all(day.rated_before_run for day in days if day.runs and day.check_in is not None)


def test_a_person_looking_back_rates_after_running():
    """In tier C no run day is rated before the run, and nobody says what they mean to do."""
    records = person(tier="C").records
    days = diary_days(records, zone=person().zone)
    assert not any(day.rated_before_run for day in days)
    assert all(check_in.means_to_run is None for check_in in records.check_ins)


def test_long_runs_leave_sore_muscles():
    """In tier B both answers come up, and the morning after a day without a run is never a sore one."""
    check_ins = person(tier="B").records.check_ins[1:]
    assert {check_in.sore for check_in in check_ins} == {True, False}
    assert not any(check_in.sore for check_in in check_ins if not check_in.ran_yesterday)


def test_drawn_days_are_mostly_kept():
    """In tier A-days three of seven days are drawn for running and at least 60 % of the draws are kept."""
    life = person(tier="A-days", effect_season=0.0, days=364).life
    assert (life.drawn.reshape(-1, 7).sum(axis=1) == 3).all()
    assert ((life.dose > 0) == (life.drawn == 1)).mean() > 0.6


def test_drawn_weeks_come_in_pairs():
    """In tier A-weeks each pair of weeks holds one run week and one rest week."""
    weeks = person(tier="A-weeks", effect_season=0.0, days=364).life.drawn.reshape(-1, 2, 7).max(axis=2)
    assert (weeks.sum(axis=1) == 1.0).all()


def test_a_week_drawn_for_rest_is_no_running_week():
    """A run that slips into a drawn rest week does not count as running as usual."""
    life = person(tier="A-weeks", effect_season=0.0, days=112).life
    slipped = replace(life, dose=np.ones_like(life.dose))
    assert running_days(slipped).sum() == 28


def test_recovery_lowers_the_level_by_itself():
    """With recovery of 3 points the last weeks hurt about 3 points less, without any effect of running."""
    life = person(effect_season=0.0, recovery=3.0, days=200).life
    assert life.level[-1] - life.level[0] == pytest.approx(-3.0, abs=1.5)


def test_every_day_of_the_diary_is_covered():
    """A day without a run is a known rest day."""
    one = person()
    assert not any(day.is_missing for day in diary_days(one.records, zone=one.zone))
    assert one.records.covered[0].last_day == MONDAY + timedelta(days=179)


def test_runs_come_as_fit_files_too(tmp_path):
    """The FIT files of a person read back as the runs that were run, to the second."""
    one = person(days=30)
    for name, content in person_as_fit(one).items():
        (tmp_path / name).write_bytes(content)
    read = import_path(tmp_path, zone=one.zone).records.runs
    assert [(r.start, r.moving_s) for r in read] == [(r.start, r.moving_s) for r in one.records.runs]


@pytest.mark.parametrize(
    "wish",
    [{"days": 5}, {"missing": 1.0}, {"runs_a_week": 9.0}, {"rating_noise": -1.0}, {"effect_season": -9.0}],
    ids=lambda wish: next(iter(wish)),
)
def test_impossible_wishes_are_refused(wish):
    """A wish that nobody can fulfil is refused with advice."""
    with pytest.raises(BadValue, match=r"Ask for"):
        person(**wish)


def test_the_closed_form_is_what_living_on_brings():
    """Living 84 more days 4,000 times, with and without runs, gives Delta_season within 4 standard errors."""
    rng = np.random.default_rng(11)
    nature = sample_parameters(rng, skip_on_bad_days=0.8, rating_noise=0.6, runs_a_week=3.0, recovery=0.0)
    nature = with_effect(nature, strength=-1.5, pathways=True)
    life = live(nature, draw_noise(rng, days=60), np.full(60, np.nan), tier="B", first_weekday=0)
    truth = true_deltas(nature, life, first_weekday=0)
    seen = [lived_on(nature, life, dose, rng, times=4000) for dose in (truth.usual_dose, 0.0)]
    standard_error = np.hypot(*(arm.std() / np.sqrt(len(arm)) for arm in seen))
    assert seen[0].mean() - seen[1].mean() == pytest.approx(truth.delta_season, abs=4 * standard_error)


def lived_on(nature, life, dose, rng, *, times):
    """Mean rating on days 57..84 with `dose` a day, (times,): the story told once more, in plain steps."""
    d, mu, load = np.full(times, life.deviation[-1]), np.full(times, life.level[-1]), life.load[-1]
    m = np.tile(life.pathways[-1], (times, 1))
    total = np.zeros(times)
    for day in range(1, 85):
        load = load + (dose - load) / 28.0
        for k, way in enumerate(WAYS.values()):
            push = way.reach * (1 - way.carry) / 2 * (load + dose - 2 * nature.usual_dose)
            m[:, k] = way.carry * m[:, k] + push + way.daily_sd * rng.normal(size=times)
        now, habit = dose - nature.usual_dose, load - nature.usual_dose
        d = nature.carry * d + nature.beta_now * now + nature.beta_hab * habit + m @ nature.delta
        d = d + nature.weekday[(59 + day) % 7] + nature.daily_sd * rng.normal(size=times)
        mu = mu + nature.level_step_sd * rng.normal(size=times)
        if day >= 57:
            total += np.clip(np.rint(mu + d + nature.rating_sd * rng.normal(size=times)), 0, 10)
    return total / 28


def test_blocks_of_weeks_are_drawn_in_pairs():
    """Blocks of two weeks: each pair of blocks has one with runs in both of its weeks, and one without any."""
    for seed in range(20):
        rng = np.random.default_rng(seed)
        drawn = draw_schedule(rng, days=112, tier="A-weeks", runs_a_week=3.0, block_weeks=2)
        weeks = drawn.reshape(16, 7).sum(axis=1).reshape(4, 2, 2)
        assert np.array_equal(np.sort(weeks.min(axis=2), axis=1), [[0.0, 3.0]] * 4)
        assert np.array_equal(weeks.min(axis=2), weeks.max(axis=2))
