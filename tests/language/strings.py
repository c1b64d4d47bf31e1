"""Every sentence that a person may read: in `_()` of code and templates, and in tables that `_()` is given.

Run as a program it writes the template of all catalogues, and joins what is new into each of them.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from backstride.answer.answer import Question, Verdict
from backstride.core.measurement import MeasurementKind
from backstride.core.run import Activity
from backstride.evidence.claims import AnsweredBy
from backstride.report.amounts import SMALL_NUMBERS

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "backstride"
LANGUAGES = SOURCE / "report" / "languages"
TEMPLATE = LANGUAGES / "backstride.pot"
KEYWORDS = {"_": None, "plural": (2, 3)}
METHODS = {".py": "python", ".html": "jinja2.ext:babel_extract"}
FOLDERS = ("report", "screening", "evidence", "programme", "web")
NOT_WORDS = {
    "sources.py",
    "description.py",
    "guard.py",
    "programs.py",
    "static_files.py",
    "language.py",
    "signing_in.py",
}
"""Tables that hold citations, headers, kinds of files, and names."""
BY_BABEL = {"MONTHS", "WEEKDAYS"}
WORDS = re.compile(r"[A-Z][a-z].*|.*[a-z]{2,}.* .*|.* .*[a-z]{2,}.*")
"""A text in a table is words for a person if it begins like a sentence, or holds more than one word."""
NAMED = (Activity, AnsweredBy, MeasurementKind, Question, Verdict)
"""Kinds whose own names are shown."""
IN_FUNCTIONS = (
    *SMALL_NUMBERS, "less", "more", "run", "mostly your data", "half your data", "a little of your data",
    "general knowledge",
    "The week: change of pain if you ran that many minutes in it.",
    "The season: change of pain after 12 weeks of that many minutes a week.",
    "The week: how much pain goes together with how many minutes of running.",
    "The season: how much pain goes together with how many minutes a week.",
    "emergency", "walks", "run-walk", "trials", "sceptic",
)  # fmt: skip
"""What a table inside a function gives to `_()`, and words too short for the rule."""


def sentences() -> dict[str | tuple[str, str], str]:
    """Every sentence, or pair for one and many, with the file that says it first."""
    found: dict[str | tuple[str, str], str] = {}
    for path in sorted((*SOURCE.rglob("*.py"), *SOURCE.rglob("templates/*.html"))):
        place = path.relative_to(SOURCE).as_posix()
        for sentence in (*_in_calls(path), *_in_tables(path)):
            found.setdefault(sentence, place)
    for word in (*(each.value.replace("_", " ") for kind in NAMED for each in kind), *IN_FUNCTIONS):
        found.setdefault(word, "a table")
    return found


def _in_calls(path: Path) -> Iterator[str | tuple[str, str]]:
    with path.open("rb") as file:
        options = {"trimmed": "true"} if path.suffix == ".html" else {}
        for _line, message, _comments, _context in extract(
            METHODS[path.suffix], file, keywords=KEYWORDS, options=options
        ):
            if isinstance(message, str) and message:
                yield message
            elif isinstance(message, tuple):
                yield message[0], message[1]


def _in_tables(path: Path) -> Iterator[str]:
    """The words in a module's constants, in the folders that speak to people."""
    if path.suffix != ".py" or path.relative_to(SOURCE).parts[0] not in FOLDERS or path.name in NOT_WORDS:
        return
    for statement in ast.parse(path.read_text(encoding="utf-8")).body:
        if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
            continue
        if BY_BABEL.isdisjoint(node.id for node in ast.walk(statement) if isinstance(node, ast.Name)):
            yield from _words(statement.value)


def _words(value: ast.expr) -> Iterator[str]:
    for node in ast.walk(value):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and WORDS.fullmatch(node.value):
            yield node.value


def template() -> Catalog:
    """The catalogue of all sentences, without a translation."""
    made = Catalog(project="backstride", header_comment="# The sentences of backstride, in English.")
    for sentence, place in sentences().items():
        made.add(sentence, locations=[(place, 0)])
    return made


def catalogue(code: str) -> Catalog:
    """The sentences of a language as they stand in its file."""
    with (LANGUAGES / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code)


def main() -> None:
    """Write the template, and join it into every catalogue; what is new stands there untranslated."""
    made = template()
    for path in LANGUAGES.glob("*.po"):
        joined = catalogue(path.stem)
        joined.update(made, no_fuzzy_matching=True)
        joined.obsolete.clear()
        _write(path, joined)
    _write(TEMPLATE, made)


def _write(path: Path, written: Catalog) -> None:
    with path.open("wb") as file:
        write_po(
            file, written, width=0, omit_header=path == TEMPLATE, sort_output=False, include_lineno=False
        )


if __name__ == "__main__":
    main()
