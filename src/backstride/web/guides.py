"""The user documentation as pages of the app: Markdown of the package, or made from the data, as HTML.

The files in `documentation/` are links to those of the repository, so each text is there once; a wheel holds copies.
A folder named like a language holds the same pages in that language.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from backstride.report.evidence_page import evidence_page
from backstride.report.language import ENGLISH, language, speaking
from backstride.report.programme_page import programme_page
from backstride.report.safety_page import safety_page

FOLDER = Path(__file__).parent / "documentation"


@dataclass(frozen=True, slots=True)
class Guide:
    """One page of the documentation.

    Attributes:
        name: in its address, /help/NAME.
        title: its heading and the words of its link, in English.
        made: renders its Markdown in the reader's language; None where it is a file, one for each language.
    """

    name: str
    title: str
    made: Callable[[], str] | None = None

    @property
    def is_translated(self) -> bool:
        """Whether it is there in the reader's language."""
        return self.made is not None or language() == ENGLISH or _file(self.name, language()).is_file()


GUIDES: Final = (
    Guide("what-the-answer-means", "What each number of the answer means"),
    Guide("programme", "The rules of the plan, and why", partial(programme_page, with_names=False)),
    Guide("draws", "Why chance helps, and what it costs"),
    Guide(
        "safety", "The safety questions, and where they come from", partial(safety_page, for_terminal=False)
    ),
    Guide(
        "evidence", "What is known about running and back pain", partial(evidence_page, for_terminal=False)
    ),
    Guide("records", "How files are read, and what is put right"),
    Guide("privacy", "Privacy: what is stored, and what leaves your diary"),
    Guide("words", "What the words mean"),
    Guide("web", "For whoever runs the server: phones, https, passphrases, backups"),
    Guide("getting-started", "On the computer: first steps and commands"),
)
BY_NAME: Final = {guide.name: guide for guide in GUIDES}


def guide_html(guide: Guide) -> Markup:
    """Render a guide in the reader's language, without its first heading."""
    return _rendered(guide.name, language())


@cache
def _rendered(name: str, code: str) -> Markup:
    guide = BY_NAME[name]
    with speaking(code):
        if guide.made:
            return html_of(guide.made())
        written = code if guide.is_translated else ENGLISH
    return html_of(_file(name, written).read_text(encoding="utf-8"))


def _file(name: str, code: str) -> Path:
    """Return where a guide stands in a language, whether it is there or not."""
    return FOLDER / f"{name}.md" if code == ENGLISH else FOLDER / code / f"{name}.md"


def html_of(text: str) -> Markup:
    """Render Markdown: tables whose cells name their column, links that stay within the app, no pictures.

    Args:
        text: Markdown whose first heading is left out; HTML in it is shown as text.
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(re.sub(r"\A# .*\n", "", text))
    _name_headings(tokens)
    _name_columns(tokens)
    for token in tokens:
        if token.children is not None:
            token.children = _within_the_app(token.children)
    return Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704 - the parser escapes every text


def _name_headings(tokens: Sequence[Token]) -> None:
    """Give each heading the id by which a link of the same page finds it."""
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            words = re.sub(r"[^\w\s-]", "", tokens[at + 1].content.lower())
            token.attrSet("id", re.sub(r"\s+", "-", words.strip()))


def _name_columns(tokens: Sequence[Token]) -> None:
    """Give each cell the name of its column, which a narrow screen shows beside it."""
    columns: list[str] = []
    column = 0
    for at, token in enumerate(tokens):
        match token.type:
            case "table_open":
                columns = []
                token.attrSet(
                    "role", "table"
                )  # a table that is laid out as a list stays one for a screen reader
            case "tr_open":
                column = 0
                token.attrSet("role", "row")
            case "th_open":
                columns.append(tokens[at + 1].content)
                token.attrSet("scope", "col")
                token.attrSet("role", "columnheader")
            case "td_open":
                token.attrs.pop("style", None)
                token.attrSet("role", "cell")
                token.attrSet("data-label", re.sub(r"[`*]", "", columns[column]))
                column += 1
            case _:
                pass


def _within_the_app(children: Sequence[Token]) -> list[Token]:
    """Point links to other guides at their pages; take out pictures, and links to files that are no page."""
    shown: list[Token] = []
    is_open: list[bool] = []
    for token in children:
        if token.type == "image":
            continue
        if token.type == "link_open":
            address = _address(str(token.attrGet("href") or ""))
            is_open.append(bool(address))
            token.attrSet("href", address)
            if not address:
                continue
        if token.type == "link_close" and not is_open.pop():
            continue
        shown.append(token)
    return shown


def _address(href: str) -> str:
    """Return where a link of the documentation leads in the app; "" where that is no page of it."""
    if href.startswith(("https://", "#")):
        return href
    path, _hash, anchor = href.partition("#")
    name = Path(path).stem.lower()
    if not path.endswith(".md") or name not in BY_NAME:
        return ""
    return f"/help/{name}" + (f"#{anchor}" if anchor else "")
