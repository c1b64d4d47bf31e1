"""One run: seen with its source, and corrected."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import WithJsonSchema

from backstride.actions.days_told import amend_run
from backstride.core.run import Activity, Run
from backstride.errors import BadValue, NotInDiary
from backstride.report.language import _
from backstride.web.templates import page
from backstride.web.visitor import Known, Number, Writing

router = APIRouter(tags=["runs"])
_LOCAL = r"^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"
_MOMENT = {"anyOf": [{"type": "string", "pattern": _LOCAL}, {"type": "string", "format": "date-time"}]}
Start = Annotated[str, Form(), WithJsonSchema(_MOMENT)]
Kind = Annotated[str, Form(), WithJsonSchema({"enum": [kind.value for kind in Activity]})]
Km = Annotated[str, Form(), WithJsonSchema({"type": "string", "pattern": r"^([0-9]{1,3}(\.[0-9]+)?)?$"})]
"""How the description tells programs what a field takes; what it means is read by hand, for errors in plain words."""
KINDS = {Activity.RUN: "Run", Activity.TREADMILL: "Treadmill", Activity.WALK: "Walk", Activity.OTHER: "Other"}


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
        distance = float(km) if km.strip() else None
    except ValueError as error:
        raise BadValue(
            _("The time or the distance cannot be read."), advice=_("Correct it, then save.")
        ) from error
    began = began if began.tzinfo else began.replace(tzinfo=zone)
    entry = amend_run(visitor.diary, entry_id, start=began, minutes=minutes, activity=activity, km=distance)
    assert isinstance(entry.record, Run)
    return RedirectResponse(f"/diary/day/{entry.record.local_day}", status_code=303)
