"""What plain regressions of the mornings after runs must not contradict before the week's verdict is said."""

from backstride.answer.confounding import SOME_WITH_MEDICINE, medicine_with_runs
from backstride.answer.drawn_week import DAYS, week_after_drawn_run
from backstride.answer.effect import Reason
from backstride.answer.kinds import Hurdle, Opener
from backstride.answer.later_mornings import MORNINGS, later_mornings
from backstride.diary.series import DailySeries

_LEFT_BESIDE_MEDICINE = 0.75
"""Share of less pain on the next morning that must be left once pain medicine of the same day is allowed for."""


def plain_limit(
    way: int, series: DailySeries, opener: Opener, *, is_drawn: bool, run_days: float, worthwhile: float
) -> Reason | None:
    """Return what stops a claim of the week; None where the plain regressions bear it out.

    Args:
        way: side of the claim, -1 less pain, 1 more; 0 of 'no difference'.
        series: one row a day.
        opener: what to draw next.
        is_drawn: whether chance drew the days, tier A.
        run_days: run days a week.
        worthwhile: smallest worthwhile change, points.
    """
    asked = {MORNINGS: later_mornings(series)}
    if is_drawn and not way:
        # what comes on the fourth to sixth morning is in the week's effect, and neither the model nor three see it
        asked[DAYS] = week_after_drawn_run(series)
    # the first that disagrees is named: three mornings are surer than seven
    for count, found in asked.items():
        if found is not None and not found.bear_out(way, run_days=run_days, worthwhile=worthwhile):
            numbers = found._asdict() | {"sure": float(found.are_sure), "mornings": float(count)}
            return Reason(Hurdle.LATER_MORNINGS, None, numbers, (opener, Opener.DAYS))
    return _medicine(series) if way < 0 else None


def _medicine(series: DailySeries) -> Reason | None:
    """Stop less pain that goes with the pain medicine taken on the days of the runs.

    Medicine taken for a run is written down on the morning after, so that the model, which allows for what was known
    before the run, leaves its work to the run. More pain is not asked: medicine taken because a run hurt would hide
    what it did.
    """
    correlation = medicine_with_runs(series)
    if correlation < SOME_WITH_MEDICINE:
        return None
    # the next morning alone: on later ones the medicine of later days is at work, too
    alone, beside = later_mornings(series), later_mornings(series, beside_medicine=True)
    if alone is None or beside is None or beside.next <= _LEFT_BESIDE_MEDICINE * alone.next < 0.0:
        return None
    return Reason(Hurdle.WITH_MEDICINE, None, {"correlation": correlation}, (Opener.RUNS_WITHOUT_MEDICINE,))
