"""The sentences themselves, every one that a page may ever show: short words, and none that has no place here."""

import re

from tests.report.reading import forbidden, grade, sentences

from . import strings

MIN_WORDS = 5
"""Fewer are a label or a name, of which no grade can be told."""
NEVER = (
    "diagnos",
    r"\btreat",
    "prevent",
    "rehab",
    r"\bheal(s|ed|ing)?\b",
    "safe for you",
    "guarantee",
    "congrat",
)


def every_sentence() -> list[str]:
    """Each of the catalogue, one and many apart; what is filled in counts as a number."""
    found = (one for said in strings.sentences() for one in ((said,) if isinstance(said, str) else said))
    return [re.sub(r"\{\w*\}", "7", one) for one in found]


def is_prose(text: str) -> bool:
    """Whether it has words enough, and more of them than numbers."""
    words = re.findall(r"[a-z']+", text.lower())
    return len(words) >= MIN_WORDS and len(words) > len(re.findall(r"\d+", text))


def test_every_sentence_reads_at_school_grade_eight():
    """Of code, templates and tables, whether a test shows it on a page or not."""
    grades = {text: grade(sentences(text)) for text in every_sentence() if is_prose(text)}
    assert len(grades) > 400
    assert {text: round(its, 1) for text, its in grades.items() if its > 8.0} == {}


def test_no_sentence_says_what_a_diary_must_not_say():
    """No promise, no verdict on a body, no scolding and no praise."""
    found = {text: forbidden(text) for text in every_sentence()}
    found |= {
        text: [word for word in NEVER if re.search(word, text.lower())] for text in found if not found[text]
    }
    assert {text: words for text, words in found.items() if words} == {}


HOUSE_WORDS = (
    r"\btold of\b",
    r"\btell of (pain|your|a flare)",
    r"\bbrought\b(?! twice)",
    r"\bmornings come with\b",
    r"\bhang(s)? on\b",
    r"\bas likely as not\b",
    r"\bborne out\b",
    r"\bbear (it )?out\b",
    r"\bof late\b",
    r"\bmade[- ]up (diar|person in)",
    r"\bgive or take a hair\b",
    r"\bwhims?\b",
    r"\bmere chance\b",
    r"\bnewly\b",
    r"\bwhom to\b",
    r"\bfor whom\b",
    r"\bleans on\b",
    r"\bno step goes up\b",
    r"\bstands? first\b",
    r"\beach look\b",
    r"\bthe page (plan|answer|today|calendar)\b",
    r"\bin english alone\b",
    r"\banew\b",
    r"\bthrow it away\b",
    r"\bmade[- ]up\b",
    r"\bwould tell\b",
    r"\balong one line\b",
    r"\bwhich proves nothing\b",
    r"\bclaim by claim\b",
    r"\bform goes\b",
    r"\bon the ladder\b",
    r"\bas it fell\b",
    r"\d %",
)
"""Words of ours that nobody says: of a translator's English, or of this project alone."""


def test_no_sentence_uses_a_house_word():
    """Every sentence is written as a public health service would write it."""
    found = {
        text: [word for word in HOUSE_WORDS if re.search(word, text.lower())] for text in every_sentence()
    }
    assert {text: words for text, words in found.items() if words} == {}
