"""The door before every form: who sends it is looked up before a byte of its body is read.

Frameworks take a form apart before they ask whose it is. Whoever is not signed in could else have the server hold
what they send, for as long as they like.
"""

from urllib.parse import quote

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from backstride.errors import BackstrideError, NotSignedIn
from backstride.report.translate_messages import translate_message
from backstride.web import errors
from backstride.web.guard import OPEN, SAFE
from backstride.web.visitor import the_visitor


class Door:
    """Lets no form in from somebody who is not known.

    Args:
        app: what stands behind it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer why not."""
        refused = await _refusal(scope) if scope["type"] == "http" and _needs_a_visitor(scope) else None
        await (refused or self._app)(scope, receive, send)


def to_the_door(request: Request, error: Exception) -> Response:
    """Where somebody signs in, for a browser; a sentence for a program."""
    wants_page = "text/html" in request.headers.get("accept", "")
    if not wants_page:
        assert isinstance(error, NotSignedIn)
        return errors.sentence(
            f"{translate_message(error.problem)} {translate_message(error.advice)}", status=401
        )
    door = "/begin" if request.app.state.site.owner_login_optional else "/sign-in"
    asked_for = request.url.path if request.method == "GET" else "/"
    after = "" if asked_for == "/" else f"?to={quote(asked_for)}"
    return RedirectResponse(door + after, status_code=303)


def _needs_a_visitor(scope: Scope) -> bool:
    return scope["method"] not in SAFE and scope["path"] not in OPEN


async def _refusal(scope: Scope) -> Response | None:
    request = Request(scope)
    try:
        await the_visitor(request)
    except NotSignedIn as error:
        return to_the_door(request, error)
    except BackstrideError as error:
        return errors.refused(request, error)
    return None
