"""The bytes of a table become its header and its rows, whatever program wrote them.

Forgiven: any encoding of spreadsheets, any of four delimiters, blank lines, line ends of any system, quoted
line breaks, an unclosed quotation mark, lines beginning with # before the header.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Final

from backstride.errors import BadTable
from backstride.importers.base import Skipped
from backstride.importers.lookalikes import appearance
from backstride.importers.tables.encodings import text_of, utf_16_of

MAX_LINES: Final = 300_000
MAX_LINE_LENGTH: Final = 200_000
DELIMITERS: Final = (",", ";", "\t", "|")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_BEFORE_A_TAG: Final = b"\xef\xbb\xbf \t\r\n"
_BELOW_TITLE, _MIN_CELLS, _MAX_LINES_IN_ONE = 5, 2, 30
_DATE_PATTERN: Final = re.compile(
    r"\s*\((?=[^)]*[yj])[tdmyj]{1,4}(?:[.\-/ ][tdmyj]{1,4}){2}\)$", re.IGNORECASE
)
"""(TT.MM.JJJJ) behind the heading of a column of days."""
TITLE: Final = "title of the table"
"""Under this name the line above the headings stands among what a table says of itself."""
_STATEMENT = re.compile(r"#\s*(\w+)\s*[:=]\s*(.*)")


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, and the line of the file on which it begins."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it stands in the file.

    Attributes:
        name: the file's name.
        header: the first row, trimmed.
        rows: all others that hold anything.
        statements: what the lines before the header say, by name: `# zone: Europe/Berlin`.
        skipped: lines that are no row.
        notes: what was assumed on the way.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    statements: dict[str, str]
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()


def sheet_from_bytes(content: bytes, *, name: str) -> Sheet:
    """Parse the table in a file.

    Raises:
        BadTable: the file is empty, or is not text.
    """
    text, notes = _decoded(content, name)
    _refuse_what_nobody_typed(text, name)
    lines = list(StringIO(text, newline=""))
    first, statements = _before_header(lines)
    if first == len(lines):
        raise BadTable(
            f"{name} is empty.", advice="Save the table again; its first line must name the columns."
        )
    delimiter = _delimiter(_whole(lines[first:]))
    rows, skipped, torn = _rows(lines[first:], delimiter, first, name)
    if torn:
        notes = (
            *notes,
            (
                f"{name}: a quotation mark is never closed; each line was read as a row of its own. Close "
                "it, and import the table again."
            ),
        )
    if not rows:
        raise BadTable(f"{name} has no header.", advice="Its first line must name the columns.")
    header = tuple(_heading(cell) for cell in rows[0].cells)
    return Sheet(name, header, tuple(rows[1:]), statements, tuple(skipped), notes)


def _refuse_what_nobody_typed(text: str, name: str) -> None:
    if text.count("\n") > MAX_LINES or text.count("\r") > MAX_LINES:
        raise BadTable(
            f"{name} has more than {MAX_LINES:,} lines.",
            advice="A line for each run or morning is enough; give a table of those.",
        )
    if any(len(line) > MAX_LINE_LENGTH for line in text.splitlines()):
        raise BadTable(
            f"{name} has a line of more than {MAX_LINE_LENGTH:,} letters, as no table of runs has.",
            advice="Save the table again, or leave it out.",
        )


def looks_like_text(head: bytes) -> bool:
    """Whether a file that begins so is text in any encoding that we read."""
    if _is_no_table(head):
        return False
    text, _ = _text(head)
    return bool(text.strip()) and not _is_binary(text)


def _is_no_table(head: bytes) -> bool:
    """Whether a file is XML, or binary: a byte or two tell it, and guessing the letters takes long."""
    if head.lstrip(_BEFORE_A_TAG).startswith(b"<"):
        return True
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or utf_16_of(head) is not None
    return b"\x00" in head and not is_wide


def first_line(head: bytes) -> tuple[str, ...]:
    """Return the header of a table from its first bytes, read leniently."""
    lines = list(StringIO(_text(head)[0], newline=""))
    first, _ = _before_header(lines)
    if first == len(lines):
        return ()
    header = _whole(lines[first:])
    if header == lines[first]:
        return tuple(cell.strip(' "\r\n') for cell in header.split(_delimiter(header)))
    cells = next(csv.reader(StringIO(header, newline=""), delimiter=_delimiter(header)), [])
    return tuple(map(_heading, cells))


def _whole(lines: Sequence[str]) -> str:
    """Return the first row with its line breaks in quotes; the first line alone where a quotation stays open."""
    text = ""
    for line in lines[:_MAX_LINES_IN_ONE]:
        text += line
        if text.count('"') % 2 == 0:
            return text
    return lines[0]


def _heading(cell: str) -> str:
    """Return a heading in one line, without the pattern of a date that stands behind it."""
    text = " ".join(cell.split()) if "\n" in cell or "\r" in cell else cell.strip()
    return _DATE_PATTERN.sub("", text) or text


def _is_binary(text: str) -> bool:
    """Return whether text has more control characters than a typing error explains."""
    return "\x00" in text or 100 * len(_CONTROL.findall(text)) > len(text)


def _decoded(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    text, notes = _text(content)
    if _is_binary(text):
        what, _ = appearance(content)
        raise BadTable(
            f"{name} is no table: it looks like {what}.",
            advice="Open it in the program that made it, save the table as CSV, and give that.",
        )
    return text, tuple(f"{name}: {note}" for note in notes)


def _text(content: bytes) -> tuple[str, tuple[str, ...]]:
    text, guessed = text_of(content)
    return text, (
        f"read as {guessed} text, since it is not UTF-8; look whether its accented letters are right.",
    ) * bool(guessed)


def _before_header(lines: list[str]) -> tuple[int, dict[str, str]]:
    """Return the index of the header line, and the statements in the lines before it."""
    statements: dict[str, str] = {}
    for i, line in enumerate(lines):
        bare = line.strip().strip(",;|\t").strip('"')
        if bare.startswith("#"):
            if said := _STATEMENT.fullmatch(bare):
                statements[said[1].lower()] = said[2].strip()
            continue
        says_nothing = not bare or bare.lower().startswith("sep=")
        is_broken = not says_nothing and _whole(lines[i:]) != line
        if is_broken or (not says_nothing and not _is_title(bare, lines[i + 1 : i + 1 + _BELOW_TITLE])):
            return i, statements
        if not says_nothing:
            statements.setdefault(TITLE, bare)
    return len(lines), statements


def _is_title(bare: str, below: list[str]) -> bool:
    """Whether a line is the name of the whole table: one cell alone, and below it a line of two or more."""
    following = next((line for line in below if max(map(line.strip().strip(",;|\t").count, DELIMITERS))), "")
    delimiter = _delimiter(following)
    cells = [cell for cell in following.split(delimiter) if cell.strip()]
    alone = not any(sign in bare for sign in (delimiter, ";", "|", "\t"))
    return alone and len(cells) >= _MIN_CELLS and not following.strip(' "')[:1].isdigit()


def _delimiter(header: str) -> str:
    outside_quotes = re.sub(r'"[^"]*"', "", header)
    return max(DELIMITERS, key=outside_quotes.count)


def _rows(lines: list[str], delimiter: str, before: int, name: str) -> tuple[list[Row], list[Skipped], bool]:
    """All rows, the lines that are none, and whether a quotation mark is never closed."""
    try:
        return list(_parsed(lines, delimiter, before, blanks=_blanks_after(lines, delimiter))), [], False
    except csv.Error:
        rows: list[Row] = []
        skipped: list[Skipped] = []
        for i, line in enumerate(lines):
            try:
                rows += _parsed([line], delimiter, before + i, blanks=True)
            except csv.Error:
                why = "Its quotation marks do not pair. Correct them, or take them out."
                skipped.append(Skipped(f"{name} line {before + i + 1}", why))
        return rows, skipped, True


def _blanks_after(lines: list[str], delimiter: str) -> bool:
    """Whether the file puts a blank after each delimiter; else a blank there is part of what a person wrote."""
    return f"{delimiter} " in lines[0] or any(f'{delimiter} "' in line for line in lines)


def _parsed(lines: list[str], delimiter: str, before: int, *, blanks: bool) -> Iterator[Row]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=blanks)
    begins = before + 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield Row(begins, tuple(cells))
        begins = before + 1 + reader.line_num
