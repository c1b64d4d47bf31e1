"""Every sentence that a person may read: in `_()` of code and templates, and in tables that `_()` is given.

Run as a program it writes the template of all catalogues, and joins what is new into each of them.
"""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from backstride import errors
from backstride.answer.kinds import Question
from backstride.core.check_in import QUESTIONS
from backstride.core.measurement import MeasurementKind
from backstride.core.question import AnswerKind
from backstride.core.run import Activity
from backstride.core.source import Reading
from backstride.evidence.claims import AnsweredBy
from backstride.report.amounts import SMALL_NUMBERS

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "backstride"
LANGUAGES = SOURCE / "report" / "languages"
TEMPLATE = LANGUAGES / "backstride.pot"
SINCE = datetime(2026, 11, 1, tzinfo=UTC)
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
    "translate_messages.py",
    "sheet_pdf.py",
}
"""Tables that hold citations, headers, kinds of files, patterns, and names."""
BY_BABEL = {"MONTHS", "WEEKDAYS"}
WORDS = re.compile(r"[A-Z][a-z].*|.*[a-z]{2,}.* .*|.* .*[a-z]{2,}.*")
"""A text in a table is words for a person if it begins like a sentence, or holds more than one word."""
NAMED = (Activity, AnsweredBy, MeasurementKind, Question, Reading)
"""Kinds whose own names are shown."""
IN_FUNCTIONS = (
    *SMALL_NUMBERS, "less", "more", "lower", "higher", "run",
    "mostly your data", "half your data", "a little of your data", "mostly on your data", "half on your data",
    "a little on your data",
    "general knowledge",
    "The week: change of pain if you ran that many minutes in it.",
    "The season: change of pain after 12 weeks of that many minutes a week.",
    "The week: how much pain goes together with how many minutes of running.",
    "The season: how much pain goes together with how many minutes a week.",
    "emergency", "walks", "run-walk", "trials", "sceptic", "line", "session",
    "a picture", "a PDF document", "a 7z archive", "a RAR archive", "a database", "a sound", "a program",
    "an Apple Health export", "an XML file", "a JSON file", "plain text", "settings", "sport settings",
    "pain", "pain before runs",
    "a schedule", "weights", "totals", "goals", "blood pressures", "segments", "a device's abilities", "a check-in",
    "kilometres", "metres", "as the heading says", "began {0} apart and lasted {1} and {2}",
    "a measurement", "a run", "a walk",
    "a Roland-Morris questionnaire", "Roland-Morris questionnaires", "Roland-Morris score",
    "check-ins", "runs", "measurements", "covered days", "draws", "distance",
    "duration", "elapsed time", "heart rate", "moving time", "time moving", "length", "feel", "rating",
    "perceived exertion", "soreness",
    "time", "weight", "cadence", "stride", "value",
    "check-in", "rating before a run",
    "runners",
    "day/month/year", "month/day/year", "year/month/day", "what was given", "For example", "an empty file",
)  # fmt: skip
"""What a table inside a function gives to `_()`, and words too short for the rule: names of what was asked, too."""

FAMILY = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.BackstrideError)
}
BELOW = ("importers", "core", "runtime", "services", "answer", "diary", "web")
ONLY_ON_THE_COMMAND_LINE = {
    *(
        "backups.py",
        "calendar.py",
        "erase.py",
        "evidence.py",
        "load_records.py",
        "simulate.py",
        "screen.py",
        "watch_folder.py",
    ),
    *(
        "integrity.py",
        "serialization.py",
        "database.py",
        "opening.py",
        "file_layout.py",
        "restore.py",
        "store.py",
        "upgrade.py",
    ),
    *("caching_backend.py",),
}
"""Modules of services and diary whose errors no page shows."""
SPEAK_WITHOUT_AN_ERROR = {"records.py", "left_over_runs.py"}
"""Modules outside of importers/ that say what they left out."""
NAMES_ALONE = {"Column", "Names", "compile", "execute", "match", "strptime", "sub"}
"""What is called with names of columns, patterns or queries, and not with words for a person."""
SAID = re.compile(r"(.*[^\w])?[a-z]+[ ,]+[a-z]+[ ,]+[a-z]+.*|[A-Z'{0-9].* .*\.", re.DOTALL)
"""A text of a reader of files is said to a person if it has three small words in a row, or ends as a sentence."""
ENDS = re.compile(r"(?<=[.?]) (?=[A-Z{])")
FIELD = re.compile(r"\{\w*\}")
WORD = re.compile(r"[A-Za-z]{2,}")


def sentences() -> dict[str | tuple[str, str], str]:
    """Every sentence, or pair for one and many, with the file that says it first."""
    found: dict[str | tuple[str, str], str] = {}
    for path in sorted((*SOURCE.rglob("*.py"), *SOURCE.rglob("templates/*.html"))):
        place = path.relative_to(SOURCE).as_posix()
        for sentence in (*_in_calls(path), *_in_tables(path)):
            found.setdefault(sentence, place)
    for path in _paths_below():
        for sentence in _in_errors(path):
            found.setdefault(sentence, path.relative_to(SOURCE).as_posix())
    for word in (
        *_names_of_questions(),
        *(each.value.replace("_", " ") for kind in NAMED for each in kind),
        *IN_FUNCTIONS,
    ):
        found.setdefault(word, "a table")
    return found


def _names_of_questions() -> Iterator[str]:
    """What an error calls a field of a check-in."""
    for name, question in QUESTIONS.items():
        yield name.replace("_", " ")
        if question.kind is AnswerKind.COUNT:
            yield f"number of {name.replace('_', ' ')}"


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
    not_shown = _within(value, {"said"})
    for node in ast.walk(value):
        text = node.value if isinstance(node, ast.Constant) and node not in not_shown else None
        if isinstance(text, str) and WORDS.fullmatch(text):
            yield text


def _paths_below() -> Iterator[Path]:
    """The modules below whose words pages show."""
    for folder in BELOW:
        for path in sorted((SOURCE / folder).rglob("*.py")):
            if path.name not in ONLY_ON_THE_COMMAND_LINE or folder in ("importers", "web"):
                yield path


def _in_errors(path: Path) -> Iterator[str]:
    """What a module below raises, left out or assumed, in English, its fields numbered for translate_messages.py."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent, raised = _silent(tree), _within(tree, FAMILY | {"Skipped"})
    everything = "importers" in path.relative_to(SOURCE).parts or path.name in SPEAK_WITHOUT_AN_ERROR
    for node in ast.walk(tree):
        text = "" if node in silent else _with_fields(node)
        words = len(WORD.findall(FIELD.sub("", text)))
        if words > 1 and (node in raised or (everything and SAID.fullmatch(text))):
            yield from filter(_says_something, map(_numbered, ENDS.split(text)))


def _silent(tree: ast.AST) -> set[ast.AST]:
    """Docstrings, names of columns, what is translated where it stands, and the pieces of a longer text."""
    found = _within(tree, NAMES_ALONE | {"_"})
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            found.add(node.value)
        if isinstance(node, ast.JoinedStr):
            found |= {piece for piece in node.values if isinstance(piece, ast.Constant)}
    return found


def _within(tree: ast.AST, names: set[str]) -> set[ast.AST]:
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    named = (call for call in calls if getattr(call.func, "id", getattr(call.func, "attr", "")) in names)
    return {inner for call in named for inner in ast.walk(call)}


def _with_fields(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(piece.value if isinstance(piece, ast.Constant) else "{}" for piece in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _numbered(sentence: str) -> str:
    parts = sentence.split("{}")
    return parts[0] + "".join(f"{{{n}}}{part}" for n, part in enumerate(parts[1:]))


def _says_something(sentence: str) -> bool:
    return len(WORD.findall(FIELD.sub("", sentence))) > 1


def template() -> Catalog:
    """The catalogue of all sentences, without a translation."""
    made = Catalog(
        project="backstride",
        header_comment="# The sentences of backstride, in English.",
        # the date of the gathering would differ in every branch, and no two of them could be merged
        creation_date=SINCE,
    )
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
