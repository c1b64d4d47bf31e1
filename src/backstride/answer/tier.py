"""The evidence tier of each question, read from the record.

What may be said of a season needs more than what may be said of a week: days that chance drew within each week leave
the months' load to the person, so only blocks of weeks show a cause there.
"""

from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from backstride.answer.effect import Tier
from backstride.answer.kinds import Question, TierLetter
from backstride.core.days import DiaryDay
from backstride.diary.series import DailySeries

LEAST_DRAWN_WEEKS = 8
LEAST_KEPT = 0.8
LEAST_IN_ORDER = 0.8
LEAST_RATED_BEFORE = 0.5
LONGEST_GAP_HOURS = 3.0
LEAST_BLOCKS = 6
LEAST_BLOCK_WEEKS = 2
_LEAST_DRAWN_DAYS_A_WEEK = 3
_WEEK = 7


def read_tiers(series: DailySeries, *, gate_is_open: bool) -> dict[Question, Tier]:
    """How much the record can tell, of each question.

    A week: the last eight weeks or more drawn, and 80 % kept. A season: of those, six blocks of two weeks or more for
    running or for rest. B: of the run days that have a rating at all, 80 % have it from before the run on the same
    day, and half of all run days do, half of them within three hours (a morning that is missing hides no order, it is
    only missing: decisions/0010). "Pain now" before a run is such a rating. For the season, the gate must be open.
    Else C.

    Args:
        series: one row a day.
        gate_is_open: whether running and time can be told apart over the diary.
    """
    weeks = _drawn_weeks(series)
    kept = _kept(series, len(weeks))
    drawn = len(weeks) >= LEAST_DRAWN_WEEKS and kept is not None and kept >= LEAST_KEPT
    blocks = _blocks(weeks)
    first = _rated_first(series)
    at_random = {Question.WEEK: drawn, Question.SEASON: drawn and blocks >= LEAST_BLOCKS}
    in_order = {Question.WEEK: first, Question.SEASON: first and gate_is_open}
    run_days = [day for day in series.days if day.runs]
    hours = _hours_to_run(series)
    return {
        question: Tier(
            letter=_letter(at_random=at_random[question], in_order=in_order[question]),
            rated_before_run=len(hours) / max(len(run_days), 1),
            hours_to_run=float(np.median(hours)) if hours else None,
            drawn_weeks=float(len(weeks)),
            weeks_drawn_in_all=float(weeks_drawn_in_all(series)),
            kept=kept,
            blocks=blocks,
        )
        for question in Question
    }


def weeks_drawn_in_all(series: DailySeries) -> int:
    """How many weeks' days were drawn by chance, anywhere in the diary."""
    return int(sum(count >= _LEAST_DRAWN_DAYS_A_WEEK for count in _drawn_days_a_week(series)))


def _letter(*, at_random: bool, in_order: bool) -> TierLetter:
    if at_random:
        return TierLetter.RANDOMISED
    return TierLetter.MORNING_FIRST if in_order else TierLetter.LOOKING_BACK


def _rated_first(series: DailySeries) -> bool:
    """Whether ratings are known to come before the runs, and soon before them."""
    run_days = [day for day in series.days if day.runs]
    rated = [day for day in run_days if _is_rated(day)]
    hours = _hours_to_run(series)
    if not hours:
        return False
    enough = len(hours) >= LEAST_IN_ORDER * len(rated) and len(hours) >= LEAST_RATED_BEFORE * len(run_days)
    return enough and float(np.median(hours)) <= LONGEST_GAP_HOURS


def _is_rated(day: DiaryDay) -> bool:
    """Whether pain was rated at all between this morning and the next, before the run or after it."""
    return bool(day.pain_before) or (day.check_in is not None and day.check_in.pain is not None)


def _hours_to_run(series: DailySeries) -> list[float]:
    """Of each run day with a rating known to come before the run, the hours between."""
    return [day.hours_since_rating for day in series.days if day.hours_since_rating is not None]


def _drawn_days_a_week(series: DailySeries) -> list[int]:
    """Drawn days of each week, counted back from the last day; days that make no whole week are left out."""
    drawn = ~np.isnan(series.drawn[::-1])
    return [int(drawn[i : i + _WEEK].sum()) for i in range(0, len(drawn) - _WEEK + 1, _WEEK)]


def _drawn_weeks(series: DailySeries) -> list[bool]:
    """Of each week of the latest stretch with three drawn days in every week, in order, whether it was for running.

    Weeks are cut as they were drawn: from the stretch's first drawn day on.
    """
    stretch = 0
    for count in _drawn_days_a_week(series):
        if count < _LEAST_DRAWN_DAYS_A_WEEK:
            break
        stretch += 1
    last = series.drawn[len(series) - _WEEK * stretch :]
    first = np.flatnonzero(~np.isnan(last))[:1]
    begin = int(first[0]) if len(first) else 0
    cut: NDArray[np.float64] = last[begin:]
    weeks = [bool(np.any(cut[i : i + _WEEK] == 1.0)) for i in range(0, len(cut), _WEEK)]
    return weeks[:stretch]


def _blocks(weeks: list[bool]) -> int:
    """How many blocks of two weeks or more, for running or for rest, chance dealt; 0 where it dealt shorter ones.

    A block is as long as the shortest stretch of weeks of one kind; the last stretch may be cut short by today.
    """
    stretches = [len(list(same)) for _, same in groupby(weeks)]
    if len(stretches) < 2:
        return 0
    length = min(stretches[:-1])
    return sum(stretch // length for stretch in stretches) if length >= LEAST_BLOCK_WEEKS else 0


def _kept(series: DailySeries, weeks: int) -> float | None:
    """Share of the drawn days, of those weeks, on which the draw was kept; None where nothing was drawn."""
    days = slice(max(len(series) - _WEEK * weeks, 0), None)
    drawn, dose = series.drawn[days], series.dose[days]
    known = ~np.isnan(drawn) & ~np.isnan(dose)
    if weeks == 0 or not known.any():
        return None
    return float(np.mean((drawn[known] > 0) == (dose[known] > 0)))
