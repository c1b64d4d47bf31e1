"""Links to one's report for a named reader: made, listed with who opened them when, ended."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import WithJsonSchema
from starlette.datastructures import URL

from backstride.diary.shares import DAYS_OFFERED, end_share, shares_of
from backstride.diary.sharing_terms import MAX_READER_LENGTH, MAX_SHOWN_NAME_LENGTH
from backstride.runtime.clock import utc_now
from backstride.services.sharing import make_share
from backstride.web.origin import ON_THIS_MACHINE, address_of_page
from backstride.web.settings import confirm_in_person, require_own_diary
from backstride.web.templates import page
from backstride.web.visitor import CurrentUser, InPerson, InPersonWriting, Number, Ticked

router = APIRouter(tags=["shares"])
USUAL_DAYS = 30
Days = Annotated[int, Form(), WithJsonSchema({"enum": list(DAYS_OFFERED)})]


@router.get("/settings/shares", response_class=HTMLResponse)
def show(request: Request, visitor: InPerson) -> Response:
    """Every link, for whom it is, what it shows, until when, and each time that it was opened."""
    return _page(request, visitor, made="")


@router.post("/settings/shares", response_class=HTMLResponse, status_code=201)
def make(
    request: Request,
    visitor: InPersonWriting,
    reader: Annotated[str, Form(max_length=200)],
    shown_name: Annotated[str, Form(max_length=200)] = "",
    notes: Ticked = "",
    safety: Ticked = "",
    days: Days = USUAL_DAYS,
    passphrase: Annotated[str, Form()] = "",
) -> Response:
    """Make a link and show it, this once.

    Raises:
        NotLetIn: the passphrase is another one.
        BadValue: it names no reader, ends on a day that is not offered, or there are too many.
    """
    require_own_diary(visitor)
    confirm_in_person(visitor, passphrase)
    token = make_share(
        visitor.site.store,
        visitor.person.id,
        reader=reader,
        shown_name=shown_name,
        notes=bool(notes),
        safety=bool(safety),
        days=days,
        now=utc_now(),
    )
    return _page(request, visitor, made=f"{address_of_page(request, '/shared')}#{token}")


@router.post("/settings/shares/{share_id}/end", response_model=None)
def end(share_id: Number, visitor: InPersonWriting) -> Response:
    """End a link: from now on it opens nothing, and a page that is open shows nothing more."""
    end_share(visitor.site.store, visitor.person.id, share_id, now=utc_now())
    return RedirectResponse("/settings/shares", status_code=303)


def _page(request: Request, visitor: CurrentUser, *, made: str) -> HTMLResponse:
    context = {
        "made": made,
        "shares": shares_of(visitor.site.store, visitor.person.id),
        "now": utc_now(),
        "days_offered": DAYS_OFFERED,
        "usual_days": USUAL_DAYS,
        "longest_reader": MAX_READER_LENGTH,
        "longest_name": MAX_SHOWN_NAME_LENGTH,
        "only_here": URL(address_of_page(request, "/")).hostname in ON_THIS_MACHINE,
    }
    return page(visitor, "shares.html", context, here="/report", status=201 if made else 200)
