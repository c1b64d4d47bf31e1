"""Plan: what the next days may look like, and why. It offers; you choose."""

from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from backstride.cohort.waiting_words import plan_lines
from backstride.core.allocation import AllocationScheme
from backstride.core.clearance import Freedom, Level
from backstride.core.plan_step import Step
from backstride.core.records import Records
from backstride.diary.calendar import has_calendar
from backstride.diary.changes import change_stamps
from backstride.programme.schedule import MIN_WEEKS, whole_rounds
from backstride.programme.week import Session
from backstride.report import allocation_text, comfort_words, plan_words, soon_words
from backstride.report.agreed_words import ending_lines, run_out_lines
from backstride.report.check_in_words import RAN
from backstride.report.clearance_words import advice
from backstride.report.held_words import held_lines
from backstride.report.safety_words import asked_because
from backstride.runtime.clock import utc_now
from backstride.services.allocate import Schedule, allocate_for, choice_opens_on, schedule_of
from backstride.services.complete_session import done_for, keep_timed, still_to_tick
from backstride.services.plan import Plan, plan_for, record_event_for
from backstride.services.plan_warnings import warnings_of
from backstride.services.screening_service import due_besides_for, due_for, signs_for
from backstride.services.soon import soon_for
from backstride.services.waiting import part_of
from backstride.web.templates import page
from backstride.web.visitor import CurrentUser, Day, Known, Writing

router = APIRouter(tags=["plan"])
WEEKS = (MIN_WEEKS, 12, 16, 24, 48)
ALLOCATIONS_SHOWN = 14


@router.get("/plan", response_class=HTMLResponse)
def show(visitor: Known, chosen: Annotated[bool, Query()] = False) -> Response:
    """Show the sessions of the next seven days, how run days are chosen, and their calendar."""
    today, records = visitor.local_day, visitor.diary.records()
    plan = plan_for(visitor.site.store, visitor.book, today=today, records=records)
    context = {
        "plan": plan,
        "waiting": plan_lines(part_of(visitor.site.store, visitor.book), today=today),
        "why_asked": _why_asked(visitor, plan),
        "leg_told": any(one.pain is None for one in plan.bad),
        "advice": advice(plan.clearance) if plan.was_asked else None,
        "held": (
            *run_out_lines(plan.clearance),
            *held_lines(plan.clearance),
            *ending_lines(plan.clearance),
        ),
        "with_care": plan.clearance.freedom is Freedom.RUN_WITH_CARE,
        "cards": [(session, plan_words.session_text(session)) for session in plan.sessions],
        "none_today": _none_today(plan),
        "to_tick": [(s, plan_words.session_text(s)) for s in _to_tick(visitor, plan)],
        "times": RAN[1].options,
        "emergency": plan.clearance.level is Level.EMERGENCY,
        "worse": warnings_of(plan),
        "reasons": plan_words.reasons(plan.week.fired) if plan.week else (),
        "soon": soon_words.soon_rows(soon_for(visitor.site.store, visitor.book)),
        "soon_words": soon_words,
        **_schedule_context(schedule_of(records, today=today)),
        "not_yet_line": _not_yet_line(records, today=today),
        "is_chosen": chosen,
        "has_calendar": has_calendar(visitor.site.store, visitor.person.id),
        "words": plan_words,
        "chance": allocation_text,
        "comfort": comfort_words.COMFORT,
        "comfort_sources": comfort_words.SOURCES,
    }
    return page(visitor, "plan.html", context, here="/plan")


@router.post("/plan/say", response_model=None)
def say(
    visitor: Writing,
    step: Annotated[
        Literal["start", "start own running", "pause", "ill", "holiday", "resume", "talked"], Form()
    ],
) -> Response:
    """Start, pause, go on, or report a talk with the provider.

    Raises:
        BadValue: it cannot be said now.
    """
    record_event_for(visitor.site.store, visitor.book, Step(step), today=visitor.local_day)
    return _back()


@router.post("/plan/done", response_model=None)
def done(
    visitor: Writing,
    day: Annotated[Day | None, Form()] = None,
    at: Annotated[Literal["morning", "midday", "afternoon", "evening"] | None, Form()] = None,
) -> Response:
    """Keep the session of today, or of one of the last seven days, as done, where nothing else recorded it.

    Raises:
        NotInDiary: there is no session on that day.
    """
    added = done_for(visitor.site.store, visitor.book, zone=visitor.zone, day=day, at=at)
    visitor.site.undo.added(visitor.book, added.ids, day=day or visitor.local_day)
    return _back()


@router.post("/plan/timed", response_model=None)
def timed(
    request: Request,
    visitor: Writing,
    ended: Annotated[datetime, Form()],
    sent_at: Annotated[datetime | None, Form()] = None,
    run_min: Annotated[float, Form(ge=0)] = 0.0,
    walk_min: Annotated[float, Form(ge=0)] = 0.0,
) -> Response:
    """Keep what the timer of a session counted, now or while there was no network; sent again it changes nothing.

    Raises:
        BadValue: no minutes, or an end that lies ahead.
    """
    added, day = keep_timed(
        visitor.site.store,
        visitor.book,
        zone=visitor.zone,
        run_min=run_min,
        walk_min=walk_min,
        ended=_with_zone(ended, visitor),
        sent_at=_with_zone(sent_at, visitor) if sent_at else None,
    )
    visitor.site.undo.added(visitor.book, added.ids, day=day)
    if "text/html" in request.headers.get("accept", ""):
        return _back()
    return JSONResponse({"saved": True, "day": day.isoformat()})


@router.post("/plan/draw", response_model=None)
def set_schedule(
    visitor: Writing, law: Annotated[AllocationScheme, Form()], weeks: Annotated[int, Form()] = MIN_WEEKS
) -> Response:
    """Have chance pick the run days from next Monday on, or take them back.

    Raises:
        BadValue: too few mornings before it, days that have begun, or runs that wait for a talk.
    """
    if law in (AllocationScheme.BLOCKS_OF_2, AllocationScheme.BLOCKS_OF_4):
        weeks = whole_rounds(law, weeks)  # the page offers weeks that fit every other way
    store, today = visitor.site.store, visitor.local_day
    allocate_for(store, visitor.book, law, today=today, weeks=weeks, now=utc_now())
    return _back("?chosen=true#days")


def _why_asked(visitor: CurrentUser, plan: Plan) -> str:
    """State why safety questions are due; empty where none is, or where they were never asked."""
    store, book, today = visitor.site.store, visitor.book, visitor.local_day
    first = due_for(store, book, today=today) if plan.was_asked else None
    if first is None:
        return ""
    signs = signs_for(store, book, today=today)
    return " ".join(
        asked_because(each, signs) for each in (first, *due_besides_for(store, book, today=today))
    )


def _to_tick(visitor: CurrentUser, plan: Plan) -> tuple[Session, ...]:
    """Return the planned sessions of the last seven days without any record."""
    if plan.week is None:
        return ()
    store, book, today = visitor.site.store, visitor.book, visitor.local_day
    stamp = f"{change_stamps(store, (book,))[book]} {today}"
    return visitor.site.to_tick.get(book, stamp, lambda: still_to_tick(store, book, today=today))


def _schedule_context(schedule: Schedule) -> dict[str, object]:
    """Build the context of the allocated days, with what was done, and the schedules to choose from."""
    over = {
        allocation.day for allocation in schedule.shown if allocation.day < schedule.as_of
    } | schedule.done
    rows = [
        (
            allocation.day,
            allocation_text.given(allocation),
            _done(allocation.day, schedule) if allocation.day in over else "",
        )
        for allocation in schedule.shown[-ALLOCATIONS_SHOWN:]
    ]
    ways = {"laws": allocation_text.LAWS.items(), "weeks": WEEKS}
    return {"schedule": schedule, "drawn_days": rows, **ways}


def _not_yet_line(records: Records, *, today: date) -> str:
    """Say from when run days can be drawn; empty where they can be by now."""
    opens = choice_opens_on(records)
    return allocation_text.not_yet_line(opens) if opens is None or opens > today else ""


def _done(day: date, schedule: Schedule) -> str:
    return allocation_text.was_done(ran=day in schedule.done)


def _none_today(plan: Plan) -> str:
    """State that there is no session today; empty where there is one, or nothing is planned."""
    sessions = plan.sessions
    is_held = plan.was_asked and plan.clearance.pauses_the_programme
    if plan.week is None or is_held or (sessions and sessions[0].day == plan.as_of):
        return ""
    coming = sessions[0].day if sessions else None
    return plan_words.no_session_today(coming, is_done=plan.as_of in plan.done)


def _with_zone(moment: datetime, visitor: CurrentUser) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=visitor.zone)


def _back(place: str = "") -> Response:
    return RedirectResponse(f"/plan{place}", status_code=303)
