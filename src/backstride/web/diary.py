"""Diary: every day and run that was told, and a place to bring more."""

from calendar import Calendar
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from backstride.core.check_in import CheckIn
from backstride.core.measurement import FORMS, Measurement
from backstride.core.pain_before import PainBefore
from backstride.core.roland_morris import RolandMorris
from backstride.core.run import Activity, Run
from backstride.diary.rows import Entry
from backstride.errors import BadInput
from backstride.report.check_in_words import EVERY
from backstride.report.language import _
from backstride.report.run_sources import same_run_lines
from backstride.runtime.clock import utc_now
from backstride.services.check_in import check_in_of
from backstride.services.clocks import minutes_apart
from backstride.services.day_entries import DayEntries, list_days
from backstride.services.diary_zone import has_chosen_zone
from backstride.services.notes import find_notes
from backstride.services.plan import plan_for
from backstride.services.plan_warnings import warnings_of
from backstride.services.run_words import MAX_WORD_LENGTH, known_words, remember_words
from backstride.services.undo import erase_entry
from backstride.services.uploads import MAX_BYTES
from backstride.web.files_form import FILES_DESCRIBED, take_files
from backstride.web.templates import page
from backstride.web.visitor import CurrentUser, Day, Known, Number, Writing, require_write

DAYS_TO_FILL_IN = 7
router = APIRouter(tags=["diary"])
DAYS_A_PAGE = 28
DAYS_A_FILTERED_PAGE = 182
DAYS_THAT_WARN = 2


class Only(StrEnum):
    """Which days of the list to show."""

    RUNS = "runs"
    WALKS = "walks"
    NOTES = "notes"
    MISSING = "missing"


FILTERS = {
    Only.RUNS: "With a run",
    Only.WALKS: "With a walk",
    Only.NOTES: "With a note",
    Only.MISSING: "Without a check-in",
}


@router.get("/diary", response_class=HTMLResponse)
def show(
    visitor: Known,
    until: Annotated[Day | None, Query()] = None,
    only: Annotated[Only | None, Query()] = None,
) -> Response:
    """Show the last 28 days, or those up to `until`, beside that month's calendar.

    With `only`, those days of half a year that hold a run, a walk or a note, or lack a check-in.
    """
    return _show(visitor, until=until, only=only)


@router.post("/diary/notes", response_class=HTMLResponse)
def search_notes(visitor: Writing, notes: Annotated[str, Form(max_length=100)] = "") -> Response:
    """Show the notes found by words above the last 28 days; words about one's health stand in no address."""
    return _show(visitor, notes=notes)


def _show(
    visitor: CurrentUser, *, until: date | None = None, only: Only | None = None, notes: str | None = None
) -> Response:
    last_day = min(until or visitor.local_day, visitor.local_day)
    first_day = visitor.first_day
    count = DAYS_A_FILTERED_PAGE if only else DAYS_A_PAGE
    shown = list_days(visitor.diary, last_day=last_day, count=count)
    days = [
        entries
        for entries in shown
        if entries.said_run or entries.has_run_without_minutes or (first_day and entries.day >= first_day)
    ]
    before = last_day - timedelta(days=count)
    context = {
        "days": [entries for entries in days if only is None or _matches(entries, only)],
        "only": only,
        "filters": FILTERS.items(),
        "told": sum(bool(day_entries.check_ins) for day_entries in days),
        "older": before if first_day and before >= first_day else None,
        "is_latest": last_day == visitor.local_day,
        "upload": visitor.site.uploads.last(visitor.book),
        "today": visitor.local_day,
        "has_zone": has_chosen_zone(visitor.site.store, visitor.person.id),
        **_month(visitor, last_day),
        "searched": notes,
        "found": find_notes(visitor.diary, notes) if notes is not None else (),
    }
    return page(visitor, "diary.html", context, here="/diary")


def _matches(entries: DayEntries, only: Only) -> bool:
    """Whether a day holds what is looked for."""
    match only:
        case Only.RUNS:
            return bool(entries.run_minutes) or entries.has_run_without_minutes or bool(entries.said_run)
        case Only.WALKS:
            return bool(entries.walk_minutes)
        case Only.NOTES:
            return any(check_in.note.strip() for check_in in entries.check_ins)
        case Only.MISSING:
            return not entries.check_ins


def _said_no_run(visitor: CurrentUser, day: Day) -> bool:
    """Whether the next morning's check-in says that there was no run on a day."""
    check_in, _version = check_in_of(visitor.diary, day + timedelta(days=1))
    return check_in is not None and check_in.ran_yesterday is False


def _month(visitor: CurrentUser, day: Day) -> dict[str, object]:
    """Lay out the month of a day in weeks from Monday, with the entries of each day."""
    weeks = Calendar().monthdatescalendar(day.year, day.month)
    weeks = [week for week in weeks if week[0] <= visitor.local_day] or weeks
    first, last = weeks[0][0], weeks[-1][-1]
    of_day = {one.day: one for one in list_days(visitor.diary, last_day=last, count=(last - first).days + 1)}
    next_month = day.replace(day=28) + timedelta(days=4)
    last_of_next = (next_month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return {
        "month_day": day,
        "weeks": [[of_day[one] for one in week] for week in weeks],
        "month_before": day.replace(day=1) - timedelta(days=1),
        "month_after": min(last_of_next, visitor.local_day) if next_month <= visitor.local_day else None,
    }


@router.get("/diary/day", response_class=RedirectResponse)
def find_day(visitor: Known, day: Annotated[Day, Query()]) -> Response:  # noqa: ARG001 - asked who looks
    """Redirect to the page of a day that was typed in or picked."""
    return RedirectResponse(f"/diary/day/{day}", status_code=303)


@router.get("/diary/day/{day}", response_class=HTMLResponse)
def show_day(day: Day, visitor: Known, undone: bool = False) -> Response:
    """Show everything of one day; with `undone`, that something of it was taken back."""
    (entries,) = list_days(visitor.diary, last_day=day, count=1)
    kinds = {
        "check_ins": CheckIn,
        "runs": Run,
        "measurements": Measurement,
        "before": PainBefore,
        "questionnaires": RolandMorris,
    }
    sorted_out = {
        name: [e for e in entries.entries if isinstance(e.record, kind)] for name, kind in kinds.items()
    }
    context = {
        "day_date": day,
        "undone": undone,
        "next_day": day + timedelta(days=1),
        "said_run": entries.said_run,
        "said_no_run": _said_no_run(visitor, day),
        "has_run_without_minutes": entries.has_run_without_minutes,
        "has_recorded_run": any(run.is_running for run in entries.sessions),
        "after_run": _after_a_run(sorted_out["check_ins"], entries.sessions),
        "clock_ahead": {e.id: minutes_apart(visitor.diary, e.id) for e in sorted_out["check_ins"]},
        "forms": FORMS,
        "asked": EVERY.values(),
        "is_past": day <= visitor.local_day,
        "next_open": _next_open(visitor, day) if sorted_out["check_ins"] else None,
        "worse": _worse(visitor, day),
        "taken_out": visitor.site.undo.of_day(visitor.book, day),
        "same_runs": [line for same in entries.same_runs for line in same_run_lines(same)],
        **sorted_out,
    }
    return page(visitor, "day.html", context, here="/diary")


def _after_a_run(check_ins: Iterable[Entry], sessions: Iterable[Run]) -> frozenset[int]:
    """Return the numbers of the check-ins that were told after a run of their day began."""
    starts = [run.start for run in sessions if run.is_running]
    return frozenset(
        entry.id
        for entry in check_ins
        if isinstance(entry.record, CheckIn) and any(start < entry.record.moment for start in starts)
    )


def _next_open(visitor: CurrentUser, day: date) -> date | None:
    """Return the last day of the week before today that has no check-in, but not the day shown; None without one."""
    if visitor.first_day is None or day == visitor.local_day:
        return None
    week = list_days(visitor.diary, last_day=visitor.local_day - timedelta(days=1), count=DAYS_TO_FILL_IN)
    return next((one.day for one in week if not one.check_ins and one.day != day), None)


def _worse(visitor: CurrentUser, day: Day) -> tuple[str, ...]:
    """Return the warnings of a day at most two days back that no later day has rated again."""
    today = visitor.local_day
    if not timedelta() <= today - day < timedelta(days=DAYS_THAT_WARN):
        return ()
    plan = plan_for(visitor.site.store, visitor.book, today=today)
    # the very words of Today: a person who reads milder ones here acts on those
    return warnings_of(plan) if any(one.day == day for one in plan.bad) else ()


@router.post("/diary/entry/{entry_id}/erase", response_model=None)
def erase(entry_id: Number, visitor: Writing) -> Response:
    """Erase one entry with all its versions; for ten minutes it can be taken back."""
    record = visitor.diary.history(entry_id)[-1].record
    erase_entry(visitor.site.undo, visitor.diary, entry_id)
    if isinstance(record, CheckIn | Run | Measurement | PainBefore | RolandMorris):
        return RedirectResponse(f"/diary/day/{record.local_day}", status_code=303)
    return RedirectResponse("/diary", status_code=303)


@router.post("/diary/bring", response_model=None, openapi_extra=FILES_DESCRIBED)
async def upload_files(request: Request, visitor: Known) -> Response:
    """Take files; they are read in the background.

    Raises:
        BadInput: the example is shown.
        NotLetIn: the form is not one of this session, or the token may only read.
        NotNow: what this person brought before is not read yet.
        DiaryFull: there is no room.
    """
    if visitor.sees_example:
        raise BadInput(
            _("The example data is shown, so nothing was imported."),
            advice=_("Remove the example data. Then import your files."),
        )
    marked = request.headers.get("x-mark", "")
    announced = request.headers.get("content-length", "")
    size = int(announced) if announced.isdigit() else MAX_BYTES
    uploads, is_let_in = visitor.site.uploads, bool(marked) or visitor.token is not None
    if is_let_in:
        require_write(visitor, marked)
    with uploads.expect(visitor.book, size=size) as incoming:
        await take_files(request, incoming, let_in=None if is_let_in else partial(require_write, visitor))
        uploads.begin(visitor.book, incoming, zone=visitor.zone)
    return RedirectResponse("/diary/brought", status_code=303)


@router.post("/diary/brought/runs", response_model=None)
def runs(
    visitor: Writing,
    word: Annotated[str, Form(max_length=MAX_WORD_LENGTH)],
    are: Annotated[Literal["runs", "no runs"], Form()] = "runs",
) -> Response:
    """Take the sessions that a source calls so for runs, or for none, from now on, too."""
    activity = Activity.RUN if are == "runs" else Activity.OTHER
    remember_words(visitor.site.store, visitor.book, [word], activity, now=utc_now())
    return RedirectResponse("/diary/brought", status_code=303)


@router.post("/diary/brought/remove", response_model=None)
def remove_import(visitor: Writing) -> Response:
    """Delete again what the last import added."""
    visitor.site.uploads.remove(visitor.book)
    return RedirectResponse("/diary/brought", status_code=303)


@router.get("/diary/brought", response_class=HTMLResponse)
def import_result(visitor: Known) -> Response:
    """Show the result of the last upload."""
    upload = visitor.site.uploads.last(visitor.book)
    known = {
        word.casefold(): activity for word, activity in known_words(visitor.site.store, visitor.book).items()
    }
    words = upload.read.unknown_words if upload and upload.read else ()
    context = {
        "upload": upload,
        "unknown_words": [word for word in words if word.casefold() not in known],
        "run_words": [word for word in words if known.get(word.casefold()) is Activity.RUN],
        "other_words": [word for word in words if known.get(word.casefold()) is Activity.OTHER],
    }
    return page(visitor, "brought.html", context, here="/diary")
