"""What the page on a phone needs to keep a check-in while there is no network."""

from datetime import date

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, JSONResponse, Response

from backstride.report.check_in_words import EVERY
from backstride.report.language import _
from backstride.report.morning_words import words_offline
from backstride.web.check_in_form import form_context
from backstride.web.safety import safety_context
from backstride.web.templates import bare_page
from backstride.web.visitor import Known

router = APIRouter(tags=["offline"])


@router.get("/mark")
def csrf_token(visitor: Known) -> Response:
    """Return the session's CSRF token, an identifier of the diary that is shown, and that of one's own."""
    return JSONResponse(
        {"mark": visitor.csrf_token, "book": str(visitor.book), "own": str(visitor.person.id)}
    )


@router.get("/offline", response_class=HTMLResponse)
def shell() -> Response:
    """Return the check-in page without personal data, which a phone caches for use offline."""
    empty = form_context(date.min, None, last={})
    past = {one.name: _(one.question(is_today=False)) for one in EVERY.values()}
    past["pain"] = _("How was your back that morning?")
    context = {name: empty[name] for name in ("told", "asked", "counts", "taps", "last")}
    return bare_page("offline.html", {**context, "past": past, "words": {**words_offline(), **queue_words()}})


def queue_words() -> dict[str, str]:
    """Return what is said of a check-in that waits and cannot be sent."""
    return {
        "asks": _("A saved check-in could not be sent:"),
        "example": _("Your check-in is waiting on this phone. It is sent when you remove the example data."),
        "other": _("Somebody else's check-in is waiting on this phone. It is sent when they sign in."),
    }


@router.get("/offline/safety", response_class=HTMLResponse)
def safety() -> Response:
    """Return the warning signs and the numbers to call, which a phone keeps for when there is no network."""
    return bare_page("safety.html", safety_context())
