"""When a person runs: rhythms, plans and draws, what pain does to them, and how long a run is."""

from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Pattern = Literal["own", "weekdays", "every", "weekend", "streaks", "shifts"]
Design = Literal["own", "days", "weeks", "blocks of 2", "blocks of 4"]

BASELINE_DAYS = 14
"""Days of one's own before a draw begins."""
STAGES = (0.0, 2.5, 5.0, 7.5, 10.0, 12.5, 15.0, 14.0, 16.0, 18.0, 20.0)
"""Minutes of running in a session of the product's run-walk ladder, stage by stage (docs/programme.md)."""
C25K = (8.0, 9.0, 9.0, 16.0, 20.0, 25.0, 25.0, 28.0, 30.0)
"""Minutes of running in a session of the nine-week beginners' plan, week by week, rounded."""
USUAL_WEEK = (True, False, True, False, True, False, False)
NEVER, ALWAYS = -np.inf, np.inf


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How one person comes to run.

    Attributes:
        pattern: the rhythm.
        sessions: runs a week, where the rhythm does not fix them.
        weekdays: days of the week with a run; 0 is the weekday of day 0.
        every: days from one run to the next.
        missed: share of planned runs that are left out, whatever the pain.
        moved: share of those that are run on the day after.
        minutes, spread: of a run; spread is the standard deviation of its logarithm.
        pull: how far one point of pain above the usual holds back from a run, in probit units.
        evening: the decision falls before the run in the evening, else at the morning's rating.
        decides_after: hours after the morning's rating at which pain decides; 0 is at the rating.
        hour: of the run; None for half before work and half after it, and after work where the evening decides.
        starts: the day of the first run.
        build_up: 'ladder', 'c25k', or minutes on the first day and days to the full ones; '' for none.
        stops_in_flare, less_in_flare: no run during a flare; fewer runs during one.
        stress, weather, poor_sleep: how far one standard deviation of each holds back.
        season: how far the worst time of the year holds back.
        heavy: how far a day of heavy work holds back.
        kept: share of drawn days that are kept.
        rest_broken: how often a drawn rest is broken for one drawn run that is not run.
        own_first: days of one's own choice before a draw begins, at least.
    """

    pattern: Pattern = "own"
    sessions: float = 3.0
    weekdays: tuple[int, ...] = (0, 2, 4)
    every: int = 2
    missed: float = 0.0
    moved: float = 0.0
    minutes: float = 30.0
    spread: float = 0.2
    pull: float = 0.5
    evening: bool = False
    hour: float | None = None
    decides_after: float = 0.0
    starts: int = 0
    build_up: Literal["", "ladder", "c25k", "ramp"] = ""
    first_minutes: float = 5.0
    full_after: float = 84.0
    stops_in_flare: bool = False
    less_in_flare: float = 0.0
    stress: float = 0.0
    weather: float = 0.0
    poor_sleep: float = 0.0
    season: float = 0.0
    heavy: float = 0.0
    kept: float = 0.92
    rest_broken: float = 0.5
    own_first: int = BASELINE_DAYS


@dataclass(frozen=True, slots=True)
class Plan:
    """What a person means to do before pain has a say.

    Attributes:
        offer: (days,) how much speaks for a run, in probit units; infinite where nothing can change it.
        assigned: (days,) what was drawn, 1 run, 0 rest, nan on days of one's own.
        block: (days,) the first day of the days that fell together; -1 on days of one's own.
        ways: (days,) in how many equally likely ways they could fall.
        minutes: (days,) of a run on that day, where no ladder says.
        rhythm: whether the days since the last run matter.
    """

    offer: Floats
    assigned: Floats
    block: NDArray[np.int64]
    ways: NDArray[np.int64]
    minutes: Floats
    rhythm: bool


def plan(rng: np.random.Generator, habits: Habits, *, days: int, design: Design, felt_sd: float) -> Plan:
    """Return the whole diary's plan.

    Args:
        rng: chance.
        habits: of the person.
        days: of the diary.
        design: own days, or what is drawn after a baseline of two weeks or at the start of running.
        felt_sd: spread of pain around the usual, points; how often draws are kept depends on it.
    """
    after = _draw_begins(design, days=days, least=max(habits.own_first, habits.starts))
    assigned, block, ways = _drawn(rng, design, days=days, after=after)
    offer, minutes = _rhythm(rng, habits, days)
    steep = float(
        np.linalg.norm([1.0, habits.pull * felt_sd, habits.stress, habits.weather, habits.poor_sleep])
    )
    drawn = ~np.isnan(assigned)
    if drawn.any():
        run = float(np.mean(assigned[drawn]))
        broken = (1.0 - habits.kept) / (run + habits.rest_broken * (1.0 - run))
        for wish, share in ((1.0, min(broken, 0.95)), (0.0, min(habits.rest_broken * broken, 0.95))):
            firm = steep * _quantile(1.0 - share)
            offer[assigned == wish] = firm if wish else -firm
    offer[: habits.starts] = NEVER
    return Plan(offer, assigned, block, ways, minutes, rhythm=habits.pattern == "own")


def minutes_on(habits: Habits, the_plan: Plan, t: int, *, felt_more: float, stage: int) -> float:
    """How long the run of day `t` is; less where it hurts more than usual."""
    since = t - habits.starts
    full = the_plan.minutes[t]
    if habits.build_up == "ladder":
        return STAGES[stage]
    if habits.build_up == "c25k":
        return C25K[min(since // 7, len(C25K) - 1)]
    if habits.build_up == "ramp":
        done = float(np.clip(since / habits.full_after, 0.0, 1.0))
        full *= (habits.first_minutes + (habits.minutes - habits.first_minutes) * done) / habits.minutes
    if habits.spread == 0:
        return float(full)
    return float(np.clip(full * np.exp(-0.12 * habits.pull * felt_more), 1.0, 150.0))


def noise(rng: np.random.Generator, days: int) -> Floats:
    """Return what else a decision depends on, about one probit unit: logistic."""
    return rng.logistic(0.0, 1.0 / 1.7, days)


def rested(habits: Habits, days_since: int) -> float:
    """How much the days since the last run speak for another one, where the rhythm is one's own."""
    wish = 7.0 / habits.sessions
    return 1.1 * (min(days_since, 5) - wish) / wish


def _quantile(share: float) -> float:
    return float(np.log(share / (1.0 - share)) / 1.7)


def _rhythm(rng: np.random.Generator, habits: Habits, days: int) -> tuple[Floats, Floats]:
    """Return what the rhythm offers on each day, and the minutes of its runs."""
    t = np.arange(days)
    minutes = habits.minutes * np.exp(habits.spread * rng.standard_normal(days))
    if habits.pattern == "own":
        likes = 0.35 * rng.standard_normal(7)
        # a logistic decision with a rhythm of its own: this offset gives about the sessions asked for
        return _quantile(habits.sessions / 7.0) + 0.25 + likes[t % 7], minutes
    if habits.pattern == "streaks":
        meant, minutes = _streaks(rng, minutes)
    elif habits.pattern == "shifts":
        off = (t + int(rng.integers(8))) % 8 >= 4
        meant = off & (rng.random(days) < 0.75)
    elif habits.pattern == "every":
        meant = (t - habits.starts) % habits.every == 0
    else:
        chosen = (5, 6) if habits.pattern == "weekend" else habits.weekdays
        meant = np.isin(t % 7, chosen)
    left_out = meant & (rng.random(days) < habits.missed)
    moved = left_out & (rng.random(days) < habits.moved)
    meant = (meant & ~left_out) | np.concatenate([[False], moved[:-1]])
    if habits.pull == 0:
        return np.where(meant, ALWAYS, NEVER), minutes
    return np.where(meant, 1.9, -3.0), minutes


def _streaks(rng: np.random.Generator, minutes: Floats) -> tuple[NDArray[np.bool_], Floats]:
    """Return some weeks of nearly daily running that build up, a taper, and some days off; over and over."""
    meant, shape = np.zeros(len(minutes), dtype=bool), np.ones(len(minutes))
    t = -int(rng.integers(10))
    while t < len(minutes):
        up, down, off = int(rng.integers(12, 24)), int(rng.integers(5, 9)), int(rng.integers(3, 8))
        for i in range(up + down):
            if 0 <= t + i < len(minutes):
                meant[t + i] = i % 7 != 6
                shape[t + i] = 0.7 + 0.6 * i / up if i < up else 1.3 - 1.0 * (i - up) / down
        t += up + down + off
    return meant, minutes * shape


_WEEKS_TOGETHER = {"own": 1, "days": 1, "weeks": 2, "blocks of 2": 2, "blocks of 4": 4}


def _draw_begins(design: Design, *, days: int, least: int) -> int:
    """Return the first drawn day: not before `least`, and so that the last block ends with the diary."""
    block = 7 * _WEEKS_TOGETHER[design]
    return days - (days - least) // block * block


def _drawn(
    rng: np.random.Generator, design: Design, *, days: int, after: int
) -> tuple[Floats, NDArray[np.int64], NDArray[np.int64]]:
    """Return what is drawn, in whole blocks from day `after` on, up to the last whole one."""
    assigned = np.full(days, np.nan)
    block, ways = np.full(days, -1, dtype=np.int64), np.ones(days, dtype=np.int64)
    if design == "own":
        return assigned, block, ways
    if design == "days":
        last = False
        for first in range(after, days - 6, 7):
            weeks = _weeks(ran_the_day_before=last)
            week = weeks[int(rng.integers(len(weeks)))]
            assigned[first : first + 7], block[first : first + 7] = week, first
            ways[first : first + 7] = len(weeks)
            last = bool(week[-1])
        return assigned, block, ways
    length = {"weeks": 1, "blocks of 2": 2, "blocks of 4": 4}[design]
    whole = (days - after) // (7 * length)
    runs = _dealt(rng, whole, in_pairs=design == "weeks")
    for i, run in enumerate(runs):
        first = after + 7 * length * i
        for week in range(length):
            day = first + 7 * week
            assigned[day : day + 7] = USUAL_WEEK if run else 0.0
        pair = after + 7 * length * (i - i % 2) if design == "weeks" else after
        block[first : first + 7 * length] = pair
        ways[first : first + 7 * length] = 2
    return assigned, block, ways


def _dealt(rng: np.random.Generator, blocks: int, *, in_pairs: bool) -> list[bool]:
    """Which blocks are for running: one of each pair, or half of all."""
    if in_pairs:
        first = rng.random(blocks // 2) < 0.5
        return [bool(x) for one in first for x in (one, not one)]
    run = (
        np.arange(blocks) < (blocks + int(rng.integers(2))) // 2
        if blocks % 2
        else np.arange(blocks) < blocks // 2
    )
    return [bool(x) for x in rng.permutation(run)]


def _weeks(*, ran_the_day_before: bool) -> list[tuple[float, ...]]:
    """Every week of three runs, no two in a row, none on its first day after a run."""
    chosen = [
        days
        for days in combinations(range(7), 3)
        if all(b - a > 1 for a, b in pairwise(days)) and not (ran_the_day_before and days[0] == 0)
    ]
    return [tuple(float(day in days) for day in range(7)) for days in chosen]
