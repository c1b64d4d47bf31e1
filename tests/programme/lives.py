"""Histories for tests of the programme, day by day from a start."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from backstride.core.plan_step import PlanStep, Step
from backstride.programme.history import CompletedSession, History, MorningReport
from backstride.programme.week import next_week

START = date(2026, 1, 5)
DAY = timedelta(days=1)


def at(n, hour=7.0):
    """A moment on the n-th day after the start."""
    return datetime(2026, 1, 5, tzinfo=UTC) + n * DAY + timedelta(hours=hour)


def day(n):
    """The n-th day after the start."""
    return START + n * DAY


def ran(*days, minutes=15.0, walk=0.0, hour=18.0):
    """Running on these days after the start, in the evening, with some walking."""
    return tuple(
        CompletedSession(at(n, hour), at(n, hour) + timedelta(minutes=minutes + walk), minutes, walk, minutes)
        for n in days
    )


def walked(*days, minutes=30.0, hour=18.0):
    """Walks on these days."""
    return tuple(
        CompletedSession(at(n, hour), at(n, hour) + timedelta(minutes=minutes), 0.0, minutes, 0.0)
        for n in days
    )


def rated(*pains, since=0, hour=7.0, **more):
    """A rating of the back for each day, from the day `since` on; None for a day without one."""
    return tuple(
        MorningReport(moment=at(since + n, hour), back=None if pain is None else float(pain), **more)
        for n, pain in enumerate(pains)
    )


def said(step, n):
    """A word about going on."""
    return PlanStep(day=day(n), step=step)


def life(*parts, start=Step.START, steps=(), run_days=None, walk_days=()):
    """A history of efforts and check-ins, started on day 0; None as a start leaves it out."""
    flat = [one for part in parts for one in part]
    efforts = sorted((one for one in flat if isinstance(one, CompletedSession)), key=lambda one: one.start)
    told = sorted((one for one in flat if isinstance(one, MorningReport)), key=lambda one: one.moment)
    first = () if start is None else (said(start, 0),)
    drawn = None if run_days is None else frozenset(day(n) for n in run_days)
    ordered = tuple(sorted((*first, *steps), key=lambda one: one.day))
    walking = frozenset(day(n) for n in walk_days)
    return History(
        efforts=tuple(efforts), reports=tuple(told), steps=ordered, run_days=drawn, walk_days=walking
    )


def own_life(*parts, minutes=40.0, a_week=3, weeks=4, steps=(), told_before=2, walk_days=()):
    """Someone who ran this often and long before day 0, and begins from their own running."""
    days = [-7 * week - k for week in range(weeks) for k in (2, 4, 6, 7, 5, 3, 1)[:a_week]]
    before = rated(*[told_before] * 28, since=-28)
    return life(
        ran(*days, minutes=minutes), before, *parts, start=Step.START_OWN, steps=steps, walk_days=walk_days
    )


def on(history, n, **held):
    """The plan on the n-th day after the start."""
    until = day(n)
    now = replace(
        history,
        efforts=tuple(e for e in history.efforts if e.day <= until),
        reports=tuple(t for t in history.reports if t.day <= until),
        steps=tuple(s for s in history.steps if s.day <= until),
    )
    return next_week(now, today=until, **held)


def runs_offered(plan):
    """Whether any session holds running."""
    return any(session.run_min > 0 for session in plan.sessions)
