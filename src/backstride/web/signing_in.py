"""Signing in and out."""

import re
from functools import partial
from typing import Annotated

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from backstride.diary.people import person_named, person_of
from backstride.diary.schema import OWNER
from backstride.diary.sessions import end_session, find_session
from backstride.errors import NotLetIn
from backstride.runtime.clock import utc_now
from backstride.services.app_context import AppContext
from backstride.services.auth import (
    MAX_LETTERS,
    PASSPHRASES_AT_ONCE,
    begin_session,
    rate_limit_keys,
    sign_in,
)
from backstride.services.rate_limit import device_token
from backstride.services.reading import only_reads
from backstride.web.spoken import speak_as_chosen
from backstride.web.templates import bare_page
from backstride.web.visitor import (
    Here,
    InPersonWriting,
    Ticked,
    cookie_name,
    device_cookie_name,
    give_cookie,
    give_device_cookie,
)

router = APIRouter(tags=["signing in"])
_DOORS = ("/begin", "/sign-in")
_PATH = re.compile(r"(/[A-Za-z0-9_.-]+)+", re.ASCII)
DEVICES = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "Linux")


@router.get("/begin", response_model=None)
def begin(
    request: Request, site: Here, key: Annotated[str, Query(max_length=200)] = "", to: str = "/"
) -> Response:
    """Let the owner in who shows what the server printed; only on this machine, and until a passphrase is chosen.

    Every account of this machine reaches this port, and every page of the web may send a browser here.
    """
    if not site.owner_login_optional:
        return RedirectResponse("/sign-in", status_code=303)
    if not site.entry.opens(key):
        return bare_page("begin.html", {}, status=403)
    token = begin_session(site.store, person_of(site.store, OWNER), label=device_of(request))
    return _let_in(request, token, to=to)


@router.get("/sign-in", response_class=HTMLResponse)
def show(site: Here, to: str = "/") -> Response:
    """Name and passphrase; afterwards the page that was asked for."""
    name = "" if site.is_shared else "owner"
    return bare_page("sign_in.html", {"problem": "", "name": name, "to": page_of_ours(to)})


@router.post("/sign-in", response_model=None)
async def enter(
    request: Request,
    site: Here,
    name: Annotated[str, Form()],
    passphrase: Annotated[str, Form()],
    to: Annotated[str, Form()] = "/",
) -> Response:
    """Sign in; ten wrong tries in five minutes for each address, person and device.

    Strangers wait for each other, and never in the threads that pages are made in.
    """
    entering = partial(_enter, request, site, name=name, passphrase=passphrase, to=to)
    state = request.app.state
    if not hasattr(state, "signing_in"):
        state.signing_in = CapacityLimiter(PASSPHRASES_AT_ONCE)
    response: Response = await to_thread.run_sync(entering, limiter=state.signing_in)
    return response


def _enter(request: Request, site: AppContext, *, name: str, passphrase: str, to: str) -> Response:
    address = request.client.host if request.client else ""
    secure = request.app.state.secure
    device = request.cookies.get(device_cookie_name(secure=secure), "")
    tried = name[:MAX_LETTERS]
    try:
        with site.guesses.trying(*rate_limit_keys(site.store, tried, address=address, device=device)):
            token = sign_in(site.store, tried, passphrase, label=device_of(request))
    except NotLetIn as error:
        said = {"problem": str(error), "name": tried, "to": page_of_ours(to)}
        return bare_page("sign_in.html", said, status=403)
    response = _let_in(request, token, to=to)
    person = person_named(site.store, tried)
    if person is not None:
        give_device_cookie(response, device_token(person), secure=secure)
    return response


@router.post("/sign-out", response_model=None)
def leave(
    request: Request, visitor: InPersonWriting, nothing_waits: Annotated[Ticked, Form()] = ""
) -> Response:
    """End this session, and let the browser forget what it kept.

    Check-ins that wait to be sent stand in its storage, those of others, too. It is emptied only where the page's
    script has looked and says that none does.
    """
    end_session(visitor.site.store, visitor.person.id, visitor.session.id)
    response = RedirectResponse("/sign-in", status_code=303)
    secure = request.app.state.secure
    response.delete_cookie(cookie_name(secure=secure), path="/", secure=secure, httponly=True, samesite="lax")
    response.headers["clear-site-data"] = '"cache", "storage"' if nothing_waits else '"cache"'
    return response


def page_of_ours(path: str) -> str:
    """`path` where it is one of this server's own, else Today: no link may lead from our door to another house."""
    return path if _PATH.fullmatch(path) and path not in _DOORS else "/"


def _let_in(request: Request, token: str, *, to: str) -> Response:
    store, secure = request.app.state.site.store, request.app.state.secure
    session = find_session(store, token, now=utc_now())
    where = page_of_ours(to)
    if where == "/" and session is not None and only_reads(store, session.person_id, now=utc_now()):
        where = "/reading"
    response = RedirectResponse(where, status_code=303)
    before = request.cookies.get(cookie_name(secure=secure), "")
    replaced = find_session(store, before, now=utc_now()) if before else None
    if replaced is not None:  # its cookie is lost with this reply: nobody could end it any more
        end_session(store, replaced.person_id, replaced.id)
    give_cookie(response, token, secure=secure)
    if session is not None:
        speak_as_chosen(response, store, session.person_id, secure=secure)
    return response


def device_of(request: Request) -> str:
    """Name the device of a browser in a word, from its user agent."""
    user_agent = request.headers.get("user-agent", "")
    return next((device for device in DEVICES if device in user_agent), "a program")
