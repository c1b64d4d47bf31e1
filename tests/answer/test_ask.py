"""A whole answer, end to end."""

from dataclasses import replace

import numpy as np
import pytest

from backstride.answer import ask as ask_module
from backstride.answer.answer import Gate
from backstride.answer.ask import _own_days_bear_season, answer_question, gate_and_tiers, verdict_only
from backstride.answer.deltas import delta, deltas, rows_of, views
from backstride.answer.design import design
from backstride.answer.dose import dose_curve
from backstride.answer.effect import Reason, Tier
from backstride.answer.kinds import Analysis, Check, Hurdle, Opener, Question, TierLetter, Verdict
from backstride.answer.other_priors import MIN_ESS
from backstride.errors import TooFewRecords
from backstride.model.data import PATHWAYS
from backstride.model.effect_columns import D


def test_every_check_is_listed_once(asked):
    """In their order, run or not."""
    assert [doubt.name for doubt in asked.doubts] == list(Check)


def test_the_parts_add_up_in_the_mean(asked):
    """Next day, habit and all measured pathways sum to each Delta."""
    for effect in asked.effects:
        total = sum(part.estimate.mean for part in effect.parts if part.estimate is not None)
        assert total == pytest.approx(effect.estimate.mean, abs=1e-9)
        assert [part.name for part in effect.parts] == ["next day", "habit", *PATHWAYS, "flares"]


def test_the_chances_of_an_effect_fit_together(asked):
    """Less and more pain sum to 1, and so do the three ranges round the worthwhile change; clearly is rarer."""
    for e in asked.effects:
        assert e.p_less_pain + e.p_more_pain == pytest.approx(1.0)
        assert e.p_worthwhile_less + e.p_negligible + e.p_worthwhile_more == pytest.approx(1.0)
        assert e.p_clearly_less <= e.p_less_pain
        assert e.p_clearly_more <= e.p_more_pain


def test_the_sampler_settled(asked):
    """R-hat below 1.01 and more than 400 effective draws for both Deltas."""
    assert max(asked.diagnostics.rhat.values()) < 1.01
    assert min(*asked.diagnostics.ess_bulk.values(), *asked.diagnostics.ess_tail.values()) > 400


def test_the_dose_curve_ends_where_the_weeks_end(asked):
    """From 0, without effect, to 1.1 times the most that was run."""
    assert asked.dose[0].weekly_minutes == 0.0
    assert asked.dose[0].season.mean == 0.0
    assert asked.dose[-1].weekly_minutes == pytest.approx(1.1 * asked.facts.most_weekly_minutes)


def test_lags_and_flares_are_told(asked):
    """Seven mornings, and two chances between 0 and 1."""
    assert [point.lag for point in asked.lags] == [1, 2, 3, 4, 5, 6, 7]
    assert 0 < asked.flare.after_run.mean < 1
    assert 0 < asked.flare.after_rest.mean < 1


def test_the_same_seed_gives_the_same_answer(back_series, looking_back):
    """All but the seconds."""
    again = answer_question(back_series, seed=5)
    seconds = replace(again.diagnostics, sampling_seconds=looking_back.diagnostics.sampling_seconds)
    assert replace(again, diagnostics=seconds) == looking_back


def test_looking_back_says_that_it_cannot_tell(looking_back):
    """Tier C, with numbers but without a verdict, and running on as now would not change that."""
    assert {e.tier.letter for e in looking_back.effects} == {"C"}
    assert {e.verdict for e in looking_back.effects} == {Verdict.CANNOT_TELL}
    assert {e.reason.hurdle for e in looking_back.effects} == {Hurdle.NO_ORDER}
    assert looking_back.week.reason.opened_by[0] is Opener.RATING_BEFORE
    assert {n.own_days for n in looking_back.days_needed} == {None}
    assert [row.analysis for row in looking_back.week.panel] == [Analysis.MAIN]


def test_the_verdicts_alone_are_those_of_the_whole_answer(series, asked):
    """Without checks, curves and days needed, and with no other row asked for the verdict."""
    week, season = verdict_only(series, seed=5)
    for alone, whole in zip((week, season), asked.effects, strict=True):
        assert replace(alone, panel=()) == replace(whole, panel=())
        assert alone.panel[0] == whole.panel[0]


def test_fewer_than_six_runs_give_no_verdict(series):
    """'Too few runs', whatever the draws say."""
    runs = np.flatnonzero(series.dose > 0)
    dose = series.dose.copy()
    dose[runs[5:]] = 0.0
    answer = answer_question(replace(series, dose=dose), seed=1)
    assert {e.verdict for e in answer.effects} == {Verdict.TOO_FEW_RUNS}


def test_too_few_ratings_are_said_with_what_to_do(series):
    """Nine ratings are not enough."""
    rated = np.flatnonzero(~np.isnan(series.pain))
    pain = series.pain.copy()
    pain[rated[9:]] = np.nan
    with pytest.raises(TooFewRecords, match="Rate your back each morning"):
        design(replace(series, pain=pain))


def test_the_week_starts_from_the_usual_state(fitted):
    """No deviation to begin with; the season keeps the last day's."""
    assert np.all(rows_of(Question.WEEK, fitted.posterior, fitted.design).rows[:, D] == 0.0)
    assert np.ptp(rows_of(Question.SEASON, fitted.posterior, fitted.design).rows[:, D]) > 0.0


def test_every_prior_line_says_which_prior_it_is(asked):
    """Neutral, trials, sceptic; a sceptic moves the season towards his view."""
    lines = {line.name: line for line in asked.season.priors}
    assert list(lines) == ["neutral", "trials", "sceptic"]
    assert lines["trials"].estimate.mean < lines["neutral"].estimate.mean + 1e-9


def test_another_prior_that_few_draws_reach_gets_no_verdict(asked):
    """Under a hundred effective draws, the line says that it cannot tell."""
    lines = [line for effect in asked.effects for line in effect.priors]
    assert all(line.verdict is Verdict.CANNOT_TELL for line in lines if line.effective_draws < MIN_ESS)
    assert all(line.effective_draws > MIN_ESS for line in lines if line.name == "neutral")


def test_other_priors_speak_of_the_same_dose_for_everyone(fitted):
    """Who runs a fifth as much is weighed the same, so light runners keep their draws."""
    light = replace(fitted.design, usual_dose=fitted.design.usual_dose / 5)
    for mine, theirs in zip(
        fitted.views, views(deltas(fitted.posterior, light), light.usual_dose), strict=True
    ):
        assert np.allclose(mine.posterior, theirs.posterior, rtol=1e-9)
        assert mine.effective > MIN_ESS


def test_other_priors_are_what_they_say_at_the_usual_dose(fitted):
    """The prior draws, weighed, have the mean and the sd of the other prior."""
    dose = 90 / 30 / 7
    before = delta(Question.SEASON, fitted.deltas[Question.SEASON].before, dose).latent
    for view in fitted.views:
        mean = np.sum(view.implied * before)
        sd = np.sqrt(np.sum(view.implied * (before - mean) ** 2))
        assert mean == pytest.approx(view.prior.mean, abs=0.1)
        assert sd == pytest.approx(view.prior.sd, rel=0.1)


def test_the_dose_curve_reaches_what_is_usual(fitted):
    """Even where pauses kept four weeks together from ever coming up to it."""
    paused = replace(fitted.design, usual_dose=2 * fitted.design.most_dose)
    ends = [dose_curve(fitted.deltas, d)[-1].weekly_minutes for d in (fitted.design, paused)]
    usual, most = fitted.design.usual_dose, fitted.design.most_dose
    assert ends == pytest.approx([210 * max(1.1 * most, usual), 420 * most])


@pytest.mark.parametrize(
    ("blocks", "lately", "bears"), [(5, True, True), (5, False, False), (0, False, False)]
)
def test_blocks_that_are_only_too_few_yet_lead_to_a_season(fitted, asked, blocks, lately, bears):
    """Going on with the sixth block shows a season; blocks that ended months ago, or none, do not."""
    allocation = np.full(len(fitted.design.series), np.nan)
    allocation[-1 if lately else 0] = 1.0
    of_person = fitted._replace(
        design=replace(fitted.design, series=replace(fitted.design.series, allocation=allocation))
    )
    tier = Tier(TierLetter.MORNING_FIRST, 0.9, 1.0, 20.0, 20.0, 0.95, blocks)
    week = replace(asked.week, verdict=Verdict.NO_DIFFERENCE, too_small=False, reason=None)
    season = replace(asked.season, tier=tier)
    assert _own_days_bear_season(week, season, of_person) is bears


def test_months_that_show_more_than_the_days_are_not_borne_by_more_days(fitted, asked):
    """The days bear the side already, so the same number of days would be named for ever."""
    way = Verdict.HELPS if asked.season.p_less_pain > 0.5 else Verdict.HARMS
    week = replace(asked.week, verdict=way, too_small=False, reason=None)
    stopped = replace(asked.season, reason=Reason(Hurdle.LASTING_CAUSE, None, {}, (Opener.BLOCKS,)))
    found = [
        _own_days_bear_season(week, season, fitted) for season in (replace(stopped, reason=None), stopped)
    ]
    assert found == [True, False]


@pytest.mark.parametrize(
    ("letter", "is_open"), [(TierLetter.RANDOMISED, True), (TierLetter.MORNING_FIRST, False)]
)
def test_drawn_blocks_open_the_gate_of_the_season(fitted, monkeypatch, letter, is_open):
    """Chance chose the weeks, so that a smooth sum of them is no matter of time."""
    shut = Gate(0.95, 0.0, 2.0, is_open=False)
    tiers = dict.fromkeys(Question, Tier(letter, 0.9, 1.0, 24.0, 24.0, 0.95, 12))
    monkeypatch.setattr(ask_module, "season_gate", lambda _dose, **_start: shut)
    monkeypatch.setattr(ask_module, "read_tiers", lambda _series, **_gate: tiers)
    assert gate_and_tiers(fitted.design)[0].is_open is is_open
