"""Which letters the bytes of a table are: UTF-8, UTF-16, or one of the code pages that spreadsheets write.

A code page is told by the words that it gives: known headings and sports, and else words as people write them, of one
script and with capitals in front or throughout. Where nothing tells it, the text is read as Latin-1; a note says so.
"""

import codecs
import re
from typing import Final

from backstride.importers.sport_words import is_sport
from backstride.importers.tables import heading_words
from backstride.importers.tables.headings import plain

_CODE_PAGES: Final = {
    "cp1252": "Latin-1",
    "cp1250": "Central European (Windows-1250)",
    "cp1251": "Cyrillic (Windows-1251)",
    "koi8-r": "Cyrillic (KOI8-R)",
    "cp1253": "Greek (Windows-1253)",
    "cp932": "Japanese (Shift-JIS)",
}
"""In the order in which they are taken where two give words that are as good."""
_KNOWN: Final = frozenset(
    plain(word)
    for words in (
        heading_words.DATES, heading_words.TIMES, heading_words.MINUTES, heading_words.DISTANCES,
        heading_words.ACTIVITIES, heading_words.PAINS,
    )
    for word in words
    if not word.isascii()
)  # fmt: skip
_HEAD: Final = 16_384
_OF_A_KNOWN_WORD: Final = 5
_WORD: Final = re.compile(r"[^\W\d_]+")
_CELLS: Final = re.compile(r"[,;\t|\r\n\"]+")
_SIGNS: Final = frozenset("°–—‘’‚“”„…€·•×²³½¼¾µ§±«»\u00a0\u3000、。・：（）！？「」")
_SCRIPTS: Final = (
    ("latin", 0x00C0, 0x024F), ("greek", 0x0370, 0x03FF), ("cyrillic", 0x0400, 0x052F),
    ("east", 0x3005, 0x30FF), ("east", 0x4E00, 0x9FFF),
)  # fmt: skip


def text_of(content: bytes) -> tuple[str, str]:
    """Decode the bytes of a table, or of its beginning; also say how, where that is a guess.

    Returns:
        The text, and the code page that was taken for it; empty for UTF-8 and UTF-16.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace"), ""
    if (wide := utf_16_of(content)) is not None:
        return content.decode(wide, errors="replace"), ""
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        if error.end >= len(content) > error.start >= len(content) - 3:  # a head cut within a letter
            return content[: error.start].decode("utf-8-sig"), ""
    page = max(_CODE_PAGES, key=lambda one: _plausibility(content[:_HEAD], one))
    return content.decode(page, errors="replace"), _CODE_PAGES[page]


def utf_16_of(content: bytes) -> str | None:
    """Return how wide letters without a mark at the beginning are ordered; None where they are none.

    Figures, delimiters and line ends have a zero byte in UTF-16, whatever the language.
    """
    head = content[: _HEAD - _HEAD % 2]
    pairs = len(head) // 2
    first, second = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if pairs < 2 or 5 * max(first, second) < pairs or 20 * min(first, second) > max(first, second):
        return None
    return "utf-16-be" if first > second else "utf-16-le"


def _plausibility(head: bytes, page: str) -> float:
    """Return how much the words of a table look like words when read in a code page; -inf where they are none."""
    try:
        text = codecs.getincrementaldecoder(page)("strict").decode(head)
    except UnicodeDecodeError:
        return -1e9
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    score = float(sum(1 if _is_written_so(word) else -1 for word in words))
    score -= sum(not (letter.isascii() or letter.isalpha() or letter in _SIGNS) for letter in text)
    cells = {cell.strip() for cell in _CELLS.split(text) if not cell.isascii() and len(cell) <= 40}
    score += _OF_A_KNOWN_WORD * sum(
        plain(cell) in _KNOWN or is_sport(cell) for cell in cells if _is_one_script(cell)
    )
    return score


def _is_written_so(word: str) -> bool:
    """Whether a word is of one script, not of accented letters alone, and with no capital behind a small letter."""
    if not _is_one_script(word):
        return False
    if _script(word) == "latin" and len(word) > 2 and 3 * sum(map(str.isascii, word)) < len(word):
        return False
    return word in (word.lower(), word.upper(), word.capitalize()) or _script(word) == "east"


def _is_one_script(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    scripts = {_script(letter) for letter in letters}
    return len(scripts) == 1


def _script(text: str) -> str:
    """Return the script of the first letter; plain letters count as Latin."""
    code = ord(text[0])
    return next(
        (name for name, first, last in _SCRIPTS if first <= code <= last), "latin" if code < 0xC0 else "other"
    )
