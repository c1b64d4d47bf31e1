"""What the plan promises on each day of a life, said in the promises' own words and not by the plan's code."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from programme_lives import DAY, START, WEEKS, Lived, Person, opened_weeks

from backstride.core.plan_step import PlanStep, Step
from backstride.programme.history import Effort, History, Morning
from backstride.programme.ladder import LADDER, metres
from backstride.programme.rules import Rule
from backstride.programme.standing import Standing, standing
from backstride.programme.week import next_week

WAY_EVERY_DAYS = 14
SOON_DAYS = 8
"""Three days from a red to the day after 48 hours of rest, and five from one drawn day to the next at most."""
ON_DAYS = 28
"""Two walking weeks may be drawn in a row, and a running week has the three greens of a step: three weeks. From the
start it is two weeks of walks. A week to spare, for rest and for sessions that grow by a tenth after a month off."""
STOPS = {Rule.SETTLE, Rule.PAUSED, Rule.NOT_DRAWN}
AWAY = {Step.PAUSE, Step.ILL, Step.HOLIDAY, Step.SAFETY_PAUSE}
LESS = {Rule.RED, Rule.AMBER, Rule.LONG_BREAK}


@dataclass(slots=True)
class Tally:
    """How often each promise was asked, and where it was broken: person and day."""

    asked: Counter[str] = field(default_factory=Counter)
    broken: list[tuple[str, int, date]] = field(default_factory=list)
    days_to_session: int = 0
    days_to_step: int = 0


def never_two_days_in_a_row(lived: Lived) -> bool:
    """No session lies on a day of another, offered or done, or beside it."""
    offered = [s.day for s in lived.plan.sessions]
    done = [e.day for e in lived.history.efforts]
    pairs = [(a, b) for i, a in enumerate(offered) for b in offered[:i] + done]
    return all(abs((a - b).days) > 1 for a, b in pairs)


def at_most_three_a_week(lived: Lived) -> bool:
    """No session is the fourth of seven days."""
    days = [s.day for s in lived.plan.sessions] + [e.day for e in lived.history.efforts]
    return all(sum(0 <= (s.day - other).days < 7 for other in days) <= 3 for s in lived.plan.sessions)


def never_beyond_110_percent(lived: Lived) -> bool:
    """No session goes beyond 110 % of the longest done in the 30 days before its own day; after none, 10 minutes."""
    for session in lived.plan.sessions:
        lately = [e.metres for e in lived.history.efforts if 1 <= (session.day - e.day).days <= 30]
        most = 1.1 * max(lately) if lately and max(lately) > 0.0 else metres(0.0, 10.0)
        if session.metres > most + 1e-6:
            return False
    return True


def never_on_while_a_red_is_open(lived: Lived) -> bool:
    """No session for two days after a red, nor until the back, and the leg, are as they were."""
    return not (lived.plan.sessions and unsettled(lived.history, lived.today))


def none_while_paused(lived: Lived) -> bool:
    """No session from 'I pause', 'I am ill', 'I am away' on, until it is taken back."""
    said = [s.step for s in lived.history.steps if s.day <= lived.today]
    return not (lived.plan.sessions and said[-1] in AWAY)


def only_on_drawn_days(lived: Lived) -> bool:
    """Sessions lie on opened days, and a walking week has no running."""
    running = any(s.run_min for s in lived.plan.sessions)
    inside = lived.opened is None or {s.day for s in lived.plan.sessions} <= lived.opened
    return inside and not (lived.walk_only and running)


def never_without_a_reason(lived: Lived) -> bool:
    """Where there is no session, a rule says why; only rest, a pause, or a draw can be why."""
    return bool(lived.plan.sessions or STOPS & set(lived.plan.fired))


Promise = Callable[[Lived], bool]
DAILY: dict[str, Promise] = {
    "no two days in a row": never_two_days_in_a_row,
    "at most three in seven days": at_most_three_a_week,
    "never beyond 110 % of the 30 days before": never_beyond_110_percent,
    "none while a red, or a sign in a leg, is open": never_on_while_a_red_is_open,
    "none while paused, ill or away": none_while_paused,
    "only on drawn days, and walks in walking weeks": only_on_drawn_days,
    "never without a reason": never_without_a_reason,
}
MISSED = "missed days take no stage away"
SOON = f"a session within {SOON_DAYS} days, from any state, for who has no pain"
ON = f"a step further within {ON_DAYS} days, from any state, for who has no pain"
PROMISES = (*DAILY, MISSED, SOON, ON)


def hold(person: Person, life: Iterable[Lived], tally: Tally) -> list[Lived]:
    """Ask every promise on every day; the way forward is walked every other week."""
    days: list[Lived] = []
    for lived in life:
        for name, kept in DAILY.items():
            _ask(tally, name, person, lived.today, kept(lived))
        if days and not days[-1].effort:
            _ask(tally, MISSED, person, lived.today, not _fell(person, days[-1], lived))
        if len(days) % WAY_EVERY_DAYS == 0:
            session, step = way_forward(person, lived)
            _ask(tally, SOON, person, lived.today, session is not None and session <= SOON_DAYS)
            _ask(tally, ON, person, lived.today, step is not None)
            tally.days_to_session = max(tally.days_to_session, session or 0)
            tally.days_to_step = max(tally.days_to_step, step or 0)
        days.append(lived)
    return days


def _ask(tally: Tally, name: str, person: Person, day: date, kept: bool) -> None:
    tally.asked[name] += 1
    if not kept:
        tally.broken.append((name, person.seed, day))


def stands(person: Person, history: History, today: date) -> Standing:
    """Where the person stands by the plan's own account."""
    return standing(history, today=today, start=START, own=person.runs_already)


def _fell(person: Person, before: Lived, now: Lived) -> bool:
    """Whether the stage fell over a day without a session, and neither the back nor two weeks off are why."""
    was, is_now = (stands(person, lived.history, lived.today) for lived in (before, now))
    return is_now.stage < was.stage and is_now.fired[-1] not in LESS


def unsettled(history: History, today: date) -> bool:
    """Whether the last red still asks for rest, or a sign in a leg that was new after any session is still there."""
    start = history.steps[0].day
    days = [e.day for e in history.efforts if start <= e.day < today]
    by_pain = [day for day in days if _red_by_pain(history, day)]
    in_a_leg = [day for day in days if _new_leg_sign(history, day)]
    if not by_pain + in_a_leg:
        return False
    last = max(by_pain + in_a_leg)
    back = last in by_pain and _is_high_still(history, last, today)
    return today < last + 3 * DAY or back or any(_leg_still(history, day, today) for day in in_a_leg)


def _usual(history: History, until: date) -> float | None:
    near = [m.pain for d, m in history.mornings.items() if 0 <= (until - d).days < 28 and m.pain is not None]
    return median(near) if near else None


def _high(pain: float, level: float) -> bool:
    return pain > 3 and pain > level + 1


def _red_by_pain(history: History, day: date) -> bool:
    after, level = history.mornings.get(day + DAY), _usual(history, day)
    if after is None or after.pain is None or level is None:
        return False
    return _high(after.pain, level) and (after.pain > 5 or after.pain >= level + 3)


def _is_high_still(history: History, day: date, today: date) -> bool:
    rated = [d for d, m in history.mornings.items() if d <= today and m.pain is not None]
    last = max(rated)
    levels = [level for until in (day, last - DAY) if (level := _usual(history, until)) is not None]
    pain = history.mornings[last].pain
    return last <= day + DAY or (pain is not None and _high(pain, max(levels)))


def _new_leg_sign(history: History, day: date) -> bool:
    before, after = history.mornings.get(day), history.mornings.get(day + DAY)
    return bool(after and after.leg_symptoms) and not (before and before.leg_symptoms)


def _leg_still(history: History, day: date, today: date) -> bool:
    """The sign was there when last told of, and has not become usual: half of the last 28 mornings."""
    near = {d: m.leg_symptoms for d, m in history.mornings.items() if 0 <= (today - d).days < 28}
    told = {d: sign for d, sign in near.items() if sign is not None}
    return bool(told) and max(told) > day and bool(told[max(told)]) and sum(map(bool, told.values())) < 14


def way_forward(person: Person, lived: Lived) -> tuple[int | None, int | None]:
    """From here without pain, doing all that is offered: days to the first session, and to a step further.

    The stage of the first session is the one to pass; who stands on the last has arrived. Whoever paused goes on.
    """
    efforts, mornings = list(lived.history.efforts), dict(lived.history.mornings)
    steps = (*lived.history.steps, PlanStep(day=lived.today, step=Step.RESUME))
    weeks = opened_weeks(person.law, weeks=WEEKS + ON_DAYS // 7 + 2, seed=person.seed)
    first, began = None, 0
    for n in range(ON_DAYS + 1):
        today = lived.today + n * DAY
        mornings[today] = Morning(0.0, leg_symptoms=False)
        opened, running = weeks[(today - START).days // 7] if weeks else (None, True)
        history = History(efforts=tuple(efforts), mornings=mornings, steps=steps, run_days=opened)
        stage = stands(person, history, today).stage
        began = stage if first is None else began
        if first is not None and (stage > began or stage == len(LADDER) - 1):
            return first, n
        plan = next_week(history, today=today, walk_only=not running)
        if plan.sessions and plan.sessions[0].day == today:
            first = n if first is None else first
            session = plan.sessions[0]
            efforts.append(Effort(today, session.run_min, session.walk_min, session.metres))
    return first, None
