"""Safety: when to stop and whom to ask. The same for everyone; it needs no sign-in."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from backstride.errors import NotLetIn
from backstride.report.about import about_sentences, at_once, stop_heading, stop_note, within_days
from backstride.web.templates import bare_page, page
from backstride.web.visitor import Visitor, the_site, the_visitor

router = APIRouter(tags=["safety"])


@router.get("/safety", response_class=HTMLResponse)
def show(request: Request) -> Response:
    """The list."""
    context = {
        "about": about_sentences(),
        "heading": stop_heading(),
        "note": stop_note(),
        "lists": (at_once(), within_days()),
    }
    visitor = _perhaps(request)
    if visitor is None:
        return bare_page("safety.html", context)
    return page(visitor, "safety.html", context, here="/safety")


def _perhaps(request: Request) -> Visitor | None:
    try:
        return the_visitor(request, the_site(request))
    except NotLetIn:
        return None
