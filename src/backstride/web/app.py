"""The app: every page, the guard before them, and every error as a sentence."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from backstride.errors import BackstrideError, NotSignedIn
from backstride.services.app_context import AppContext
from backstride.web import (
    answer,
    before_run,
    calendar,
    certificate,
    clinician,
    cohort,
    diary,
    errors,
    example,
    help_pages,
    measuring,
    offline,
    plan,
    programs,
    readers,
    reading,
    reminders,
    report,
    roland_morris,
    runs,
    safety,
    session,
    settings,
    shared,
    shares,
    signing_in,
    spoken,
    static_files,
    today,
    tokens,
    trends,
    undo,
    welcome,
)
from backstride.web.description import ABOUT, RESPONSES, DescribedApp
from backstride.web.door import Door, to_the_door
from backstride.web.guard import SecurityMiddleware
from backstride.web.origin import Origins
from backstride.web.sub_path import path_of, serve_below

ANY_NAME = Origins()
AT_ONCE = 12
"""Requests that are worked on at the same moment; more would only wait for the store."""
PAGES = (
    today,
    before_run,
    plan,
    session,
    calendar,
    certificate,
    answer,
    trends,
    diary,
    runs,
    report,
    clinician,
    cohort,
    shares,
    shared,
    readers,
    reading,
    reminders,
    safety,
    settings,
    signing_in,
    example,
    help_pages,
    offline,
    measuring,
    roland_morris,
    spoken,
    programs,
    tokens,
    undo,
    welcome,
    static_files,
)
"""The modules whose routes are served."""


def create_app(site: AppContext, *, origins: Origins = ANY_NAME) -> FastAPI:
    """Create the web app of one server.

    Args:
        site: its store and its background work.
        origins: by which names and addresses it may be called; by any, unless given.
    """
    app = DescribedApp(
        title="backstride",
        description=ABOUT,
        responses=RESPONSES,
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_life,
        redirect_slashes=False,  # they lead to whatever Host a request names, and out of the path below which we are
    )
    app.state.site = site
    app.state.secure = origins.secure
    app.state.address = origins.address
    app.state.authority = b""
    app.state.fingerprint = ""
    for page in PAGES:
        app.include_router(page.router)
    app.add_exception_handler(BackstrideError, errors.error_response)
    app.add_exception_handler(NotSignedIn, to_the_door)
    for unread in (RequestValidationError, ValidationError):
        app.add_exception_handler(unread, errors.not_understood)
    app.add_exception_handler(HTTPException, errors.not_found)
    app.add_middleware(Door)
    app.add_middleware(spoken.LanguageMiddleware)
    app.add_middleware(SecurityMiddleware, origins=origins)
    serve_below(app, path_of(origins.address))
    return app


def make_ready(app: FastAPI) -> None:
    """Do now what the first request would have to wait for, and everybody with it.

    FastAPI works out what the routes of a router take when one is first looked for: a tenth of a second and more.
    """
    nowhere = {"type": "http", "method": "GET", "path": "/-", "root_path": "", "headers": []}
    for route in app.routes:
        route.matches(nowhere)


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    current_default_thread_limiter().total_tokens = AT_ONCE
    app.state.site.backups.begin()
    app.state.site.reminders.begin()
    yield
    app.state.site.close()
