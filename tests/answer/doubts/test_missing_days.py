"""Missing days: a sign is seen where there is one, and mornings one point worse can cost a verdict."""

from dataclasses import replace

import numpy as np
import pytest

from backstride.answer.doubts.missing_days import (
    _moved_by,
    missing_days,
    missing_signs,
    runs_not_recorded,
)
from backstride.answer.doubts.paths import sample_paths
from backstride.answer.kinds import DoubtResult, Question, Verdict


def without(series, gone):
    """The series with those mornings' ratings gone."""
    return replace(
        series,
        pain=np.where(gone, np.nan, series.pain),
        pain_lower=np.where(gone, -np.inf, series.pain_lower),
        pain_upper=np.where(gone, np.inf, series.pain_upper),
    )


def signs(series, seed=1):
    """The p values."""
    return missing_signs(series, rng=np.random.default_rng(seed))


def after(values):
    """What was so on the day before."""
    return np.concatenate([[False], values[:-1]])


def test_chance_is_no_sign(person_series):
    """Where mornings go missing by chance, a sign is seen in about one person of twenty."""
    found = [
        signs(person_series(i, missing=0.2, days=84, pathways=False, effect_season=0.0), seed=i)
        for i in range(60)
    ]
    assert np.mean([min(p.values()) < 0.017 for p in found]) <= 0.15


@pytest.mark.parametrize(
    "name", ["p_after_bad", "p_after_good", "p_after_run", "p_after_rest", "p_on_rest_days", "p_on_run_days"]
)
def test_a_habit_of_missing_is_seen(person_series, name):
    """Half of the mornings gone after bad or good days, or with or without a run, are seen, and on which side."""
    seen = []
    for i in range(15):
        series = person_series(i, missing=0.05, pathways=False, effect_season=0.0)
        cause = (
            series.pain > np.nanmean(series.pain)
            if name in {"p_after_bad", "p_after_good"}
            else series.dose > 0
        )
        cause = ~cause if name in {"p_after_good", "p_after_rest", "p_on_rest_days"} else cause
        cause = cause if "_on_" in name else after(cause)
        gone = cause & (np.random.default_rng(i).random(len(series)) < 0.5)
        seen.append(signs(without(series, gone), seed=i).get(name, 1.0) < 0.017)
    assert np.mean(seen) >= 0.7


def test_good_mornings_left_out_are_put_back_better(person_series, asked):
    """Whoever leaves out mornings after good ones is asked what better mornings would do."""
    series = person_series(3, missing=0.0, pathways=False, effect_season=0.0)
    gone = after(series.pain < np.median(series.pain)) & (np.random.default_rng(3).random(len(series)) < 0.8)
    case = asked(without(series, gone))
    case = case._replace(said={**case.said, Question.WEEK: Verdict.NO_DIFFERENCE})
    numbers = missing_days(case, sample_paths(case.posterior, case.design.data)).numbers
    assert "week_mean_if_better" in numbers
    assert "week_mean_if_worse" not in numbers


def test_ratings_on_run_days_alone_are_named(person_series, asked):
    """Where nobody rates on a day without a run, the shares of both are shown."""
    series = person_series(3, missing=0.0, pathways=False)
    case = asked(without(series, series.dose == 0), draws=50)
    numbers = missing_days(case, sample_paths(case.posterior, case.design.data)).numbers
    assert (numbers["rated_run_days"], numbers["rated_rest_days"]) == (1.0, 0.0)


def test_a_verdict_that_rests_on_missing_mornings_fails(person_series, asked):
    """Where mornings after runs are kept only if they were good, one point worse takes the verdict away."""
    series = person_series(
        2, effect_season=0.0, missing=0.0, pathways=False, skip_on_bad_days=0.0, runs_a_week=4.0
    )
    gone = after(series.dose > 0) & (series.pain >= np.median(series.pain))
    case = asked(without(series, gone))
    case = case._replace(said={**case.said, Question.WEEK: Verdict.HELPS_A_LITTLE})
    doubt = missing_days(case, sample_paths(case.posterior, case.design.data))
    assert doubt.result is DoubtResult.FAIL
    assert doubt.numbers["week_mean_if_worse"] > float(np.mean(case.deltas["week"].posterior.total)) + 0.15


def test_imputed_mornings_scatter_as_ratings_do(person_series, asked):
    """Round a pain of 4 with a rating noise of 1.5, what is imputed lies round 5 with that noise."""
    series = person_series(2, days=60)
    gone = np.isin(np.arange(len(series)), np.arange(10, 50))
    case = asked(without(series, gone), draws=50)
    paths = sample_paths(case.posterior, case.design.data)
    rows = paths.rows.copy()
    rows[:, paths.columns.of("s_y")] = 1.5
    flat = np.zeros_like(paths.level)
    paths = paths._replace(deviation=flat, level=flat + 4.0, rows=rows)
    rng = np.random.default_rng(1)
    missing = np.isnan(case.design.series.pain)
    uppers = [_moved_by(1.0, case.design, paths, rng).upper[missing] for _ in range(40)]
    middles = np.minimum(uppers, 10.5) - 0.5
    assert np.mean(middles) == pytest.approx(5.0, abs=0.1)
    assert np.std(middles) == pytest.approx(1.5, abs=0.1)


def test_a_verdict_holds_where_few_mornings_are_missing(person_series, asked):
    """A strong effect stays where some mornings are missing by chance."""
    case = asked(person_series(2, effect_season=-2.0, missing=0.1, pathways=False, skip_on_bad_days=0.3))
    case = case._replace(said={**case.said, Question.WEEK: Verdict.HELPS_A_LITTLE})
    doubt = missing_days(case, sample_paths(case.posterior, case.design.data))
    assert doubt.result in {DoubtResult.PASS, DoubtResult.INFORMS}


def test_nothing_missing_needs_no_second_fit(person_series, asked):
    """A diary without a hole passes at once."""
    case = asked(person_series(2, days=40, missing=0.0), draws=50)
    doubt = missing_days(case, sample_paths(case.posterior, case.design.data))
    assert (doubt.result, doubt.numbers) == (
        DoubtResult.PASS,
        {"share_missing": 0.0, "share_runs_missing": 0.0},
    )


def test_runs_that_no_watch_recorded_are_told(person_series, asked):
    """A third of the runs of which check-ins tell are on no record: worth knowing, even with every morning there."""
    series = person_series(2, days=84, missing=0.0, pathways=False)
    ran = [i for i, day in enumerate(series.days) if day.runs]
    days = tuple(replace(day, sessions=()) if i in ran[::3] else day for i, day in enumerate(series.days))
    lost = replace(series, days=days)
    assert runs_not_recorded(lost)["share_runs_missing"] == pytest.approx(1 / 3, abs=0.03)
    case = asked(lost, draws=50)
    doubt = missing_days(case, sample_paths(case.posterior, case.design.data))
    assert doubt.result is DoubtResult.INFORMS
