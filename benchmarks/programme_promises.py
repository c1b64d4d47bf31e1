"""What the plan promises on each day of a life, said in the promises' own words and not by the plan's code."""

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median

from programme_lives import DAY, START, WEEKS, Lived, Person, effort_of, moment, opened_weeks, walking_so_far

from backstride.core.allocation import AllocationScheme
from backstride.core.plan_step import PlanStep, Step
from backstride.programme.history import CompletedSession, History, MorningReport
from backstride.programme.ladder import LADDER
from backstride.programme.rules import Rule
from backstride.programme.state import ProgrammeState, compute_state
from backstride.programme.week import Session, next_week

WAY_EVERY_DAYS = 14
SOON_DAYS = 8
"""Three days from a red to the day after 48 hours of rest, and five from one drawn day to the next at most."""
OWN_SOON_DAYS = 12
"""Seven days until a week that holds all the running that is open has passed, and five to the next drawn day."""
WALKS_ON_END = {AllocationScheme.BLOCKS_OF_4: 56}
"""Days of walks on end that a draw may hold, which no step can fall into."""
ON_DAYS = 49
"""Two walking weeks may be drawn in a row, two weeks of walks come first, and three greens take up to three weeks."""
TALK_COUNTS_DAYS = 90
STOPS = {Rule.SETTLE, Rule.REST, Rule.PAUSED, Rule.NOT_DRAWN, Rule.OWN}
AWAY = {Step.PAUSE, Step.ILL, Step.HOLIDAY, Step.SAFETY_PAUSE}
KEEP_THE_STEP = {
    Rule.ABOVE_FIVE,
    Rule.FLARE,
    Rule.MEDICINE,
    Rule.LEG_NEAR,
    Rule.SORE,
    Rule.RISING,
    Rule.CLIMB,
    Rule.SPIKES,
    Rule.SPIKES_HIGH,
    Rule.DAILY_LIFE,
    Rule.JUMP,
}
LESS = {Rule.RED, Rule.AMBER, Rule.LONG_BREAK, Rule.WALKS_ANEW} | KEEP_THE_STEP
PLACES = ("back", "leg", "other")


@dataclass(slots=True)
class Tally:
    """How often each promise was asked, and where it was broken: person and day."""

    asked: Counter[str] = field(default_factory=Counter)
    broken: list[tuple[str, int, date]] = field(default_factory=list)
    days_to_session: int = 0
    days_to_step: int = 0


def running(lived: Lived) -> list[Session]:
    """Return the offered sessions that hold running."""
    return [session for session in lived.plan.sessions if session.run_min > 0]


def runs(lived: Lived) -> list[CompletedSession]:
    """Return what was run so far."""
    return [effort for effort in lived.history.efforts if effort.run_min > 0]


def used_to(lived: Lived) -> tuple[int, int]:
    """Return runs a week and run days in a row that the plan may go up to: three and one, but for who had more."""
    before, begun = own_before(lived) or ([], lived.today)
    weeks = weeks_before(before, begun)
    if not any(s.stage is None for s in running(lived)) or median(weeks) < 4:
        return 3, 1
    days = {e.day for e in before}
    rows = [sum(all(day - k * DAY in days for k in range(n + 1)) for n in range(28)) for day in days]
    return min(int(median(weeks)), 6), min(max(rows), 6)


def never_two_days_in_a_row(lived: Lived) -> bool:
    """No run lies on a day of another, or ends a longer row of days with runs than the person was used to."""
    offered, done = [s.day for s in running(lived)], [e.day for e in runs(lived)]
    _, in_a_row = used_to(lived)
    days = {*offered, *done}
    alone = len(set(offered)) == len(offered) and not set(offered) & set(done)
    return alone and not any(all(day - k * DAY in days for k in range(in_a_row + 1)) for day in offered)


def at_most_three_a_week(lived: Lived) -> bool:
    """No offered run is the fourth of seven days, but for who was used to more, and a week holds no more sessions."""
    most, _ = used_to(lived)
    days = [s.day for s in running(lived)] + [e.day for e in runs(lived)]
    few = all(sum(0 <= (s.day - other).days < 7 for other in days) <= most for s in running(lived))
    return few and len(lived.plan.sessions) <= most


def own_before(lived: Lived) -> tuple[list[CompletedSession], date] | None:
    """Return the runs of the four weeks before the person last began from their own running, and that day.

    Where these hold fewer than six in three weeks, they are those up to the last run, at most 84 days before.
    """
    starts = [
        s for s in lived.history.steps if s.step in {Step.START, Step.START_OWN} and s.day <= lived.today
    ]
    if starts[-1].step is Step.START:
        return None
    begun = starts[-1].day
    last = max((e.day for e in runs(lived) if e.day < begun), default=None)
    weeks = weeks_before(runs(lived), begun)
    is_after_a_break = sum(weeks) < 6 or sum(count > 0 for count in weeks) < 3
    if is_after_a_break and last is not None and (begun - last).days <= 84:
        begun = last + DAY
    return [e for e in runs(lived) if 1 <= (begun - e.day).days <= 28], begun


def weeks_before(efforts: list[CompletedSession], day: date) -> list[int]:
    """Return how many runs each of the four weeks before a day held."""
    return [sum(7 * n < (day - e.day).days <= 7 * n + 7 for e in efforts) for n in range(4)]


def never_more_runs_than_own_usual(lived: Lived) -> bool:
    """Own running is on no more days of seven than the middle one of four weeks had, up to the start or a break."""
    own = [s for s in running(lived) if s.stage is None]
    if not own:
        return True
    before, begun = own_before(lived) or ([], lived.today)
    weeks = weeks_before(before, begun)
    days = [s.day for s in own] + [e.day for e in runs(lived)]
    most = min(max(1, int(median(weeks))), 6)
    return all(sum(0 <= (s.day - other).days < 7 for other in days) <= most for s in own)


def never_beyond_110_percent(lived: Lived) -> bool:
    """No own run is longer than 110 % of the longest of 30 days, or than a break leaves; 5 minutes are open."""
    for session in (s for s in running(lived) if s.stage is None):
        lately = [e.longest_min for e in runs(lived) if 1 <= (session.day - e.day).days <= 30]
        most = 1.1 * max(lately) if lately else math.prod(back_from(lived) or (0.0,))
        if session.run_min > max(most, 5.0) + 1e-6:
            return False
    return True


def share_after(off: int) -> float:
    """Return what is open after so many days without it: all, three quarters, half, a quarter, nothing."""
    return 1.0 if off <= 14 else 0.75 if off <= 28 else 0.5 if off <= 56 else 0.25 if off <= 84 else 0.0


def back_from(lived: Lived, least: int = 28) -> tuple[float, float] | None:
    """Return what the last break left, where it still counts: the share, and the longest run of 30 days before.

    A break of more than four weeks counts for four weeks after its end; `least` is how long one is, at least.
    """
    days = [*sorted(e.day for e in runs(lived)), lived.today]
    breaks = [(a, b) for a, b in pairwise(days) if (b - a).days > least]
    if not breaks or (lived.today - breaks[-1][1]).days > 28:
        return None
    last, back = breaks[-1]
    longest = max(e.longest_min for e in runs(lived) if 0 <= (last - e.day).days < 30)
    return (0.75 if after_a_walking_block(lived) else share_after((back - last).days)), longest


def step_above(minutes: float) -> float:
    """Return the running of the step above the highest one with no more than these minutes."""
    return max(max(s.run_min, n.run_min) for s, n in pairwise(LADDER) if s.run_min <= minutes + 1e-6)


def after_a_walking_block(lived: Lived) -> bool:
    """Whether the last break of a month was a drawn block of walks of at most five weeks, and ended in four weeks."""
    days = [*sorted(e.day for e in runs(lived)), lived.today]
    breaks = [(a, b) for a, b in pairwise(days) if (b - a).days > 28]
    if not breaks or (lived.today - breaks[-1][1]).days > 28:
        return False
    last, back = breaks[-1]
    off = (back - last).days
    given = sum(last < day < back for day in lived.history.walk_days)
    walks = sum(e.walk_min > 0 and 0 < (back - e.day).days <= 14 for e in lived.history.efforts)
    return off <= 35 and given >= off - 7 and walks >= 3


def never_beyond_the_best_week(lived: Lived) -> bool:
    """Seven days of own running hold at most 110 % of the best seven of the four weeks before.

    In the four weeks after a month without a run it may be the usual number of runs, each as long as the break left.
    """
    own = [s for s in running(lived) if s.stage is None]
    done = [(e.day, e.run_min) for e in runs(lived)]
    so_far = done + [(s.day, s.run_min) for s in own]
    a_week, _ = used_to(lived)
    for session in own:
        week = sum(minutes for day, minutes in so_far if 0 <= (session.day - day).days < 7)
        best = 1.1 * max(_in_week(done, session.day - n * DAY) for n in range(7, 29))
        each = max(math.prod(back_from(lived) or (0.0,)), 5.0)
        if week > max(best, a_week * each) + 1e-6:
            return False
    return True


def _in_week(done: list[tuple[date, float]], ends: date) -> float:
    return sum(minutes for day, minutes in done if 0 <= (ends - day).days < 7)


def never_beyond_one_step(lived: Lived) -> bool:
    """On the ladder no session runs longer than the step above the most run in 30 days before the first offered."""
    for session in (s for s in running(lived) if s.stage is not None):
        first = lived.plan.sessions[0].day
        lately = [e.longest_min for e in runs(lived) if 1 <= (first - e.day).days <= 30]
        share, before = back_from(lived) or (0.0, 0.0)
        most = max(step_above(max(lately, default=0.0)), share * step_above(before))
        if session.run_min > most + 1e-6:
            return False
    return True


def never_long_on_foot_at_once(lived: Lived) -> bool:
    """On the ladder no session is longer than what is open on foot on the day of the first."""
    offered = [s for s in lived.plan.sessions if s.stage is not None]
    if not offered:
        return True
    most = open_on_foot(lived.history, lived.plan.sessions[0].day)
    return all(s.run_min + s.walk_min <= most + 1e-6 for s in offered)


def open_on_foot(history: History, day: date) -> float:
    """110 % of the longest of 30 days; of it the share that a break leaves; ten minutes always.

    Who said that half an hour of walking is fine has as much to begin with.
    """
    before = [(e.day, e.run_min + e.walk_min) for e in history.efforts if e.day < day]
    if history.walks_well is not None and history.walks_well <= day:
        before = sorted([*before, (history.walks_well, 30.0 / 1.1)])
    if not before:
        return 10.0
    return max(1.1 * _left(before, day), 10.0)


def _left(before: list[tuple[date, float]], day: date) -> float:
    """Return what is left of the longest before a day, by the days since the last."""
    last = before[-1][0]
    share = share_after((day - last).days)
    return share * _longest_before(before, day if share == 1.0 else last + 14 * DAY)


def _longest_before(before: list[tuple[date, float]], day: date) -> float:
    """Return the longest of 30 days since the last two weeks without one; what was open then counts as well."""
    gaps = [n for n in range(1, len(before)) if (before[n][0] - before[n - 1][0]).days > 14]
    since = before[gaps[-1] :] if gaps else before
    longest = max((m for on, m in since if (day - on).days <= 30), default=0.0)
    if not gaps or (day - since[0][0]).days > 30:
        return longest
    return max(longest, _left(before[: gaps[-1]], since[0][0]))


def never_a_fall_within_a_plan(lived: Lived) -> bool:
    """On the ladder a plan holds no session that is shorter, or of a lower step, than one before it."""
    offered = [s for s in lived.plan.sessions if s.stage is not None]
    on_foot = [s.run_min + s.walk_min for s in offered]
    stages = [s.stage or 0 for s in offered]
    return all(a <= b + 1e-6 for line in (on_foot, stages) for a, b in pairwise(line))


def usual_before(history: History, place: str, until: date) -> float | None:
    """Return the lower of the middle first ratings of the 14, and of the 28, days before a day."""
    firsts: dict[date, float] = {}
    for told in history.reports:
        pain = getattr(told, place)
        if pain is not None and 1 <= (until - told.day).days <= 28:
            firsts.setdefault(told.day, pain)
    if not firsts:
        return None
    near = [pain for day, pain in firsts.items() if (until - day).days <= 14]
    whole = median(firsts.values())
    return min(whole, median(near)) if len(near) >= 3 else whole


def no_running_on_the_day_after_strong_pain(lived: Lived) -> bool:
    """No running on the day after one with pain of 7 and more, anywhere."""
    told = lived.history.reports_of_days(lived.today - DAY, lived.today - DAY)
    strong = any((getattr(t, place) or 0.0) >= 7 for t in told for place in PLACES)
    return not strong or all(session.day > lived.today for session in running(lived))


def worst_of_last_day(history: History, place: str, today: date, back: int) -> tuple[date, float] | None:
    """Return the last day with a rating of a place, at most so many days back, and the worst rating of it."""
    near = history.reports_of_days(today - timedelta(days=back), today)
    rated = [t for t in near if getattr(t, place) is not None]
    if not rated:
        return None
    return rated[-1].day, max(getattr(t, place) for t in rated if t.day == rated[-1].day)


def no_running_on_a_bad_morning(lived: Lived) -> bool:
    """No running at 7 and more, nor where the last rating is above 3 and by more than 1 above the usual."""
    for place in PLACES:
        last = worst_of_last_day(lived.history, place, lived.today, 7 if place == "other" else 28)
        if last is None:
            continue
        day, pain = last
        level = usual_before(lived.history, place, day)
        if running(lived) and (pain >= 7 or (level is not None and pain > 3 and pain - level > 1)):
            return False
    return True


def only_walks_while_a_leg_hurts(lived: Lived) -> bool:
    """While the last word on a leg, of the last four weeks, was a sign, there is no running before a talk.

    A talk about the same sign, which had paused for less than two weeks and is no worse, counts, too.
    """
    said = [
        t
        for t in lived.history.reports
        if (t.leg is not None or t.leg_symptoms is not None) and t.day <= lived.today
    ]
    if not said or not leg_hurts(said[-1]) or (lived.today - said[-1].day).days > 28:
        return True
    since = said[-1].day
    for told in reversed(said):
        if not leg_hurts(told):
            break
        since = told.day
    return not running(lived) or talked(lived, since) or came_back_as_at_the_talk(lived)


def came_back_as_at_the_talk(lived: Lived) -> bool:
    """Whether each leg sign since the last talk was there then, no weaker, and came back within two weeks.

    Of the two weeks up to the talk the worst counts; a day with a sign whose leg was not rated may be worse.
    """
    talks = [s.day for s in lived.history.steps if s.step is Step.TALKED and s.day <= lived.today]
    if not talks or (lived.today - talks[-1]).days > TALK_COUNTS_DAYS:
        return False
    days: dict[date, list[MorningReport]] = {}
    for told in lived.history.reports:
        if told.day <= lived.today and (talks[-1] - told.day).days <= 14:
            days.setdefault(told.day, []).append(told)
    legs = {
        day: max((t.leg for t in those if t.leg is not None), default=None) for day, those in days.items()
    }
    words = {day for day, those in days.items() if any(t.leg_symptoms for t in those)}
    signs = sorted({day for day, leg in legs.items() if day in words or (leg or 0.0) >= 2})
    before, after = ([d for d in signs if (d > talks[-1]) is late] for late in (False, True))
    rated = [leg for day, leg in legs.items() if day <= talks[-1] and leg is not None]
    if not before or not rated or (words & set(after) and not words & set(before)):
        return False
    if any((b - a).days > 14 for a, b in pairwise([before[-1], *after])):
        return False
    strengths = [legs[day] for day in after]
    return all(leg is not None and (leg < 2 or leg <= max(rated)) for leg in strengths)


def leg_hurts(told: MorningReport) -> bool:
    """Whether a check-in reports a sign in a leg."""
    return bool(told.leg_symptoms) or (told.leg or 0.0) >= 4.0


def only_walks_while_a_leg_hurts_as_the_back_does(lived: Lived) -> bool:
    """On the third day on end of leg pain of 2 or more that is the back's or more, no running before a talk.

    A talk about the same pain, which had paused for less than two weeks and is no worse, counts, too.
    """
    since = leg_as_the_back_since(lived.history, lived.today)
    held = since is None or not running(lived) or talked(lived, since)
    return held or came_back_as_at_the_talk(lived)


def leg_as_the_back_since(history: History, today: date, least_days: int = 3) -> date | None:
    """Since when a leg is at 2 or more on end, where on the last days it is no less than the back; else None."""
    legs: dict[date, float] = {}
    backs: dict[date, float] = {}
    for told in history.reports:
        if told.leg is not None and told.day <= today:
            legs[told.day] = max(told.leg, legs.get(told.day, 0.0))
            if told.back is not None:
                backs[told.day] = max(told.back, backs.get(told.day, 0.0))
    since, days, later = None, 0, today
    for day in reversed(legs):
        if (later - day).days > 14 or legs[day] < 2:
            break
        if days < least_days and legs[day] < backs.get(day, 11.0):
            return None
        since, days, later = day, days + 1, day
    return since if days >= least_days else None


def only_walks_while_a_leg_is_worse_than_at_the_talk(lived: Lived) -> bool:
    """After a talk there is no running while a leg is more than 1 above what it was then, or newly at 4 and more."""
    talks = [s.day for s in lived.history.steps if s.step is Step.TALKED and s.day <= lived.today]
    last = worst_of_last_day(lived.history, "leg", lived.today, 14)
    if not running(lived) or not talks or last is None or (lived.today - talks[-1]).days > TALK_COUNTS_DAYS:
        return True
    near = lived.history.reports_of_days(talks[-1] - 14 * DAY, talks[-1])
    then = max((t.leg for t in near if t.leg is not None), default=None)
    day, pain = last
    is_worse = (pain >= 4 and (then is None or then < 4)) or (then is not None and pain > then + 1)
    return day <= talks[-1] or not is_worse


def only_walks_while_leg_pain_comes_and_goes(lived: Lived) -> bool:
    """No running before a talk while a leg had a sign on every third rated day of two weeks, in three spells or more.

    A sign is one told in words, or 4 and more, or 2 and more that is new, by 2 or more, or no less than the back on
    that day. A talk counts that came since such signs began, with no two weeks without one.
    """
    if not running(lived):
        return True
    signs = leg_sign_days(lived)
    days = _days_of_two_weeks(
        lived,
        lambda t: t.leg is not None or t.leg_symptoms is not None,
        lambda told: told[0].day in signs,
    )
    since = _first_of_spells(days)
    if since is None:
        return True
    for day in sorted((day for day in signs if day <= since), reverse=True):
        since = day if (since - day).days <= 14 else since
    return talked(lived, since)


def leg_sign_days(lived: Lived) -> set[date]:
    """Return the days so far with a sign in a leg; what was usual is that of before two weeks without one."""
    told: dict[date, list[MorningReport]] = {}
    for one in lived.history.reports:
        if one.day <= lived.today and (one.leg is not None or one.leg_symptoms is not None):
            told.setdefault(one.day, []).append(one)
    signs: set[date] = set()
    last, usual = None, None
    for day, those in told.items():
        legs = [t.leg for t in those if t.leg is not None]
        leg, back = max(legs, default=0.0), max((t.back for t in those if t.back is not None), default=11.0)
        hurts = any(leg_hurts(t) for t in those)
        if last is None or (day - last).days > 14:
            usual = _middle_leg_before(told, day) if hurts or leg >= 2 else None
        if hurts or (leg >= 2 and (leg >= back or (usual is not None and leg >= usual + 2))):
            signs.add(day)
            last = day
    return signs


def _middle_leg_before(told: dict[date, list[MorningReport]], until: date) -> float | None:
    firsts = [
        next((t.leg for t in those if t.leg is not None), None)
        for day, those in told.items()
        if 1 <= (until - day).days <= 28
    ]
    rated = [leg for leg in firsts if leg is not None]
    return median(rated) if rated else None


def _days_of_two_weeks(
    lived: Lived,
    rates: Callable[[MorningReport], bool],
    hurts: Callable[[list[MorningReport]], bool],
) -> dict[date, bool]:
    """Of the two weeks up to the last day that rates a place, each rated day and whether it hurt there."""
    told = [t for t in lived.history.reports if t.day <= lived.today and rates(t)]
    if not told or (lived.today - told[-1].day).days > 14:
        return {}
    days = sorted({t.day for t in told if (told[-1].day - t.day).days < 14})
    return {day: hurts([t for t in lived.history.reports if t.day == day]) for day in days}


def _first_of_spells(days: dict[date, bool]) -> date | None:
    """Return the first painful day, where four or more are, a third of those rated, in three spells or more."""
    hurt = [day for day, so in days.items() if so]
    starts = [b for a, b in pairwise([False, *days.values()]) if b and not a]
    return hurt[0] if len(hurt) >= 4 and 3 * len(hurt) >= len(days) and len(starts) >= 3 else None


def only_walks_after_weeks_of_pain_elsewhere(lived: Lived) -> bool:
    """No running before a talk where it hurt elsewhere by 3 or more each time it was rated, for more than 14 days.

    Nor where the ratings after each of the last runs of more than 14 days, four at least, were of 3 or more. A talk
    counts that came since it does so; where it hurt each time before the first run, since then.
    """
    if not running(lived):
        return True
    rated = [t for t in lived.history.reports if t.other is not None and t.day <= lived.today]
    sinces = []
    if rated and (rated[-1].other or 0.0) >= 3 and (lived.today - rated[-1].day).days <= 28:
        sore = [t.day for t in rated]
        for told in reversed(rated):
            if (told.other or 0.0) < 3:
                break
            sore = [t.day for t in rated if t.day >= told.day]
        sinces.append(sore[0])
    after = [(e.day, worst) for e in runs(lived) if (worst := _worst_elsewhere_after(lived, e)) is not None]
    row = []
    for day, worst in reversed(after):
        if worst < 3:
            break
        row.append(day)
    if len(row) >= 4 and (lived.today - runs(lived)[-1].day).days <= 28:
        sinces = sinces if sinces and len(row) == len(after) else [*sinces, row[-1]]
    return all((lived.today - since).days <= 14 or talked(lived, since) for since in sinces)


def _worst_elsewhere_after(lived: Lived, effort: CompletedSession) -> float | None:
    """Return the worst pain elsewhere, by whole days, of the 36 hours after a run, or until the next."""
    following = [e.start for e in runs(lived) if e.start > effort.start]
    until = min([effort.end + timedelta(hours=36), *following])
    days = {t.day for t in told_between(lived.history, effort.start, until) if t.other is not None}
    return max(
        (
            t.other
            for t in lived.history.reports
            if t.day in days and t.other is not None and t.day <= lived.today
        ),
        default=None,
    )


def only_walks_after_weeks_of_more_medicine(lived: Lived) -> bool:
    """No running before a talk where more pain medicine was needed on six days of the last fourteen."""
    more = sorted({t.day for t in lived.history.reports if t.medicine == "more" and t.day <= lived.today})
    near = [day for day in more if (lived.today - day).days < 14]
    if len(near) < 6 or not running(lived):
        return True
    gaps = [b for a, b in pairwise(more) if (b - a).days > 7]
    return talked(lived, gaps[-1] if gaps else more[0])


def severe_pain_is_told(lived: Lived) -> bool:
    """Where it hurt by 7 or more on five days of 14, before a talk, the plan says so, and offers no running.

    It says so while it is paused, too, and while it rests: being away makes no pain less worth a look.
    """
    told = [t for t in lived.history.reports if t.day <= lived.today]
    bad = sorted({t.day for t in told if any((getattr(t, place) or 0.0) >= 7 for place in PLACES)})
    if sum((lived.today - day).days < 14 for day in bad) < 5:
        return True
    gaps = [b for a, b in pairwise(bad) if (b - a).days > 14]
    if talked(lived, gaps[-1] if gaps else bad[0]):
        return True
    return Rule.SEVERE_STAYS in lived.plan.fired and not running(lived)


def half_after_a_far_run(lived: Lived) -> bool:
    """In the week after a race a run is at most half of what would be open, and half an hour's half on the ladder."""
    for session in running(lived):
        for effort in runs(lived):
            before = [e.longest_min for e in runs(lived) if 1 <= (effort.day - e.day).days <= 84]
            longest, run = max(before, default=0.0), effort.longest_min
            lately = max(
                (e.longest_min for e in runs(lived) if 1 <= (effort.day - e.day).days <= 10), default=0.0
            )
            is_far = (run >= 90 and run > 1.1 * longest) or (run >= 30 and run > 2 * longest)
            is_far = is_far or (run >= 120 and lately < 0.9 * run)
            if not is_far or not 1 <= (session.day - effort.day).days <= 7:
                continue
            most = 15.0 if session.stage is not None else max(_own_most(lived) / 2, 5.0)
            if session.run_min + session.walk_min > most + 1e-6:
                return False
    return True


def no_run_after_two_hours(lived: Lived) -> bool:
    """No run lies on the two days after one of two hours or more."""
    long = [e.day for e in runs(lived) if e.longest_min >= 120]
    return not any(1 <= (session.day - day).days <= 2 for session in running(lived) for day in long)


def _own_most(lived: Lived) -> float:
    """Return the longest that the person's own usual run can have become: five percent a week from the middle one."""
    before, begun = own_before(lived) or ([], lived.today)
    middle = sorted(e.longest_min for e in before)[(len(before) - 1) // 2] if before else 0.0
    return middle * 1.05 ** ((lived.today - begun).days // 7 + 1)


def only_walks_after_a_rise_over_months(lived: Lived) -> bool:
    """Without a talk of 90 days there is no running where 28 days are 2 above the best 28 before, and above 3."""
    if not running(lived) or talked(lived, lived.today - TALK_COUNTS_DAYS * DAY):
        return True
    firsts: dict[date, float] = {}
    for told in lived.history.reports:
        if told.back is not None and told.day <= lived.today:
            firsts.setdefault(told.day, told.back)
    ages: dict[int, list[float]] = {}
    for day, pain in firsts.items():
        ages.setdefault((lived.today - day).days // 28, []).append(pain)
    levels = {month: median(pains) for month, pains in ages.items() if len(pains) >= 14 and month < 13}
    now = levels.pop(0, 0.0)
    return now <= 3 or all(now - level < 2 for level in levels.values())


def talked(lived: Lived, since: date) -> bool:
    """Whether the person told of a talk with their provider since a day, and within 90 days."""
    days = [s.day for s in lived.history.steps if s.step is Step.TALKED and s.day <= lived.today]
    return any(day >= since and (lived.today - day).days <= TALK_COUNTS_DAYS for day in days)


def never_on_while_a_red_is_open(lived: Lived) -> bool:
    """No session on two days after a red, nor in two weeks until it is as it was; then only walks before a talk."""
    reds = red_days(lived)
    if not reds:
        return True
    last = reds[-1]
    off = (lived.today - last.day).days
    if is_as_before(lived.history, last, lived.today):
        return all(session.day >= last.day + 3 * DAY for session in lived.plan.sessions)
    if off <= 14:
        return not lived.plan.sessions
    return not running(lived) or talked(lived, last.day + 3 * DAY)


def red_days(lived: Lived) -> list[CompletedSession]:
    """Return the sessions, from 14 days before the first start on, after which it was red."""
    first = min(s.day for s in lived.history.steps) - 14 * DAY
    return [e for e in lived.history.efforts if first <= e.day < lived.today and was_red(lived.history, e)]


def was_red(history: History, effort: CompletedSession) -> bool:
    """Whether the worst of the 36 hours after a session was far above the usual, or a leg had a new sign."""
    after = told_between(history, effort.start, effort.end + timedelta(hours=36))
    following = [e.start for e in history.efforts if e.run_min and e.start > effort.start]
    after = [t for t in after if not following or t.moment <= following[0]] or after
    before = [
        t
        for t in told_between(history, moment(effort.day - 28 * DAY, 0.0), effort.start)
        if t.leg is not None or t.leg_symptoms is not None
    ]
    if any(leg_hurts(t) for t in after) and not (before and leg_hurts(before[-1])):
        return True
    for place in PLACES:
        pains = [pain for t in after if (pain := getattr(t, place)) is not None]
        if pains and max(pains) > 3 and _far_above(max(pains), _usual_at(history, place, effort)):
            return True
    return False


def told_between(history: History, after: datetime, until: datetime) -> list[MorningReport]:
    """Return the check-ins after one moment and up to another."""
    first, last = (bisect_right(history.reports, at, key=lambda t: t.moment) for at in (after, until))
    return list(history.reports[first:last])


def _usual_at(history: History, place: str, effort: CompletedSession) -> float | None:
    """Return the usual as it was when a session began; a rating of that day counts where it came before."""
    end = bisect_left(history.reports, effort.start, key=lambda t: t.moment)
    firsts: dict[date, float] = {}
    for told in history.reports[max(end - 60, 0) : end]:
        pain = getattr(told, place)
        if pain is not None and (effort.day - told.day).days <= 28:
            firsts.setdefault(told.day, pain)
    if not firsts:
        return None
    firsts = dict(sorted(firsts.items())[-28:])
    near = [pain for day, pain in firsts.items() if (effort.day - day).days <= 14]
    whole = median(firsts.values())
    return min(whole, median(near)) if len(near) >= 3 else whole


def _far_above(pain: float, level: float | None) -> bool:
    if level is None:
        return pain > 5
    return pain > 3 and (pain - level >= 3 or (pain > 5 and pain - level > 1))


def is_as_before(history: History, red: CompletedSession, today: date) -> bool:
    """Whether on a day since the last bad rating after a red all that was rated was at 3, or near its usual."""
    shown = told_between(history, red.start, red.end + timedelta(hours=60))
    levels = {place: _usual_at(history, place, red) for place in PLACES}
    bad = [t.day for t in shown if leg_hurts(t) or any(_too_high(getattr(t, p), levels[p]) for p in PLACES)]
    first = max(bad, default=red.day)
    return any(_as_before_on(history, red, first + n * DAY, levels) for n in range((today - first).days + 1))


def _as_before_on(
    history: History, red: CompletedSession, day: date, levels: dict[str, float | None]
) -> bool:
    until = moment(day + DAY, 0.0)
    if not any(t.back is not None for t in told_between(history, red.start, until) if t.moment < until):
        return False
    for place in PLACES:
        last = worst_of_last_day(history, place, day, 28)
        if last and last[0] >= red.day and _too_high(last[1], levels[place]):
            return False
    return True


def _too_high(pain: float | None, level: float | None) -> bool:
    if pain is None or pain <= 3:
        return False
    return pain > 5 if level is None else pain - level > 1


def never_two_reds_forgotten(lived: Lived) -> bool:
    """After two reds within 14 days there is no running, until a talk, or four weeks without a red."""
    days = [e.day for e in red_days(lived)]
    pairs = [b for a, b in pairwise(days) if (b - a).days <= 14]
    if not pairs or (lived.today - days[-1]).days > 28 or talked(lived, pairs[-1] + DAY):
        return True
    return not running(lived)


def none_while_paused(lived: Lived) -> bool:
    """No session from 'I pause', 'I am ill', 'I am away' on, until it is taken back."""
    said = [s.step for s in lived.history.steps if s.day <= lived.today and s.step is not Step.TALKED]
    return not (lived.plan.sessions and said[-1] in AWAY)


def half_after_an_illness(lived: Lived) -> bool:
    """In the week after an illness a session is at most half an hour's half, or half of 110 % of the longest run."""
    ill, well = False, None
    for step in lived.history.steps:
        if step.step is Step.ILL:
            ill = True
        elif ill and step.step in {Step.RESUME, Step.START, Step.START_OWN}:
            ill, well = False, step.day
    for session in lived.plan.sessions:
        if well is None or (session.day - well).days >= 7:
            continue
        longest = max((e.longest_min for e in runs(lived)), default=0.0)
        most = 15.0 if session.stage is not None else max(1.05**10 * longest / 2, 5.0)
        if session.run_min + session.walk_min > most + 1e-6:
            return False
    return True


def lower_after_a_break(lived: Lived) -> bool:
    """After a break a session is at most the share of what was run that its length leaves; the first step at most.

    Three walks of the last two weeks put the first of these off to three weeks.
    """
    off = min((lived.today - e.day).days for e in runs(lived)) if runs(lived) else 0
    walks = sum(e.walk_min > 0 and 0 < (lived.today - e.day).days <= 14 for e in lived.history.efforts)
    if off <= 14 or (off <= 21 and walks >= 3):
        return True
    share, longest = back_from(lived, least=14) or (0.0, 0.0)
    for session in running(lived):
        # who begins with walks may have run long ago: two weeks of walks lead to the first step
        own = max(share * longest, 5.0 if share else 0.0)
        most = own if session.stage is None else max(share * step_above(longest), LADDER[1].run_min)
        if session.run_min > most + 1e-6:
            return False
    return True


def only_on_drawn_days(lived: Lived) -> bool:
    """Sessions lie on opened days, and a walking week has no running."""
    inside = lived.opened is None or {s.day for s in lived.plan.sessions} <= lived.opened
    return inside and not (lived.walk_only and running(lived))


def never_without_a_reason(lived: Lived) -> bool:
    """Where there is no session, a rule says why: rest, a pause, a draw, or one's own number of runs."""
    return bool(lived.plan.sessions or STOPS & set(lived.plan.fired))


Promise = Callable[[Lived], bool]
DAILY: dict[str, Promise] = {
    "no runs on two days in a row": never_two_days_in_a_row,
    "at most three in seven days": at_most_three_a_week,
    "no more runs a week than was usual": never_more_runs_than_own_usual,
    "no run beyond 110 % of the longest of 30 days": never_beyond_110_percent,
    "no week of runs beyond 110 % of the best of four": never_beyond_the_best_week,
    "on the ladder at most one step further": never_beyond_one_step,
    "on the ladder never long on foot at once": never_long_on_foot_at_once,
    "on the ladder no session of a plan below the one before it": never_a_fall_within_a_plan,
    "no running at 7 and more, or on a bad morning": no_running_on_a_bad_morning,
    "no running on the day after pain of 7 and more": no_running_on_the_day_after_strong_pain,
    "only walks while a leg hurts": only_walks_while_a_leg_hurts,
    "only walks on the third day of leg pain as strong as the back's": (
        only_walks_while_a_leg_hurts_as_the_back_does
    ),
    "only walks while a leg is worse than at the talk about it": only_walks_while_a_leg_is_worse_than_at_the_talk,
    "only walks while pain in a leg comes and goes": only_walks_while_leg_pain_comes_and_goes,
    "only walks after weeks of pain elsewhere": only_walks_after_weeks_of_pain_elsewhere,
    "only walks after weeks of more pain medicine": only_walks_after_weeks_of_more_medicine,
    "days of pain of 7 and more are told, and hold the running": severe_pain_is_told,
    "only walks after a rise over months": only_walks_after_a_rise_over_months,
    "none while a red is open": never_on_while_a_red_is_open,
    "only walks after two reds": never_two_reds_forgotten,
    "none while paused, ill or away": none_while_paused,
    "half after an illness": half_after_an_illness,
    "half in the week after a far run": half_after_a_far_run,
    "no run on the two days after one of two hours": no_run_after_two_hours,
    "lower after a break, by its length": lower_after_a_break,
    "only on drawn days, and walks in walking weeks": only_on_drawn_days,
    "never without a reason": never_without_a_reason,
}
MISSED = "missed days, with nothing bad told on them, take no step away"
SOON = (
    f"a session within {SOON_DAYS} days, on own running {OWN_SOON_DAYS}, from any state, for who has no pain"
)
ON = f"a step further within {ON_DAYS} days, drawn months of walks aside, from any state, for who has no pain"
KEPT = "no step up in a flare, on more medicine, or while a leg hurts as the back does"
CALMLY = "no step up while high days come back each week, or a questionnaire has jumped"
EASILY = "no step up in the week of a run more than 10 % beyond the longest of 30 days"
PROMISES = (*DAILY, MISSED, KEPT, CALMLY, EASILY, SOON, ON)


def hold(person: Person, life: Iterable[Lived], tally: Tally) -> list[Lived]:
    """Ask every promise on every day; the way forward is walked every other week."""
    days: list[Lived] = []
    for lived in life:
        for name, kept in DAILY.items():
            _ask(tally, name, person, lived.today, kept(lived))
        if days and not days[-1].effort:
            _ask(tally, MISSED, person, lived.today, not _fell(days[-1], lived))
        if days and _keeps_the_step(lived):
            _ask(tally, KEPT, person, lived.today, not _rose(days[-1], lived))
        if days and (_has_high_days(lived) or _has_jumped(lived)):
            _ask(tally, CALMLY, person, lived.today, not _rose(days[-1], lived))
        if days and has_jumped_in_a_run(lived):
            _ask(tally, EASILY, person, lived.today, not _rose(days[-1], lived))
        if len(days) % WAY_EVERY_DAYS == 0:
            session, step = way_forward(person, lived)
            most = OWN_SOON_DAYS if stands(lived.history, lived.today).own else SOON_DAYS
            _ask(tally, SOON, person, lived.today, session is not None and session <= most)
            _ask(tally, ON, person, lived.today, step is not None)
            tally.days_to_session = max(tally.days_to_session, session or 0)
            tally.days_to_step = max(tally.days_to_step, step or 0)
        days.append(lived)
    return days


def _ask(tally: Tally, name: str, person: Person, day: date, kept: bool) -> None:
    tally.asked[name] += 1
    if not kept:
        tally.broken.append((name, person.seed, day))


def stands(history: History, today: date) -> ProgrammeState:
    """Where the person stands by the plan's own account."""
    return compute_state(history, today=today)


def _fell(before: Lived, now: Lived) -> bool:
    """Whether the step fell over a day without a session, and neither body, break nor a new start is why.

    What is told late can say that an earlier session stayed too much, with others done since: then the last rule that
    fired is not the reason. So the same day is asked for once more without what was told on it.
    """
    was, is_now = (stands(lived.history, lived.today) for lived in (before, now))
    begun = any(s.day == now.today and s.step in {Step.START, Step.START_OWN} for s in now.history.steps)
    if is_now.stage >= was.stage or is_now.fired[-1] in LESS or begun:
        return False
    untold = stands(replace(now.history, reports=before.history.reports), now.today)
    told = now.history.reports[len(before.history.reports) :]
    bad = any(leg_hurts(t) or max(getattr(t, place) or 0.0 for place in PLACES) > 3 for t in told)
    return untold.stage < was.stage or not bad


def _keeps_the_step(lived: Lived) -> bool:
    """Whether the last word on a flare was a yes, more medicine was needed on three of seven days, or a leg hurts.

    A leg that was talked over with the provider since such pain began, with no two weeks without it, may go on while
    it hurts no more than in the two weeks before that talk.
    """
    near = [t for t in lived.history.reports if 0 <= (lived.today - t.day).days < 7]
    flares = [t.flare for t in near if t.flare is not None]
    more = {t.day for t in near if t.medicine == "more"}
    leg = leg_as_the_back_since(lived.history, lived.today, least_days=1)
    leg_holds = leg is not None and not _is_known_to_the_provider(lived, leg)
    return bool(flares and flares[-1]) or len(more) >= 3 or leg_holds


def _is_known_to_the_provider(lived: Lived, since: date) -> bool:
    """Whether a talk covers the leg pain of today, and it was no less in the two weeks before that talk."""
    near = [t for t in lived.history.reports if t.day <= lived.today and (t.leg or 0.0) >= 2]
    for told in reversed(near):
        since = told.day if told.day < since and (since - told.day).days <= 14 else since
    talks = [s.day for s in lived.history.steps if s.step is Step.TALKED and s.day <= lived.today]
    if not talked(lived, since):
        return False
    then = [t.leg or 0.0 for t in near if 0 <= (talks[-1] - t.day).days <= 14]
    return bool(then) and (near[-1].leg or 0.0) <= max(then)


def _has_high_days(lived: Lived) -> bool:
    """Whether three of the last four weeks held a rating above 3, and 3 above the middle morning of all."""
    firsts: dict[date, float] = {}
    near = [t for t in lived.history.reports if t.back is not None and 0 <= (lived.today - t.day).days < 28]
    for told in near:
        firsts.setdefault(told.day, told.back or 0.0)
    if len(firsts) < 7:
        return False
    bar = max(median(firsts.values()) + 3.0, 3.0 + 1e-9)
    return len({(lived.today - t.day).days // 7 for t in near if (t.back or 0.0) >= bar}) >= 3


def _has_jumped(lived: Lived) -> bool:
    """Whether the last count of eight weeks is 5 above the lowest of a year, and nobody talked since."""
    scores = [one for one in lived.history.roland_morris if one[0] <= lived.today]
    if not scores or (lived.today - scores[-1][0]).days > 56:
        return False
    day, score = scores[-1]
    return score - min(s for on, s in scores if (day - on).days <= 365) >= 5 and not talked(lived, day)


def has_jumped_in_a_run(lived: Lived) -> bool:
    """Whether a run of the last seven days was over 110 % of the longest of the 30 before it.

    On the ladder it was beyond one step more, too. Without a run in those 30 days nobody can say.
    """
    is_own = stands(lived.history, lived.today).own is not None
    for effort in (e for e in runs(lived) if 1 <= (lived.today - e.day).days <= 7):
        before = [e.longest_min for e in runs(lived) if 1 <= (effort.day - e.day).days <= 30]
        longest = max(before, default=math.inf)
        open_min = 1.1 * longest if is_own or longest >= 20.0 else max(1.1 * longest, step_above(longest))
        if effort.longest_min > open_min + 1e-6:
            return True
    return False


def _rose(before: Lived, now: Lived) -> bool:
    """Whether the step is higher than the day before, and no new start is why."""
    was, is_now = (stands(lived.history, lived.today) for lived in (before, now))
    begun = any(s.day == now.today and s.step in {Step.START, Step.START_OWN} for s in now.history.steps)
    # an amber that seemed to stay, and then went down, gives back the step that it took: that is no step up
    return is_now.stage > was.stage and is_now.fired[-1] is Rule.ADVANCE and not begun


def way_forward(person: Person, lived: Lived) -> tuple[int | None, int | None]:
    """From here without pain, doing all that is offered: days to the first session, and to a step further.

    The step of the first session is the one to pass, or a lower one where a break that had begun came to its end; who
    stands on the last has arrived. Whoever paused goes on, and has talked.
    """
    efforts, told = list(lived.history.efforts), list(lived.history.reports)
    steps = (
        *lived.history.steps,
        *(PlanStep(day=lived.today, step=step) for step in (Step.RESUME, Step.TALKED)),
    )
    on_days = ON_DAYS + WALKS_ON_END.get(person.law, 0)
    weeks = opened_weeks(person.law, weeks=WEEKS + on_days // 7 + 2, seed=person.seed)
    first, began = None, 0
    for n in range(on_days + 1):
        today = lived.today + n * DAY
        if not told or told[-1].moment < moment(today, 0.25):
            told.append(
                MorningReport(moment=moment(today, 0.25), back=0.0, leg=0.0, other=0.0, leg_symptoms=False)
            )
        opened, is_running = weeks[(today - START).days // 7] if weeks else (None, True)
        walking = walking_so_far(weeks, (today - START).days)
        history = History(
            efforts=tuple(efforts),
            reports=tuple(told),
            steps=steps,
            run_days=opened,
            walk_days=walking,
            walks_well=lived.history.walks_well,
            roland_morris=lived.history.roland_morris,
        )
        stage = stands(history, today).stage
        began = stage if first is None else min(began, stage)
        if first is not None and (stage > began or stage == len(LADDER) - 1):
            return first, n
        plan = next_week(history, today=today, walk_only=not is_running)
        if plan.sessions and plan.sessions[0].day == today:
            first = n if first is None else first
            session = plan.sessions[0]
            efforts.append(effort_of(today, session.run_min, session.walk_min))
    return first, None
