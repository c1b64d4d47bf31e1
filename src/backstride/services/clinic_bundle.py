"""What a clinic's software reads: the diary, the safety answers and the two pages as one HL7 FHIR R4 bundle."""

import json
from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from backstride.core.clearance import Reply
from backstride.diary.fhir import Json, as_test_data, bundle, document_reference, item, questionnaire_response
from backstride.diary.opening import open_store
from backstride.diary.private_file import write_private
from backstride.diary.schema import OWNER
from backstride.diary.store import Store
from backstride.report.clinician import ClinicianReport
from backstride.report.clinician_sheet import clinician_sheet
from backstride.report.language import ENGLISH, speaking
from backstride.report.safety_words import BY_KEY, question
from backstride.report.sheet_html import sheet_html
from backstride.report.sheet_pdf import can_typeset
from backstride.runtime.clock import utc_now
from backstride.runtime.paths import default_diary_location
from backstride.screening.record import ScreeningRecord
from backstride.services.clinician_file import clinician_pdf, owner_report
from backstride.services.clinician_report import Wanted
from backstride.services.screening_service import times_answered

FILE, FILE_OF_EXAMPLE = "backstride-fhir-r4.json", "backstride-example-fhir-r4.json"
_ANSWERS: dict[Reply, Json | None] = {
    Reply.YES: {"valueBoolean": True},
    Reply.NO: {"valueBoolean": False},
    Reply.NOT_ANSWERED: None,
}


def clinic_bundle(store: Store, person: int, report: ClinicianReport, *, now: datetime) -> str:
    """Build the FHIR bundle as JSON, in English.

    Args:
        store: where.
        person: whose diary.
        report: the two pages, which go along as a document.
        now: the moment of making it.

    Raises:
        DiaryError: the diary cannot be read.
        WorkLost: the PDF could not be made.
    """
    with speaking(ENGLISH):
        forms = [_form(one) for one in times_answered(store, person)]
        made = bundle(store.diary(person).records(), now=now, more=[*forms, _document(report)])
        made = as_test_data(made) if report.is_made_up else made
    return json.dumps(made, indent=1, allow_nan=False, ensure_ascii=False)


def write_clinic_bundle(
    path: Path,
    *,
    zone: ZoneInfo,
    with_answer: bool = True,
    diary: str | None = None,
    now: datetime | None = None,
) -> None:
    """Write the bundle on the diary's owner to `path`, which only they may read.

    Args:
        path: of the file; one that is there is replaced as a whole.
        zone: the person's own.
        with_answer: whether the answer is worked out for the two pages where it is missing or out of date.
        diary: its path or URL; the person's own unless given.
        now: the moment of making it; the clock's unless given.

    Raises:
        NotInDiary: the diary is still empty.
        DiaryFull: the file cannot be written.
        DiaryError: the diary cannot be opened.
        WorkLost: the PDF could not be made.
    """
    with open_store(diary or default_diary_location()) as store:
        report = owner_report(store, zone=zone, wanted=Wanted(), with_answer=with_answer)
        made = clinic_bundle(store, OWNER, report, now=now or utc_now())
    write_private(path, made.encode())


def _form(answered: ScreeningRecord) -> Json:
    """Convert one screening to a QuestionnaireResponse; questions left open have no answer."""
    asked = dict.fromkeys((*(one.key for one in answered.asked), *answered.replies))
    items = (
        item(key, question(BY_KEY[key]), _ANSWERS[answered.replies.get(key, Reply.NOT_ANSWERED)])
        for key in asked
        if key in BY_KEY
    )
    moment = datetime.combine(answered.day, time(12), UTC)
    return questionnaire_response(answered.to_text(), moment, items, name="Safety questions")


def _document(report: ClinicianReport) -> Json:
    """Attach the two pages, as a PDF where one can be made, else as HTML; equal on the same day."""
    moment = datetime.combine(report.made_on, time(12), UTC)
    sheet = clinician_sheet(report)
    if can_typeset():
        document, kind = clinician_pdf(report, paper="a4"), "application/pdf"
    else:
        document, kind = sheet_html(sheet).encode(), "text/html"
    return document_reference(document, kind, moment, title=sheet.title)
