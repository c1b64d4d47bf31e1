"""The reader's side of a link: opened without an account, into a session that sees one report and nothing else.

The token stands behind the `#` of the address, which no browser sends: a small script takes it out of the address and
posts it, and without a script the reader pastes it. So it is in no log, no referrer and no address of a page.
"""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from backstride.diary.shares import Share
from backstride.report.amounts import long_date
from backstride.report.clinician_sheet import clinician_sheet
from backstride.report.hyphenation import with_soft_hyphens
from backstride.report.language import _
from backstride.report.markup import Markup, element, styled
from backstride.report.sheet_html import sheet_html
from backstride.report.sheet_pdf import can_typeset
from backstride.runtime.clock import utc_now
from backstride.services.clinician_file import clinician_pdf
from backstride.services.rate_limit import network_key
from backstride.services.sharing import open_link, shared_report
from backstride.web.clinician import STYLE_AT
from backstride.web.signing_in import device_of
from backstride.web.templates import bare_page
from backstride.web.visitor import Here, cookie_name

router = APIRouter(tags=["shared"])
REPORT = "/shared/report"
PDF = "/shared/report.pdf"


@router.get("/shared", response_class=HTMLResponse)
def enter() -> Response:
    """Show the page that a link leads to, which takes the token from the URL or asks for it."""
    return bare_page("shared.html", {})


@router.post("/shared", response_model=None)
def open_it(request: Request, site: Here, code: Annotated[str, Form(max_length=600)]) -> Response:
    """Open a link; ten wrong ones in five minutes for each address.

    Raises:
        NotInDiary: it has ended, or never was.
        NotLetIn: too many were tried.
    """
    address = request.client.host if request.client else ""
    with site.guesses.trying(f"link {network_key(address)}"):
        session = open_link(site.store, _token_in(code), device=device_of(request), now=utc_now())
    response = RedirectResponse(REPORT, status_code=303)
    secure = request.app.state.secure
    # without an age it ends with the browser: the reader may sit at a computer that others use
    response.set_cookie(
        _cookie(secure=secure), session, path="/", secure=secure, httponly=True, samesite="strict"
    )
    return response


@router.get(REPORT, response_class=HTMLResponse)
def show(request: Request, site: Here) -> Response:
    """Show the two pages of the report, from the diary as it is now.

    Raises:
        NotInDiary: no link was opened here, or it has ended.
    """
    share, report = shared_report(site, _session(request), now=utc_now())
    return HTMLResponse(
        with_soft_hyphens(sheet_html(clinician_sheet(report), style_at=STYLE_AT, above=_above(share)))
    )


@router.get(PDF, response_class=Response)
def save(request: Request, site: Here) -> Response:
    """Return the two pages of the report as a PDF.

    Raises:
        NotInDiary: no link was opened here, or it has ended.
        BadValue: this server makes no PDF.
    """
    _share, report = shared_report(site, _session(request), now=utc_now())
    named = {"content-disposition": f'attachment; filename="backstride-{report.made_on}.pdf"'}
    return Response(clinician_pdf(report, paper="a4"), media_type="application/pdf", headers=named)


def _above(share: Share) -> Markup:
    until = _("Shared with {reader} until {day}. The patient sees when it is opened, and can end it.")
    sentence = element("p", until.format(reader=share.reader, day=long_date(share.ends_at.date())))
    if not can_typeset():
        return styled("aside", "above", sentence)
    return styled(
        "aside", "above", sentence, element("p", element("a", _("Save as PDF"), attributes={"href": PDF}))
    )


def _token_in(pasted: str) -> str:
    """Return the token of a whole link, or of the part that the page asks for."""
    return pasted.rpartition("#")[2].strip()


def _session(request: Request) -> str:
    return request.cookies.get(_cookie(secure=request.app.state.secure), "")


def _cookie(*, secure: bool) -> str:
    return f"{cookie_name(secure=secure)}-shared"
