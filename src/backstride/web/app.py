"""The app: every page, the guard before them, and every error as a sentence."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import quote

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from backstride.actions.site import Site
from backstride.errors import BackstrideError, NotSignedIn
from backstride.report.retold import retold
from backstride.web import (
    answer,
    calendar,
    diary,
    errors,
    example,
    measuring,
    offline,
    plan,
    programs,
    report,
    runs,
    safety,
    session,
    settings,
    signing_in,
    spoken,
    static_files,
    today,
    tokens,
)
from backstride.web.description import ABOUT, RESPONSES, DescribedApp
from backstride.web.guard import Guard

AT_ONCE = 12
"""Requests that are worked on at the same moment; more would only wait for the store."""


def create_app(site: Site, *, hosts: frozenset[str] = frozenset(), secure: bool = False) -> FastAPI:
    """The web app of one server.

    Args:
        site: its store and its background work.
        hosts: names by which it may be called; any, where none is given.
        secure: whether it is reached over https.
    """
    app = DescribedApp(
        title="backstride",
        description=ABOUT,
        responses=RESPONSES,
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_life,
    )
    app.state.site = site
    app.state.secure = secure
    pages = (
        today,
        plan,
        session,
        calendar,
        answer,
        diary,
        runs,
        report,
        safety,
        settings,
        signing_in,
        example,
        offline,
        measuring,
        spoken,
        programs,
        tokens,
    )
    for page in pages:
        app.include_router(page.router)
    app.include_router(static_files.router)
    app.add_exception_handler(BackstrideError, errors.told)
    app.add_exception_handler(NotSignedIn, _to_the_door)
    for unread in (RequestValidationError, ValidationError):
        app.add_exception_handler(unread, errors.not_understood)
    app.add_exception_handler(HTTPException, errors.not_found)
    app.add_middleware(spoken.Spoken)
    app.add_middleware(Guard, hosts=hosts, secure=secure)
    return app


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    current_default_thread_limiter().total_tokens = AT_ONCE
    app.state.site.backups.begin()
    yield
    app.state.site.close()


def _to_the_door(request: Request, error: Exception) -> Response:
    wants_page = "text/html" in request.headers.get("accept", "")
    if not wants_page:
        assert isinstance(error, NotSignedIn)
        return errors.sentence(f"{retold(error.problem)} {retold(error.advice)}", status=401)
    door = "/begin" if request.app.state.site.owner_walks_in else "/sign-in"
    asked_for = request.url.path if request.method == "GET" else "/"
    after = "" if asked_for == "/" else f"?to={quote(asked_for)}"
    return RedirectResponse(door + after, status_code=303)
