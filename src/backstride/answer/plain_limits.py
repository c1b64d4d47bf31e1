"""What plain regressions of the mornings after runs must not contradict before the week's verdict is said."""

from backstride.answer.confounding import SOME_WITH_MEDICINE, medicine_with_runs
from backstride.answer.drawn_week import DAYS, week_after_drawn_run
from backstride.answer.effect import Reason
from backstride.answer.kinds import Hurdle, Opener
from backstride.answer.later_mornings import MORNINGS_AHEAD, later_mornings
from backstride.answer.run_sequence import PAIR, effect_by_days_since, effect_of_breaks, effect_of_pairs
from backstride.diary.series import DailySeries

_LEFT_BESIDE_MEDICINE = 0.75
"""Share of less pain on the next morning that must be left once pain medicine of the same day is allowed for."""


def plain_limit(
    way: int,
    series: DailySeries,
    opener: Opener,
    *,
    is_small: bool,
    is_drawn: bool,
    run_days: float,
    worthwhile: float,
) -> Reason | None:
    """Return what stops a claim of the week; None where the plain regressions bear it out.

    Args:
        way: side of the claim, -1 less pain, 1 more; 0 of 'no difference'.
        series: one row a day.
        opener: what to draw next.
        is_small: whether the claim is of no difference, or of one that is too small to matter.
        is_drawn: whether chance drew the days, tier A.
        run_days: run days a week.
        worthwhile: smallest worthwhile change, points.
    """
    asked = {MORNINGS_AHEAD: later_mornings(series)}
    if is_drawn and not way:
        # what comes on the fourth to sixth morning is in the week's effect, and neither the model nor three see it
        asked[DAYS] = week_after_drawn_run(series)
    # the first that disagrees is named: three mornings are surer than seven
    for count, found in asked.items():
        if found is not None and not found.bear_out(way, run_days=run_days, worthwhile=worthwhile):
            numbers = found._asdict() | {"sure": float(found.are_sure), "mornings": float(count)}
            return Reason(Hurdle.LATER_MORNINGS, None, numbers, (opener, Opener.DAYS))
    sequence = _sequence(series, is_small=is_small, is_drawn=is_drawn, worthwhile=worthwhile)
    if sequence is not None:
        return sequence
    return _medicine(series) if way < 0 else None


def _sequence(series: DailySeries, *, is_small: bool, is_drawn: bool, worthwhile: float) -> Reason | None:
    """Stop where what runs do depends on the days between them, so that the sum of single runs is not its size.

    A small change is asked of breaks, and of the days since the last run: a week without runs may do what fewer runs
    never show. Days that the person
    chose are asked of runs in a row; under a draw these are rare, and what a few of them show is not sure.
    """
    # a side that is claimed stands with breaks that do more: the week is then rather larger than said
    breaks = None
    if is_small:
        breaks = effect_of_breaks(series) or effect_by_days_since(series, worthwhile=worthwhile)
    pairs = effect_of_pairs(series) if breaks is None and not is_drawn else None
    found = breaks or pairs
    if found is None:
        return None
    opener = Opener.DAY_BETWEEN if found.days == PAIR else Opener.WHOLE_WEEKS
    return Reason(Hurdle.RUN_SEQUENCE, None, {"days": float(found.days), "points": found.points}, (opener,))


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
    # too few mornings to tell runs from medicine is no sign that medicine did nothing
    if alone and beside and beside.next <= _LEFT_BESIDE_MEDICINE * alone.next < 0.0:
        return None
    return Reason(Hurdle.WITH_MEDICINE, None, {"correlation": correlation}, (Opener.RUNS_WITHOUT_MEDICINE,))
