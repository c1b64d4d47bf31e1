"""Where a long word may go on in the next line, for phones with large letters and browsers without syllables."""

import re
from functools import cache
from importlib.resources import files

SOFT_HYPHEN = "\u00ad"
LONG_WORD, MIN_LENGTH = 12, 10
"""A word of twelve letters is wider than a phone whose letters are twice as large; some of ten are, in a list."""
_PARTS = re.compile(
    rf"<(script|style|svg|textarea|title|select|code|pre)\b.*?</\1>|<[^>]*>|(?P<word>[^\W\d_]{{{MIN_LENGTH},}})",
    re.DOTALL,
)


def with_soft_hyphens(html: str) -> str:
    """Put soft hyphens into the long words of a page, not into its tags, drawings, fields and code."""
    return _PARTS.sub(_hyphenated, html)


def _hyphenated(found: re.Match[str]) -> str:
    word = found["word"]
    return found[0] if word is None else syllables().get(word, word)


@cache
def syllables() -> dict[str, str]:
    """Read every long word of the pages, in English and German, with a soft hyphen where it may be divided."""
    text = files("backstride.report").joinpath("languages/long_words.txt").read_text(encoding="utf-8")
    divided = (line.replace("-", SOFT_HYPHEN) for line in text.split())
    return {line.replace(SOFT_HYPHEN, ""): line for line in divided}
