"""What may be said of each question: the record's own limits, then the gate, the sampler, and the panel's rule."""

from typing import NamedTuple

import numpy as np

from backstride.answer.answer import Gate
from backstride.answer.design import MIN_RUNS
from backstride.answer.doubts.randomisation import RARE, mean_difference, slow_difference
from backstride.answer.effect import Reason, Tier
from backstride.answer.kinds import Analysis, Hurdle, Opener, Question, TierLetter, Verdict
from backstride.answer.monotony import fixed_rhythm, same_rating
from backstride.answer.monte_carlo import Passed, share
from backstride.answer.panel import Panel, Row
from backstride.answer.plain_limits import plain_limit
from backstride.answer.record_limits import record_limit
from backstride.answer.settling import nearly_settled
from backstride.answer.tier import MIN_ALLOCATED_WEEKS, MIN_BLOCKS, NEARLY_FULL_ADHERENCE
from backstride.answer.verdict import Event, Ruling, Rulings, direction, happens, rulings_of, threshold
from backstride.diary.series import DailySeries

COMMON_GAP = 0.4
"""The two-sided p from which the drawn days' own gap is no sign of a side: one draw in five lies as far that way."""
RARE_ENOUGH = 0.1
"""The least p of the season's own gap; one round of blocks of four weeks has 1 in 7."""
PLACEBO_RARE = 0.01
"""Below this p of the placebo test no side is claimed of days that the person chose; it costs one claim in 100."""
NEXT_TO_ALL = 0.9
"""From this share of days or ratings on a diary is monotonous: a fit may then never settle."""
FAR_BEYOND = 0.5
"""The chance of more than a worthwhile change beyond the week's from which a season of own days has no side."""
NOT_FADED = 0.2
"""The chance that the latest half must leave to half as much of a claimed side as the whole diary shows."""


class Said(NamedTuple):
    """What may be said of one question, whether a little is too small to matter, and else why nothing is said."""

    verdict: Verdict
    too_small: bool
    reason: Reason | None


def rulings(panel: Panel, tiers: dict[Question, Tier], gate: Gate) -> dict[Question, Said]:
    """Answer both questions, the week first; fit only the rows that can change what is said.

    Args:
        panel: the analyses, fitted as they are asked for.
        tiers: evidence tier of each question.
        gate: whether the season may be told yet.
    """
    return {question: _said(question, panel, tiers, gate) for question in Question}


def caused(said: Verdict, question: Question, tier: Tier, panel: Panel, *, seed: int) -> bool:
    """Whether a direction may be said to come of running: tier A, and the draw's own gap points the same way.

    The season's gap is the one that builds up, where weeks or blocks of them were drawn; so few blocks that luck
    alone makes their widest gap in more than `RARE_ENOUGH` of all draws never name chance as what carries it.

    A gap that drawing alone gives as wide in `COMMON_GAP` of all draws or more shows nothing by itself: the claim
    then rests on the model, and chance is not named as what carries it.

    Args:
        said: the verdict.
        question: week or season.
        tier: its evidence tier.
        panel: for the days.
        seed: of the new deals.
    """
    way = direction(said)
    if not way or tier.letter is not TierLetter.RANDOMISED:
        return False
    own = slow_difference(panel.design.series, seed=seed) if question is Question.SEASON else None
    if own is not None and own.least > RARE_ENOUGH:
        return False
    own = own or mean_difference(panel.design.series, seed=seed)
    return own is not None and own.points * way > 0.0 and own.p < max(COMMON_GAP, 2.0 * own.least)


def unless_past_pain_decides(said: Said, question: Question, tier: Tier, p: float | None) -> Said:
    """Take a claimed side back where the placebo test finds that past pain decides who runs next.

    The analysis then does not allow for how running is chosen, and what it finds may be the choosing.

    Args:
        said: what may be said by the panel.
        question, tier: of which; where chance drew the days, no pain was to decide and the test says nothing.
        p: of the placebo test; None where there are too few decisions.
    """
    if (
        not direction(said.verdict)
        or tier.letter is not TierLetter.MORNING_FIRST
        or p is None
        or p >= PLACEBO_RARE
    ):
        return said
    draw = _draw(question, tier)
    return _not_said(Reason(Hurdle.PAST_PAIN, None, {"p": p}, (draw,)))


def bears_season(week: Said, way: int, tier: Tier, series: DailySeries, *, seed: int) -> bool:
    """Whether a side of the season may be named: chance drew blocks of weeks, or the days themselves show that side.

    A cause that lasts for weeks (a busy time at work, a winter, another sport) moves running and pain together, and
    no analysis of days that the person chose can tell it from running that builds up. It hardly touches what one
    day's run does to the next mornings (decisions/0029).

    Args:
        week: what may be said of the week.
        way: side of the season, -1 less pain, 1 more.
        tier: of the season.
        series: one row a day.
        seed: of the re-randomisations.
    """
    if tier.letter is TierLetter.RANDOMISED or (direction(week.verdict) == way and not week.too_small):
        return True
    # blocks that were not kept well enough for tier A are an experiment all the same, by intention to treat
    drawn = slow_difference(series, seed=seed) if tier.blocks >= MIN_BLOCKS else None
    return drawn is not None and drawn.points * way > 0.0 and drawn.p < RARE


def unless_lasting_cause(
    said: dict[Question, Said], tier: Tier, panel: Panel, *, seed: int
) -> dict[Question, Said]:
    """Take a side of the season back that only a comparison of weeks with other weeks bears: see `bears_season`.

    Args:
        said: of both questions.
        tier: of the season.
        panel: the analyses, for the days and for both effects.
        seed: of the re-randomisations.
    """
    way = direction(said[Question.SEASON].verdict)
    if not way:
        return said
    bears = bears_season(said[Question.WEEK], way, tier, panel.design.series, seed=seed)
    if bears and (tier.blocks >= MIN_BLOCKS or not _is_far_beyond_week(way, panel)):
        return said
    return said | {
        Question.SEASON: _not_said(Reason(Hurdle.LASTING_CAUSE, None, {}, (_draw(Question.SEASON, tier),)))
    }


def _is_far_beyond_week(way: int, panel: Panel) -> bool:
    """Whether most of the season's effect lies beyond what the days show: P(side (S - W) > w) >= FAR_BEYOND.

    The week bears the side and no more: a season of own days that goes further rests on months alone.
    """
    totals = panel.row(Analysis.MAIN).totals
    beyond = way * (totals[Question.SEASON] - totals[Question.WEEK])
    return float(np.mean(beyond > panel.worthwhile)) >= FAR_BEYOND


def _said(question: Question, panel: Panel, tiers: dict[Question, Tier], gate: Gate) -> Said:
    if panel.design.run_days < MIN_RUNS:
        numbers = {"run_days": float(panel.design.run_days), "least": float(MIN_RUNS)}
        reason = Reason(Hurdle.TOO_FEW_RUNS, None, numbers, (Opener.RUNS,))
        return Said(Verdict.TOO_FEW_RUNS, too_small=False, reason=reason)
    limit = record_limit(question, panel.design.recorded, tiers, gate) or _limit_of_sampler(question, panel)
    if limit is not None:
        return _not_said(limit)
    is_drawn = tiers[question].weeks_drawn_in_all >= MIN_ALLOCATED_WEEKS
    found = _unless_faded(_ruled(question, panel, is_drawn=is_drawn), question, panel)
    if found.hurdle is not None:
        return _not_said(_reason(found, question, panel, tiers[question]))
    limit = _plain_limit(found, question, panel, tiers[question])
    return _not_said(limit) if limit is not None else Said(found.verdict, found.too_small, None)


def _ruled(question: Question, panel: Panel, *, is_drawn: bool) -> Ruling:
    """Apply the rule, sampling rows on while the result depends on a threshold that their draws leave open."""
    while True:
        found = rulings_of(
            lambda analysis, event: panel.passes(analysis, question, event),
            question=question,
            is_drawn=is_drawn,
            has_halves=panel.latest_half is not None,
        )
        # the first row that can still be sampled on is, and then all is asked again
        if found.agree:
            return _with_a_true_reason(found, question, panel)
        if not any(panel.more(row) for row, _ in found.still_open):
            return found.final


def _with_a_true_reason(found: Rulings, question: Question, panel: Panel) -> Ruling:
    """Of rulings that all say the same, return one whose reason the draws bear out.

    The last of them takes every open threshold for missed: that the records alone leave room, where their share of
    draws has reached what is needed and only Monte Carlo error leaves it open.
    """
    for ruling in (found.final, *found.possible):
        if ruling.hurdle is not Hurdle.PRIOR_ALONE or ruling.analysis is None or ruling.event is None:
            return ruling
        draws = panel.row(ruling.analysis).totals[question]
        p = float(np.mean(happens(Event(ruling.event), draws, panel.worthwhile)))
        if p < threshold(ruling.analysis, ruling.event):
            return ruling
    return found.final


def _unless_faded(found: Ruling, question: Question, panel: Panel) -> Ruling:
    """Take a claimed side back where the latest half is sure of less than half as much of it.

    A latest half that finds nothing at all leaves each side its share by chance, and so reverses nothing; yet what
    ended months ago is no answer to whoever asks today. Rule:   P(side * Delta >= side * mean / 2) >= NOT_FADED   in
    the latest half, with `mean` that of the main analysis.
    """
    way = direction(found.verdict)
    if not way or panel.latest_half is None:
        return found
    half = way * float(np.mean(panel.row(Analysis.MAIN).totals[question])) / 2.0
    draws = panel.row(Analysis.LATEST_HALF).totals[question]
    if share(way * draws >= half, draws).passes(NOT_FADED) is not Passed.NO:
        return found
    return Ruling(Verdict.CANNOT_TELL, hurdle=Hurdle.DISAGREE, analysis=Analysis.LATEST_HALF)


def _not_said(reason: Reason) -> Said:
    return Said(Verdict.CANNOT_TELL, too_small=False, reason=reason)


def _plain_limit(found: Ruling, question: Question, panel: Panel, tier: Tier) -> Reason | None:
    """Stop a claim of the week that plain regressions contradict."""
    if question is not Question.WEEK:
        return None
    is_drawn = tier.letter is TierLetter.RANDOMISED
    return plain_limit(
        direction(found.verdict),
        panel.design.series,
        Opener.BLOCKS if is_drawn else _draw(question, tier),
        is_small=found.too_small or not direction(found.verdict),
        is_drawn=is_drawn,
        run_days=panel.design.usual_run_days,
        worthwhile=panel.worthwhile,
    )


def _limit_of_sampler(question: Question, panel: Panel) -> Reason | None:
    row = panel.settle(Analysis.MAIN, question)
    if row.is_settled(question):
        return None
    is_monotonous = (
        max(fixed_rhythm(panel.design.series.dose), same_rating(panel.design.series.pain)) >= NEXT_TO_ALL
    )
    if not is_monotonous and nearly_settled(row.health[question]):
        return None  # each threshold is then asked of every chain by itself
    series, openers = panel.design.series, []
    if fixed_rhythm(series.dose) >= NEXT_TO_ALL:
        openers.append(Opener.IRREGULAR_DAYS)
    if same_rating(series.pain) >= NEXT_TO_ALL:
        openers.append(Opener.FINER_RATINGS)
    return _unsettled(row, question, tuple(openers) or (Opener.NOTHING_KNOWN,))


def _unsettled(row: Row, question: Question, openers: tuple[Opener, ...]) -> Reason:
    health = row.health[question]
    numbers = {"rhat": health.rhat, "ess_bulk": health.ess_bulk, "ess_tail": health.ess_tail}
    return Reason(Hurdle.SAMPLER, row.analysis, numbers, openers)


def _reason(found: Ruling, question: Question, panel: Panel, tier: Tier) -> Reason:
    hurdle = found.hurdle or Hurdle.BOTH_WAYS
    if hurdle is Hurdle.THRESHOLD and found.analysis is not None:
        row = panel.row(found.analysis)
        # slow chains with a known error leave a probability that lies too close to call, as settled ones do
        if not nearly_settled(row.health[question]):
            return _unsettled(row, question, (Opener.NOTHING_KNOWN,))
    numbers = {}
    if found.analysis is not None and found.event is not None:
        draws = panel.row(found.analysis).totals[question]
        p = float(np.mean(happens(Event(found.event), draws, panel.worthwhile)))
        numbers = {"p": p, "needed": threshold(found.analysis, found.event)}
    return Reason(hurdle, found.analysis, numbers, _openers(hurdle, found.analysis, question, tier))


def _openers(hurdle: Hurdle, analysis: Analysis | None, question: Question, tier: Tier) -> tuple[Opener, ...]:
    if hurdle is Hurdle.DISAGREE and analysis is Analysis.AS_DRAWN:
        adheres = tier.kept is not None and tier.kept >= NEARLY_FULL_ADHERENCE
        return (Opener.DAYS,) if adheres else (Opener.KEEP_TO_DRAW, Opener.DAYS)
    draw = _draw(question, tier)
    # who has chance draw the days already can only go on
    is_drawn = tier.letter is TierLetter.RANDOMISED
    return (Opener.DAYS,) if is_drawn or hurdle is Hurdle.THRESHOLD else (draw, Opener.DAYS)


def _draw(question: Question, tier: Tier) -> Opener:
    """Return what to draw; to keep to the draw for whom chance drew long enough already."""
    is_drawn = tier.drawn_weeks >= MIN_ALLOCATED_WEEKS and (
        question is Question.WEEK or tier.blocks >= MIN_BLOCKS
    )
    if is_drawn and tier.letter is not TierLetter.RANDOMISED:
        return Opener.KEEP_TO_DRAW
    return Opener.DRAW if question is Question.WEEK else Opener.BLOCKS
