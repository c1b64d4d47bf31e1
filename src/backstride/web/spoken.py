"""The language of a page: that which somebody chose here, else the best one that their browser asks for."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from backstride.diary.settings import current_settings, set_setting
from backstride.diary.store import Store
from backstride.errors import BadValue
from backstride.report.language import LANGUAGES, _, preferred, speaking
from backstride.runtime.clock import utc_now
from backstride.web.plain_headers import cookie_of
from backstride.web.visitor import Writing

router = APIRouter(tags=["settings"])
COOKIE = "language"
CHOICE = "language"
A_YEAR_S = 365 * 24 * 3600


class LanguageMiddleware:
    """Lets everything behind it speak the language of the request.

    Args:
        app: what stands behind it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with speaking(language_of(Headers(scope=scope))):
            await self._app(scope, receive, send)


def language_of(headers: Headers) -> str:
    """Determine the language code for a request."""
    chosen = cookie_of(headers, COOKIE)
    if chosen in LANGUAGES:
        return chosen
    return preferred(headers.get("accept-language", ""))


@router.post("/settings/language", response_model=None)
def save(request: Request, visitor: Writing, language: Annotated[str, Form()] = "") -> Response:
    """Keep the language that was chosen; nothing chosen leaves it to the browser.

    Raises:
        BadValue: a language that is not here.
    """
    if language and language not in LANGUAGES:
        raise BadValue(_("That cannot be chosen."), advice=_("Choose one of those on the page."))
    before = current_settings(visitor.site.store, visitor.person.id).get(CHOICE, "")
    if language != before:
        set_setting(visitor.site.store, visitor.person.id, CHOICE, language, now=utc_now())
    response = RedirectResponse("/settings", status_code=303)
    _let_speak(response, language, secure=request.app.state.secure)
    return response


def speak_as_chosen(response: Response, store: Store, person: int, *, secure: bool) -> None:
    """Let a browser that has just signed in speak the language that the person chose, on whatever device."""
    code = current_settings(store, person).get(CHOICE, "")
    if code:
        _let_speak(response, code, secure=secure)


def _let_speak(response: Response, code: str, *, secure: bool) -> None:
    if code:
        response.set_cookie(COOKIE, code, max_age=A_YEAR_S, path="/", secure=secure, samesite="lax")
    else:
        response.delete_cookie(COOKIE, path="/")
