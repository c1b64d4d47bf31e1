"""Calibration: a right posterior passes, a wrong one is found out, and the two simulators do what they say."""

import json
import xml.etree.ElementTree as ET
from argparse import Namespace

import numpy as np
import pytest

from backstride.answer import panel
from backstride.model.data import checked, rhythm
from backstride.model.effect import Draws, contrast


def ranks_of(program, sd):
    """Ranks of 600 truths, N(0, 1), seen once with noise 1: the posterior is N(y / 2, 1 / 2), or has another sd."""
    ranks, rng = program("calibration.ranks"), np.random.default_rng(4)
    truth = rng.standard_normal(600)
    seen = truth + rng.standard_normal(600)
    draws = seen[:, None] / 2 + sd * rng.standard_normal((600, 200))
    return np.array([ranks.rank(d, t, rng) for d, t in zip(draws, truth, strict=True)])


def test_a_right_posterior_has_uniform_ranks(program):
    """Exact draws pass the chi-square test, and their curve stays in its band."""
    ranks = program("calibration.ranks")
    found = ranks_of(program, sd=0.5**0.5)
    assert ranks.uniformity_p(found) > 0.01
    assert np.all(np.abs(ranks.ecdf_difference(found)) <= ranks.band(600) + 1e-12)


@pytest.mark.parametrize("factor", [0.75, 1.35])
def test_a_wrong_posterior_is_found_out(program, factor):
    """Draws a quarter too narrow, or a third too wide, fail both."""
    ranks = program("calibration.ranks")
    found = ranks_of(program, sd=factor * 0.5**0.5)
    assert ranks.uniformity_p(found) < 0.001
    assert np.any(np.abs(ranks.ecdf_difference(found)) > ranks.band(600))


def test_the_chi_square_has_its_level(program):
    """Of uniform ranks, one in ten has p < 0.1."""
    ranks, rng = program("calibration.ranks"), np.random.default_rng(8)
    p = [ranks.uniformity_p(rng.integers(0, ranks.DRAWS + 1, 500)) for _ in range(1000)]
    assert abs(np.mean(np.array(p) < 0.1) - 0.1) < 4 * (0.09 / 1000) ** 0.5


@pytest.fixture
def prior_person(program):
    """One person drawn from the priors."""
    return program("calibration.prior_people").prior_people(np.random.default_rng(5), 2)[1]


def test_people_of_the_prior_can_be_fitted(prior_person):
    """Their records are the model's own, and the mean of their known doses is the centre they lived with."""
    assert checked(prior_person.data) is prior_person.data
    known = prior_person.data.dose[~np.isnan(prior_person.data.dose)]
    assert known.mean() == pytest.approx(prior_person.mean_dose)
    assert np.isfinite(list(prior_person.truth.values())).all()


@pytest.mark.parametrize("question", ["week", "season"])
def test_the_plain_effect_is_the_engines(program, prior_person, question):
    """Both ways of computing a Delta and its parts agree to rounding."""
    used, t = program("calibration.prior_people").USED, prior_person.truth
    state, last = ("usual", 7) if question == "week" else ("last", 84)
    head = [t[n] for n in ("phi", "s_eta", "s_mu", "s_y", "beta_now", "beta_hab", f"mu_{state}")]
    head += [0.0 if state == "usual" else t["d_last"], t[f"C_{state}"], t["tau"], t["flare_size"]]
    head += [
        t[n]
        for n in ("log_onset", "log_ratio", "ends", f"flare_{state}", f"A_{state}", "delay", "beta_second")
    ]
    body = [t[f"{n}[{k}]"] for k in used for n in ("delta", "a", "b", "c", "phi_m", "s", f"m_{state}")]
    draws = Draws(np.array([head + body]), prior_person.mean_dose, 0.7)
    mornings = (1, 7) if question == "week" else (57, 84)
    engine = contrast(draws, np.full(last, prior_person.mean_dose), np.zeros(last), mornings=mornings)
    plain = program("calibration.plain_effect").effects(t, used, prior_person.mean_dose, 0.7)
    assert plain[question] == pytest.approx(engine.total[0], abs=1e-9)
    parts = [plain[f"{question}: {way}"] for way in ("next day", "habit", *used, "flares")]
    assert parts == pytest.approx(engine.parts[0], abs=1e-9)


def test_ties_with_the_truth_are_broken_by_lot(program):
    """Of a quantity with five values the ranks are uniform all the same."""
    ranks, rng = program("calibration.ranks"), np.random.default_rng(9)
    draws, truth = rng.integers(0, 5, (600, 200)), rng.integers(0, 5, 600)
    found = np.array([ranks.rank(d, t, rng) for d, t in zip(draws, truth, strict=True)])
    assert ranks.uniformity_p(found) > 0.01


def test_the_habit_of_runs_is_the_products_but_for_its_centre(prior_person):
    """Laid out day by day it differs from the product's, which knows all days, by a constant where all are known."""
    dose, mine = prior_person.data.dose, prior_person.data.rhythm
    theirs, known = rhythm(dose), ~np.isnan(dose)
    for column, width in enumerate((1, 2, 3, 7)):
        days = [t for t in range(width, len(dose)) if known[t - width : t].all()]
        assert len(days) > 20
        assert np.ptp(mine[days, column]) > 0.1
        assert np.ptp(mine[days, column] - theirs[days, column]) < 1e-9


@pytest.mark.parametrize("oddity", [{}, {"saturates": True}, {"from_peak": True}, {"heavy_tails": True}])
def test_a_runner_has_the_effect_that_was_asked_for(program, oddity):
    """The search ends at the season's effect, with other chance in the future too."""
    lives, truth = program("calibration.lives"), program("calibration.lived_truth")
    lived = truth.lived_with(
        np.random.default_rng(2),
        season=-1.0,
        days=84,
        tier="B",
        oddity=lives.Oddity(**oddity),
        first_weekday=0,
    )
    assert abs(lived.season + 1.0) < truth.CLOSE_ENOUGH
    again = truth.true_deltas(lived.person, lived.life, np.random.default_rng(77))
    assert again == pytest.approx((lived.week, lived.season), abs=0.2)


def test_people_skip_runs_when_it_hurts(program):
    """Without any effect, run days have lower pain; the usual comparison therefore says 'helps'."""
    lives, usual = program("calibration.lives"), program("calibration.usual_ways")
    rng, z = np.random.default_rng(5), []
    for _ in range(20):
        person = lives.draw_runner(rng, lives.Oddity())
        life = lives.live(person, lives.draw_chance(rng, person, days=168, tier="B"), first_weekday=0)
        z.append(usual.usual_ways(np.clip(np.round(life.pain), 0, 10), life.dose))
    assert np.mean([usual.says(way["run days"]) == "helps" for way in z]) > 0.5
    assert np.mean([usual.says(way["lagged regression"]) == "helps" for way in z]) < 0.5


def test_a_common_cause_moves_both(program):
    """Under stress there is more pain and less running."""
    lives = program("calibration.lives")
    rng = np.random.default_rng(6)
    person = lives.draw_runner(rng, lives.Oddity(stress=0.8))
    life = lives.live(person, lives.draw_chance(rng, person, days=2000, tier="B"), first_weekday=0)
    assert np.corrcoef(life.stress, life.deviation)[0, 1] > 0.2
    assert life.stress[life.dose > 0].mean() < life.stress[life.dose == 0].mean() - 0.2


def test_the_usual_ways_find_what_is_plain_to_see(program):
    """A step down when running begins, and less pain on mornings after runs."""
    usual, rng = program("calibration.usual_ways"), np.random.default_rng(9)
    dose = np.where(np.arange(100) >= 40, rng.integers(0, 2, 100), 0).astype(float)
    pain = 5 - 2.0 * (np.arange(100) >= 40) + 0.5 * rng.standard_normal(100)
    assert usual.says(usual.usual_ways(pain, dose)["pre/post"]) == "helps"
    pain = 5 + np.append(0, 1.5 * dose[:-1]) + 0.5 * rng.standard_normal(100)
    found = usual.usual_ways(pain, dose)
    assert [usual.says(found[way]) for way in ("next morning", "lagged regression")] == ["harms", "harms"]


def test_a_run_that_was_cut_off_goes_on(program, tmp_path):
    """Whole lines count, half a line does not, and what is done is not done again."""
    store = program("calibration.store")
    path = tmp_path / "rows.jsonl"
    path.write_text('{"key": "a", "n": 1}\n{"key": "b", "n"')
    kept = store.Store(path)
    assert kept.rows == {"a": {"key": "a", "n": 1}}
    tasks = [(key, json.dumps([{"key": key, "n": 2}])) for key in "abc"]
    store.work_off(kept, tasks, json.loads, workers=1, tell=print)
    assert {key: row["n"] for key, row in store.Store(path).rows.items()} == {"a": 1, "b": 2, "c": 2}


@pytest.fixture
def small(program, monkeypatch):
    """The two kinds of work with few draws."""
    asked = program("calibration.asked")
    monkeypatch.setattr(panel, "DRAWS", (60,))
    monkeypatch.setattr(asked, "RANKS", {"chains": 2, "warmup": 50, "draws": 250})
    return program("calibration.jobs")


def test_a_small_calibration_fills_its_page(program, small, tmp_path):
    """People of the prior and a few runners give every table, and both pictures are sound XML."""
    prior = small.rank_people((1, 0, 3))
    wanted = [("B", 0.0, 84), ("A-weeks", 1.0, 84), ("C", 0.0, 84)]
    told = [small.ask_person((*cell, "nothing odd", 1, i))[0] for cell in wanted for i in range(2)]
    told += small.ask_person(("B", 0.0, 168, "began at a peak", 1, 0))
    args = Namespace(people=2, seed=1, workers=1, out=tmp_path)
    program("calibrate").write(prior, told, args, 1.0)
    page = (tmp_path / "calibration.md").read_text()
    headings = (
        "## The bar",
        "## Is the posterior right?",
        "## What is said to whom",
        "## Where the model is wrong",
    )
    assert [h for h in headings if h not in page] == []
    assert "| C | 84 | 0 | 2 | 100 | +0.00 |" in page
    for picture in ("calibration-ranks.svg", "calibration-false-helps.svg"):
        assert ET.parse(tmp_path / picture).getroot().tag.endswith("svg")


def test_looking_back_is_never_told_helps(small):
    """Tier C: can't tell, fitted or not."""
    for number in (0, small.FITTED_LOOKING_BACK):
        row = small.ask_person(("C", -1.5, 84, "nothing odd", 1, number))[0]
        assert set(row["verdict"].values()) == {"can't tell yet"}
        assert ("said" in row) == (number == 0)


def test_the_table_is_as_large_as_it_must_be(small):
    """At least 500 people in each null and harm cell, 200 elsewhere, all tiers and lengths."""
    cells = dict(small.table_cells(10_000))
    assert {(c.tier, c.effect, c.days) for c in cells} == {
        (t, e, d) for t in ("A-days", "A-weeks", "B", "C") for e in (0.0, 1.0, -0.5, -1.5) for d in (84, 168)
    }
    assert all(n >= (500 if c.effect >= 0 else 200) for c, n in cells.items())
