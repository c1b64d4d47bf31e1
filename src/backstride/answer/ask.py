"""The question asked of one person's days: fit, both Deltas, verdicts, doubts."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np

from backstride.answer.answer import (
    Answer,
    DayPoint,
    DaysNeeded,
    Doubt,
    Effect,
    Facts,
    PathPart,
    PriorLine,
    Question,
    Tier,
    Truth,
)
from backstride.answer.days_needed import days_needed
from backstride.answer.deltas import Delta, deltas, views
from backstride.answer.design import LEAST_RUNS, Design, design, priors_for
from backstride.answer.dose import dose_curve, flare, lag_points
from backstride.answer.doubts.case import Case
from backstride.answer.doubts.dose_lag import dose_lag
from backstride.answer.doubts.missing_days import missing_days
from backstride.answer.doubts.natural_course import natural_course
from backstride.answer.doubts.paths import draw_paths
from backstride.answer.doubts.placebo import placebo
from backstride.answer.doubts.posterior_predictive import posterior_predictive
from backstride.answer.doubts.prior_sensitivity import prior_sensitivity
from backstride.answer.doubts.randomisation import randomisation
from backstride.answer.doubts.sampler import diagnostics, sampler, sampler_fine
from backstride.answer.doubts.unmeasured_cause import unmeasured_cause
from backstride.answer.other_priors import LEAST_EFFECTIVE, OtherView
from backstride.answer.summary import data_share, estimate
from backstride.answer.tier import read_tier
from backstride.answer.verdict import allowed, chances
from backstride.diary.series import MINUTES_A_UNIT_OF_DOSE, DailySeries
from backstride.model.data import PATHWAYS
from backstride.model.fit import Posterior, Sampling, Settings, fit
from backstride.model.priors import Priors

Progress = Callable[[str, float], None]
"""Called with a stage ('sampling', 'doubts') and the share of it that is done."""

DRAWS = (1250, 5000, 20000)
"""Draws a chain: more where the fewer did not settle."""
_WARMUP = 300  # ten times the autocorrelation time of what mixes worst
_DOUBT_DRAWS = 750


class Fitted(NamedTuple):
    """The main fit of one person, from which every number of the answer is read."""

    design: Design
    posterior: Posterior
    deltas: dict[Question, Delta]
    views: tuple[OtherView, ...]


def answer_question(
    series: DailySeries,
    *,
    seed: int,
    worthwhile: float = 1.0,
    progress: Progress | None = None,
    truth: Truth | None = None,
) -> Answer:
    """Both questions, asked of one person's days.

    Args:
        series: one row a day.
        seed: the same seed gives the same answer.
        worthwhile: smallest worthwhile change, in points.
        progress: told how far it is.
        truth: of a made-up person, to stand beside the answer.

    Raises:
        TooFewRecords: fewer than ten morning ratings.
        SamplerFailed: the engine met numbers it cannot work with.
    """
    tell = progress if progress is not None else _silent
    fitted = fit_person(design(series), seed=seed, progress=lambda share: tell("sampling", share))
    tier = read_tier(fitted.design.series)
    health = diagnostics(fitted.posterior, fitted.deltas)
    fine = sampler_fine(health)
    effects = {q: _effect(q, fitted, tier, worthwhile, sampler_fine=fine) for q in Question}
    doubts = (*_checks(fitted, tier, worthwhile, tell), sampler(health))
    return Answer(
        facts=_facts(fitted.design, worthwhile),
        tier=tier,
        week=effects[Question.WEEK],
        season=effects[Question.SEASON],
        dose=dose_curve(fitted.deltas, fitted.design),
        lags=lag_points(fitted.deltas),
        flare=flare(fitted.deltas),
        doubts=tuple(sorted(doubts, key=lambda doubt: doubt.number)),
        days_needed=_days_needed(fitted, tier, worthwhile, effects) if fine else (),
        diagnostics=health,
        days=_day_points(fitted.design.series),
        truth=truth,
    )


def fit_person(ready: Design, *, seed: int, progress: Callable[[float], None] | None = None) -> Fitted:
    """Sample; where the diagnostics fall short of a verdict that could be given, go on to more draws."""
    settings = Settings(seed=seed, warmup=_WARMUP)
    sampling = Sampling(ready.data, settings=settings, priors=priors_for(ready))
    for draws in DRAWS:
        posterior = sampling.until(draws, progress=progress)
        both = deltas(posterior, ready)
        if sampler_fine(diagnostics(posterior, both)) or ready.run_days < LEAST_RUNS:
            break
    return Fitted(ready, posterior, both, views(both, ready.usual_dose))


def _days_needed(
    fitted: Fitted, tier: Tier, worthwhile: float, effects: dict[Question, Effect]
) -> tuple[DaysNeeded, ...]:
    return days_needed(
        fitted.posterior,
        fitted.deltas,
        fitted.design,
        tier=tier.letter,
        worthwhile=worthwhile,
        verdicts={q: effect.verdict for q, effect in effects.items()},
    )


def _silent(stage: str, share: float) -> None:
    """Tell nobody."""


def _effect(
    question: Question, fitted: Fitted, tier: Tier, worthwhile: float, *, sampler_fine: bool
) -> Effect:
    found = fitted.deltas[question]
    total = found.posterior.total
    equal = np.full(len(total), 1.0 / len(total))
    c = chances(total, equal, worthwhile)
    enough = fitted.design.run_days >= LEAST_RUNS
    said, also = allowed(c, tier=tier.letter, enough_runs=enough, sampler_fine=sampler_fine)
    return Effect(
        question=question,
        estimate=estimate(total),
        p_less_pain=c.less,
        p_worthwhile_less=c.worthwhile_less,
        p_negligible=c.negligible,
        p_more_pain=c.more,
        p_worthwhile_more=c.worthwhile_more,
        verdict=said,
        also_no_difference=also,
        data_share=data_share(total, found.prior.total),
        parts=_parts(found, fitted.design),
        priors=_prior_lines(question, fitted, tier, worthwhile, sampler_fine=sampler_fine),
    )


def _parts(found: Delta, ready: Design) -> tuple[PathPart, ...]:
    """Next day, habit, then all pathways in their own order, measured or not."""
    used = ["next day", "habit", *(PATHWAYS[k] for k in ready.data.pathway), "flares"]
    parts = []
    for name in ("next day", "habit", *PATHWAYS, "flares"):
        count = ready.counts.get(name, 0)
        if name not in used:
            parts.append(PathPart(name, None, 0.0, count))
            continue
        i = used.index(name)
        mine, before = found.posterior.parts[:, i], found.prior.parts[:, i]
        parts.append(PathPart(name, estimate(mine), data_share(mine, before), count))
    return tuple(parts)


def _prior_lines(
    question: Question, fitted: Fitted, tier: Tier, worthwhile: float, *, sampler_fine: bool
) -> tuple[PriorLine, ...]:
    found = fitted.deltas[question]
    total, before = found.posterior.total, found.prior.total
    equal = np.full(len(total), 1.0 / len(total))
    lines = [("neutral", float(before.mean()), float(before.std()), equal, float(len(total)))]
    for view in fitted.views:
        mean = float(np.sum(view.implied * before))
        sd = float(np.sqrt(np.sum(view.implied * (before - mean) ** 2)))
        lines.append((view.prior.name, mean, sd, view.posterior, view.effective))
    enough = fitted.design.run_days >= LEAST_RUNS
    out = []
    for name, mean, sd, w, left in lines:
        c = chances(total, w, worthwhile)
        fine = sampler_fine and left >= LEAST_EFFECTIVE
        said, _ = allowed(c, tier=tier.letter, enough_runs=enough, sampler_fine=fine)
        out.append(PriorLine(name, mean, sd, estimate(total, w), c.less, said, left))
    return tuple(out)


def _checks(fitted: Fitted, tier: Tier, worthwhile: float, tell: Progress) -> list[Doubt]:
    def refit(priors: Priors, tau: float | None) -> dict[Question, Delta]:
        settings = Settings(seed=fitted.posterior.settings.seed, warmup=400, draws=_DOUBT_DRAWS, tau=tau)
        posterior = fit(fitted.design.data, settings=settings, priors=priors)
        return deltas(posterior, fitted.design)

    case = Case(fitted.design, fitted.posterior, fitted.deltas, fitted.views, tier.letter, worthwhile, refit)
    paths = draw_paths(fitted.posterior, fitted.design.data)
    checks: tuple[Callable[[Case], Doubt], ...] = (
        randomisation,
        partial(placebo, paths=paths),
        natural_course,
        prior_sensitivity,
        dose_lag,
        partial(missing_days, paths=paths),
        partial(unmeasured_cause, paths=paths),
        posterior_predictive,
    )
    found = []
    for i, check in enumerate(checks):
        tell("doubts", i / len(checks))
        found.append(check(case))
    tell("doubts", 1.0)
    return found


def _facts(ready: Design, worthwhile: float) -> Facts:
    series = ready.series
    a_week = 7.0 * MINUTES_A_UNIT_OF_DOSE
    return Facts(
        first_day=series.days[0].day,
        last_day=series.days[-1].day,
        check_ins=int(np.sum(~np.isnan(series.pain))),
        run_days=ready.run_days,
        missing_check_ins=int(np.sum(np.isnan(series.pain))),
        missing_run_days=int(np.sum(np.isnan(series.dose))),
        usual_weekly_minutes=ready.usual_dose * a_week,
        usual_run_days_a_week=ready.usual_run_days,
        most_weekly_minutes=ready.most_dose * a_week,
        usual_pain=float(np.nanmean(series.pain[-56:])),
        worthwhile=worthwhile,
    )


def _day_points(series: DailySeries) -> tuple[DayPoint, ...]:
    return tuple(
        DayPoint(
            day=day.day,
            pain=_known(series.pain[i]),
            run_minutes=_known(series.dose[i] * MINUTES_A_UNIT_OF_DOSE),
            drawn_to_run=None if np.isnan(series.drawn[i]) else bool(series.drawn[i]),
        )
        for i, day in enumerate(series.days)
    )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
