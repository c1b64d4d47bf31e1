"""Runs that ask for easy days after them: far beyond those before, as a race is, or two hours and more.

A race that is no longer than the long runs of one's training is one as well: before it there were easy weeks.
"""

from datetime import date, timedelta

from backstride.programme.history import CompletedSession, History
from backstride.programme.ladder import LADDER
from backstride.programme.own import LIMIT, LIMIT_DAYS

FAR_RUN_MIN = 90.0
"""A run of so many minutes that is beyond the limit is a far one, such as a race; our own choice."""
DOUBLE_RUN_MIN = 30.0
"""So is one of so many minutes that is more than twice the longest; our own choice."""
FAR_RUN_DAYS = 84
"""It is held against the longest run of so many days: what a break leaves open is no far run."""
LONG_RUN_MIN = 120.0
"""A run of so many minutes asks for two days without one; our own choice."""
LONG_RUN_DAYS = 10
LONG_RUN_SHARE = 0.9
"""It is a far one where none of so large a share of it came in so many days before: no long run of each week."""
EASY_DAYS = 7
REST_DAYS = 2


def is_far(minutes: float, longest: float, *, lately: float | None = None) -> bool:
    """Whether a run is far beyond what came before it, as a race is.

    Args:
        minutes: of the run.
        longest: minutes of the longest run of the 84 days before it.
        lately: minutes of the longest run of the 10 days before it; as `longest` unless given.
    """
    is_long = minutes >= FAR_RUN_MIN and minutes > LIMIT * longest
    is_double = minutes >= DOUBLE_RUN_MIN and minutes > 2.0 * longest
    before = longest if lately is None else lately
    return is_long or is_double or (minutes >= LONG_RUN_MIN and before < LONG_RUN_SHARE * minutes)


def is_after_a_far_run(history: History, day: date, days: int = EASY_DAYS) -> bool:
    """Whether one of so many days before a day held a run far beyond those of the weeks before it."""
    return any(
        is_far_run(history, run)
        for run in history.efforts
        if run.run_min and 0 < (day - run.day).days <= days
    )


def is_far_run(history: History, run: CompletedSession) -> bool:
    """Whether a run was far beyond those on record before it."""
    return is_far(
        run.longest_min,
        _longest_before(history, run, FAR_RUN_DAYS),
        lately=_longest_before(history, run, LONG_RUN_DAYS),
    )


def has_longest_before(history: History, run: CompletedSession) -> bool:
    """Whether a run is on record of the days before one: of the first on record nobody knows what it was beyond."""
    return _longest_before(history, run, FAR_RUN_DAYS) > 0.0


def is_after_a_long_run(history: History, day: date) -> bool:
    """Whether one of the two days before a day held a run of two hours or more, whatever is usual."""
    return any(
        run.longest_min >= LONG_RUN_MIN and timedelta() < day - run.day <= timedelta(days=REST_DAYS)
        for run in history.efforts
    )


def is_after_a_jump(history: History, day: date, *, on_ladder: bool) -> bool:
    """Whether a run of that day, or of the seven before it, went further beyond the longest of 30 days than is open.

    Where those 30 days hold no run, nobody knows what it was to the body: then it is none.

    Args:
        history: the sessions so far.
        day: the local day.
        on_ladder: whether the plan goes by its steps: then one step more is open, which is above a tenth.
    """
    near = [run for run in history.efforts if run.run_min and 0 <= (day - run.day).days <= EASY_DAYS]
    return any(is_jump(history, run, on_ladder=on_ladder) for run in near)


def is_jump(history: History, run: CompletedSession, *, on_ladder: bool) -> bool:
    """Whether a run went further beyond the longest of 30 days before it than is open.

    Args:
        history: the sessions so far.
        run: one of them.
        on_ladder: whether the plan goes by its steps.
    """
    longest = _longest_before(history, run, LIMIT_DAYS)
    above = next((stage.run_min for stage in LADDER if stage.run_min > longest + 1e-6), 0.0)
    most = max(LIMIT * longest, above if on_ladder else 0.0)
    return longest > 0.0 and run.longest_min > most + 1e-6


def _longest_before(history: History, run: CompletedSession, days: int) -> float:
    """Return the minutes of the longest run of so many days before the day of a run."""
    return max(
        (one.longest_min for one in history.efforts if 0 < (run.day - one.day).days <= days), default=0.0
    )
