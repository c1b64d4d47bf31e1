"""Where a person stands: every session done so far, one after the other, under the rules."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from backstride.core.plan_step import Step
from backstride.programme.history import (
    Effort,
    History,
    Light,
    last_rated,
    leg_sign_stays,
    light,
    settled,
    usual_pain,
)
from backstride.programme.ladder import LADDER
from backstride.programme.rules import Rule

GREENS_TO_ADVANCE = 3
WEEK = timedelta(days=7)
LONG_BREAK_DAYS = 14
ENTRY_WALKS = 6
MISSED_DAYS = 3
LONGEST_GAP = 5
"""Days from a session to the next, at most: drawn weeks that end and begin with rest."""
OWN_LOWEST = -20
REST = timedelta(days=3)
"""From a red session to the first day after 48 hours of rest."""
PAUSES = {Step.PAUSE, Step.ILL, Step.HOLIDAY, Step.SAFETY_PAUSE}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands before a day.

    Attributes:
        stage: of the ladder, or number of times by which one's own minutes were changed, less than 0 for fewer.
        greens: in a row, on this stage.
        since: when this stage began.
        red: the day of the last red; None where none is open.
        reds: days of reds, latest last.
        fired: the rules that made it so, latest last.
        own: whether it is one's own running, which can go lower than where it began.
        last: the day of the last session.
    """

    stage: int
    greens: int
    since: date
    red: date | None = None
    reds: tuple[date, ...] = ()
    fired: tuple[Rule, ...] = ()
    own: bool = False
    last: date | None = None


def standing(history: History, *, today: date, start: date, own: bool = False) -> Standing:
    """Where a person stands on `today`, who began on `start`, from their `own` running or from walks."""
    now = Standing(0, 0, start, own=own)
    last: date | None = None
    for effort in history.efforts:
        if not start <= effort.day < today:
            continue
        if last is not None and (effort.day - last).days > LONG_BREAK_DAYS:
            now = _moved(now, -2, effort.day, Rule.LONG_BREAK)
        now = _after(now, history, effort, today)
        last = effort.day
    if last is not None and (today - last).days > LONG_BREAK_DAYS:
        now = _moved(now, -2, today, Rule.LONG_BREAK)
    return replace(now, last=last)


def red_is_open(now: Standing, history: History, today: date) -> bool:
    """Whether the last red still asks for rest: two days, and until a morning is green again."""
    if now.red is None:
        return False
    # A back that stays worse for weeks has a new usual: the median follows, and the plan goes on from there.
    # A morning is held against those before it, never against itself.
    before = last_rated(history, today) - timedelta(days=1)
    usual = [pain for day in (now.red, before) if (pain := usual_pain(history, day)) is not None]
    # a later red, after a run that nobody offered, does not make an earlier sign in a leg go away
    in_a_leg = any(leg_sign_stays(history, day, today) for day in {*now.reds, now.red})
    if today < now.red + REST or not usual or in_a_leg:
        return True
    return not settled(history, now.red + timedelta(days=1), today, max(usual))


def open_for(now: Standing) -> Rule:
    """Why an open one rests: a red, or an amber that stayed."""
    return Rule.RED if now.red in now.reds else Rule.AMBER


def missed(now: Standing, history: History, today: date) -> bool:
    """Whether three days or more went by without the session that was due; rest after a red is none of them."""
    said = [step.day for step in history.steps if step.day <= today and step.step is not Step.SESSION]
    since = max([*said, *([now.last] if now.last else [])], default=today)
    off = (today - since).days
    resting = now.red is not None and now.red == now.last
    return not resting and LONGEST_GAP + MISSED_DAYS <= off <= LONG_BREAK_DAYS


def told_last(history: History, today: date) -> Step:
    """The last thing said about going on."""
    said = [step.step for step in history.steps if step.day <= today and step.step is not Step.SESSION]
    return said[-1] if said else Step.START


def two_reds(now: Standing, history: History, today: date) -> bool:
    """Whether two reds fell within 14 days, and nobody said since that it goes on."""
    if len(now.reds) < 2 or (now.reds[-1] - now.reds[-2]).days > LONG_BREAK_DAYS:
        return False
    resumed = [step.day for step in history.steps if step.step is Step.RESUME and step.day <= today]
    return not any(day > now.reds[-1] for day in resumed)


def _after(now: Standing, history: History, effort: Effort, today: date) -> Standing:
    shown = light(history, effort.day) if effort.day + timedelta(days=1) <= today else Light.UNKNOWN
    if shown is Light.RED:
        back = _moved(now, -2, effort.day, Rule.RED)
        return replace(back, red=effort.day, reds=(*now.reds, effort.day))
    if shown is Light.UNSETTLED:
        back = _moved(now, -1, effort.day, Rule.AMBER)
        return replace(back, red=effort.day)
    if shown is Light.AMBER:
        return replace(now, greens=0, fired=(*now.fired, Rule.AMBER))
    if shown is Light.UNKNOWN:
        return replace(now, fired=(*now.fired, Rule.REPEAT))
    entering = now.stage == 0 and not now.own
    if effort.run_min == 0.0 and not entering:
        # a walk that sat well says nothing of the next step of running
        return replace(now, fired=(*now.fired, Rule.REPEAT))
    greens = now.greens + 1
    needed = ENTRY_WALKS if entering else GREENS_TO_ADVANCE
    wait = 2 * WEEK if entering else WEEK
    if greens >= needed and effort.day - now.since >= wait - timedelta(days=3):
        return _moved(now, 1, effort.day, Rule.ADVANCE)
    return replace(now, greens=greens, fired=(*now.fired, Rule.REPEAT))


def _moved(now: Standing, by: int, day: date, rule: Rule) -> Standing:
    stage = min(max(now.stage + by, OWN_LOWEST if now.own else 0), len(LADDER) - 1)
    return replace(now, stage=stage, greens=0, since=day, fired=(*now.fired, rule))
