"""The unmeasured cause: the first-order bias is the bias that a real hidden cause makes."""

import numpy as np
import pytest

from backstride.answer.doubts import unmeasured_cause as unmeasured_cause_module
from backstride.answer.doubts.paths import sample_paths
from backstride.answer.doubts.unmeasured_cause import (
    bias_at_full_correlation,
    coefficient_bias,
    decided_by_chance,
    hiding,
    tipping_point,
    unmeasured_cause,
)
from backstride.answer.kinds import DoubtResult, Question, TierLetter, Verdict
from backstride.model.fit import Settings, fit
from backstride.report.doubts import number_sentences


def lean_of_beta_now(person_with_cause, people, rho):
    """Mean beta_now of people with a hidden cause of this rho, and the mean bias foretold for rho = 1."""
    found = []
    for i in range(people):
        data = person_with_cause(i, rho=rho)
        posterior = fit(data, settings=Settings(seed=i, chains=2, warmup=250, draws=350))
        told = coefficient_bias(posterior, data, sample_paths(posterior, data))[:, 0].mean()
        found.append((posterior.of("beta_now").mean(), told))
    return np.mean(found, axis=0)


def test_a_hidden_cause_leans_as_foretold(person_with_cause):
    """With rho = -0.4 in place of 0, the same people's next-day effect moves by -0.4 times the bias."""
    plain, told = lean_of_beta_now(person_with_cause, 8, 0.0)
    leaning, _ = lean_of_beta_now(person_with_cause, 8, -0.4)
    assert leaning - plain == pytest.approx(-0.4 * told, rel=0.4)


def test_the_prior_holds_the_bias_back_by_its_variance(person_series, asked):
    """Where the prior is far narrower than the records could tell, half of its sd leaves a quarter of the bias."""
    case = asked(person_series(2, days=60, pathways=False), draws=50)
    paths = sample_paths(case.posterior, case.design.data)

    def bias(sd: float) -> float:
        priors = case.posterior.priors._replace(beta_now=sd)
        return coefficient_bias(case.posterior._replace(priors=priors), case.design.data, paths)[:, 0].mean()

    assert bias(0.005) / bias(0.0025) == pytest.approx(4.0, rel=0.02)


def tied_to_flares(paths, log_ratio):
    """The paths, with runs that bring flares or keep them away by so much."""
    rows = paths.rows.copy()
    rows[:, paths.columns.of("log_ratio")] = log_ratio
    return paths._replace(rows=rows)


@pytest.mark.parametrize("log_ratio", [-0.5, 0.0, 0.5])
def test_no_bias_no_slope(monkeypatch, person_series, asked, log_ratio):
    """Where no coefficient is off, no effect is: what runs do to flares is not the hidden cause's."""
    case = asked(person_series(2, days=60, pathways=False), draws=50)
    paths = tied_to_flares(sample_paths(case.posterior, case.design.data), log_ratio)
    nothing = np.zeros((len(paths.rows), 3))
    monkeypatch.setattr(unmeasured_cause_module, "coefficient_bias", lambda *_: nothing)
    assert bias_at_full_correlation(case, paths) == dict.fromkeys(Question, 0.0)


def test_the_slope_of_next_days_bias_is_its_dose(monkeypatch, person_series, asked):
    """A week whose beta_now is off by b, far from floor and ceiling and without carry-over, is off by b x dose."""
    case = asked(person_series(2, days=60, pathways=False), draws=50)
    paths = sample_paths(case.posterior, case.design.data)
    rows = paths.rows.copy()
    for name, value in {
        "phi": 0.0,
        "mu_usual": 5.0,
        "s_eta": 0.3,
        "s_y": 0.3,
        "s_mu": 0.01,
        "flare_size": 0.5,
    }.items():
        rows[:, paths.columns.of(name)] = value
    for name in ("beta_now", "beta_second", "beta_hab"):
        rows[:, paths.columns.of(name)] = 0.0
    bias = np.zeros((len(rows), 3))
    bias[:, 0] = -0.4
    monkeypatch.setattr(unmeasured_cause_module, "coefficient_bias", lambda *_: bias)
    found = bias_at_full_correlation(case, paths._replace(rows=rows))[Question.WEEK]
    assert found == pytest.approx(-0.4 * case.design.usual_dose, rel=0.1)


@pytest.mark.slow
@pytest.mark.parametrize("rho", [-0.3, 0.3])
def test_the_foretold_lean_is_close(person_with_cause, rho):
    """Over 60 people the lean is the foretold one within a quarter of it."""
    plain, told = lean_of_beta_now(person_with_cause, 60, 0.0)
    leaning, _ = lean_of_beta_now(person_with_cause, 60, rho)
    assert leaning - plain == pytest.approx(rho * told, rel=0.25)


def test_the_overturning_rho_takes_the_last_five_percent_away():
    """A Delta of -1 with sd 0.3 is sure until it moves by 0.41, which a bias of 2 points makes at rho 0.2."""
    total = np.random.default_rng(1).normal(-1.0, 0.3, 100_000)
    assert tipping_point(total, -1, 2.0) == pytest.approx((0.9 - 1.645 * 0.3) / 2.0, abs=0.01)
    assert tipping_point(-total, 1, -2.0) == pytest.approx(tipping_point(total, -1, 2.0), abs=1e-9)
    assert tipping_point(total, -1, 0.0) == 1.0
    assert tipping_point(total, 1, 2.0) == 0.0


def test_a_change_that_matters_can_hide_behind_no_difference():
    """A Delta of 0 with sd 0.3 is within 1 as surely as asked until it moves by 1 - 1.282 sd."""
    total = np.random.default_rng(1).normal(0.0, 0.3, 100_000)
    assert hiding(total, 1.0, 2.0) == pytest.approx((1.0 - 1.282 * 0.3) / 2.0, abs=0.02)
    assert hiding(total, 1.0, 0.0) == 1.0


def judged(case, shift):
    """The doubt when both Deltas are surely `shift` beyond 0."""
    moved = {
        question: found._replace(
            posterior=found.posterior._replace(
                total=shift + 0.01 * np.random.default_rng(1).normal(size=len(found.posterior.total))
            )
        )
        for question, found in case.deltas.items()
    }
    drawn = dict.fromkeys(Question, TierLetter.RANDOMISED)
    case = case._replace(deltas=moved, said=dict.fromkeys(Question, Verdict.HELPS_A_LITTLE), tiers=drawn)
    return unmeasured_cause(case, sample_paths(case.posterior, case.design.data))


@pytest.mark.parametrize(("shift", "result"), [(-0.15, DoubtResult.FAIL), (-1.5, DoubtResult.PASS)])
def test_a_hair_falls_and_a_wide_gap_stands(person_series, asked, shift, result):
    """A claim that hardly leaves 0 falls to a weak hidden cause; one far from 0 only to a strong one."""
    assert judged(asked(person_series(2, pathways=False), draws=100), shift).result is result


@pytest.mark.parametrize(
    ("letter", "said"),
    [(TierLetter.RANDOMISED, "what the draw leaves open"), (TierLetter.MORNING_FIRST, "why you run")],
)
def test_where_chance_drew_a_cause_has_a_say_in_the_rest_alone(person_series, asked, claim, letter, said):
    """Nothing hidden explains why chance drew a run."""
    case = claim(asked(person_series(2, pathways=False), draws=50), -1)
    case = case._replace(tiers=dict.fromkeys(Question, letter))
    doubt = unmeasured_cause(case, sample_paths(case.posterior, case.design.data))
    words = " ".join(number_sentences(doubt))
    assert said in words
    assert ("what the draw" in words) != ("why you run" in words)


@pytest.mark.parametrize(("broken", "left"), [([], 0), ([5], 10)])
def test_a_draw_that_was_always_kept_leaves_nothing_open(person_series, asked, broken, left):
    """Where it was broken on one day, each drawn day may have been kept for a reason."""
    data = asked(person_series(2, days=60, pathways=False), draws=50).design.data
    drawn = np.full(data.days, np.nan)
    drawn[:10] = (np.nan_to_num(data.dose[:10]) > 0.0).astype(float)
    drawn[broken] = 1.0 - drawn[broken]
    dose = np.nan_to_num(data.dose)
    assert np.sum(~decided_by_chance(data._replace(drawn=drawn, dose=dose))[:10]) == left


def test_no_claim_no_judgement(person_series, asked, claim):
    """Where no direction is claimed nothing can be overturned."""
    case = claim(asked(person_series(2, days=60, pathways=False), draws=100), 0)
    doubt = unmeasured_cause(case, sample_paths(case.posterior, case.design.data))
    assert doubt.result is DoubtResult.INFORMS
    assert "times_morning_pain" not in doubt.numbers


def test_a_season_of_own_days_is_never_fine(person_series, asked, claim):
    """What lasts for weeks need not be strong on any day: the check measures causes that are new each day."""
    case = claim(asked(person_series(2, pathways=False), draws=100), -1)
    case = case._replace(tiers=dict.fromkeys(Question, TierLetter.MORNING_FIRST))
    doubt = unmeasured_cause(case, sample_paths(case.posterior, case.design.data))
    assert doubt.result is not DoubtResult.PASS
    assert doubt.numbers["lasting_cause"] == 1.0
    assert "share_season" not in doubt.numbers
