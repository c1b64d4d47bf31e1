"""Readers on this server: whom a person lets read, what each sees, every look of theirs, and the end of it."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import WithJsonSchema
from starlette.datastructures import URL

from backstride.diary.consents import DAYS_OFFERED, Scope, consents_of, end_consent, narrow_consent
from backstride.diary.looks import Looks, looks_at
from backstride.diary.sharing_terms import MAX_READER_LENGTH, MAX_SHOWN_NAME_LENGTH
from backstride.runtime.clock import utc_now
from backstride.services.reading import invite
from backstride.web.origin import ON_THIS_MACHINE, address_of_page
from backstride.web.settings import confirm_in_person, require_own_diary
from backstride.web.templates import page
from backstride.web.visitor import CurrentUser, InPerson, InPersonWriting, Number, Ticked

router = APIRouter(tags=["readers"])
USUAL_DAYS = 90
Days = Annotated[int, Form(), WithJsonSchema({"enum": list(DAYS_OFFERED)})]


@router.get("/settings/readers", response_class=HTMLResponse)
def show(request: Request, visitor: InPerson) -> Response:
    """Show everybody whom this person lets read, what they see, until when, and each look."""
    return _page(request, visitor, made="")


@router.post("/settings/readers", response_class=HTMLResponse, status_code=201)
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
    """Invite a reader, and show the address with the code, this once.

    Raises:
        NotLetIn: the passphrase is another one.
        BadValue: it names no reader, ends on a day that is not offered, or there are too many.
    """
    require_own_diary(visitor)
    confirm_in_person(visitor, passphrase)
    code = invite(
        visitor.site,
        visitor.person,
        reader=reader,
        shown_name=shown_name,
        scope=Scope(bool(notes), bool(safety)),
        days=days,
        now=utc_now(),
    )
    return _page(request, visitor, made=f"{address_of_page(request, '/reading')}#{code}")


@router.post("/settings/readers/{consent_id}/scope", response_model=None)
def narrow(consent_id: Number, visitor: InPersonWriting, notes: Ticked = "", safety: Ticked = "") -> Response:
    """Show a reader less from now on; what they did not see before they do not see after it, either."""
    narrow_consent(visitor.site.store, visitor.person.id, consent_id, Scope(bool(notes), bool(safety)))
    return RedirectResponse("/settings/readers", status_code=303)


@router.post("/settings/readers/{consent_id}/end", response_model=None)
def end(consent_id: Number, visitor: InPersonWriting) -> Response:
    """End it: from now on the reader sees nothing, also where a page is open."""
    end_consent(visitor.site.store, visitor.person.id, consent_id, now=utc_now())
    return RedirectResponse("/settings/readers", status_code=303)


def _page(request: Request, visitor: CurrentUser, *, made: str) -> HTMLResponse:
    store, person = visitor.site.store, visitor.person
    by_consent: dict[int, list[Looks]] = {}
    for looks in looks_at(store, person.id):
        by_consent.setdefault(looks.consent_id, []).append(looks)
    context = {
        "made": made,
        "consents": consents_of(store, person.id),
        "looks": by_consent,
        "now": utc_now(),
        "days_offered": DAYS_OFFERED,
        "usual_days": USUAL_DAYS,
        "longest_reader": MAX_READER_LENGTH,
        "longest_name": MAX_SHOWN_NAME_LENGTH,
        "only_here": URL(address_of_page(request, "/")).hostname in ON_THIS_MACHINE,
    }
    return page(visitor, "readers.html", context, here="/report", status=201 if made else 200)
