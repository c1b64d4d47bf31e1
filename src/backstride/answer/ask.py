"""The question asked of one person's days: the panel, both Deltas, verdicts, checks."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from backstride.answer.answer import Answer, DayPoint, Diagnostics, Doubt, Facts, Gate, Truth
from backstride.answer.checks import checks_by_name, run_checks
from backstride.answer.cohort_line import CohortLine
from backstride.answer.days_needed import days_needed
from backstride.answer.design import MIN_RUNS, USUAL_DAYS, Design, design
from backstride.answer.dose import dose_curve, lag_points, rise
from backstride.answer.doubts.placebo import placebo_p
from backstride.answer.doubts.sampler import diagnostics
from backstride.answer.effect import Effect, Tier
from backstride.answer.effects import Fitted, effect_of, fitted_of, with_all_rows
from backstride.answer.gate import season_gate
from backstride.answer.kinds import Analysis, Hurdle, Question, TierLetter
from backstride.answer.panel import Panel
from backstride.answer.rulings import (
    Said,
    bears_season,
    rulings,
    unless_lasting_cause,
    unless_past_pain_decides,
)
from backstride.answer.run_sequence import longest_break
from backstride.answer.tier import MIN_BLOCKS, read_tiers
from backstride.answer.verdict import direction
from backstride.core.pain_since import PainSince
from backstride.diary.series import MINUTES_A_UNIT_OF_DOSE, DailySeries

_DRAWN_LATELY = 28
"""Days, the latest: whoever has chance draw in them goes on so."""

Progress = Callable[[str, float], None]
"""Called with a stage ('sampling', 'doubts') and the share of it that is done."""


class Verdicts(NamedTuple):
    """What stands before an answer's checks and curves, and the fit that it is read from.

    Attributes:
        facts, gate, week, season, diagnostics: as in `Answer`.
        doubts: the checks, where they were asked for.
        fitted: the main analysis, with its draws.
    """

    facts: Facts
    gate: Gate
    week: Effect
    season: Effect
    diagnostics: Diagnostics
    doubts: tuple[Doubt, ...]
    fitted: Fitted


def verdicts(
    series: DailySeries,
    *,
    seed: int,
    worthwhile: float = 1.0,
    pain_since: PainSince | None = None,
    with_checks: bool = False,
) -> Verdicts:
    """Compute week and season as `answer_question` does, with the draws behind them.

    Args:
        series: one row a day.
        seed: the same seed gives the same verdicts.
        worthwhile: smallest worthwhile change, in points.
        pain_since: how long the back has hurt; None where it is not known.
        with_checks: whether to run the checks, too; they take about as long again.

    Raises:
        TooFewRecords: fewer than ten morning ratings.
        SamplerFailed: the engine met numbers it cannot work with.
    """
    panel = Panel(design(series, pain_since=pain_since), seed=seed, worthwhile=worthwhile)
    gate, fitted, (week, season) = effects_with_gate(panel)
    health = diagnostics(fitted.posterior, fitted.deltas)
    doubts = run_checks(checks_by_name(panel, fitted, (week, season)), _silent) if with_checks else ()
    return Verdicts(_facts(panel.design, worthwhile), gate, week, season, health, doubts, fitted)


def answer_question(
    series: DailySeries,
    *,
    seed: int,
    worthwhile: float = 1.0,
    pain_since: PainSince | None = None,
    progress: Progress | None = None,
    truth: Truth | None = None,
    cohort: Callable[[Fitted, Effect], CohortLine | None] | None = None,
) -> Answer:
    """Put both questions to the records of one person's days.

    Args:
        series: one row a day.
        seed: the same seed gives the same answer.
        worthwhile: smallest worthwhile change, in points.
        pain_since: how long the back has hurt; what may heal by itself depends on it. None where it is not known.
        progress: told how far it is.
        truth: of a simulated person, to stand beside the answer.
        cohort: puts what others' seasons teach beside the season, once its verdict stands.

    Raises:
        TooFewRecords: fewer than ten morning ratings.
        SamplerFailed: the engine met numbers it cannot work with.
    """
    on_stage = progress if progress is not None else _silent
    panel = Panel(
        design(series, pain_since=pain_since),
        seed=seed,
        worthwhile=worthwhile,
        progress=lambda share: on_stage("sampling", share),
    )
    gate, fitted, (week, season) = effects_with_gate(panel)
    # what is left only informs, and a bar that goes back to the start would look like a fault
    panel.finish_progress()
    health = diagnostics(fitted.posterior, fitted.deltas)
    doubts = run_checks(checks_by_name(panel, fitted, (week, season)), on_stage)
    return Answer(
        facts=_facts(panel.design, worthwhile),
        gate=gate,
        week=with_all_rows(week, panel),
        season=with_all_rows(season, panel),
        dose=dose_curve(fitted.deltas, fitted.design),
        lags=lag_points(fitted.deltas, fitted.design),
        flare=rise(fitted.deltas, fitted.design),
        doubts=doubts,
        days_needed=days_needed(
            fitted.posterior,
            fitted.deltas,
            fitted.design,
            reasons={effect.question: effect.reason for effect in (week, season)},
            worthwhile=worthwhile,
            alone=panel.totals_of(Analysis.DATA_ALONE),
            own_days_bear_season=_own_days_bear_season(week, season, fitted),
        ),
        diagnostics=health,
        days=_day_points(panel.design.recorded),
        truth=truth,
        cohort=None if cohort is None else cohort(fitted, season),
    )


def verdict_only(series: DailySeries, *, seed: int, worthwhile: float = 1.0) -> tuple[Effect, Effect]:
    """Compute week and season with their verdicts, as `answer_question` does, without the checks that only inform.

    Args:
        series: one row a day.
        seed: the same seed gives the same verdicts.
        worthwhile: smallest worthwhile change, in points.

    Returns:
        The effect of the week, then that of the season.

    Raises:
        TooFewRecords: fewer than ten morning ratings.
        SamplerFailed: the engine met numbers it cannot work with.
    """
    return effects_with_gate(Panel(design(series), seed=seed, worthwhile=worthwhile))[2]


def fit_person(ready: Design, *, seed: int, progress: Callable[[float], None] | None = None) -> Fitted:
    """Fit the main analysis until both effects have settled; once only where no verdict is possible.

    Args:
        ready: the person's days.
        seed: of the sampler.
        progress: called with the share done, 0 to 1.
    """
    panel = Panel(ready, seed=seed, worthwhile=1.0, progress=progress)
    if ready.run_days >= MIN_RUNS:
        for question in Question:
            panel.settle(Analysis.MAIN, question)
    return fitted_of(panel)


def effects_with_gate(panel: Panel) -> tuple[Gate, Fitted, tuple[Effect, Effect]]:
    """Fit the panel as far as the verdicts need it.

    Returns:
        The gate of the season, the main fit, and the effects of week and season with their verdicts.
    """
    gate, tiers = gate_and_tiers(panel.design)
    said = rulings(panel, tiers, gate)
    if panel.design.run_days >= MIN_RUNS:  # numbers are shown where no verdict is, too
        for question in Question:
            panel.settle(Analysis.MAIN, question)
    fitted = fitted_of(panel)
    # the placebo test is asked for claims alone: nothing else can be taken back by it
    if any(direction(each.verdict) for each in said.values()):
        p = placebo_p(panel.design.series.pain, fitted.design.data, panel.paths)
        said = {q: unless_past_pain_decides(said[q], q, tiers[q], p) for q in Question}
        said = unless_lasting_cause(said, tiers[Question.SEASON], panel, seed=fitted.posterior.settings.seed)
    week, season = (effect_of(q, fitted, said[q], tiers[q], panel) for q in Question)
    return gate, fitted, (week, season)


def gate_and_tiers(ready: Design) -> tuple[Gate, dict[Question, Tier]]:
    """Read from the record what may be said of the season, and how much it shows of each question.

    Returns:
        The gate of the season, and the evidence tier of each question.
    """
    gate = season_gate(ready.data.dose, chronic_start=ready.data.chronic_start)
    tiers = read_tiers(ready.series, gate_is_open=gate.is_open)
    if tiers[Question.SEASON].letter is TierLetter.RANDOMISED:
        # chance and not time chose which weeks were run, however smooth the sum of them came out
        gate = replace(gate, is_open=True)
    return gate, tiers


def _own_days_bear_season(week: Effect, season: Effect, fitted: Fitted) -> bool:
    """Whether going on as now may lead to a side of the season: the one on which most answers that fit lie.

    It may where chance draws blocks of weeks at present that are only too few yet.
    """
    allocated = fitted.design.series.allocation[-_DRAWN_LATELY:]
    if 1 < season.tier.blocks < MIN_BLOCKS and not np.isnan(allocated).all():
        return True
    if season.reason is not None and season.reason.hurdle is Hurdle.LASTING_CAUSE:
        # the days bear a side already, and less of it than the months show: more days do not change that
        return False
    way = -1 if season.p_less_pain > 0.5 else 1
    said = Said(week.verdict, week.too_small, week.reason)
    seed = fitted.posterior.settings.seed
    return bears_season(said, way, season.tier, fitted.design.series, seed=seed)


def _silent(stage: str, share: float) -> None:
    """Tell nobody."""


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
        # eight weeks, as for the usual running
        usual_pain=float(np.nanmean(series.pain[-USUAL_DAYS:])),
        worthwhile=worthwhile,
        check_ins_left_out=ready.ratings_left_out,
        minutes_power=ready.form.power,
        longest_break=longest_break(ready.recorded),
        run_days_of_unknown_length=sum(bool(day.runs) and day.run_minutes is None for day in series.days),
    )


def _day_points(series: DailySeries) -> tuple[DayPoint, ...]:
    return tuple(
        DayPoint(
            day=day.day,
            pain=_known(series.pain[i]),
            run_minutes=_known(series.dose[i] * MINUTES_A_UNIT_OF_DOSE),
            drawn_to_run=None if np.isnan(series.allocation[i]) else bool(series.allocation[i]),
        )
        for i, day in enumerate(series.days)
    )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
