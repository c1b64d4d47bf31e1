"""The answer in other languages: whatever the verdict, no sentence of it is left in English."""

import re

import pytest

from backstride.report import language
from backstride.report.page import page_sections
from backstride.report.terminal import summary


class Watched:
    """A catalogue that writes down what it does not have."""

    def __init__(self, code: str) -> None:
        self.true = language.catalogue(code)
        self.lacked: set[str] = set()
        self.given: set[str] = set()

    def gettext(self, sentence: str) -> str:
        """The translation; a sentence that was translated before is passed on."""
        told = self.true.gettext(sentence)
        if sentence not in self.true._catalog and sentence not in self.given:
            self.lacked.add(sentence)
        self.given.add(told)
        return told

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The same; a pair that is not there is asked for as two sentences."""
        return self.true.ngettext(one, many, count)


@pytest.mark.parametrize("code", [code for code in language.LANGUAGES if code != language.ENGLISH])
def test_the_whole_answer_is_translated(answer, code, monkeypatch):
    """Only fields alone, and doubts that no table knows, pass through as they are."""
    watched = Watched(code)
    monkeypatch.setattr(language, "catalogue", lambda _code: watched)
    with language.speaking(code):
        page_sections(answer)
        summary(answer)
    words = {s for s in watched.lacked if re.search("[a-z]", re.sub(r"\{.*?\}", "", s))}
    assert {w for w in words if "moon" not in w and "tides" not in w} == set()


def test_numbers_are_written_as_they_are_there(answer):
    """In German a comma stands before tenths, wherever a number comes from."""
    with language.speaking("de"):
        shown = re.sub(r"<[^>]+>", " ", str(page_sections(answer))) + summary(answer)
    assert re.findall(r"\S*\d\.\d{1,2}\b(?!\.)\S*", shown) == []
