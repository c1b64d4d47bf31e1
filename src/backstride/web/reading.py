"""The reader's side: a list of those who let this person read, and the report of each, within what was agreed.

Nobody is a reader by being the owner of the server, and no program reads others.
"""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from backstride.diary.consents import Consent, end_consent
from backstride.diary.looks import Seen
from backstride.report import patient_words
from backstride.report.amounts import long_date
from backstride.report.clinician_sheet import clinician_sheet
from backstride.report.hyphenation import with_soft_hyphens
from backstride.report.language import _
from backstride.report.markup import Markup, element, styled
from backstride.report.sheet_html import sheet_html
from backstride.report.sheet_pdf import can_typeset
from backstride.runtime.clock import utc_now
from backstride.services.clinician_file import clinician_pdf
from backstride.services.reading import accept, patients, read_report
from backstride.web.clinician import STYLE_AT
from backstride.web.templates import page
from backstride.web.visitor import InPerson, InPersonWriting, Number

router = APIRouter(tags=["reading"])


@router.get("/reading", response_class=HTMLResponse)
def show(visitor: InPerson) -> Response:
    """Show everybody who lets this person read, those first who need a look first, and a field for a code."""
    lines = patients(visitor.site, visitor.person, now=utc_now())
    context = {
        "patients": lines,
        "first": sum(bool(line.look_first) for line in lines),
        "words": patient_words,
        "today": visitor.local_day,
    }
    return page(visitor, "reading.html", context, here="/reading")


@router.post("/reading", response_model=None)
def take(visitor: InPersonWriting, code: Annotated[str, Form(max_length=200)]) -> Response:
    """Accept an invitation; whoever gave it sees by whom.

    Raises:
        NotInDiary: the code was used, has ended, or never was.
        NotLetIn: too many were tried.
        BadValue: it is this person's own.
    """
    accept(visitor.site, visitor.person, code, now=utc_now())
    return RedirectResponse("/reading", status_code=303)


@router.get("/reading/{consent_id}", response_class=HTMLResponse)
def report(consent_id: Number, visitor: InPerson) -> Response:
    """Show the two pages on one person, as their diary is now.

    Raises:
        NotInDiary: there is no such consent, or it has ended.
    """
    consent, made = read_report(visitor.site, visitor.person, consent_id, Seen.REPORT, now=utc_now())
    return HTMLResponse(
        with_soft_hyphens(sheet_html(clinician_sheet(made), style_at=STYLE_AT, above=_above(consent)))
    )


@router.get("/reading/{consent_id}/report.pdf", response_class=Response)
def save(consent_id: Number, visitor: InPerson) -> Response:
    """Send the two pages as a PDF.

    Raises:
        NotInDiary: there is no such consent, or it has ended.
        BadValue: this server makes no PDF.
    """
    _consent, made = read_report(visitor.site, visitor.person, consent_id, Seen.PDF, now=utc_now())
    named = {"content-disposition": f'attachment; filename="backstride-{made.made_on}.pdf"'}
    return Response(clinician_pdf(made, paper="a4"), media_type="application/pdf", headers=named)


@router.post("/reading/{consent_id}/end", response_model=None)
def end(consent_id: Number, visitor: InPersonWriting) -> Response:
    """Stop reading somebody."""
    end_consent(visitor.site.store, visitor.person.id, consent_id, now=utc_now())
    return RedirectResponse("/reading", status_code=303)


def _above(consent: Consent) -> Markup:
    until = _("{name} lets you read this until {day}, sees each time you look, and can end it at any time.")
    sentence = element("p", until.format(name=consent.shown_name, day=long_date(consent.ends_at.date())))
    links = [element("a", _("Back to your list"), attributes={"href": "/reading"})]
    if can_typeset():
        address = f"/reading/{consent.id}/report.pdf"
        links.append(element("a", _("Save as PDF"), attributes={"href": address}))
    return styled("aside", "above", sentence, *(element("p", link) for link in links))
