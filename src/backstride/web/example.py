"""A simulated person to look at, there and gone in one tap."""

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from backstride.services.example import hide_example, show_example
from backstride.web.visitor import Writing

router = APIRouter(tags=["example"])


@router.post("/example/show", response_model=None)
def show(visitor: Writing) -> Response:
    """Look at a simulated person."""
    show_example(visitor.site.store, visitor.person, zone=visitor.zone)
    return RedirectResponse("/answer", status_code=303)


@router.post("/example/hide", response_model=None)
def hide(visitor: Writing) -> Response:
    """Remove the example data."""
    hide_example(visitor.site.store, visitor.person)
    return RedirectResponse("/", status_code=303)
