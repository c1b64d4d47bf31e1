"""Which numbers a sentence says, in digits or in words; for the test that each of them has its row."""

import re
from decimal import Decimal

DIGITS = re.compile(r"(?<![\w.,])[-\u2212]?\d+(?:[.,]\d+)*")
FROM_TWO = "two three four five six seven eight nine ten eleven twelve"
VON_ZWEI = "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf"
ENGLISH = {
    **{word: str(n) for n, word in enumerate(FROM_TWO.split(), 2)},
    "once": "1",
    "twice": "2",
    "half": "0.5",
    "third": "0.33",
    "quarter": "0.25",
    "dozen": "12",
}
GERMAN = {
    **{word: str(n) for n, word in enumerate(VON_ZWEI.split(), 2)},
    "einmal": "1",
    "zweimal": "2",
    "siebenmal": "7",
    "halb": "0.5",
    "halbe": "0.5",
    "hälfte": "0.5",
    "drittel": "0.33",
    "viertel": "0.25",
    "dutzend": "12",
}
WORDS = {"en": ENGLISH, "de": GERMAN}
ONE = {
    "en": re.compile(r"\bone (?:small trial|running trial|unit)\b", re.IGNORECASE),
    "de": re.compile(r"\b(?:eine (?:kleine Studie|Laufstudie))\b", re.IGNORECASE),
}
"""Where "one" counts; elsewhere it stands for somebody, or for a thing named before."""
_NO_NUMBER = re.compile(r"0-10|0 bis 10")


def numbers_said(text: str, language: str) -> set[Decimal]:
    """Every number of a sentence; a half is 0.5, and a third 0.33."""
    text = _NO_NUMBER.sub("", text)
    found = {_value(digits, language) for digits in DIGITS.findall(text)}
    words = re.findall(r"[a-zäöüß]+", text.lower())
    found |= {Decimal(WORDS[language][word]) for word in words if word in WORDS[language]}
    return found | ({Decimal(1)} if ONE[language].search(text) else set())


def _value(digits: str, language: str) -> Decimal:
    point, group = (".", ",") if language == "en" else (",", ".")
    return Decimal(digits.replace("\u2212", "-").replace(group, "").replace(point, "."))


def is_carried(number: Decimal, rows: frozenset[Decimal] | set[Decimal]) -> bool:
    """Whether a row holds the number, its sign aside, or one that rounds to it."""
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    step = Decimal(1).scaleb(exponent)
    return any(abs(row).quantize(step) == abs(number) for row in rows)
