"""Every error as a sentence: what was wrong, and what to do next."""

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from pydantic import ValidationError

from backstride.errors import (
    BackstrideError,
    BadInput,
    BadValue,
    DiaryError,
    DiaryFull,
    ErasedSince,
    NotInDiary,
    NotLetIn,
    NotNow,
    OtherDiary,
    UnknownAnswer,
    WorkFailed,
    WorkLost,
    WrongClock,
)
from backstride.report.language import _
from backstride.report.translate_messages import translate_message
from backstride.services.plainly import plainly
from backstride.web.refilled import page_before, the_form_again
from backstride.web.templates import bare_page

STATUS: tuple[tuple[type[BackstrideError], int], ...] = (
    (NotLetIn, 403),
    (WrongClock, 409),
    (OtherDiary, 412),
    (NotNow, 429),
    (UnknownAnswer, 422),
    (BadInput, 400),
    (ErasedSince, 410),
    (NotInDiary, 404),
    (DiaryFull, 507),
    (DiaryError, 503),
    (WorkLost, 503),
    (WorkFailed, 500),
)


def status_of(error: BackstrideError) -> int:
    """Map an error of ours to its HTTP status."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 422)


def sentence(text: str, *, status: int) -> Response:
    """Return a plain-text sentence, for requests that no page of ours makes."""
    return PlainTextResponse(text + "\n", status_code=status)


async def error_response(request: Request, error: Exception) -> Response:
    """Render an error of ours as the refilled form, as a page, or as JSON."""
    assert isinstance(error, BackstrideError)
    if isinstance(error, OtherDiary):  # the form would be shown again as one of the diary that is open now
        return refused(request, error)
    plain = plainly(error)
    field = error.field if isinstance(error, BadValue) else ""
    return await _said(
        request,
        translate_message(plain.problem),
        translate_message(plain.advice),
        status_of(error),
        field=field,
    )


async def not_understood(request: Request, error: Exception) -> Response:
    """Reject a form that none of our pages sends, or a field not filled in as its page asks."""
    found = error.errors() if isinstance(error, RequestValidationError | ValidationError) else []
    field = str(found[0]["loc"][-1]) if found and found[0]["loc"] else ""
    if found and found[0]["loc"][:1] == ("path",):  # loaded again, an address stays as wrong as it is
        return await _said(
            request,
            _("There is no such page."),
            _("Go to the Today page and start from there."),
            422,
            field=field,
        )
    again = _("Load the page again, then try once more.")
    advice = _("Correct it, then save.") if page_before(request) else again
    return await _said(request, _("That could not be read."), advice, 422, field=field)


async def not_found(request: Request, error: Exception) -> Response:
    """Render the page for an unknown path."""
    status = getattr(error, "status_code", 404)
    return await _said(
        request, _("There is no such page."), _("Go to the Today page and start from there."), status
    )


def refused(request: Request, error: BackstrideError) -> Response:
    """Render an error raised before the request body was read, so that no form can be shown again."""
    plain = plainly(error)
    return _bare(request, translate_message(plain.problem), translate_message(plain.advice), status_of(error))


async def _said(request: Request, problem: str, advice: str, status: int, *, field: str = "") -> Response:
    if _wants_page(request):
        again = await the_form_again(request, problem=problem, advice=advice, status=status, field=field)
        if again is not None:
            return again
    return _bare(request, problem, advice, status)


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _bare(request: Request, problem: str, advice: str, status: int) -> Response:
    if not _wants_page(request):
        return JSONResponse({"problem": problem, "advice": advice}, status_code=status)
    back = page_before(request) if request.method == "POST" else ""
    # who opens a link has no diary here to go back to
    said = {"problem": problem, "advice": advice, "is_shared": request.url.path.startswith("/shared")}
    return bare_page("problem.html", {**said, "back": back}, status=status)
