"""One run: added by hand, seen with its source, and corrected."""

from datetime import datetime, time
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import WithJsonSchema

from backstride.actions.add_run import add_run
from backstride.actions.day_entries import amend_run
from backstride.core.run import Activity, Run
from backstride.errors import BadValue, NotInDiary
from backstride.report.language import _
from backstride.web.templates import page
from backstride.web.visitor import Day, Known, Number, Writing

router = APIRouter(tags=["runs"])
_LOCAL = r"^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"
_MOMENT = {"anyOf": [{"type": "string", "pattern": _LOCAL}, {"type": "string", "format": "date-time"}]}
Start = Annotated[str, Form(), WithJsonSchema(_MOMENT)]
Kind = Annotated[str, Form(), WithJsonSchema({"enum": [kind.value for kind in Activity]})]
Km = Annotated[str, Form(), WithJsonSchema({"type": "string", "pattern": r"^([0-9]{1,3}(\.[0-9]+)?)?$"})]
"""How the description tells programs what a field takes; what it means is read by hand, for errors in plain words."""
KINDS = {Activity.RUN: "Run", Activity.TREADMILL: "Treadmill", Activity.WALK: "Walk", Activity.OTHER: "Other"}


Clock = Annotated[str, Form(), WithJsonSchema({"type": "string", "format": "time"})]
MINUTES = (10, 20, 30, 40, 50, 60, 90)


@router.get("/diary/add-run/{day}", response_class=HTMLResponse)
def ask(day: Day, visitor: Known) -> Response:
    """A form for a run or a walk that no watch recorded."""
    context = {"day_date": day, "today": visitor.local_day, "kinds": KINDS.items(), "minutes": MINUTES}
    return page(visitor, "add_run.html", context, here="/diary")


@router.post("/diary/add-run/{day}", response_model=None)
def add(
    day: Day,
    visitor: Writing,
    at: Clock,
    minutes: Annotated[float | None, Form()] = None,
    other_minutes: Annotated[str, Form()] = "",
    activity: Kind = Activity.RUN.value,
    km: Km = "",
) -> Response:
    """Keep it.

    Raises:
        BadValue: a time that is none, or a value that is not possible.
    """
    began = datetime.combine(day, _clock(at), tzinfo=visitor.zone)
    lasted = _amount(other_minutes)
    lasted = minutes if lasted is None else lasted
    if lasted is None:
        raise BadValue(_("It is not said how long it was."), advice=_("Tap or type its minutes, then save."))
    add_run(visitor.diary, start=began, minutes=lasted, activity=activity, km=_amount(km))
    return RedirectResponse(f"/diary/day/{day}", status_code=303)


def _clock(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise _unread() from error


def _amount(text: str) -> float | None:
    """A number of a field that may stay empty."""
    try:
        return float(text.replace(",", ".")) if text.strip() else None
    except ValueError as error:
        raise _unread() from error


def _unread() -> BadValue:
    return BadValue(_("The time or the distance cannot be read."), advice=_("Correct it, then save."))


@router.get("/diary/run/{entry_id}", response_class=HTMLResponse)
def show(entry_id: Number, visitor: Known) -> Response:
    """One run, with every version of it.

    Raises:
        NotInDiary: there is no such run.
    """
    versions = visitor.diary.history(entry_id)
    shown = versions[-1]
    if not isinstance(shown.record, Run):
        raise NotInDiary("This is no run.", advice="Open it from the list of days.")
    context = {"entry": shown, "run": shown.record, "versions": versions, "kinds": KINDS.items()}
    return page(visitor, "run.html", context, here="/diary")


@router.post("/diary/run/{entry_id}", response_model=None)
def amend(
    entry_id: Number,
    visitor: Writing,
    start: Start,
    minutes: Annotated[float, Form()],
    activity: Kind,
    km: Km = "",
) -> Response:
    """Correct a run; what it said before is kept. A start without a zone is by the run's own clock.

    Raises:
        BadValue: a time that is none, or a value that is not possible.
    """
    before = visitor.diary.history(entry_id)[-1].record
    zone = before.start.tzinfo if isinstance(before, Run) else visitor.zone
    try:
        began = datetime.fromisoformat(start)
    except ValueError as error:
        raise _unread() from error
    distance = _amount(km)
    began = began if began.tzinfo else began.replace(tzinfo=zone)
    entry = amend_run(visitor.diary, entry_id, start=began, minutes=minutes, activity=activity, km=distance)
    assert isinstance(entry.record, Run)
    return RedirectResponse(f"/diary/day/{entry.record.local_day}", status_code=303)
