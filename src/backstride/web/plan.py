"""Plan: what the next days may look like. It offers; you choose."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from backstride.web.templates import page
from backstride.web.visitor import Known

router = APIRouter(tags=["plan"])


@router.get("/plan", response_class=HTMLResponse)
def show(visitor: Known) -> Response:
    """What to do meanwhile."""
    return page(visitor, "plan.html", {}, here="/plan")
