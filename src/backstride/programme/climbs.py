"""How the back has changed over weeks and months: a climb, and high days that come back each week."""

from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, time, timedelta
from statistics import median

from backstride.core.plan_step import Step
from backstride.programme.history import History, MorningReport, Site, last_talk
from backstride.programme.lights import CALM, RED_PAIN, RED_RISE

CLIMB = 1.5
CLIMB_FAR = 2.0
"""From such a climb on there are walks only; our own choice."""
CLIMB_DAYS = 14
CLIMB_FROM = 7
"""So many days with a rating are needed for two weeks to count."""
MONTH_DAYS = 28
MONTH_FROM = 14
"""So many days with a rating are needed for 28 days to count."""
YEAR_DAYS = 365
SPIKE_WEEKS = 3
SPIKE_WEEKS_OF = 4
"""High days in so many of so many weeks come back; our own choice."""
SPIKE_RUNS = 3
SPIKE_RUNS_OF = 4
SPIKE_AFTER = timedelta(hours=72)
"""So do those after so many of so many runs, until the next run or so long; our own choice."""
SPIKE_FROM = 7
"""So many days of four weeks need a rating for what is usual in them."""
BEGINNINGS = {Step.START: 28, Step.START_OWN: 28, Step.TALKED: CLIMB_DAYS}
"""What a climb is held against begins with these, and so many days before them."""


def has_climbed(history: History, day: date, rise: float = CLIMB, *, above: float = CALM) -> bool:
    """Whether the back of the last two weeks is above 3, and far above the best two weeks since the start.

    The start is the last one, with the four weeks before it, or the last talk with a provider, with the two weeks
    before it. So a usual that drifts along with the pain hides nothing.

    Args:
        history: the check-ins so far.
        day: the local day.
        rise: points from which on it is far.
        above: what the two weeks must be above, 3 unless given.
    """
    now = _two_weeks(history, day)
    if now is None or now <= above:
        return False
    begun = [step for step in history.steps if step.step in BEGINNINGS and step.day <= day]
    first = history.reports[0].day
    if begun:
        first = begun[-1].day - timedelta(days=BEGINNINGS[begun[-1].step])
    ends = day - timedelta(days=CLIMB_DAYS)
    while (ends - first).days >= CLIMB_FROM - 1:
        before = _two_weeks(history, ends)
        if before is not None and now - before >= rise:
            return True
        ends -= timedelta(days=CLIMB_DAYS)
    return False


def has_climbed_for_months(history: History, day: date) -> bool:
    """Whether the back of the last 28 days is above 3, and far above the best 28 days of the past year.

    Starts and former talks hide nothing here; a talk of the last 90 days ends it.

    Args:
        history: the check-ins so far, and the talks.
        day: the local day.
    """
    now = _middle(history, day, MONTH_DAYS, MONTH_FROM)
    if now is None or now <= CALM or last_talk(history, day) is not None:
        return False
    months = (day - timedelta(days=ago) for ago in range(MONTH_DAYS, YEAR_DAYS - MONTH_DAYS + 1, MONTH_DAYS))
    before = (_middle(history, ends, MONTH_DAYS, MONTH_FROM) for ends in months)
    return any(level is not None and now - level >= CLIMB_FAR for level in before)


def has_spikes(history: History, day: date) -> bool:
    """Whether the back is far above its usual in three of the last four weeks, or after three of the last four runs.

    Far above is by 3 or more over the middle of the last 28 days. A rise that comes two days after a run lies in no
    window of 36 hours after it; here all counts until the next run, for 72 hours.

    Args:
        history: the check-ins so far.
        day: the local day.
    """
    return _high_since(history, day, CALM) is not None


def spikes_since(history: History, day: date) -> date | None:
    """Return the first of the high days that come back and are above 5; None where they do not."""
    return _high_since(history, day, RED_PAIN)


def _high_since(history: History, day: date, above: float) -> date | None:
    level = _middle(history, day, MONTH_DAYS, SPIKE_FROM)
    if level is None:
        return None
    near = history.reports_of_days(day - timedelta(days=MONTH_DAYS - 1), day)
    high = [one for one in near if one.back is not None and one.back > above and one.back - level >= RED_RISE]
    weeks = {(day - one.day).days // 7 for one in high}
    if len(weeks) < SPIKE_WEEKS and _runs_before(history, high, day) < SPIKE_RUNS:
        return None
    return high[0].day


def _runs_before(history: History, high: list[MorningReport], day: date) -> int:
    """Count those of the last four runs that a high rating came after, before the next run and within 72 hours."""
    runs = [effort for effort in history.efforts if effort.run_min and effort.day <= day]
    ends = [run.start for run in runs[1:]] + [datetime.max.replace(tzinfo=UTC)]
    pairs = list(zip(runs, ends, strict=False))[-SPIKE_RUNS_OF:]
    return sum(
        any(run.start < one.moment <= min(run.end + SPIKE_AFTER, until) for one in high)
        for run, until in pairs
    )


def _two_weeks(history: History, ends: date) -> float | None:
    """Return the median first back rating of each of 14 days; None with fewer than seven rated days."""
    return _middle(history, ends, CLIMB_DAYS, CLIMB_FROM)


def _middle(history: History, ends: date, days: int, least: int) -> float | None:
    """Return the median first back rating of the days up to one, that counted; None with too few rated days."""
    moments, pains = history.first_ratings[Site.BACK]
    # the local days of moments in order are in order to within a day: a zone can be left behind
    noon = datetime.combine(ends, time(12), tzinfo=UTC)
    first = bisect_left(moments, noon - timedelta(days=days + 2))
    last = bisect_right(moments, noon + timedelta(days=2))
    near = [
        pain
        for moment, pain in zip(moments[first:last], pains[first:last], strict=True)
        if 0 <= (ends - moment.date()).days < days
    ]
    return median(near) if len(near) >= least else None
