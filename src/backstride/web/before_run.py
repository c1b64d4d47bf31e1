"""Pain now, before a run: one tap on Today from noon on, and beside the session."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response
from pydantic import WithJsonSchema

from backstride.errors import BadValue
from backstride.report.language import _
from backstride.services.before_run import keep_pain_before
from backstride.web.visitor import Writing

router = APIRouter(tags=["today"])
Tapped = Annotated[str, Form(), WithJsonSchema({"type": "string", "pattern": "^(10|[0-9])$"})]


@router.post("/pain-before", response_model=None)
def save(visitor: Writing, pain: Tapped, session: Annotated[str, Form()] = "") -> Response:
    """Keep how the back is now; `session` leads back to the session of today.

    Raises:
        BadValue: no number that the page offers.
    """
    if pain not in map(str, range(11)):
        raise BadValue(
            _("That number could not be read."), advice=_("Load the page again, then tap once more.")
        )
    keep_pain_before(visitor.diary, float(pain), zone=visitor.zone)
    return RedirectResponse(f"/plan/session/{visitor.local_day}" if session else "/", status_code=303)
