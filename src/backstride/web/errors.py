"""Every error as a sentence: what was wrong, and what to do next."""

from fastapi import Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from backstride.actions.plainly import plainly
from backstride.errors import (
    BackstrideError,
    BadInput,
    DiaryError,
    DiaryFull,
    NotInDiary,
    NotLetIn,
    NotNow,
    UnknownAnswer,
    WrongClock,
)
from backstride.report.language import _
from backstride.report.translate_messages import translate_message
from backstride.web.templates import bare_page

STATUS: tuple[tuple[type[BackstrideError], int], ...] = (
    (NotLetIn, 403),
    (WrongClock, 409),
    (NotNow, 429),
    (UnknownAnswer, 422),
    (BadInput, 400),
    (NotInDiary, 404),
    (DiaryFull, 507),
    (DiaryError, 503),
)


def status_of(error: BackstrideError) -> int:
    """The HTTP status that an error of ours has."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 422)


def sentence(text: str, *, status: int) -> Response:
    """A sentence alone, for what no page of ours asked."""
    return PlainTextResponse(text + "\n", status_code=status)


def error_response(request: Request, error: Exception) -> Response:
    """An error of ours, as a page or as JSON."""
    assert isinstance(error, BackstrideError)
    plain = plainly(error)
    return _said(request, translate_message(plain.problem), translate_message(plain.advice), status_of(error))


def not_understood(request: Request, error: Exception) -> Response:  # noqa: ARG001 - the handler's signature
    """A form that none of our pages sends."""
    advice = _("Load the page again, then try once more.")
    return _said(request, _("That could not be read."), advice, 422)


def not_found(request: Request, error: Exception) -> Response:
    """A page that does not exist."""
    status = getattr(error, "status_code", 404)
    return _said(request, _("There is no such page."), _("Go to Today and start from there."), status)


def _said(request: Request, problem: str, advice: str, status: int) -> Response:
    if "text/html" in request.headers.get("accept", ""):
        return bare_page("problem.html", {"problem": problem, "advice": advice}, status=status)
    return JSONResponse({"problem": problem, "advice": advice}, status_code=status)
