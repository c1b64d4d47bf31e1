"""Tokens, with which programs act for somebody: made, listed, ended. Shown once, when they are made."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from backstride.diary.tokens import end_token, tokens_of
from backstride.runtime.clock import utc_now
from backstride.services.auth import create_api_token
from backstride.web.settings import confirm_in_person, require_own_diary
from backstride.web.templates import page
from backstride.web.visitor import InPerson, InPersonWriting, Number

router = APIRouter(tags=["tokens"])


@router.get("/settings/tokens", response_model=None)
def show(request: Request, visitor: InPerson) -> Response:
    """Every token by its name, what it may do, and when it was last used."""
    tokens = tokens_of(visitor.site.store, visitor.person.id)
    if "text/html" in request.headers.get("accept", ""):
        return page(visitor, "tokens.html", {"tokens": tokens, "made": ""}, here="/settings")
    shown = [
        {"id": each.id, "name": each.label, "may_write": each.may_write, "made": each.made_at.isoformat()}
        for each in tokens
    ]
    return JSONResponse(shown)


@router.post("/settings/tokens", response_model=None, status_code=201)
def make(
    request: Request,
    visitor: InPersonWriting,
    label: Annotated[str, Form(max_length=200)],
    may: Annotated[Literal["read", "write"], Form()] = "read",
    passphrase: Annotated[str, Form()] = "",
) -> Response:
    """Make a token and show it, this once.

    Raises:
        NotLetIn: the passphrase is another one.
        BadValue: it has no name, or there are too many.
    """
    require_own_diary(visitor)
    confirm_in_person(visitor, passphrase)
    store, me = visitor.site.store, visitor.person.id
    token = create_api_token(store, visitor.person, label=label, may_write=may == "write", now=utc_now())
    if "text/html" in request.headers.get("accept", ""):
        context = {"tokens": tokens_of(store, me), "made": token}
        return page(visitor, "tokens.html", context, here="/settings", status=201)
    return JSONResponse({"token": token, "may": may}, status_code=201)


@router.post("/settings/tokens/{token_id}/end", response_model=None)
def end(token_id: Number, visitor: InPersonWriting) -> Response:
    """End a token: from now on it opens nothing."""
    end_token(visitor.site.store, visitor.person.id, token_id)
    return RedirectResponse("/settings/tokens", status_code=303)
