"""Taking back what was added, deleted or changed, and the former versions of an entry."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from backstride.core.check_in import CheckIn
from backstride.core.run import Run
from backstride.errors import NotInDiary
from backstride.report.check_in_words import EVERY
from backstride.services.undo import put_version_back, undo
from backstride.web.templates import page
from backstride.web.visitor import Known, Number, Writing

router = APIRouter(tags=["diary"])


@router.post("/undo/{token}", response_model=None)
def take_back(token: Number, visitor: Writing, back: Annotated[Literal["", "/"], Form()] = "") -> Response:
    """Take back an addition, a deletion or a change of the last ten minutes.

    Raises:
        NotInDiary: it is too late, or it was done already.
    """
    day = undo(visitor.site.undo, visitor.diary, token)
    return RedirectResponse(f"{back or f'/diary/day/{day}'}?undone=true", status_code=303)


@router.get("/diary/entry/{entry_id}", response_class=HTMLResponse)
def history(entry_id: Number, visitor: Known) -> Response:
    """Every version of a check-in or a run, each of which can be put back.

    Raises:
        NotInDiary: there is no such check-in or run.
    """
    versions = visitor.diary.history(entry_id)
    record = versions[-1].record
    if not isinstance(record, CheckIn | Run):
        raise NotInDiary("This entry has no former versions.", advice="Open it from the list of days.")
    shown = max(versions, key=lambda one: one.is_current)
    context = {"versions": versions[::-1], "shown": shown, "asked": EVERY.values(), "day": record.local_day}
    return page(visitor, "history.html", context, here="/diary")


@router.post("/diary/entry/{entry_id}/version", response_model=None)
def put_back(entry_id: Number, visitor: Writing, version: Annotated[int, Form(ge=1)]) -> Response:
    """Show a former version again.

    Raises:
        NotInDiary: there is no such version.
    """
    entry = put_version_back(visitor.diary, entry_id, version)
    record = entry.record
    day = record.local_day if isinstance(record, CheckIn | Run) else entry.stored_at.date()
    return RedirectResponse(f"/diary/day/{day}", status_code=303)
