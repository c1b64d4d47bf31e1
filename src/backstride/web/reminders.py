"""Reminders of the check-in on a device, by Web Push: off until somebody asks for them on that device."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from backstride.diary.push import devices, end_device
from backstride.errors import BadValue
from backstride.report.language import _
from backstride.runtime.clock import utc_now
from backstride.services.reminders import can_sign, public_key, remind
from backstride.web.origin import ON_THIS_MACHINE
from backstride.web.settings import require_own_diary
from backstride.web.templates import page
from backstride.web.visitor import InPerson, InPersonWriting, Number

router = APIRouter(tags=["settings"])
USUAL_TIME = "07:30"


@router.get("/settings/reminders", response_class=HTMLResponse)
def show(request: Request, visitor: InPerson) -> Response:
    """Where this person is reminded, and when."""
    context = {
        "key": public_key(visitor.site.store) if can_sign() else "",
        "devices": devices(visitor.site.store, visitor.person.id),
        "usual_time": USUAL_TIME,
        "is_plain": not request.app.state.secure and request.url.hostname not in ON_THIS_MACHINE,
    }
    return page(visitor, "reminders.html", context, here="/settings")


@router.post("/settings/reminders", response_model=None)
def add(
    visitor: InPersonWriting, at: Annotated[str, Form()], endpoint: Annotated[str, Form()] = ""
) -> Response:
    """Remind this person on the device that sent this.

    Raises:
        BadValue: the browser named no push service that is known here, or the server cannot send.
    """
    require_own_diary(visitor)
    if not can_sign():
        raise BadValue(_("This server sends no reminders to phones."), advice=_("Use the calendar instead."))
    if not endpoint:
        raise BadValue(
            _("Your browser named no push service."),
            advice=_("On an iPhone, put the app on the Home Screen and open it there. Or use the calendar."),
        )
    site = visitor.site
    remind(
        site.store,
        visitor.person.id,
        session_id=visitor.session.id,
        endpoint=endpoint.strip(),
        remind_at=at,
        now=utc_now(),
    )
    return RedirectResponse("/settings/reminders", status_code=303)


@router.post("/settings/reminders/{device_id}/end", response_model=None)
def end(device_id: Number, visitor: InPersonWriting) -> Response:
    """Send no more reminders to one device."""
    end_device(visitor.site.store, visitor.person.id, device_id)
    return RedirectResponse("/settings/reminders", status_code=303)
