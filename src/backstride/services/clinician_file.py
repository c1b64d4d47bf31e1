"""The report for a clinician as a file: a page for a browser, or a tagged PDF made in a process of its own."""

import unicodedata
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from backstride.diary.opening import open_store
from backstride.diary.private_file import write_private
from backstride.diary.schema import OWNER
from backstride.diary.store import Store
from backstride.errors import BadValue
from backstride.report.clinician import MAX_NAME_LENGTH, MAX_QUESTION_LENGTH, ClinicianReport, Patient
from backstride.report.clinician_sheet import clinician_sheet
from backstride.report.language import speaking
from backstride.report.sheet_html import sheet_html
from backstride.report.sheet_pdf import Paper, can_typeset, to_typeset, typeset
from backstride.runtime.clock import utc_now
from backstride.runtime.paths import default_diary_location
from backstride.runtime.run_isolated import run_in_subprocess
from backstride.services.answers import Answers
from backstride.services.clinician_report import NOT_ANSWERED, Wanted, clinician_report
from backstride.services.day_start import today_for
from backstride.services.load_records import empty_diary_error

SECONDS_FOR_A_PDF = 30
MEMORY_MB_FOR_A_PDF = 2048
"""Of addresses, most of which are only mapped: typst needs some 60 MB."""
EARLIEST_BIRTH = 1900


def patient_from_env(name: str, birth_year: str, question: str) -> Patient:
    """Build the patient line of the report from what the person typed, on one line each.

    Raises:
        BadValue: the year is none in which they can have been born.
    """
    year = birth_year.strip()
    if year and not (year.isascii() and year.isdigit() and EARLIEST_BIRTH <= int(year) <= utc_now().year):
        raise BadValue("This is no year of birth.", advice="Write it with four digits, or leave it empty.")
    return Patient(_line(name, MAX_NAME_LENGTH), year, _line(question, MAX_QUESTION_LENGTH))


def _line(text: str, longest: int) -> str:
    """Without line breaks and without signs that cannot be printed."""
    shown = (" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
    return " ".join("".join(shown).split())[:longest].strip()


def clinician_pdf(report: ClinicianReport, *, paper: Paper) -> bytes:
    """Typeset the report as a PDF in the current language; the same report gives the same bytes.

    Raises:
        BadValue: what makes a PDF is not installed.
        WorkLost: it could not be made.
    """
    if not can_typeset():
        raise BadValue(
            "This server cannot make a PDF.",
            advice="Open the report as a page and print it, or install backstride with its extra pdf.",
        )
    given = to_typeset(clinician_sheet(report), day=report.made_on, paper=paper)
    return run_in_subprocess(
        typeset, given, timeout_s=SECONDS_FOR_A_PDF, memory_mb=MEMORY_MB_FOR_A_PDF, gives_way=False
    )


def write_clinician_report(
    path: Path,
    *,
    zone: ZoneInfo,
    wanted: Wanted,
    language: str,
    paper: Paper = "a4",
    with_answer: bool = True,
    diary: str | None = None,
    today: date | None = None,
) -> None:
    """Write the report on the diary's owner to `path`: a PDF where it ends so, else a page.

    Args:
        path: of the file; one that is there is replaced.
        zone: the person's own.
        wanted: what they want on it.
        language: a code of `LANGUAGES`.
        paper: the size of a PDF.
        with_answer: whether the answer is worked out where it is missing or out of date.
        diary: its path or URL; the person's own unless given.
        today: the local day; the clock's unless given.

    Raises:
        BadValue: a PDF is wanted, and what makes one is not installed.
        NotInDiary: the diary is still empty.
        DiaryError: it cannot be opened, or the file cannot be written.
    """
    if path.suffix.lower() not in {".pdf", ".html"}:
        raise BadValue(f"{path.name} is no name for a report.", advice="Let it end with .pdf or .html.")
    with open_store(diary or default_diary_location()) as store:
        report = owner_report(store, zone=zone, wanted=wanted, with_answer=with_answer, today=today)
    with speaking(language):
        is_pdf = path.suffix.lower() == ".pdf"
        made = clinician_pdf(report, paper=paper) if is_pdf else sheet_html(clinician_sheet(report)).encode()
    write_private(path, made)


def owner_report(
    store: Store, *, zone: ZoneInfo, wanted: Wanted, with_answer: bool, today: date | None = None
) -> ClinicianReport:
    """Gather the report on the diary's owner; the answer is waited for where it is wanted.

    Raises:
        NotInDiary: the diary is still empty.
        DiaryError: it could not be read.
    """
    book = store.diary(OWNER)
    if not book.entries():
        raise empty_diary_error(book.name)
    answered = NOT_ANSWERED
    if with_answer:
        answers = Answers(store)
        answers.answer(OWNER, zone=zone)
        answers.wait()
        answered = answers.answer(OWNER, zone=zone)
        answers.close()
    day = today or today_for(store, OWNER)
    return clinician_report(store, OWNER, today=day, zone=zone, answered=answered, wanted=wanted)
