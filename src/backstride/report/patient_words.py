"""A reader's list in words."""

from datetime import date, timedelta

from backstride.report.amounts import DAYS_A_WEEK, long_date, number, short_date
from backstride.report.language import _, plural
from backstride.report.patients import Latest, LookFirst, PlanStands

SAME_WITHIN = 0.5
YESTERDAY, HALF_A_YEAR = timedelta(days=1), timedelta(days=182)
LOOK_FIRST = {
    LookFirst.HELP_AT_ONCE: "A safety answer calls for help at once",
    LookFirst.SEE_A_CLINICIAN: "A safety answer calls for a clinician soon",
    LookFirst.LEG_NEW: "New sign in a leg",
    LookFirst.PAIN_NOW: "Strong or rising pain at the last check-in",
    LookFirst.PAIN_UP: "Pain higher than two weeks before",
    LookFirst.LEG: "Sign in a leg goes on",
    LookFirst.TALK_FIRST: "A safety answer calls for a talk before running",
    LookFirst.SILENT: "No check-in for two weeks",
    LookFirst.UNREADABLE: "The diary cannot be read now",
}
PLAN = {
    PlanStands.NOT_STARTED: "not begun",
    PlanStands.PAUSED: "paused by them",
    PlanStands.ILL: "ill",
    PlanStands.AWAY: "away",
    PlanStands.STOPPED: "stopped by safety answers",
    PlanStands.WALKS: "walks only, by safety answers",
}


def reasons(look_first: tuple[LookFirst, ...]) -> tuple[str, ...]:
    """Say why to look first, the most pressing reason first."""
    return tuple(_(LOOK_FIRST[reason]) for reason in look_first)


def last_check_in(latest: Latest, *, today: date) -> str:
    """Say when they last checked in."""
    if latest.last_check_in is None:
        return _("never")
    if latest.last_check_in == today:
        return _("today")
    if latest.last_check_in == today - YESTERDAY:
        return _("yesterday")
    day = latest.last_check_in
    return short_date(day) if today - day < HALF_A_YEAR else long_date(day)


def pain(latest: Latest) -> str:
    """Say the mean of the mornings of two weeks."""
    mean = latest.latest.mean_pain
    return _("no rating") if mean is None else number(mean)


def direction(latest: Latest) -> str:
    """Say where the mean has gone since the two weeks before; empty where there is no mean now."""
    if latest.latest.mean_pain is None:
        return ""
    if latest.change is None:
        return _("before: not known")
    if abs(latest.change) < SAME_WITHIN:
        return _("about the same")
    template = _("up by {n}") if latest.change > 0 else _("down by {n}")
    return template.format(n=number(latest.change))


def running(latest: Latest) -> str:
    """Say the minutes a week over two weeks; the least where some days are not known."""
    held = latest.latest
    if not latest.latest_days or (not held.run_minutes and held.unknown_days):
        return _("not known")
    amount = number(held.run_minutes * DAYS_A_WEEK / max(latest.latest_days, DAYS_A_WEEK), decimals=0)
    text = _("{n} min a week").format(n=amount)
    return _("at least {minutes}").format(minutes=text) if held.unknown_days else text


def legs(latest: Latest) -> str:
    """Say on how many days of two weeks a sign in a leg was reported."""
    if latest.last_leg is None:
        return _("none recorded") if latest.latest.pains else _("not known")
    days = plural(latest.leg_days, "on {n} day", "on {n} days").format(n=latest.leg_days)
    return _("{days}, last {day}").format(days=days, day=short_date(latest.last_leg))


def plan(latest: Latest) -> str:
    """Say where the plan stands."""
    if latest.plan is PlanStands.GOES_ON and latest.plan_since is not None:
        return _("begun {day}").format(day=short_date(latest.plan_since))
    return _(PLAN[latest.plan])
