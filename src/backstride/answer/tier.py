"""The evidence tier of each question, read from the record.

What may be said of a season needs more than what may be said of a week: days that chance drew within each week leave
the months' load to the person, so only blocks of weeks show a cause there.
"""

from itertools import groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstride.answer.effect import Tier
from backstride.answer.kinds import LookingBack, Question, TierLetter
from backstride.core.allocation import AllocationScheme
from backstride.core.days import DiaryDay
from backstride.diary.series import DailySeries
from backstride.programme.schedule import possible_blocks

MIN_ALLOCATED_WEEKS = 8
MIN_ADHERENCE = 0.8
"""Of the drawn runs and the days of drawn rest together."""
MIN_ADHERENCE_OF_AN_ARM = 2 / 3
"""Of the drawn runs, and of the drawn rest; all days alone would hide who hardly runs."""
NEARLY_FULL_ADHERENCE = 0.9
"""From this share of kept days on, keeping to the draw still better is no advice."""
MIN_IN_ORDER = 0.8
MIN_RATED_BEFORE = 0.5
MAX_GAP_HOURS = 3.0
MIN_BLOCKS = 6
MIN_BLOCK_WEEKS = 2
_MIN_ALLOCATED_DAYS_A_WEEK = 3
_WEEK = 7
_REST_WEEKS = 0.25


def read_tiers(series: DailySeries, *, gate_is_open: bool) -> dict[Question, Tier]:
    """Return how much the record can tell, of each question.

    A week: eight weeks or more drawn in one stretch, wherever that lies, and 80 % of it kept, two thirds of the drawn
    runs and of the drawn rest each by itself. A season: of those, six blocks of two weeks or more for running or for
    rest. B: of the run days with a rating at all, 80 % have it
    from before the run on the same day, and half of all run days do, half of them within three hours (a morning that
    is missing hides no order, it is only missing: decisions/0010). "Pain now" before a run is such a rating. For the
    season, the gate must be open. Else C.

    Args:
        series: one row a day.
        gate_is_open: whether running and time can be told apart over the diary.
    """
    drawn = {question: _drawn(question, series) for question in Question}
    no_order = _no_order(series)
    looking_back = {
        Question.WEEK: no_order,
        Question.SEASON: no_order or (None if gate_is_open else LookingBack.GATE),
    }
    letters = {
        question: _letter(drawn[question].is_enough_for(question), looking_back[question])
        for question in Question
    }
    run_days = [day for day in series.days if day.runs]
    hours = hours_to_run(series)
    return {
        question: Tier(
            letter=letters[question],
            rated_before_run=len(hours) / max(len(run_days), 1),
            hours_to_run=float(np.median(hours)) if hours else None,
            drawn_weeks=float(drawn[question].weeks),
            weeks_drawn_in_all=float(allocated_weeks_in_all(series)),
            kept=None if (found := drawn[question].adherence) is None else found.lesser_arm,
            blocks=drawn[question].blocks,
            looking_back=looking_back[question] if letters[question] is TierLetter.LOOKING_BACK else None,
        )
        for question in Question
    }


class Adherence(NamedTuple):
    """How far a draw was kept.

    Attributes:
        overall: share of the drawn runs and of the days of drawn rest together.
        lesser_arm: the share of the drawn runs, or of the days of drawn rest, whichever is less.
    """

    overall: float
    lesser_arm: float


class Drawn(NamedTuple):
    """One stretch of weeks that chance drew.

    Attributes:
        weeks: how many.
        adherence: how far it was kept; None without any drawn day that is known.
        blocks: of two weeks or more, for running or for rest.
    """

    weeks: int
    adherence: Adherence | None
    blocks: int

    def is_enough_for(self, question: Question) -> bool:
        """Whether it shows a cause: eight weeks or more, kept; for a season six blocks, too."""
        has_blocks = question is Question.WEEK or self.blocks >= MIN_BLOCKS
        if self.adherence is None or self.weeks < MIN_ALLOCATED_WEEKS or not has_blocks:
            return False
        overall, lesser_arm = self.adherence
        return overall >= MIN_ADHERENCE and lesser_arm >= MIN_ADHERENCE_OF_AN_ARM


def _drawn(question: Question, series: DailySeries) -> Drawn:
    """Read the stretch that tells most: the longest; for a season that with most blocks."""
    stretches = [_to_its_end(series, first, weeks) for first, weeks in _allocated_stretches(series)]
    found = [Drawn(weeks, _adherence(series, days), _blocks(series, days)) for days, weeks in stretches]
    if not found:
        return Drawn(0, None, 0)
    # the longest, not the latest: own days after a draw do not undo what chance has shown; the later of two alike
    by_length = max(reversed(found), key=lambda one: one.weeks)
    by_blocks = max(reversed(found), key=lambda one: (one.blocks, one.weeks))
    return by_blocks if question is Question.SEASON else by_length


def allocated_weeks_in_all(series: DailySeries) -> int:
    """Return how many weeks' days were drawn by chance, anywhere in the diary."""
    return sum(weeks for _, weeks in _allocated_stretches(series))


def _letter(is_drawn: bool, looking_back: LookingBack | None) -> TierLetter:
    if is_drawn:
        return TierLetter.RANDOMISED
    return TierLetter.MORNING_FIRST if looking_back is None else TierLetter.LOOKING_BACK


def _no_order(series: DailySeries) -> LookingBack | None:
    """Why ratings are not known to come before the runs, and soon before them; None where they are."""
    run_days = [day for day in series.days if day.runs]
    rated = [day for day in run_days if _is_rated(day)]
    hours = hours_to_run(series)
    if not hours:
        return LookingBack.NO_ORDER
    if float(np.median(hours)) > MAX_GAP_HOURS:
        return LookingBack.TOO_EARLY
    # of the rated run days most must be in order; of all run days half must be rated at all, or a few tell for many
    enough = len(hours) >= MIN_IN_ORDER * len(rated) and len(hours) >= MIN_RATED_BEFORE * len(run_days)
    return None if enough else LookingBack.TOO_FEW


def _is_rated(day: DiaryDay) -> bool:
    """Whether pain was rated at all between this morning and the next, before the run or after it."""
    return bool(day.pain_before) or (day.check_in is not None and day.check_in.pain is not None)


def hours_to_run(series: DailySeries) -> list[float]:
    """Return the hours between, of each run day with a rating known to come before the run."""
    return [day.hours_since_rating for day in series.days if day.hours_since_rating is not None]


def _allocated_stretches(series: DailySeries) -> list[tuple[int, int]]:
    """First day and number of weeks of each stretch of weeks with at least three drawn days each.

    Weeks are counted from the first drawn day on, as a draw gives them; a week that the diary's end cuts short is
    left out.
    """
    allocated = ~np.isnan(series.allocation)
    stretches, day = [], 0
    while day < len(allocated):
        if not allocated[day]:
            day += 1
            continue
        first = day
        while allocated[day : day + _WEEK].sum() >= _MIN_ALLOCATED_DAYS_A_WEEK and day + _WEEK <= len(
            allocated
        ):
            day += _WEEK
        if day > first:
            stretches.append((first, (day - first) // _WEEK))
        else:
            day += 1
    return stretches


def _to_its_end(series: DailySeries, first: int, weeks: int) -> tuple[slice, int]:
    """Days and weeks of a stretch; days of a draw that goes on beyond the last whole week are among them."""
    end = first + _WEEK * weeks
    while end < len(series) and not np.isnan(series.allocation[end]):
        end += 1
    return slice(first, end), weeks


def _blocks(series: DailySeries, days: slice) -> int:
    """How many blocks of two weeks or more, for running or for rest, those days hold; 0 of shorter ones.

    By the law of the schedule where it is on record; else by the drawn days themselves, whichever weekday the weeks
    began on.
    """
    laws = [
        day.allocation.law
        for day in series.days[days]
        if day.allocation is not None and day.allocation.to_run is not None
    ]
    if laws:
        # blocks that follow drawn days or weeks are blocks none the less
        lengths = {law: _weeks_of_a_kind(law) for law in set(laws)}
        return sum(
            laws.count(law) // (_WEEK * length)
            for law, length in lengths.items()
            if length >= MIN_BLOCK_WEEKS
        )
    # the weekday on which weeks began is not on record; the start that gives the most blocks is taken
    return max(_blocks_from(series.allocation[days][first:]) for first in range(_WEEK))


def _weeks_of_a_kind(law: AllocationScheme) -> int:
    """For how many weeks at least a law gives running or rest, before it may give the other."""
    stretches = []
    for way in possible_blocks(law, ran_the_day_before=False):
        weeks = [any(way[first : first + _WEEK]) for first in range(0, len(way), _WEEK)]
        stretches += [len(list(same)) for _, same in groupby(weeks)]
    return min(stretches)


def _blocks_from(allocation: NDArray[np.float64]) -> int:
    """Count the blocks from the allocated days alone, in weeks from the first; today may cut the last block short."""
    whole = len(allocation) // _WEEK
    weeks = [bool(np.any(week == 1.0)) for week in np.split(allocation[: _WEEK * whole], max(whole, 1))]
    stretches = [len(list(same)) for _, same in groupby(weeks)]
    # the last stretch may still be going on, so it does not say how long blocks are
    length = min(stretches[:-1], default=0)
    return sum(stretch // length for stretch in stretches) if length >= MIN_BLOCK_WEEKS else 0


def _adherence(series: DailySeries, days: slice) -> Adherence | None:
    """How far the draw was kept on those days; None where nothing was drawn.

    Where weeks are drawn 11 of 14 days are rest, and whoever never runs would keep to 79 % of all days: so the drawn
    runs and the drawn rest are counted each by themselves, too. There a week is the arm, and its runs may fall on
    other days of it.
    """
    allocation, dose = series.allocation[days], series.dose[days]
    known = ~np.isnan(allocation) & ~np.isnan(dose)
    if not known.any():
        return None
    # kept means the arm, not the minutes: five minutes on a run day keep to it
    to_run, ran = known & (allocation > 0), known & (dose > 0)
    week = np.arange(len(allocation)) // _WEEK
    # by what was drawn: a run week whose doses nobody knows is no week of rest
    is_run_week = np.bincount(week, allocation > 0) > 0
    if _draws_weeks(series, days, is_run_week):
        wanted, done = np.bincount(week, to_run), np.bincount(week, ran)
        drawn, followed = wanted.sum(), np.minimum(wanted, done).sum()
        rests = known & ~is_run_week[week]
    else:
        drawn, followed = np.sum(to_run), np.sum(to_run & ran)
        rests = known & ~to_run
    rested, rest = np.sum(rests & ~ran), np.sum(rests)
    shares = [part / whole for part, whole in ((followed, drawn), (rested, rest)) if whole]
    return Adherence(float((followed + rested) / (drawn + rest)), float(min(shares)))


def _draws_weeks(series: DailySeries, days: slice, is_run_week: NDArray[np.bool_]) -> bool:
    """Whether whole weeks were drawn: by the law on record, else because a quarter of the weeks have no run drawn."""
    laws = [day.allocation.law for day in series.days[days] if day.allocation is not None]
    if laws:
        return max(sorted(set(laws)), key=laws.count) is not AllocationScheme.DAYS
    return float(np.mean(is_run_week)) <= 1.0 - _REST_WEEKS
