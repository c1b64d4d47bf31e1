"""Sentences that the layers below made in English, in the reader's language.

They were filled in where something was found: "runs.csv line 7: A rating of 11 is not on the scale 0 to 10." The
catalogue holds them with numbered fields, "A rating of {0} is not on the scale {1} to {2}."; what they were filled
with is found again by what stands between.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from backstride.report.language import ENGLISH, _, language, written

MAX_LENGTH = 1000
"""A longer text is a list more than a sentence, and stays as it is."""
MAX_SENTENCES = 12
"""No text of ours has more; one that was made to take long may."""
_FIELD = re.compile(r"\{\d+\}")
_AFTER_SENTENCE = re.compile(r"(?<=[.?]) (?=\S)")
_SENTENCES = re.compile(r"[.?] [A-Z]")
_PLACE = re.compile(r"(.+ )?(line|session) (\d+)(\)?)", re.DOTALL)


def translate_message(said: str) -> str:
    """Translate known sentences into the reader's language; an unknown one stays English."""
    if language() == ENGLISH or len(said) > MAX_LENGTH:
        return said
    return _known(language(), said) or said


@lru_cache(maxsize=4096)
def _known(code: str, said: str) -> str | None:
    """All of it in the language that is spoken, whose code is given; None where a part is not known."""
    return _one(code, said) or _several(code, said) or _after_location(code, said)


def _several(code: str, said: str) -> str | None:
    ends = tuple(_AFTER_SENTENCE.finditer(said))
    for end in ends if len(ends) <= MAX_SENTENCES else ():
        first = _one(code, said[: end.start()]) or _after_location(code, said[: end.start()])
        others = _known(code, said[end.end() :]) if first else None
        if others:
            return f"{first} {others}"
    return None


def _after_location(code: str, said: str) -> str | None:
    """As in "runs.csv line 7: It has no time."."""
    place, colon, rest = said.partition(": ")
    if not colon or "," in place or _SENTENCES.search(place):
        return None  # a sentence that is not known, more likely than the name of a file
    translated = _known(code, rest)
    return f"{place_words(place)}: {translated}" if translated else None


def place_words(place: str) -> str:
    """Translate the name of a place in a file, as in "runs.csv line 7".

    Args:
        place: as it was written in English.
    """
    before, colon, rest = place.partition(": ")
    if colon:  # as in "For example: runs.csv line 7"
        return f"{_(before)}: {place_words(rest)}"
    found = _PLACE.fullmatch(place)
    return f"{found[1] or ''}{_(found[2])} {found[3]}{found[4]}" if found else _(place)


def _one(code: str, said: str) -> str | None:
    """One sentence, with or without the stop at its end."""
    for text, stop in ((said, ""), (said.removesuffix("."), ".")):
        if (whole := _(text)) != text:
            return whole + stop
        for literals, translation in _open(code):
            filled = _between(literals, text)
            if filled is not None:
                return (
                    translation.format(*(_known(code, each) or place_words(each) for each in filled)) + stop
                )
    return None


@cache
def _open(code: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Every sentence with fields: what stands between them, and its translation; the wordiest first."""
    pairs = ((str(message.id), message.string) for message in written(code))
    found = [
        (tuple(_FIELD.split(source)), str(translation))
        for source, translation in pairs
        if _FIELD.search(source) and translation
    ]
    return tuple(sorted(found, key=lambda one: -sum(map(len, one[0]))))


def _between(literals: Sequence[str], said: str) -> list[str] | None:
    """Return the texts between `literals`, each matched at its first place; None where one is missing.

    Nothing is tried twice, so that no text, however odd, takes long.
    """
    if not said.startswith(literals[0]) or not said.endswith(literals[-1]):
        return None
    at, end, found = len(literals[0]), len(said) - len(literals[-1]), []
    for literal in literals[1:-1]:
        here = said.find(literal, at, end)
        if here < 0:
            return None
        found.append(said[at:here])
        at = here + len(literal)
    found.append(said[at:end])
    return found if at <= end and not any(map(_SENTENCES.search, found)) else None
