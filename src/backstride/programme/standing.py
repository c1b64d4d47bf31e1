"""Where a person stands: every session done so far, one after the other, under the rules."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from backstride.core.plan_step import Step
from backstride.programme.history import Effort, History, Light, light, settled, usual_pain
from backstride.programme.ladder import LADDER
from backstride.programme.rules import Rule

GREENS_TO_ADVANCE = 3
WEEK = timedelta(days=7)
LONG_BREAK_DAYS = 14
ENTRY_WALKS = 6
REST = timedelta(days=3)
"""From a red session to the first day after 48 hours of rest."""
PAUSES = {Step.PAUSE, Step.ILL, Step.HOLIDAY, Step.SAFETY_PAUSE}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands before a day.

    Attributes:
        stage: of the ladder, or number of tenths by which one's own minutes were changed.
        greens: in a row, on this stage.
        since: when this stage began.
        red: the day of the last red; None where none is open.
        reds: days of reds, latest last.
        fired: the rules that made it so, latest last.
    """

    stage: int
    greens: int
    since: date
    red: date | None = None
    reds: tuple[date, ...] = ()
    fired: tuple[Rule, ...] = ()


def standing(history: History, *, today: date, start: date) -> Standing:
    """Where a person stands on `today`, who began on `start`."""
    now = Standing(0, 0, start)
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
    return now


def red_is_open(now: Standing, history: History, today: date) -> bool:
    """Whether the last red still asks for rest: two days, and until a morning is green again."""
    if now.red is None:
        return False
    # A back that stays worse for weeks has a new usual: the median follows, and the plan goes on from there.
    usual = [pain for day in (now.red, today) if (pain := usual_pain(history, day)) is not None]
    rested = today >= now.red + REST
    return not rested or not usual or not settled(history, now.red + timedelta(days=1), today, max(usual))


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
    greens = now.greens + 1
    needed = ENTRY_WALKS if now.stage == 0 else GREENS_TO_ADVANCE
    wait = 2 * WEEK if now.stage == 0 else WEEK
    if greens >= needed and effort.day - now.since >= wait - timedelta(days=3):
        return _moved(now, 1, effort.day, Rule.ADVANCE)
    return replace(now, greens=greens, fired=(*now.fired, Rule.REPEAT))


def _moved(now: Standing, by: int, day: date, rule: Rule) -> Standing:
    stage = min(max(now.stage + by, 0), len(LADDER) - 1)
    return replace(now, stage=stage, greens=0, since=day, fired=(*now.fired, rule))
