"""The seam for other languages: every sentence a person reads passes through `_`.

English stands in the source. Another language is a catalogue beside this file, `languages/de.po`; a sentence that it
lacks is shown in English.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

ENGLISH = "en"
LANGUAGES = {ENGLISH: "English", "de": "Deutsch"}
"""By code, each in its own words."""
LOCALES = {ENGLISH: "en_GB", "de": "de_DE"}
"""How dates and numbers are written in each."""

_spoken: ContextVar[str] = ContextVar("language", default=ENGLISH)


def _(sentence: str) -> str:
    """Translate a sentence into the reader's language."""
    if not sentence or language() == ENGLISH:
        return sentence
    return catalogue(language()).gettext(sentence)


def plural(count: int, one: str, many: str) -> str:
    """`one` or `many` in the reader's language, as the count and the language ask."""
    if language() == ENGLISH:
        return one if count == 1 else many
    translated = catalogue(language()).ngettext(one, many, count)
    return (
        _(translated) if translated in (one, many) else translated
    )  # a pair of a table is there as two sentences


def language() -> str:
    """Return the code of the reader's language."""
    return _spoken.get()


def locale() -> str:
    """Return the locale by which dates and numbers are formatted for the reader."""
    return LOCALES[language()]


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak a language until the block ends; one that is not known is English."""
    before = _spoken.set(code if code in LANGUAGES else ENGLISH)
    try:
        yield
    finally:
        _spoken.reset(before)


def preferred(accepted: str) -> str:
    """Negotiate our best language for an Accept-Language header (RFC 9110, 12.5.4): "de-AT,de;q=0.9,en;q=0.5"."""
    wished: list[tuple[float, str]] = []
    for part in accepted[:500].split(","):
        tag, _sep, weight = part.strip().partition(";q=")
        code = tag.strip().lower().partition("-")[0]
        if code in LANGUAGES and (share := _share(weight)) > 0:
            wished.append((share, code))
    return max(wished, key=lambda wish: wish[0])[1] if wished else ENGLISH


def _share(weight: str) -> float:
    if not weight:
        return 1.0
    digits = weight.strip()
    return float(digits) if digits.replace(".", "", 1).isdecimal() else 0.0


@cache
def catalogue(code: str) -> GNUTranslations:
    """Load the translations of a language, compiled from its catalogue."""
    # loaded only where a language other than English is spoken
    from babel.messages.mofile import write_mo  # noqa: PLC0415

    compiled = BytesIO()
    write_mo(compiled, written(code))
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def written(code: str) -> "Catalog":
    """Load the catalogue of a language as it stands in its file."""
    from babel.messages.pofile import read_po  # noqa: PLC0415

    text = files("backstride.report").joinpath("languages", f"{code}.po").read_bytes()
    return read_po(BytesIO(text), locale=code)
