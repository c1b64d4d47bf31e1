"""`backstride report`, as a person types it."""

import stat
from datetime import UTC, datetime, timedelta

import pytest

from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.core.scales import PainRating
from backstride.diary.opening import open_diary


@pytest.fixture
def diary(tmp_path, monkeypatch):
    """A diary of three mornings."""
    place = str(tmp_path / "diary.sqlite")
    monkeypatch.setenv("BACKSTRIDE_DIARY", place)
    now = datetime.now(UTC).replace(hour=7)
    told = tuple(
        CheckIn(moment=now - timedelta(days=n), pain=PainRating(3 + n), note=f"note {n}") for n in range(3)
    )
    with open_diary(place) as book:
        book.add(Records(told), source="test", now=now)
    return place


def test_a_page_is_written_that_only_its_owner_reads(backstride, diary, tmp_path):
    """With the name and the notes that were asked for."""
    out = tmp_path / "report.html"
    said = backstride(
        "report", "--out", out, "--name", "A. Person", "--born", "1980", "--notes", "--without-answer"
    )
    assert said.code == 0, said.err
    assert str(out) in said.out
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    text = out.read_text(encoding="utf-8")
    assert all(words in text for words in ("A. Person", "1980", "note 2"))
    assert "http" not in text.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "")


def test_too_few_mornings_are_told_in_place_of_an_answer(backstride, diary, tmp_path):
    """Three mornings give no answer, and the pages say why."""
    out = tmp_path / "report.html"
    assert backstride("report", "--out", out).code == 0
    assert "There is no answer yet." in out.read_text(encoding="utf-8")


def test_a_pdf_in_german(backstride, diary, tmp_path):
    """The name of the file says which kind it is."""
    out = tmp_path / "bericht.pdf"
    assert backstride("report", "--out", out, "--language", "de", "--without-answer").code == 0
    assert out.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("words", [("--out", "report.doc"), ("--born", "80")])
def test_what_cannot_be_is_refused(backstride, diary, words):
    """In a sentence, with code 2, and nothing is written."""
    said = backstride("report", *words)
    assert said.code == 2
    assert "Let it end with" in said.err or "four digits" in said.err
