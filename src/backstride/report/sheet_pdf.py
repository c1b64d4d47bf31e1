"""A report for paper as a tagged PDF (PDF/UA-1), typeset by typst with the font that is shipped here.

The same sheet and day give the same bytes: no clock, no font and no path of the machine has a part in it.
"""

import json
import re
import unicodedata
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from importlib.resources import as_file, files
from importlib.util import find_spec
from typing import Any, Final, Literal

from backstride.errors import WorkLost
from backstride.report.amounts import MINUS
from backstride.report.language import language
from backstride.report.sheet import Box, Chart, Figures, Part, Points, Section, Sentences, Sheet, Ticks
from backstride.report.table import Table

Paper = Literal["a4", "us-letter"]
PAPERS: tuple[Paper, ...] = ("a4", "us-letter")
KINDS: dict[type, str] = {
    Figures: "figures",
    Sentences: "sentences",
    Points: "points",
    Box: "box",
    Ticks: "ticks",
    Table: "table",
}
STANDARD: Final = "ua-1"
UNKNOWN = "?"
INSTEAD = {MINUS: "\N{EN DASH}"}
"""The font has no minus sign; an en dash is as wide as its plus."""
PRINTED = (
    *((0x20, 0x7E), (0xA0, 0x24F), (0x370, 0x3E1), (0x3F0, 0x3FF), (0x400, 0x52F), (0x1E00, 0x1EFF)),
    *((0x2010, 0x2027), (0x2030, 0x205E), (0x2070, 0x209C), (0x20A0, 0x20BF)),
)
"""Blocks of Unicode that the font was cut down to; a letter of them that it lacks is not printed either."""
_PAINT = re.compile(r"var\(--\w+, (#[0-9A-Fa-f]{6})\)")


@dataclass(frozen=True, slots=True)
class Typeset:
    """What a process apart needs to make the PDF: it sees no store."""

    sheet: str
    day: date


def can_typeset() -> bool:
    """Whether typst is installed: it comes with `pip install 'backstride[pdf]'`."""
    return find_spec("typst") is not None


def to_typeset(sheet: Sheet, *, day: date, paper: Paper) -> Typeset:
    """Convert the sheet to the text that the typst template reads.

    Args:
        sheet: what it says, in the language that is spoken now.
        day: the date of the document.
        paper: its size.
    """
    document = {
        **asdict(sheet),
        "pages": [[_section(section) for section in page] for page in sheet.pages],
        "date": [day.year, day.month, day.day],
        "language": language(),
        "paper": paper,
    }
    return Typeset(json.dumps(_printable(document), ensure_ascii=False), day)


def typeset(given: Typeset) -> bytes:
    """Typeset the PDF; runs in a process of its own.

    Raises:
        WorkLost: typst could not make it.
    """
    import typst  # noqa: PLC0415 - optional, and 80 MB

    folder = files("backstride.report")
    with as_file(folder.joinpath("fonts")) as fonts, as_file(folder.joinpath("sheet.typ")) as template:
        try:
            made = typst.compile(
                str(template),
                root=str(template.parent),
                font_paths=[str(fonts)],
                ignore_system_fonts=True,
                format="pdf",
                sys_inputs={"sheet": given.sheet},
                pdf_standards=[STANDARD],
                timestamp=int(datetime.combine(given.day, time(), UTC).timestamp()),
            )
        except typst.TypstError as error:
            raise WorkLost(
                "The PDF could not be made.", advice="Open the report as a page, and print that."
            ) from error
    assert isinstance(made, bytes)
    return made


def _section(section: Section) -> dict[str, Any]:
    return {"heading": section.heading, "parts": [_part(part) for part in section.parts]}


def _part(part: Part) -> dict[str, Any]:
    if isinstance(part, Chart):
        return {"kind": "chart", "svg": _svg(part), "caption": part.caption, "told": part.text_alternative}
    return {"kind": KINDS[type(part)], **asdict(part)}


def _svg(chart: Chart) -> str:
    """Render the chart in plain colours and the report's font, as CSS custom properties do not exist in a PDF."""
    plain = _PAINT.sub(r"\1", chart.picture.svg)
    return plain.replace("<svg ", '<svg font-family="Noto Sans" ', 1)


def _printable(content: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Replace each character that the font lacks by a question mark, so that no name vanishes silently."""
    if isinstance(content, str):
        return "".join(map(_sign, unicodedata.normalize("NFC", content)))
    if isinstance(content, dict):
        return {key: _printable(value) for key, value in content.items()}
    return [_printable(one) for one in content] if isinstance(content, list | tuple) else content


def _sign(sign: str) -> str:
    if sign in INSTEAD:
        return INSTEAD[sign]
    known = any(first <= ord(sign) <= last for first, last in PRINTED)
    return sign if known and unicodedata.category(sign) not in {"Cn", "Cc"} else UNKNOWN
