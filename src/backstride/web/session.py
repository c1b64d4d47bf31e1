"""One session: every step in words, and a timer where a script runs; the timer alone for when there is no network."""

from datetime import date

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, JSONResponse, Response

from backstride.core.clearance import Level
from backstride.programme.intervals import intervals
from backstride.programme.week import Session
from backstride.report.clearance_words import alarm_line, alarm_reasons, hold_line
from backstride.report.language import _
from backstride.report.morning_words import IS_IT_WORSE
from backstride.report.plan_words import STOP, session_text, timed
from backstride.services.before_run import last_pain_before
from backstride.services.plan import Plan, plan_for
from backstride.services.plan_warnings import warnings_of
from backstride.web.templates import bare_page, page
from backstride.web.visitor import CurrentUser, Day, Known

router = APIRouter(tags=["plan"])


@router.get("/plan/session/{day}", response_class=HTMLResponse)
def show(day: Day, visitor: Known) -> Response:
    """Show the session planned for a day, or what holds it back."""
    plan = plan_for(visitor.site.store, visitor.book, today=visitor.local_day)
    session = next((each for each in plan.sessions if each.day == day), None)
    if session is None:
        return _none(visitor, plan, day)
    context = {
        "session": session,
        "told": session_text(session),
        "stretches": timed(intervals(session.run_min, session.walk_min, session.stage)),
        "stop": [_(line) for line in STOP],
        "is_today": day == visitor.local_day,
        "worse": warnings_of(plan) if day == visitor.local_day else (),
        "asks_before": session.run_min > 0 and not plan.runs_wait,
        "before_run_told": last_pain_before(visitor.diary, day),
        "may_be_done": day == plan.as_of and day not in plan.done,
    }
    return page(visitor, "session.html", context, here="/plan")


def _none(visitor: CurrentUser, plan: Plan, day: date) -> Response:
    """Say that there is no session on a day, and what holds sessions back, in the words of Today."""
    context = {
        "day_date": day,
        "plan": plan,
        "alarm": alarm_line(plan.clearance),
        "alarm_reasons": alarm_reasons(plan.clearance),
        "emergency": plan.clearance.level is Level.EMERGENCY,
        "hold": hold_line(plan.clearance) if plan.was_asked else "",
        "worse": warnings_of(plan),
    }
    return page(visitor, "no_session.html", context, here="/plan", status=404)


@router.get("/plan/offered")
def offered(visitor: Known) -> Response:
    """Return which sessions are offered now, for a phone that keeps the one opened on it last."""
    plan = plan_for(visitor.site.store, visitor.book, today=visitor.local_day)
    sessions = [
        {"day": each.day.isoformat(), "runs": each.run_min > 0, "seconds": _seconds(each)}
        for each in plan.sessions
    ]
    known = {"book": str(visitor.book), "day": visitor.local_day.isoformat(), "sessions": sessions}
    return JSONResponse(known)


def _seconds(session: Session) -> int:
    """How long the timer of a session runs."""
    stretches = intervals(session.run_min, session.walk_min, session.stage)
    return sum(stretch.seconds for stretch, _at, _said in timed(stretches))


@router.get("/timer", response_class=HTMLResponse)
def timer() -> Response:
    """Return the timer page without personal data; the phone knows the session opened on it last."""
    return bare_page("timer.html", {"is_it_worse": _(IS_IT_WORSE)})
