"""The sessions in a person's own calendar: a secret address, shown once, and what stands behind it."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from backstride.diary.calendar import calendar_of, has_calendar
from backstride.diary.settings import current_settings
from backstride.errors import NotInDiary
from backstride.report.language import language, speaking
from backstride.runtime.clock import utc_now
from backstride.services.calendar import calendar_for, end_address, new_address
from backstride.services.setting_values import REMINDER
from backstride.web.origin import address_of_page
from backstride.web.qr import qr_picture
from backstride.web.settings import confirm_in_person, require_own_diary
from backstride.web.templates import page
from backstride.web.visitor import CurrentUser, Here, InPerson, InPersonWriting

router = APIRouter(tags=["calendar"])


@router.get("/settings/calendar", response_class=HTMLResponse)
def show(request: Request, visitor: InPerson) -> Response:
    """Whether there is an address, and what it shows."""
    return _page(request, visitor, made="")


@router.post("/settings/calendar", response_class=HTMLResponse, status_code=201)
def make(request: Request, visitor: InPersonWriting, passphrase: Annotated[str, Form()] = "") -> Response:
    """Make a new address and show it, this once; the one before opens nothing any more.

    Raises:
        NotLetIn: the passphrase is another one.
        BadValue: the example is shown.
    """
    require_own_diary(visitor)
    confirm_in_person(visitor, passphrase)
    secret = new_address(visitor.site.store, visitor.person.id, now=utc_now())
    return _page(request, visitor, made=address_of_page(request, f"/calendar/{secret}.ics"))


@router.post("/settings/calendar/end", response_model=None)
def end(visitor: InPersonWriting) -> Response:
    """End the address."""
    end_address(visitor.site.store, visitor.person.id, now=utc_now())
    return RedirectResponse("/settings/calendar", status_code=303)


@router.get("/calendar/{secret}.ics", response_class=Response)
def feed(secret: str, site: Here) -> Response:
    """Serve the calendar of the next days to whoever has the secret address.

    Raises:
        NotInDiary: the address opens nothing.
    """
    person = calendar_of(site.store, secret)
    if person is None:
        raise NotInDiary("This address opens no calendar.", advice="Make a new one on the Calendar page.")
    today = utc_now().astimezone(site.zone_of(person)).date()
    with speaking(current_settings(site.store, person).get("language") or language()):
        return Response(calendar_for(site.store, person, today=today), media_type="text/calendar")


def _page(request: Request, visitor: CurrentUser, *, made: str) -> HTMLResponse:
    context = {
        "made": made,
        "picture": qr_picture(made) if made else "",
        "subscribe": "webcal" + made[made.find(":") :] if made else "",
        "there": bool(made) or has_calendar(visitor.site.store, visitor.person.id),
        "reminder": current_settings(visitor.site.store, visitor.person.id).get(REMINDER, ""),
        "is_plain": not request.app.state.secure,
    }
    return page(visitor, "calendar.html", context, here="/settings", status=201 if made else 200)
