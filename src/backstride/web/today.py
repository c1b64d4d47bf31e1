"""Today: how is your back, and do you mean to run? Asked before the run, in a few taps."""

from asyncio import wrap_future
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from markupsafe import Markup

from backstride.core.check_in import CheckIn
from backstride.core.clearance import Level
from backstride.core.datetimes import day_lived
from backstride.diary.settings import current_settings
from backstride.errors import WrongClock
from backstride.report import plan_words
from backstride.report.clearance_words import alarm_line, alarm_reasons, hold_line
from backstride.report.greeting import greeting
from backstride.report.lately_words import compared, late_ratings, strip
from backstride.report.pain_since_words import SINCE
from backstride.report.safety_words import due_line
from backstride.runtime.clock import utc_now
from backstride.services.before_run import ASKED_FROM, last_pain_before
from backstride.services.check_in import (
    SOURCE,
    CheckInInput,
    PendingCheckIn,
    SubmissionMeta,
    check_in,
    check_in_of,
    require_saved,
)
from backstride.services.clocks import minutes_apart, require_clock_not_behind
from backstride.services.day_entries import (
    USUAL_OF_DAYS,
    DayEntries,
    last_lifestyle_counts,
    list_days,
    usual_pain,
)
from backstride.services.measure import measured_lately
from backstride.services.plan import plan_for
from backstride.services.plan_warnings import warnings_of
from backstride.services.recent_days import DAYS, lately
from backstride.services.screening_service import clearance_for, due_for
from backstride.services.setting_values import GOAL
from backstride.web.check_in_form import DESCRIBED, form_context, read_form
from backstride.web.templates import page
from backstride.web.visitor import (
    CurrentUser,
    Day,
    Known,
    other_diary,
    require_day_come,
    require_write,
    the_visitor,
)

router = APIRouter(tags=["today"])
DAYS_LOOKED_BACK = 7
LONG_AWAY = timedelta(days=14)


@router.get("/", response_class=HTMLResponse)
def show(visitor: Known, deleted: bool = False, undone: bool = False) -> Response:
    """Show today's check-in, or a line in its place once it is saved, and the last days.

    With `deleted` it says that everything was, where the diary is empty; with `undone`, that something was undone.
    """
    context = _context(visitor, visitor.local_day, folds=True)
    after = {"deleted": deleted and context["is_first"], "undone": undone}
    return page(visitor, "today.html", context | after, here="/")


@router.get("/check-in/{day}", response_class=HTMLResponse)
def show_day(day: Day, visitor: Known) -> Response:
    """Show the check-in of another day, or of today once it is saved.

    Raises:
        NotInDiary: the day lies ahead.
    """
    require_day_come(visitor, day)
    return page(visitor, "today.html", _context(visitor, day), here="/diary")


@router.post("/check-in", response_model=None, openapi_extra=DESCRIBED)
async def save(request: Request) -> Response:
    """Keep a check-in; sent again it changes nothing, and the reply is the same."""
    # Who sends it is asked for by hand: on a busy morning a fifth of all work would be FastAPI's asking.
    visitor, form = await the_visitor(request), await read_form(request)
    require_write(visitor, form.mark, request.headers.get("x-mark", ""))
    if form.book and form.book != str(visitor.book):
        raise other_diary()
    values, submission = form.to_input(today=visitor.local_day), form.submission()
    try:
        pending = await _handed_over(visitor, values, submission)
    except WrongClock as error:
        if not _wants_page(request):
            raise
        shown = form.model_dump(exclude={"mark", "our_clock", "phone_clock", "day", "began_from"})
        recorded_at = submission.recorded_at
        asked = {
            "problem": error.problem,
            "told": shown,
            "today": visitor.local_day,
            "phone_day": day_lived(recorded_at, visitor.day_starts_h) if recorded_at else None,
        }
        return page(visitor, "wrong_clock.html", asked, here="/", status=409)
    result = await wrap_future(pending.sent)
    require_saved(result)
    day = pending.check_in.local_day
    if result.entry_id is not None and result.version > 1 and not result.seen_before:
        visitor.site.undo.changed(visitor.book, result.entry_id, day=day, former=result.version - 1)
    elif result.entry_id is not None and not result.seen_before and day != visitor.local_day:
        visitor.site.undo.added(visitor.book, (result.entry_id,), day=day)  # today's says so in its own line
    return _saved(request, pending, visitor.local_day)


async def _handed_over(
    visitor: CurrentUser, values: CheckInInput, submission: SubmissionMeta
) -> PendingCheckIn:
    """Queue this morning's check-in, which needs no thread that waits for the store."""
    done = partial(
        check_in,
        visitor.site.store,
        visitor.book,
        values,
        submission,
        zone=visitor.zone,
        day_starts_h=visitor.day_starts_h,
    )
    recorded_at = submission.recorded_at
    this_morning = day_lived(recorded_at, visitor.day_starts_h) if recorded_at else visitor.local_day
    if recorded_at is None and not submission.clock_is_chosen:
        store, zone = visitor.site.store, visitor.zone
        await run_in_threadpool(require_clock_not_behind, store, visitor.book, now=utc_now(), zone=zone)
    return done() if values.day == this_morning else await run_in_threadpool(done)


def _saved(request: Request, pending: PendingCheckIn, today: date) -> Response:
    day = pending.check_in.local_day
    shown_at = "/" if day == today else f"/diary/day/{day}"
    if _wants_page(request):
        return RedirectResponse(shown_at, status_code=303)
    # a phone cannot tell which day is today: between midnight and the hour of the person it is the day before
    return JSONResponse({"saved": True, "day": day.isoformat(), "page": shown_at})


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _context(visitor: CurrentUser, day: date, *, folds: bool = False) -> dict[str, object]:
    diary = visitor.diary
    check_in, version = check_in_of(diary, day)
    lately = list_days(diary, last_day=visitor.local_day - timedelta(days=1), count=USUAL_OF_DAYS)
    week = lately[:DAYS_LOOKED_BACK]
    began = visitor.first_day
    missed = [d.day for d in week if not d.check_ins] if began is not None else []
    is_new_here = began is None or began > visitor.local_day - timedelta(days=USUAL_OF_DAYS)
    is_new = began is not None and began > visitor.local_day - timedelta(days=DAYS_LOOKED_BACK)
    return {
        **form_context(
            day,
            check_in,
            last=last_lifestyle_counts(diary, before=day),
            usual=usual_pain(lately),
            version=version,
        ),
        "saved": check_in,
        "clock_ahead": minutes_apart(diary, version[0]) if check_in and version else 0,
        "lately": _lately(visitor, day) if check_in and folds else None,
        "denied_run": _denied_run(check_in, day, lately),
        "is_today": day == visitor.local_day,
        "greeting": greeting(utc_now().astimezone(visitor.zone).hour, day_starts_h=visitor.day_starts_h),
        "missed": missed[: DAYS_LOOKED_BACK if is_new and check_in else 3]
        if day == visitor.local_day
        else [],
        "is_first": began is None,
        "deleted": False,
        "undone": False,
        "away_since": _away_since(visitor, lately) if began is not None and check_in is None else None,
        "goal": current_settings(visitor.site.store, visitor.person.id).get(GOAL, "") if is_new_here else "",
        "has_runs": any(each.sessions for each in lately),
        "tests_due": day == visitor.local_day
        and began is not None
        and not measured_lately(diary, today=visitor.calendar_day),
        "safety_line": _safety_line(visitor) if day == visitor.local_day else "",
        **_asked_of_today(visitor, day, check_in, lately),
        **_plan_context(
            visitor,
            shows=check_in is not None and day == visitor.local_day,
            is_today=day == visitor.local_day,
        ),
    }


def _denied_run(check_in: CheckIn | None, day: date, before: Sequence[DayEntries]) -> date | None:
    """Return the day before, where the check-in says no to a run on it and one is on record; else None."""
    if check_in is None or check_in.ran_yesterday is not False:
        return None
    yesterday = day - timedelta(days=1)
    runs = (each for one in before if one.day == yesterday for each in one.sessions)
    return yesterday if any(each.is_running for each in runs) else None


def _away_since(visitor: CurrentUser, before: Sequence[DayEntries]) -> date | None:
    """Return the day of the last check-in before two weeks or more without one; None where there was one since."""
    days = [one.day for one in before if one.check_ins]
    last = max(days, default=None) or max(
        (one.local_day for one in visitor.diary.records().check_ins), default=None
    )
    return last if last is not None and visitor.local_day - last >= LONG_AWAY else None


def _lately(visitor: CurrentUser, today: date) -> dict[str, object]:
    """Return the context of the last fourteen days: a chart, and this week beside the one before."""
    found = lately(visitor.diary, today=today, zone=visitor.zone)
    return {
        "strip": Markup(strip(found.points, days=DAYS)),  # noqa: S704 - report/ escapes every text
        "compared": compared(found.week, found.week_before),
        "late": late_ratings(found.week, found.week_before),
    }


def _asked_of_today(
    visitor: CurrentUser, day: date, check_in: CheckIn | None, before: Sequence[DayEntries]
) -> dict[str, object]:
    """Return the questions beside the check-in: pain before a run from noon, and first the pain's duration."""
    is_today = day == visitor.local_day
    is_afternoon = utc_now().astimezone(visitor.zone).time() >= ASKED_FROM
    # once the first check-in is saved: the form itself stays short, and the answer can wait for it
    # a diary that an import made long is as new to its person as an empty one
    entered = [one.day for one in before if any(each.source == SOURCE for each in one.check_ins)]
    is_new = check_in is not None and day - min(entered, default=day) < timedelta(days=DAYS_LOOKED_BACK)
    is_new = is_new and not visitor.sees_example
    since = current_settings(visitor.site.store, visitor.person.id).get("pain_since") if is_new else "told"
    return {
        "before_run": is_today and is_afternoon and check_in is not None,
        "before_run_told": last_pain_before(visitor.diary, day) if is_today and is_afternoon else None,
        "pain_since": SINCE.items() if is_today and not since else (),
    }


def _plan_context(visitor: CurrentUser, *, shows: bool, is_today: bool) -> dict[str, object]:
    """Return today's session and the morning's warnings, shown after saving because the rating comes first.

    What the morning says depends on no plan: it is there before the first one, and while it is paused. What the
    safety answers say waits for no rating.
    """
    if not shows:
        clearance = clearance_for(visitor.site.store, visitor.book, today=visitor.local_day)
        return {
            "session": None,
            "next_session": None,
            "worse": (),
            "hold": hold_line(clearance) if is_today else "",
            "runs_wait": False,
            "alarm": alarm_line(clearance) if is_today else "",
            "alarm_reasons": alarm_reasons(clearance) if is_today else (),
            "leg_told": False,
            "emergency": is_today and clearance.level is Level.EMERGENCY,
            "is_paused": False,
            "is_done": False,
        }
    plan = plan_for(visitor.site.store, visitor.book, today=visitor.local_day)
    offered = plan.week.sessions if plan.week else ()
    sessions = tuple(each for each in offered if each.day not in plan.done)
    today = next(
        (plan_words.session_text(session) for session in sessions if session.day == plan.as_of), None
    )
    coming = next((session for session in sessions if session.day > plan.as_of), None)
    return {
        "session": today,
        "next_session": (coming.day, plan_words.session_text(coming)) if coming and today is None else None,
        "worse": warnings_of(plan),
        "hold": hold_line(plan.clearance) if plan.was_asked else "",
        "runs_wait": plan.runs_wait,
        "alarm": alarm_line(plan.clearance),
        "alarm_reasons": alarm_reasons(plan.clearance),
        "leg_told": any(one.pain is None for one in plan.bad),
        "emergency": plan.clearance.level is Level.EMERGENCY,
        "is_paused": plan.is_paused,
        "is_done": plan.as_of in plan.done,
    }


def _safety_line(visitor: CurrentUser) -> str:
    due = due_for(visitor.site.store, visitor.book, today=visitor.local_day)
    return due_line(due) if due else ""
