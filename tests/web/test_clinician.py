"""The report for a clinician in the app: a form whose words are kept nowhere, and two pages."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.core.scales import PainRating
from backstride.diary.schema import OWNER
from backstride.report.sheet import Field, Section, Sheet
from backstride.report.sheet_html import sheet_html
from backstride.report.table import Table
from backstride.web import clinician

CANARY = "Zebulon Quartermain"


@pytest.fixture
def noted(site):
    """A diary with a note of yesterday."""
    moment = datetime.now(UTC).replace(hour=7, minute=0) - timedelta(days=1)
    told = CheckIn(moment=moment, pain=PainRating(3), note="Sharp into the calf")
    site.store.diary(OWNER).add(Records((told,)), source="test", now=moment)
    return moment.date()


def test_the_two_pages_hold_what_was_written_and_ticked(owner, noted):
    """Name, year, question and a ticked note; without a tick the note is not there."""
    told = {"name": CANARY, "born": "1980", "ask": "May I run?", "safety": "yes"}
    page = owner.post("/report/clinician", {**told, "note": str(noted)})
    assert page.status_code == 200
    assert all(words in page.text for words in (CANARY, "1980", "May I run?", "Sharp into the calf"))
    assert "Sharp into the calf" not in owner.post("/report/clinician", told).text


def test_nothing_that_was_written_is_kept(owner, noted, tmp_path):
    """No byte of the name is in the folder of the diary, and the form is empty again."""
    owner.post("/report/clinician", {"name": CANARY})
    assert CANARY not in owner.get("/report/clinician").text
    assert [
        file for file in tmp_path.rglob("*") if file.is_file() and CANARY.encode() in file.read_bytes()
    ] == []


def test_the_safety_answers_are_shown_only_where_ticked(owner, noted):
    """A box that is not ticked sends nothing."""
    assert "Safety questions" in owner.post("/report/clinician", {"safety": "yes"}).text
    assert "Safety questions" not in owner.post("/report/clinician").text


def test_the_pdf_is_made_in_a_process_of_its_own(owner, noted, monkeypatch):
    """The answer is a PDF to save, and no typesetter was loaded into this process to make it."""
    asked = []
    real = clinician.clinician_pdf
    monkeypatch.setattr(clinician, "clinician_pdf", lambda *a, **k: asked.append(k) or real(*a, **k))
    reply = owner.post("/report/clinician", {"as": "pdf", "paper": "us-letter"})
    assert reply.headers["content-type"] == "application/pdf"
    assert reply.content.startswith(b"%PDF-1.7")
    assert "attachment" in reply.headers["content-disposition"]
    assert asked == [{"paper": "us-letter"}]


def test_without_typst_there_is_no_button_and_a_sentence(owner, noted, monkeypatch):
    """Whoever installs it small can still print the page."""
    monkeypatch.setattr(clinician, "can_typeset", lambda: False)
    monkeypatch.setattr("backstride.services.clinician_file.can_typeset", lambda: False)
    page = owner.get("/report/clinician").text
    assert 'value="pdf"' not in page
    assert "This server cannot make PDFs." in page
    refused = owner.post("/report/clinician", {"as": "pdf"})
    assert refused.status_code == 400
    assert "print it" in refused.text


def test_a_year_that_cannot_be_is_told(owner, noted):
    """In a sentence, and nothing is made."""
    reply = owner.post("/report/clinician", {"born": "80"})
    assert reply.status_code == 400
    assert "four digits" in reply.text


def test_an_empty_diary_has_no_report(owner):
    """There is nothing to tell, and the page says so."""
    assert "The diary is still empty." in owner.get("/report/clinician").text
    assert owner.post("/report/clinician").status_code == 404


def test_the_made_up_person_is_told_as_one(owner):
    """On paper a simulated person must not pass for a real one."""
    owner.post("/example/show")
    page = owner.post("/report/clinician").text
    assert "Example data. Nothing here is from a real patient." in page


def test_the_page_runs_no_script_and_asks_for_nothing_outside(owner, noted):
    """A style sheet and an icon of ours are all that it needs."""
    page = owner.post("/report/clinician").text
    assert "<script" not in page
    assert set(re.findall(r'(?:href|src)="([^"]+)"', page)) == {
        "/static/sheet.css",
        "/static/icon.svg",
        "/report/clinician",
    }
    assert owner.get("/static/sheet.css").status_code == 200


BROKEN_WORDS = """() => [...document.querySelectorAll("td")].filter(cell => {
  Object.assign(cell.style, { width: "min-content", overflowWrap: "normal" });
  const needed = cell.offsetWidth;
  cell.removeAttribute("style");
  return needed > cell.clientWidth + 1;
}).map(cell => cell.textContent)"""


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_no_cell_breaks_inside_a_word(visit, width):
    """The cells of a row stand below its name, each wide enough for its longest word in German."""
    rows = (("Beweglichkeit", "5,3 (3 Bewertungen)", "4,1 (12 Bewertungen)", "-1,2"),)
    table = Table("Bewertungen", ("Bewertung", "Erste 4 Wochen", "Letzte 4 Wochen", "Wandel"), rows)
    pages = ((Section("Bewertungen neben dem Schmerz", (table,)),),)
    sheet = Sheet("Bericht", "", "", (Field("Name", ""),), pages, "", "{n}/{all}")
    page = visit(viewport={"width": width, "height": 844})
    page.set_content(sheet_html(sheet))
    assert page.evaluate(BROKEN_WORDS) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.get_by_role("cell").count() == 3
