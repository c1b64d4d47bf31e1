"""Signing in and out."""

import re
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from backstride.actions.clock import this_moment
from backstride.actions.sign_in import begin_session, sign_in
from backstride.diary.people import person_of
from backstride.diary.schema import OWNER
from backstride.diary.sessions import end_session, find_session
from backstride.errors import NotLetIn
from backstride.web.spoken import speak_as_chosen
from backstride.web.templates import bare_page
from backstride.web.visitor import Here, InPersonWriting, cookie_name, give_cookie

router = APIRouter(tags=["signing in"])
_DOORS = ("/begin", "/sign-in")
_PATH = re.compile(r"(/[A-Za-z0-9_.-]+)+", re.ASCII)
DEVICES = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "Linux")


@router.get("/begin", response_model=None)
def begin(request: Request, site: Here, to: str = "/") -> Response:
    """Let the owner in without a passphrase, where only this machine can ask and none was chosen."""
    if not site.owner_walks_in:
        return RedirectResponse("/sign-in", status_code=303)
    token = begin_session(site.store, person_of(site.store, OWNER), label=_device(request))
    return _let_in(request, token, to=to)


@router.get("/sign-in", response_class=HTMLResponse)
def show(site: Here, to: str = "/") -> Response:
    """Name and passphrase; afterwards the page that was asked for."""
    name = "" if site.is_shared else "owner"
    return bare_page("sign_in.html", {"problem": "", "name": name, "to": page_of_ours(to)})


@router.post("/sign-in", response_model=None)
def enter(
    request: Request,
    site: Here,
    name: Annotated[str, Form()],
    passphrase: Annotated[str, Form()],
    to: Annotated[str, Form()] = "/",
) -> Response:
    """Sign in; ten tries in five minutes for each name and each address."""
    now = this_moment()
    address = request.client.host if request.client else ""
    try:
        for mark in (f"name {name.strip().lower()[:60]}", f"address {address}"):
            site.guesses.spend(mark, now=now)
        token = sign_in(site.store, name[:100], passphrase, label=_device(request))
    except NotLetIn as error:
        said = {"problem": str(error), "name": name[:100], "to": page_of_ours(to)}
        return bare_page("sign_in.html", said, status=403)
    site.guesses.forgive(f"name {name.strip().lower()[:60]}")
    return _let_in(request, token, to=to)


@router.post("/sign-out", response_model=None)
def leave(request: Request, visitor: InPersonWriting) -> Response:
    """End this session, and let the browser forget what it kept."""
    end_session(visitor.site.store, visitor.person.id, visitor.session.id)
    response = RedirectResponse("/sign-in", status_code=303)
    secure = request.app.state.secure
    response.delete_cookie(cookie_name(secure=secure), path="/", secure=secure, httponly=True, samesite="lax")
    response.headers["clear-site-data"] = '"cache", "storage"'
    return response


def page_of_ours(path: str) -> str:
    """`path` where it is one of this server's own, else Today: no link may lead from our door to another house."""
    return path if _PATH.fullmatch(path) and path not in _DOORS else "/"


def _let_in(request: Request, token: str, *, to: str) -> Response:
    response = RedirectResponse(page_of_ours(to), status_code=303)
    store, secure = request.app.state.site.store, request.app.state.secure
    give_cookie(response, token, secure=secure)
    session = find_session(store, token, now=this_moment())
    if session is not None:
        speak_as_chosen(response, store, session.person_id, secure=secure)
    return response


def _device(request: Request) -> str:
    told = request.headers.get("user-agent", "")
    return next((device for device in DEVICES if device in told), "a program")
