"""One run: added by hand, seen with its source, and corrected."""

import re
from datetime import date, datetime, time
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import WithJsonSchema

from backstride.core.datetimes import EARLIEST, LATEST
from backstride.core.run import Activity, Run
from backstride.errors import BadValue, NotInDiary
from backstride.report.amounts import in_our_digits
from backstride.report.language import _
from backstride.services.add_run import add_run
from backstride.services.day_entries import amend_run
from backstride.web.templates import page
from backstride.web.visitor import Day, Known, Number, Writing, require_day_come

router = APIRouter(tags=["runs"])
_LOCAL = r"^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"
_MOMENT = {"anyOf": [{"type": "string", "pattern": _LOCAL}, {"type": "string", "format": "date-time"}]}
Start = Annotated[str, Form(), WithJsonSchema(_MOMENT)]
Kind = Annotated[str, Form(), WithJsonSchema({"enum": [kind.value for kind in Activity]})]
Km = Annotated[str, Form(), WithJsonSchema({"type": "string", "pattern": r"^([0-9]{1,3}(\.[0-9]+)?)?$"})]
"""How the description tells programs what a field takes; what it means is read by hand, for errors in plain words."""
KINDS = {Activity.RUN: "Run", Activity.TREADMILL: "Treadmill", Activity.WALK: "Walk", Activity.OTHER: "Other"}


Clock = Annotated[str, Form(), WithJsonSchema({"type": "string", "format": "time"})]
Tapped = Annotated[str, Form(), WithJsonSchema({"type": "string", "pattern": r"^([0-9]{1,4}|unknown)?$"})]
NOT_KNOWN = "unknown"
"""What the form sends for minutes that nobody knows."""
Minutes = Annotated[str, Form(), WithJsonSchema({"type": "string", "pattern": r"^([0-9]{1,4}(\.[0-9]+)?)?$"})]
OnDay = Annotated[
    str, Form(), WithJsonSchema({"anyOf": [{"const": ""}, {"type": "string", "format": "date"}]})
]
MINUTES = (10, 20, 30, 40, 50, 60, 90)
_NUMBER = re.compile(r"\d{1,4}(?:[.,]\d{1,3})?")
_CLOCKED = re.compile(r"(?:(?P<h>\d{1,2}):)?(?P<m>\d{1,3}):(?P<s>[0-5]\d)")
TYPED_MINUTES = "other_minutes"
FASTEST_KM_H = 25.0
"""Nobody runs faster than this for minutes; a typing error does."""
MAX_UNASKED_MINUTES = 360.0
"""A longer one is mostly a slip of the finger, so as a bare number it is asked back; hours and minutes are meant."""
MIN_MINUTES_OF_TWO_PARTS = 10
"""Below it 1:30 may be an hour and a half as well as a minute and a half, so it is asked back."""


@router.get("/diary/add-run/{day}", response_class=HTMLResponse)
def ask(day: Day, visitor: Known) -> Response:
    """Show the form for a run or walk that no watch recorded.

    Raises:
        NotInDiary: the day lies ahead.
    """
    require_day_come(visitor, day)
    context = {"day_date": day, "today": visitor.local_day, "kinds": KINDS.items(), "minutes": MINUTES}
    return page(visitor, "add_run.html", context, here="/diary")


@router.post("/diary/add-run/{day}", response_model=None)
def add(
    day: Day,
    visitor: Writing,
    at: Clock,
    minutes: Tapped = "",
    other_minutes: Annotated[str, Form()] = "",
    activity: Kind = Activity.RUN.value,
    km: Km = "",
    on: OnDay = "",
) -> Response:
    """Keep it, on the day of the form's date field where one was sent; its minutes may be told as not known.

    Raises:
        BadValue: a time that is none, or a value that is not possible.
    """
    that_day = _day(on) if on else day
    began = datetime.combine(that_day, _clock(at), tzinfo=visitor.zone)
    lasted = _minutes(other_minutes, field=TYPED_MINUTES)
    if lasted is None and minutes != NOT_KNOWN:
        lasted = _minutes(minutes, field=TYPED_MINUTES)
        if lasted is None:
            raise BadValue(
                _("Its length is missing."),
                advice=_("Tap or type its minutes, or tap Not known, then save."),
                field=TYPED_MINUTES,
            )
    distance = _km(km, lasted, activity)
    added = add_run(visitor.diary, start=began, minutes=lasted, activity=activity, km=distance)
    visitor.site.undo.added(visitor.book, added.ids, day=that_day)
    return RedirectResponse(f"/diary/day/{that_day}", status_code=303)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not EARLIEST.date() <= day < LATEST.date():
        raise BadValue(_("This is not a day."), advice=_("Choose one, then save."), field="on")
    return day


def _clock(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise BadValue(
            _("That time could not be read."), advice=_("Write it as in 18:30, then save."), field="at"
        ) from error


def _minutes(text: str, *, field: str) -> float | None:
    """Minutes of a field that may stay empty: a number, or a duration as a watch shows it.

    Raises:
        BadValue: neither, or a duration of which the first part may be hours or minutes.
    """
    stripped = text.strip()
    if not stripped:
        return None
    clocked = _CLOCKED.fullmatch(stripped)
    if clocked:
        hours, minutes, seconds = int(clocked["h"] or 0), int(clocked["m"]), int(clocked["s"])
        if clocked["h"] is None and minutes < MIN_MINUTES_OF_TWO_PARTS:
            raise BadValue(
                _("{told} may be hours or minutes.").format(told=stripped),
                advice=_("Write the minutes alone, as in 90, or all three parts, as in 1:30:00."),
                field=field,
            )
        return 60 * hours + minutes + seconds / 60
    if not _NUMBER.fullmatch(stripped):
        raise BadValue(
            _("The minutes could not be read."),
            advice=_("Write them as in 37 or 25:30, then save."),
            field=field,
        )
    typed = float(stripped.replace(",", "."))
    if typed > MAX_UNASKED_MINUTES:
        shown = f"{typed:.0f}"
        raise BadValue(
            _("{minutes} minutes is {hours} h {rest} min.").format(
                minutes=in_our_digits(shown), hours=int(typed) // 60, rest=int(typed) % 60
            ),
            advice=_("If that is right, write it as {clocked}. If not, correct the minutes.").format(
                clocked=_clocked(typed)
            ),
            field=field,
        )
    return typed


def _clocked(minutes: float) -> str:
    """Format minutes as hours, minutes and seconds, as in 7:05:00."""
    seconds = round(60 * minutes)
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _as_typed(minutes: float | None) -> str:
    """Format minutes as the form takes them back; empty where nobody knows them."""
    if minutes is None:
        return ""
    return _clocked(minutes) if minutes > MAX_UNASKED_MINUTES else f"{minutes:.1f}".removesuffix(".0")


def _km(text: str, minutes: float | None, activity: str) -> float | None:
    """Kilometres of a field that may stay empty.

    Raises:
        BadValue: no number, or more than anybody runs in that time.
    """
    stripped = text.strip()
    if not stripped:
        return None
    if not _NUMBER.fullmatch(stripped):
        raise BadValue(
            _("The distance could not be read."), advice=_("Write it as in 5 or 4.2, then save."), field="km"
        )
    km = float(stripped.replace(",", "."))
    if minutes is not None and activity != Activity.OTHER.value and km * 60 > FASTEST_KM_H * minutes:
        raise BadValue(
            _("Nobody runs {km} km in {minutes} minutes.").format(
                km=in_our_digits(f"{km:g}"), minutes=in_our_digits(f"{minutes:.0f}")
            ),
            advice=_("Check both numbers, then save."),
            field="km",
        )
    return km


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
    context["lasted"] = _as_typed(shown.record.minutes)
    return page(visitor, "run.html", context, here="/diary")


@router.post("/diary/run/{entry_id}", response_model=None)
def amend(
    entry_id: Number,
    visitor: Writing,
    start: Start,
    minutes: Minutes,
    activity: Kind,
    km: Km = "",
) -> Response:
    """Correct a run; what it said before is kept. A start without a zone is by the run's own clock.

    Raises:
        BadValue: a time that is none, or a value that is not possible.
    """
    former = visitor.diary.history(entry_id)
    before = former[-1].record
    zone = before.start.tzinfo if isinstance(before, Run) else visitor.zone
    try:
        began = datetime.fromisoformat(start)
    except ValueError as error:
        raise BadValue(
            _("That time could not be read."), advice=_("Correct it, then save."), field="start"
        ) from error
    lasted = _minutes(minutes, field="minutes")
    if lasted is None and not (isinstance(before, Run) and before.moving_s is None):
        raise BadValue(_("Its length is missing."), advice=_("Type its minutes, then save."), field="minutes")
    began = began if began.tzinfo else began.replace(tzinfo=zone)
    distance = _km(km, lasted, activity)
    entry = amend_run(visitor.diary, entry_id, start=began, minutes=lasted, activity=activity, km=distance)
    assert isinstance(entry.record, Run)
    if entry.version > former[-1].version:
        visitor.site.undo.changed(
            visitor.book, entry.id, day=entry.record.local_day, former=former[-1].version
        )
    return RedirectResponse(f"/diary/day/{entry.record.local_day}", status_code=303)
