"""The report as a PDF: tagged, in its own font, on two pages, and the same bytes for the same records."""

import re
import unicodedata
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest

from backstride.report.clinician import Patient
from backstride.report.clinician_sheet import clinician_sheet
from backstride.report.language import LANGUAGES, speaking
from backstride.report.sheet_pdf import PAPERS, PRINTED, to_typeset, typeset

from .clinician_cases import a_crowded_report, a_report, an_empty_report

MAX_BYTES = 150_000
MIN_PT = 9.0


def made(report, *, language="en", paper="a4") -> bytes:
    """The PDF of a report."""
    with speaking(language):
        return typeset(to_typeset(clinician_sheet(report), day=report.made_on, paper=paper))


@pytest.fixture(scope="module")
def full():
    """Everything that a report can hold, as a crowd."""
    from .conftest import ANSWERS

    return a_crowded_report(ANSWERS["made-up"]())


def opened(data: bytes) -> pikepdf.Pdf:
    """The PDF to look into."""
    return pikepdf.open(BytesIO(data))


def elements(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """Every element of the structure tree."""
    found, waiting = [], [pdf.Root.StructTreeRoot]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting += list(one)
        elif isinstance(one, pikepdf.Dictionary):
            if "/S" in one:
                found.append(one)
            if "/K" in one:
                waiting.append(one.K)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", PAPERS)
def test_it_takes_two_pages_whatever_is_in_it(full, language, paper):
    """Crowded or empty, in each language and on each paper, and it stays small."""
    for report in (full, an_empty_report()):
        data = made(report, language=language, paper=paper)
        assert len(opened(data).pages) == 2
        assert len(data) <= MAX_BYTES


def test_the_paper_is_the_one_that_was_chosen():
    """A4 is 595 points wide, US Letter 612."""
    wide = []
    for paper in PAPERS:
        with opened(made(a_report(), paper=paper)) as pdf:
            wide.append(round(float(pdf.pages[0].mediabox[2])))
    assert wide == [595, 612]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_tagged_and_says_what_it_is(language):
    """Title, language, the mark of PDF/UA-1, headings, tables with heads, lists, and a picture told in words."""
    pdf = opened(made(a_report(), language=language))
    tags = {str(one.S) for one in elements(pdf)}
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/LI", "/Figure", "/P"} <= tags
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang) == language
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"]
    told = [str(one.Alt) for one in elements(pdf) if one.S == "/Figure"]
    assert [len(re.findall(r"\d", one)) > 20 for one in told] == [True]


def test_no_text_is_smaller_than_nine_points(full):
    """Every size of font that a page sets, drawings included."""
    sizes = set()
    for page in opened(made(full)).pages:
        scales = [1.0]
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "q":
                scales.append(scales[-1])
            elif str(operator) == "Q":
                scales.pop()
            elif str(operator) == "cm":
                scales[-1] *= abs(float(operands[0]))
            elif str(operator) == "Tf":
                sizes.add(round(scales[-1] * float(operands[1]), 2))
        sizes |= _sizes_of_drawings(page)
    assert min(sizes) >= MIN_PT


def _sizes_of_drawings(page) -> set[float]:
    """Drawings must bring their sizes to the page itself, or none at all."""
    forms = page.resources.get("/XObject", {})
    found = set()
    for form in forms.values():
        for operands, operator in pikepdf.parse_content_stream(form):
            if str(operator) == "Tf":
                found.add(float(operands[1]))
    return found


def test_all_fonts_are_in_it():
    """No other font than the one that is shipped, and that one embedded."""
    pdf = opened(made(a_report()))
    fonts = {str(font.BaseFont) for page in pdf.pages for font in page.resources.Font.values()}
    assert {name.partition("+")[2] for name in fonts} == {"NotoSans-Regular", "NotoSans-Bold"}


def test_the_same_records_give_the_same_bytes():
    """Made twice it is the same file; of another day it is not, and bears that day."""
    once, again = made(a_report()), made(a_report())
    later = made(replace(a_report(), made_on=a_report().made_on + timedelta(days=1)))
    assert once == again
    assert once != later
    with opened(once) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20260520")


def test_what_a_person_wrote_is_no_markup():
    """A name that would be code in the typesetter is printed as it stands."""
    hostile = '#panic("x") *bold* $x$ <tag> @ref \\ `raw` // gone'
    report = replace(a_report(), patient=Patient(hostile, "", hostile))
    assert len(opened(made(report)).pages) == 2


def test_signs_that_the_font_lacks_become_question_marks():
    """A name in other letters is made all the same, and what cannot be printed shows that it was there."""
    sheet = clinician_sheet(
        replace(a_report(), patient=Patient("Łukasz Ω Ж \N{CJK UNIFIED IDEOGRAPH-4E2D}\N{GRINNING FACE}\x07"))
    )
    given = to_typeset(sheet, day=a_report().made_on, paper="a4")
    assert "Łukasz Ω Ж ???" in given.sheet
    assert typeset(given).startswith(b"%PDF")


def test_every_sign_that_is_let_through_can_be_printed():
    """The blocks that are named are those of the font, regular and bold: PDF/UA-1 refuses a sign without a glyph."""
    signs = (chr(code) for first, last in PRINTED for code in range(first, last + 1))
    known = "".join(sign for sign in signs if unicodedata.category(sign) not in {"Cn", "Cc"})
    report = replace(a_report(), patient=Patient(name=known[:1500], question=known))
    assert made(report).startswith(b"%PDF")
