"""The German by its own ear: the grade at which it reads, and words that this app does not use."""

import re

import pytest

from . import strings

MIN_WORDS = 60
"""Fewer words of a file are too few for a grade."""
VOWELS = re.compile(r"[aeiouyäöü]+")
NOT_USED = {
    "Passphrase": "Kennwort",
    "Check-in": "Eintrag",
    "lange Frist": "auf lange Sicht",
    "langen Frist": "auf lange Sicht",
    "aufheben": "speichern",
    "Aufgehoben": "Gespeichert",
    "mitgebracht": "importiert",
    "nicht erzählt": "kein Eintrag",
    "made-up": "Beispiel",
    "ließest": "lässt",
    "liefest": "läufst",
    "Lange Frist": "Auf lange Sicht",
    "Für die Saison": "Auf lange Sicht",
    "deine Launen": "warum du läufst",
    "Wettlauf": "Wettkampf",
    "Rechner": "Computer",
    "Gang": "Spaziergang",
    "neuerdings": "seit Kurzem",
    "zusammengeht": "einhergeht",
    "woanders": "anderswo",
    "Auf der Leiter": "Im Stufenplan",
    "mit Zweifel": "mit Skepsis",
    "begleitet Laufen": "geht Laufen einher mit",
    "Gib (?:die|den|eine) (?:Datei|Export|Tabelle)(?! an)": "Importiere",
    "auf vor allem deine": "vor allem auf deinen",
}
"""Words of this app's own making, or a second word for one thing, and what stands in their place."""


def german_of_files() -> dict[str, list[str]]:
    """Return the German sentences of each file that speaks, what is filled in as a number."""
    found: dict[str, list[str]] = {}
    for message in strings.catalogue("de"):
        if not message.id or not message.locations:
            continue
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        words = [re.sub(r"\{\w*\}", "7", one) for one in said]
        found.setdefault(message.locations[0][0], []).extend(words)
    return found


def grade(text: str) -> float:
    """Grade a text by the first Vienna formula (Bamberger and Vanecek 1984): the school year that reads it."""
    words = re.findall(r"[a-zäöüß]+", text.lower())
    count = max(len(re.findall(r"[.!?:](?:\s|$)", text)), 1)
    syllables = [len(VOWELS.findall(word)) for word in words]
    many = 100 * sum(number >= 3 for number in syllables) / len(words)
    one = 100 * sum(number == 1 for number in syllables) / len(words)
    long = 100 * sum(len(word) > 6 for word in words) / len(words)
    return 0.1935 * many + 0.1672 * len(words) / count + 0.1297 * long - 0.0327 * one - 0.875


def test_the_grade_knows_an_easy_text_from_a_hard_one():
    """Short words in short sentences are early school; an office's sentence is far above."""
    assert grade("Der Hund ist da. Er ist groß. Er will in den Wald.") < 3
    hard = "Die Inanspruchnahme medizinischer Versorgungsleistungen unterliegt Genehmigungsvorbehalten."
    assert grade(hard) > 15


def test_german_reads_at_school_grade_eight():
    """What each file says, taken together: a single sentence is too short for the formula."""
    texts = {
        name: " ".join(one if one.endswith((".", "?", "!", ":")) else one + "." for one in said)
        for name, said in german_of_files().items()
    }
    grades = {name: grade(text) for name, text in texts.items() if len(text.split()) >= MIN_WORDS}
    assert len(grades) > 40
    assert {name: round(its, 1) for name, its in grades.items() if its > 8.0} == {}


@pytest.mark.parametrize("word", NOT_USED)
def test_no_german_sentence_uses_a_house_word(word):
    """One word for one thing, and none that only the makers use."""
    used = [one for said in german_of_files().values() for one in said if re.search(rf"\b{word}", one)]
    assert used == []
