"""Checks that look at the records another way: a claim that is lost is told, and one that holds is left in peace."""

from dataclasses import replace

import numpy as np
import pytest

from backstride.answer.doubts.case import totals_of
from backstride.answer.doubts.decision_model import decision_model
from backstride.answer.doubts.dose_lag import dose_lag
from backstride.answer.doubts.natural_course import natural_course
from backstride.answer.doubts.prior_sensitivity import prior_sensitivity
from backstride.answer.doubts.recorded_causes import recorded_causes
from backstride.answer.kinds import DoubtResult, Question, Verdict
from backstride.answer.other_priors import STANDARD_MINUTES
from backstride.diary.series import MINUTES_A_UNIT_OF_DOSE

CHECKS = [natural_course, prior_sensitivity]


def only(case, result):
    """The case, whose every other fit comes out as `result`."""
    return case._replace(
        refit=lambda *_what: totals_of(result.deltas), under=lambda _row: totals_of(result.deltas)
    )


@pytest.fixture(scope="module")
def quick(person_series, asked):
    """A person of whom much is known."""
    return asked(person_series(2, effect_season=-2.0, days=120, skip_on_bad_days=0.3, pathways=False))


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize(("first", "again"), [(-1, 0), (1, 0), (-1, 1), (None, 0), (None, 1)])
def test_a_claim_that_is_lost_or_turned_fails(check, first, again, quick, claim):
    """Whatever the other fit says instead; a claim of no difference is lost to any other."""
    case = only(claim(quick, first), claim(quick, again))
    assert check(case).result is DoubtResult.FAIL


@pytest.mark.parametrize("way", [-1, 1, None])
def test_a_claim_that_holds_passes(way, quick, claim):
    """The same claim again."""
    assert natural_course(only(claim(quick, way), claim(quick, way))).result is DoubtResult.PASS


@pytest.mark.parametrize("check", CHECKS)
def test_no_claim_has_nothing_to_lose(check, quick, claim):
    """Nothing is fitted again, and nothing is called fine."""
    case = claim(quick, 0)  # its other fits raise
    assert check(case).result in {DoubtResult.INFORMS, DoubtResult.NOT_RUN}


@pytest.mark.parametrize(("season", "result"), [(-9.0, DoubtResult.PASS), (-1.2, DoubtResult.FAIL)])
def test_a_sceptic_whom_no_draw_reaches_is_asked_by_moving_the_draws(quick, claim, season, result):
    """Far from his prior the claim is held against a normal approximation, and is not called fine unasked."""
    case = only(claim(quick, -1), claim(quick, -1))
    few = tuple(view._replace(effective=3.0) for view in case.views)
    rng = np.random.default_rng(1)
    at = season + 0.8 * rng.standard_normal(len(case.deltas[Question.SEASON].posterior.latent))
    found = case.deltas[Question.SEASON]
    # the effect and the Delta are one: at these draws, and far enough for the sceptic to pull on them
    posterior = found.posterior._replace(total=at)
    times = STANDARD_MINUTES / MINUTES_A_UNIT_OF_DOSE / 7.0 / case.design.usual_dose
    implied = found.prior._replace(latent=2.0 * rng.standard_normal(4000) / times)
    delta = found._replace(posterior=posterior._replace(latent=at / times), prior=implied)
    case = case._replace(
        views=few, deltas=case.deltas | {Question.SEASON: delta}, said={Question.SEASON: Verdict.HELPS}
    )
    doubt = prior_sensitivity(case)
    precision = 1 / 0.8**2 - 1 / 2.0**2
    expected = season / 0.8**2 / (precision + 1 / 0.5**2)
    assert doubt.numbers["sceptic_mean"] == pytest.approx(expected, abs=0.1)
    assert doubt.result is result


def test_running_that_only_grew_is_told_without_a_claim(person_series, asked):
    """Where time alone explains the load, that doubt is open whatever is said."""
    series = person_series(2, days=84, pathways=False)
    ramp = np.where(series.dose > 0, 1.0, 0.0) * np.linspace(0.05, 2.0, len(series)) ** 1.5
    case = asked(replace(series, dose=ramp), draws=50)
    doubt = natural_course(case)
    assert doubt.result is DoubtResult.FAIL
    assert doubt.numbers["load_explained_by_time"] >= 0.9


def with_habits(case, quick, slow):
    """The case, the first half of its draws with a quick habit and this Delta, the others with a slow one."""
    posterior = case.posterior
    draws = posterior.draws.copy()
    tau = draws[:, :, posterior.columns.of("tau")]
    half = np.arange(tau.size).reshape(tau.shape) < tau.size // 2
    draws[:, :, posterior.columns.of("tau")] = np.where(half, 14.0, 60.0)
    draws[:, :, posterior.columns.of("delay")] = 1.0
    noise = 0.1 * np.random.default_rng(1).normal(size=tau.size)
    total = np.where(half.ravel(), quick, slow) + noise
    moved = {q: d._replace(posterior=d.posterior._replace(total=total)) for q, d in case.deltas.items()}
    return case._replace(deltas=moved, posterior=posterior._replace(draws=draws))


@pytest.mark.parametrize(
    ("way", "slow", "result"),
    [
        (-1, -2.0, DoubtResult.PASS),
        (-1, 0.0, DoubtResult.FAIL),
        (None, -2.0, DoubtResult.FAIL),
        (0, 0.0, DoubtResult.INFORMS),
    ],
)
def test_a_claim_must_hold_for_quick_habits_and_for_slow_ones(quick, claim, way, slow, result):
    """Both are read from the draws of tau; nothing is fitted again."""
    case = with_habits(claim(quick, way), -2.0, slow)
    doubt = dose_lag(case)
    assert doubt.result is result
    assert doubt.numbers["mean_quick"] == pytest.approx(-2.0, abs=0.02)
    assert doubt.numbers["mean_slow"] == pytest.approx(slow, abs=0.02)


def test_habits_of_which_few_draws_tell_are_left_out(quick, claim):
    """A side with fewer than two hundred draws has no number."""
    case = with_habits(claim(quick, -1), -2.0, -2.0)
    draws = case.posterior.draws.copy()
    draws[:, :, case.posterior.columns.of("tau")] = 14.0
    draws[:, :, case.posterior.columns.of("delay")] = 15.0
    doubt = dose_lag(case._replace(posterior=case.posterior._replace(draws=draws)))
    assert doubt.numbers == {"tau_days": 28.0}


def recording(case):
    """The case, sleep recorded on every day."""
    days = case.design.data.days
    sleep = 5.0 + np.arange(days) % 4
    series = replace(case.design.series, sleep=sleep)
    data = case.design.data._replace(confounders=(sleep - sleep.mean())[:, None])
    return case._replace(design=replace(case.design, series=series, data=data))


@pytest.mark.parametrize(("again", "result"), [(-1, DoubtResult.PASS), (0, DoubtResult.INFORMS)])
def test_recorded_causes_are_taken_out_again(quick, claim, again, result):
    """A claim that is lost without them is worth knowing; it is fitted with no confounder."""
    seen = []
    other = claim(quick, again)
    case = recording(claim(quick, -1))._replace(
        refit=lambda _priors, data: seen.append(data.recorded_confounders) or totals_of(other.deltas)
    )
    doubt = recorded_causes(case)
    assert doubt.result is result
    assert seen == [0]
    assert doubt.numbers["recorded"] == 1.0


def test_without_records_there_is_nothing_to_take_out(quick, claim):
    """Not run, and no fit."""
    assert recorded_causes(claim(quick, -1)).result is DoubtResult.NOT_RUN


@pytest.mark.parametrize(("way", "result"), [(-1, DoubtResult.INFORMS), (0, DoubtResult.NOT_RUN)])
def test_the_decision_never_vetoes(quick, claim, way, result):
    """Without it an analysis leans to 'helps', so it only informs, whatever it says."""
    case = only(claim(quick, way), claim(quick, 1))
    assert decision_model(case).result is result


def test_without_a_claim_of_the_season_its_course_is_not_put_in_numbers(quick, claim):
    """Of a week alone the check says whether the claim holds; the season's change would read as a finding."""
    case = only(claim(quick, -1), claim(quick, -1))
    case = case._replace(said={Question.WEEK: Verdict.HELPS, Question.SEASON: Verdict.CANNOT_TELL})
    assert set(natural_course(case).numbers) == {"load_explained_by_time"}


def test_a_shut_gate_leaves_the_course_open_whatever_the_week_claims(person_series, asked, claim):
    """Running that only grew: nobody can tell whether the back would have changed anyway."""
    series = person_series(2, days=84, pathways=False)
    ramp = np.where(series.dose > 0, 1.0, 0.0) * np.linspace(0.05, 2.0, len(series)) ** 1.5
    case = claim(asked(replace(series, dose=ramp), draws=50), -1)
    case = only(case, case)._replace(
        said={Question.WEEK: Verdict.HELPS, Question.SEASON: Verdict.CANNOT_TELL}
    )
    assert natural_course(case).result is DoubtResult.FAIL


@pytest.mark.parametrize(("learned", "named"), [(False, False), (True, True)])
def test_the_speed_is_said_to_come_of_the_records_only_where_it_does(quick, learned, named):
    """Draws spread as the prior's grid tell nothing; draws at one of its points do."""
    case = claiming_speed(quick, learned=learned)
    assert ("tau_days" in dose_lag(case).numbers) is named


def claiming_speed(case, *, learned):
    """The case with time constants drawn from the prior's grid, or all at one of its points."""
    posterior = case.posterior
    draws = posterior.draws.copy()
    grid = np.array(posterior.priors.build_up)
    shape = draws.shape[:2]
    at = np.zeros(shape, dtype=int) if learned else np.arange(np.prod(shape)).reshape(shape) % len(grid)
    for name, column in (("tau", 0), ("delay", 1)):
        draws[:, :, posterior.columns.of(name)] = grid[at, column]
    return case._replace(posterior=posterior._replace(draws=draws))


@pytest.mark.parametrize("check", [prior_sensitivity, dose_lag])
def test_beside_a_claim_of_the_week_no_number_of_the_season_stands(quick, claim, check):
    """'A sceptic would get -0.9' would be read as a finding of the season, of which nothing is said."""
    case = only(claim(quick, -1), claim(quick, -1))
    case = case._replace(said={Question.WEEK: Verdict.HELPS, Question.SEASON: Verdict.CANNOT_TELL})
    assert set(check(case).numbers) <= {"verdict_changed"}
