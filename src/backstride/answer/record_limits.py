"""What the records themselves rule out, before anything is fitted."""

from backstride.answer.answer import Gate
from backstride.answer.confounding import MAX_WITH_MEDICINE, medicine_with_runs
from backstride.answer.effect import Reason, Tier
from backstride.answer.gate import LITTLE, MAX_RAMP, MUCH
from backstride.answer.kinds import Hurdle, LookingBack, Opener, Question, TierLetter
from backstride.answer.rated_lately import rated_lately
from backstride.answer.rating_moment import (
    MOSTLY_FROM_MEMORY,
    gap_before_drawn_runs,
    rated_by_another_clock,
    rated_by_one_clock,
    share_from_memory,
)
from backstride.answer.run_lengths import opposite_lengths
from backstride.diary.series import DailySeries


def record_limit(
    question: Question, series: DailySeries, tiers: dict[Question, Tier], gate: Gate
) -> Reason | None:
    """Return the first of the records' own limits that stops a question; None where none does.

    Args:
        question: week or season.
        series: one row a day.
        tiers: evidence tier of each question.
        gate: whether the season may be told yet.
    """
    return (
        _order_and_gate(question, series, tiers, gate)
        or _medicine(series)
        or _moment(series, tiers[question])
        or _lengths(question, series)
    )


def _order_and_gate(
    question: Question, series: DailySeries, tiers: dict[Question, Tier], gate: Gate
) -> Reason | None:
    """Tier C, or the season's gate."""
    tier = tiers[question]
    shut = question is Question.SEASON and not gate.is_open
    in_order = tiers[Question.WEEK].letter is not TierLetter.LOOKING_BACK
    if tier.letter is TierLetter.LOOKING_BACK and not (shut and in_order):
        hours = {} if tier.hours_to_run is None else {"hours_to_run": tier.hours_to_run}
        draw = Opener.DRAW if question is Question.WEEK else Opener.BLOCKS
        numbers = {"rated_before_run": tier.rated_before_run, **hours}
        lately = rated_lately(series) if tier.looking_back is LookingBack.TOO_EARLY else None
        if lately is not None:
            # the rating is in its place by now: more days like the latest are what is missing
            return Reason(Hurdle.NO_ORDER, None, numbers | lately._asdict(), (Opener.DAYS, draw))
        return Reason(Hurdle.NO_ORDER, None, numbers, (Opener.RATING_BEFORE, draw))
    if not shut:
        return None
    opened_by = (Opener.BLOCKS, Opener.CHANGE_OF_LOAD)
    if gate.ramp >= MAX_RAMP and gate.highest - gate.lowest >= MUCH - LITTLE:
        return Reason(Hurdle.RAMP, None, {"explained_by_time": gate.ramp}, opened_by)
    return Reason(Hurdle.STEADY, None, {"lowest": gate.lowest, "highest": gate.highest}, opened_by)


def _medicine(series: DailySeries) -> Reason | None:
    """Pain medicine that was taken nearly always with a run and hardly ever without one."""
    correlation = medicine_with_runs(series)
    if correlation < MAX_WITH_MEDICINE:
        return None
    return Reason(Hurdle.WITH_MEDICINE, None, {"correlation": correlation}, (Opener.RUNS_WITHOUT_MEDICINE,))


def _moment(series: DailySeries, tier: Tier) -> Reason | None:
    """Stop where ratings are not of the moments they stand for: written down days later, or by two clocks."""
    late = share_from_memory(series)
    if late >= MOSTLY_FROM_MEMORY:
        return Reason(Hurdle.FROM_MEMORY, None, {"late": late}, (Opener.RATING_ON_THE_DAY,))
    clocks = rated_by_another_clock(series)
    if clocks is not None:
        return Reason(Hurdle.RATING_MOMENT, None, clocks._asdict(), (Opener.SAME_MOMENT,))
    gap = gap_before_drawn_runs(series) if tier.letter is TierLetter.RANDOMISED else None
    if gap is None:
        return None
    if rated_by_one_clock(series):
        # what is done already is no advice: the gap may be luck, and then more days take it away
        return Reason(Hurdle.RATING_MOMENT, None, {"gap": gap, "one_clock": 1.0}, (Opener.DAYS,))
    return Reason(Hurdle.RATING_MOMENT, None, {"gap": gap}, (Opener.SAME_MOMENT,))


def _lengths(question: Question, series: DailySeries) -> Reason | None:
    """Short and long runs that are followed by opposite mornings: one effect of a minute would be of neither."""
    found = opposite_lengths(series)
    if found is None:
        return None
    # what was found is of the next mornings; nothing of the kind is known of what builds up
    numbers = found._asdict() if question is Question.WEEK else {}
    return Reason(Hurdle.RUN_LENGTHS, None, numbers, (Opener.ONE_LENGTH,))
