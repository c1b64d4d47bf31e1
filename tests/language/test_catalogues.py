"""Every sentence is there in every language: with its fields, in the voice of a diary, and without forgotten ones."""

import re
from html.parser import HTMLParser
from string import Formatter

import pytest

from backstride.answer.design import MIN_RATINGS, MIN_RUNS
from backstride.report.language import ENGLISH, LANGUAGES

from . import strings

CODES = [code for code in LANGUAGES if code != ENGLISH]
FORBIDDEN = {
    "de": (
        "diagnos", "behandl", "therap", "heil(t|en|ung)", "sicher zu laufen", "unnormal", "abnormal", "anormal",
        "deine bandscheibe", "toll gemacht", "gut gemacht", "weiter so", "du solltest", "du musst", "ziel verfehlt",
        "klinisch bewiesen", "serie",
    ),
}  # fmt: skip
SPOKEN_TO_A_PROVIDER = "What do you think? (please tick)"
SCRIPTED = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
FILLED = re.compile(r"\{\{.*?\}\}", re.DOTALL)
NOT_TRANSLATED = {"backstride", "backstride restore", "km", "kg", "lb", "cm", "s"}


def told(code: str) -> dict[str | tuple[str, str], tuple[str, ...]]:
    """What each sentence is in a language; a plural has several."""
    found = {}
    for message in strings.catalogue(code):
        if message.id:
            texts = message.string if isinstance(message.string, tuple) else (message.string,)
            found[message.id] = () if message.fuzzy else texts
    return found


def fields(text: str) -> set[str]:
    """The names of the fields that a sentence leaves open."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("code", CODES)
def test_every_sentence_has_a_translation(code):
    """Each that code, templates and tables say; `make words` writes the missing ones into the catalogue."""
    there = told(code)
    missing = [(place, s) for s, place in strings.sentences().items() if not all(there.get(s) or [""])]
    assert missing == []


@pytest.mark.parametrize("code", CODES)
def test_no_translation_is_left_behind(code):
    """What nobody says any more is not kept."""
    assert set(told(code)) - set(strings.sentences()) == set()


@pytest.mark.parametrize("code", CODES)
def test_fields_agree(code):
    """A translation fills in what the sentence fills in, no more; of a plural the last form has all of them."""
    wrong = []
    for source, texts in told(code).items():
        wanted = fields(source if isinstance(source, str) else source[1])
        wrong += [text for text in texts if text and not fields(text) <= wanted]
        wrong += [source for text in texts[-1:] if text and fields(text) != wanted]
    assert wrong == []


@pytest.mark.parametrize("code", CODES)
def test_spaces_at_the_ends_agree(code):
    """Sentences that are put side by side do not run into each other."""
    wrong = [
        source
        for source, texts in told(code).items()
        if isinstance(source, str) and texts and texts[0]
        if (source[0] == " ", source[-1] == " ") != (texts[0][0] == " ", texts[0][-1] == " ")
    ]
    assert wrong == []


@pytest.mark.parametrize("code", CODES)
def test_words_that_must_not_be_said_are_not(code):
    """What is forbidden in English is forbidden in each language."""
    found = [
        (word, text)
        for source, texts in told(code).items()
        for text in texts
        for word in FORBIDDEN[code]
        if source != SPOKEN_TO_A_PROVIDER and re.search(word, text.lower())
    ]
    assert found == []


def test_german_says_du():
    """A capital Sie that addresses somebody is found by its verb; the diary says du."""
    polite = re.compile(r"\b(Sie|Ihnen|Ihre?[mnrs]?)\b")
    inside = [
        text
        for source, texts in told("de").items()
        for text in texts
        if source != SPOKEN_TO_A_PROVIDER
        and polite.search(re.sub(r"(^|[.:?!“„(] ?|\|\| )(Sie|Ihre?)\b", "", text))
    ]
    assert inside == []


class _Texts(HTMLParser):
    """The texts of a template outside of its fields, and those of attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        self.found.append(data)

    def handle_starttag(self, tag, attrs) -> None:  # noqa: ARG002 - the parser gives it
        """Attributes that a person hears or sees."""
        self.found += [
            value or "" for name, value in attrs if name in ("aria-label", "title", "alt", "placeholder")
        ]


@pytest.mark.parametrize("path", sorted(strings.SOURCE.rglob("templates/*.html")), ids=lambda path: path.name)
def test_no_template_speaks_outside_of_the_catalogue(path):
    """Every word of a page is in `_()`, but for names and units."""
    parser = _Texts()
    parser.feed(FILLED.sub(" ", SCRIPTED.sub(" ", path.read_text(encoding="utf-8"))))
    words = {word for text in parser.found for word in re.split(r"[^\w ]+", text)}
    spoken = {word.strip() for word in words if re.search(r"[A-Za-z]{2,}", word)}
    assert spoken - NOT_TRANSLATED == set()


@pytest.mark.parametrize("code", CODES)
def test_what_a_first_answer_takes_has_the_numbers_of_its_rule(code):
    """Rated mornings and run days, wherever a page names both, in English and in the other language."""
    needs = re.compile(r"\b\d+ mornings with a rating and \d+ days with a run")
    said = {said: there for said, there in told(code).items() if isinstance(said, str) and needs.search(said)}
    assert len(said) >= 2
    for texts in ((english, *there) for english, there in said.items()):
        assert all({str(MIN_RATINGS), str(MIN_RUNS)} <= set(re.findall(r"\d+", text)) for text in texts)
