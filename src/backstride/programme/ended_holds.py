"""Holds that asked for a talk with a provider and ended without one, as the days that counted grew old."""

from dataclasses import dataclass, replace
from datetime import date

from backstride.core.datetimes import ONE_DAY
from backstride.programme.history import History, Site, talk_days
from backstride.programme.holds import talks_due
from backstride.programme.rules import TALK_BEFORE_RUNNING, Rule
from backstride.programme.state import ProgrammeState

ENDED_DAYS = 3
"""On so many days it is told: who opens the plan on run days alone reads it, too."""


@dataclass(frozen=True, slots=True)
class EndedHold:
    """A rule that left walks until a talk, and does no more.

    Attributes:
        rule: which.
        last: the last day on which it held.
    """

    rule: Rule
    last: date


def ended_holds(now: ProgrammeState, history: History, today: date) -> tuple[EndedHold, ...]:
    """Return the rules that left walks until a talk, a few days ago, and ended with none; none while one holds.

    Args:
        now: where the person stands.
        history: the check-ins and sessions so far, and the talks.
        today: the local day.
    """
    if _asking(now, history, today):
        return ()
    talks = {day for site in (None, *Site) for day in talk_days(history, site)}
    ended: dict[Rule, date] = {}
    for last in (today - n * ONE_DAY for n in range(1, ENDED_DAYS + 1)):
        if any(last <= talk <= today for talk in talks):
            break
        for rule in _asking(now, _until(history, last), last):
            ended.setdefault(rule, last)
    return tuple(EndedHold(rule, last) for rule, last in ended.items())


def _asking(now: ProgrammeState, history: History, day: date) -> tuple[Rule, ...]:
    return tuple(rule for rule in talks_due(now, history, day) if rule in TALK_BEFORE_RUNNING)


def _until(history: History, day: date) -> History:
    """Return what was known at the end of a day."""
    return replace(
        history,
        efforts=tuple(one for one in history.efforts if one.day <= day),
        reports=tuple(one for one in history.reports if one.day <= day),
        steps=tuple(one for one in history.steps if one.day <= day),
        roland_morris=tuple(one for one in history.roland_morris if one[0] <= day),
    )
