"""One session: every step in words, and a timer where a script runs; the timer alone for when there is no network."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from backstride.errors import NotInDiary
from backstride.programme.intervals import intervals
from backstride.report.language import _
from backstride.report.morning_words import IS_IT_WORSE
from backstride.report.plan_words import STOP, session_text, timed
from backstride.services.before_run import last_pain_before
from backstride.services.plan import plan_for
from backstride.services.plan_warnings import warnings_of
from backstride.web.templates import bare_page, page
from backstride.web.visitor import Day, Known

router = APIRouter(tags=["plan"])


@router.get("/plan/session/{day}", response_class=HTMLResponse)
def show(day: Day, visitor: Known) -> Response:
    """Show the session planned for a day.

    Raises:
        NotInDiary: none is planned for it.
    """
    plan = plan_for(visitor.site.store, visitor.book, today=visitor.local_day)
    sessions = plan.week.sessions if plan.week else ()
    session = next((each for each in sessions if each.day == day), None)
    if session is None:
        raise NotInDiary(_("No session is planned for that day."), advice=_("Look at the Plan page."))
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


@router.get("/timer", response_class=HTMLResponse)
def timer() -> Response:
    """Return the timer page without personal data; the phone knows the session opened on it last."""
    return bare_page("timer.html", {"is_it_worse": _(IS_IT_WORSE)})
