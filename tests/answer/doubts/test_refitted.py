"""Doubts 3, 4 and 5 fit again: a verdict that is lost on the way is told, and one that holds is left in peace."""

from dataclasses import replace

import pytest

from backstride.answer.answer import DoubtResult, Question, Verdict
from backstride.answer.doubts.case import holds, totals_of
from backstride.answer.doubts.dose_lag import dose_lag
from backstride.answer.doubts.natural_course import natural_course
from backstride.answer.doubts.prior_sensitivity import prior_sensitivity

CHECKS = [natural_course, prior_sensitivity, dose_lag]


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


@pytest.mark.parametrize("check", [natural_course, dose_lag])
@pytest.mark.parametrize("way", [-1, 1, None])
def test_a_claim_that_holds_passes(check, way, quick, claim):
    """The same claim again."""
    assert check(only(claim(quick, way), claim(quick, way))).result is DoubtResult.PASS


@pytest.mark.parametrize("check", CHECKS)
def test_no_claim_has_nothing_to_lose(check, quick, claim):
    """Nothing is fitted again, and nothing is called fine."""
    case = claim(quick, 0)  # its other fits raise
    assert check(case).result in {DoubtResult.INFORMS, DoubtResult.NOT_RUN}


def test_a_sceptic_whom_no_draw_reaches_is_left_out(quick, claim):
    """His number is not told, and the wide prior alone decides."""
    few = tuple(view._replace(effective=3.0) for view in quick.views)
    case = only(claim(quick, -1), claim(quick, -1))._replace(views=few)
    doubt = prior_sensitivity(case)
    assert doubt.result is DoubtResult.PASS
    assert "sceptic_mean" not in doubt.numbers


def test_an_answer_that_the_weeks_bear_does_not_lean_on_the_slow_level(person_series, asked):
    """A strong next-day effect, run days drawn by chance: the week holds with a freer level, and with any tau."""
    case = asked(person_series(5, effect_season=-2.2, days=180, tier="A-days", pathways=False), again=True)
    case = case._replace(said={**case.said, Question.WEEK: Verdict.HELPS_A_LITTLE})
    assert holds(Verdict.HELPS_A_LITTLE, case.deltas[Question.WEEK].posterior.total, 1.0)
    for check in (natural_course, dose_lag):
        assert check(case).result is DoubtResult.PASS


def test_a_back_that_healed_while_running_began_loses_of_its_season(person_series, asked):
    """Seven idle weeks, then runs that do nothing, over a recovery of 3 points: a freer course takes some of it."""
    series = person_series(1, effect_season=0.0, recovery=3.0, days=120, pathways=False)
    dose = series.dose.copy()
    dose[:50] = 0.0
    case = asked(replace(series, dose=dose), again=True)
    found = natural_course(case._replace(said={**case.said, Question.SEASON: Verdict.HELPS}))
    assert found.numbers["season_mean"] < -0.2
    assert found.numbers["share_gone"] > 0.2


def test_a_habit_of_another_pace_is_told(person_series, asked):
    """Both other paces are worked out: the season's mean differs between them where the habit carries the effect."""
    case = asked(person_series(1, effect_season=-1.5, days=90, pathways=False), draws=200, again=True)
    numbers = dose_lag(case._replace(said={**case.said, Question.SEASON: Verdict.HELPS})).numbers
    assert numbers["mean_tau_14"] != numbers["mean_tau_60"]
