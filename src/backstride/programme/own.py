"""One's own running as it was before the start: how many runs a week, how long, and how much in all.

own running   MIN_RUNS in MIN_WEEKS of the last 4 weeks, or of the 4 before a break; else the ladder
runs a week   the median of the 4 weeks, rounded down, 1 to 6
minutes       the median of the longest run of each day with a run
before        no more runs, and no longer ones, than 1.5 times those of the weeks with a run of the 4 before;
              how many it was is known of weeks that are on record from their first day
in a row      with more than 3 runs a week the longest row of days with a run; else 1
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median, median_low

from backstride.programme.breaks import SEASON_DAYS

WEEKS = 4
WEEK_DAYS = 7
MIN_RUNS = 6
MIN_WEEKS = 3
MAX_PER_WEEK = 6
APART_A_WEEK = 3
"""Up to so many runs a week fit with a day between."""
JUMP = 1.5
"""So much of what was run a month before is usual now at most; our own choice."""
LIMIT = 1.10
LIMIT_DAYS = 30


@dataclass(frozen=True, slots=True)
class Ran:
    """The running of one day, in minutes: all of it, and the longest single run."""

    day: date
    minutes: float
    longest: float


@dataclass(frozen=True, slots=True)
class OwnRunning:
    """What someone who runs already is used to: runs a week, minutes of one run, and days with a run in a row."""

    a_week: int
    minutes: float
    in_a_row: int = 1


def own_running(ran: Sequence[Ran], start: date) -> OwnRunning | None:
    """Summarise the running of the four weeks before `start`; None where it is too little to begin from."""
    near = [run for run in ran if 0 < (start - run.day).days <= WEEKS * WEEK_DAYS and run.minutes > 0]
    weeks = [((start - run.day).days - 1) // WEEK_DAYS for run in near]
    counts = [weeks.count(week) for week in range(WEEKS)]
    if len(near) < MIN_RUNS or sum(count > 0 for count in counts) < MIN_WEEKS:
        return None
    a_week = min(max(int(median(counts)), 1), MAX_PER_WEEK)
    minutes = median_low(run.longest for run in near)
    before = _weeks_before(ran, start)
    if known := [len(runs) for week, runs in before.items() if runs and _is_on_record(ran, start, week)]:
        a_week = min(a_week, max(int(JUMP * median(known)), 1))
    if longest := [run.longest for runs in before.values() for run in runs]:
        minutes = min(minutes, JUMP * median_low(longest))
    in_a_row = longest_row({run.day for run in near}) if a_week > APART_A_WEEK else 1
    return OwnRunning(a_week, minutes, min(in_a_row, MAX_PER_WEEK, a_week))


def running_before_the_last_run(ran: Sequence[Ran], start: date, last_run: date | None) -> OwnRunning | None:
    """Summarise the running of the four weeks before `start`, or up to the last run, at most 84 days ago.

    What a break leaves of it is for `breaks.py` to say, whether the plan began before the break or after it.

    Args:
        ran: the running so far, day by day.
        start: the day on which the plan begins.
        last_run: the day of the last run before it. On the step of walks `ran` holds no minutes of a run, but the
            weeks before one that nobody asked for are not what was usual up to it.
    """
    found = own_running(ran, start)
    if found or last_run is None or (start - last_run).days > SEASON_DAYS:
        return found
    return own_running(ran, last_run + timedelta(days=1))


def _weeks_before(ran: Sequence[Ran], start: date) -> dict[int, list[Ran]]:
    """Return the runs of each of the four weeks before the last four: what a sudden rise came from."""
    return {
        week: [run for run in ran if run.minutes > 0 and ((start - run.day).days - 1) // WEEK_DAYS == week]
        for week in range(WEEKS, 2 * WEEKS)
    }


def _is_on_record(ran: Sequence[Ran], start: date, week: int) -> bool:
    """Whether the records go back to the first day of a week; what was before them is not known."""
    return min(run.day for run in ran) <= start - timedelta(days=(week + 1) * WEEK_DAYS)


def longest_row(days: Collection[date]) -> int:
    """Return the length of the longest row of consecutive days."""
    longest, row = 0, 0
    for day in sorted(set(days)):
        row = row + 1 if day - timedelta(days=1) in days else 1
        longest = max(longest, row)
    return longest


def longest_lately(ran: Sequence[Ran], day: date) -> float:
    """Return the minutes of the longest run in the 30 days before `day`."""
    return max((run.longest for run in ran if 0 < (day - run.day).days <= LIMIT_DAYS), default=0.0)


def best_week(ran: Sequence[Ran], day: date) -> float:
    """Return the most minutes of running in any seven days of the four weeks before the week that ends on `day`."""
    before = [((day - run.day).days, run.minutes) for run in ran]
    return max(
        sum(minutes for age, minutes in before if ends <= age < ends + WEEK_DAYS)
        for ends in range(WEEK_DAYS, WEEKS * WEEK_DAYS + 1)
    )


def minutes_in_the_week(ran: Sequence[Ran], day: date) -> float:
    """Minutes of running in the seven days that end on `day`."""
    return sum(run.minutes for run in ran if 0 <= (day - run.day).days < WEEK_DAYS)
