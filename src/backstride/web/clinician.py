"""The report for a clinician: what the person wants on it, and the two pages as a page or as a PDF."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, Response
from pydantic import WithJsonSchema

from backstride.core.records import Records
from backstride.errors import NotInDiary
from backstride.report.clinician import MAX_NAME_LENGTH, MAX_QUESTION_LENGTH, ClinicianReport
from backstride.report.clinician_sheet import clinician_sheet
from backstride.report.hyphenation import with_soft_hyphens
from backstride.report.language import _
from backstride.report.markup import element, styled
from backstride.report.sheet_html import sheet_html
from backstride.report.sheet_pdf import PAPERS, can_typeset
from backstride.runtime.clock import utc_now
from backstride.services.clinic_bundle import FILE, FILE_OF_EXAMPLE, clinic_bundle
from backstride.services.clinician_file import clinician_pdf, patient_from_env
from backstride.services.clinician_report import Wanted, clinician_report, notes_lately
from backstride.web.templates import page
from backstride.web.visitor import CurrentUser, Known, Ticked, Writing

router = APIRouter(tags=["report"])
STYLE_AT = "/static/sheet.css"
Words = Annotated[str, Form(max_length=2000)]
Year = Annotated[str, Form(), WithJsonSchema({"type": "string", "pattern": "^(19[0-9]{2})?$"})]
Chosen = Annotated[str, Form(), WithJsonSchema({"enum": ["page", "pdf"]})]
Size = Annotated[str, Form(), WithJsonSchema({"enum": list(PAPERS)})]


@router.get("/report/clinician", response_class=HTMLResponse)
def ask(visitor: Known) -> Response:
    """Show what the person may write onto the report, and which notes they would show."""
    records = visitor.diary.records()
    is_empty = records == Records()
    # asked here already, so that it is worked out while the form is filled in
    answered = None if is_empty else visitor.site.answers.answer(visitor.book, zone=visitor.zone)
    context = {
        "is_empty": is_empty,
        "is_awaited": answered is not None and answered.working and not answered.is_current,
        "notes": notes_lately(records.check_ins, today=visitor.local_day),
        "can_typeset": can_typeset(),
        "longest_name": MAX_NAME_LENGTH,
        "longest_question": MAX_QUESTION_LENGTH,
    }
    return page(visitor, "clinician.html", context, here="/report")


@router.post("/report/clinician", response_class=HTMLResponse)
def make(
    visitor: Writing,
    name: Words = "",
    born: Year = "",
    ask: Words = "",
    note: Annotated[list[date] | None, Form()] = None,
    safety: Ticked = "",
    as_: Annotated[Chosen, Form(alias="as")] = "page",
    paper: Size = "a4",
) -> Response:
    """Make the two pages; it is a POST so that no name is in a URL, and nothing of it is kept.

    Raises:
        BadValue: the year of birth is none.
        NotInDiary: the diary is still empty.
        WorkLost: the PDF could not be made.
    """
    wanted = Wanted(patient=patient_from_env(name, born, ask), notes=note or (), safety=bool(safety))
    if as_ == "pdf":
        return _pdf(visitor, wanted, paper)
    sheet = clinician_sheet(_report(visitor, wanted))
    back = element("a", _("Back"), attributes={"href": "/report/clinician"})
    hint = element("p", _("Print it with your browser. It takes two pages."), " ", back)
    return HTMLResponse(
        with_soft_hyphens(sheet_html(sheet, style_at=STYLE_AT, above=styled("aside", "above", hint)))
    )


@router.get("/report/fhir.json")
def for_software(visitor: Known) -> Response:
    """Return diary, safety answers and report as one HL7 FHIR R4 bundle for a clinic's software.

    Raises:
        NotInDiary: the diary is still empty.
        NotLetIn: it was asked for too often in a few minutes.
        WorkLost: the PDF could not be made.
    """
    visitor.site.writes.hit(str(visitor.person.id))  # it starts a process, as saving does not
    report = _report(visitor, Wanted())
    made = clinic_bundle(visitor.site.store, visitor.book, report, now=utc_now())
    file = FILE_OF_EXAMPLE if visitor.sees_example else FILE
    named = {"content-disposition": f'attachment; filename="{file}"'}
    return Response(made, media_type="application/fhir+json", headers=named)


def _pdf(visitor: CurrentUser, wanted: Wanted, paper: str) -> Response:
    size = next((one for one in PAPERS if one == paper), PAPERS[0])
    made = clinician_pdf(_report(visitor, wanted), paper=size)
    named = {"content-disposition": f'attachment; filename="backstride-{visitor.local_day}.pdf"'}
    return Response(made, media_type="application/pdf", headers=named)


def _report(visitor: CurrentUser, wanted: Wanted) -> ClinicianReport:
    if not visitor.diary.entries():
        raise NotInDiary("The diary is still empty.", advice="Check in first, or import your files.")
    return clinician_report(
        visitor.site.store,
        visitor.book,
        today=visitor.local_day,
        zone=visitor.zone,
        answered=visitor.site.answers.answer(visitor.book, zone=visitor.zone),
        wanted=wanted,
        is_made_up=visitor.sees_example,
    )
