"""Docstrings, messages, and words that have no place here."""

import ast
import re
import subprocess

import pytest

from .source import MODULES, ROOT, public_definitions, short, syntax

FORBIDDEN = (
    "/" + "work/", "/" + "root/", "/" + "home/", "local" + "host:8", "TO" + "DO", "FIX" + "ME", "XX" + "X",
    "issue " + "#", "Clau" + "de", "Chat" + "GPT", "Co" + "pilot", "A" + "I assistant", "language " + "model",
)  # fmt: skip
UNUSUAL = (
    "hangs" + " on",
    "cause from" + " company",
    "Who" + " hosts it",
    "the surest" + " first",
    "tells" + " of",
)
"""Phrases that a native reader stumbles over: depends on, cause from coincidence, whoever hosts it."""
TEXT = {".py", ".md", ".toml", ".css", ".html", ".json", ".csv", ".sh", ".txt", ".mako", ""}


def committed() -> list[str]:
    """Every text file of the repository."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    names = [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    return [name for name in names if (ROOT / name).suffix in TEXT and name != "LICENSE"]


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_every_public_thing_says_what_it_is(path):
    """Modules, public classes and public functions have a docstring; an override speaks through its protocol."""
    nodes = public_definitions(path)
    silent = [name for name, node in nodes if "." not in name and not ast.get_docstring(node)]
    assert ast.get_docstring(syntax(path))
    assert silent == []


@pytest.mark.parametrize("path", sorted((ROOT / "tests").rglob("test_*.py")), ids=lambda path: path.stem)
def test_every_test_states_a_behaviour(path):
    """Each test says in one sentence what holds."""
    tests = [n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.FunctionDef)]
    silent = [n.name for n in tests if n.name.startswith("test_") and not ast.get_docstring(n)]
    assert silent == []


def test_no_phrase_is_one_that_english_does_not_have():
    """In code, pages and docs alike; what was said of former versions stays as it was."""
    texts = {
        n: (ROOT / n).read_text(encoding="utf-8", errors="replace")
        for n in committed()
        if n != "CHANGELOG.md"
    }
    assert [(name, phrase) for name, text in texts.items() for phrase in UNUSUAL if phrase in text] == []


def test_nothing_speaks_of_this_machine():
    """No file names a path of a machine, a leftover, or a tool that wrote it."""
    found = [
        (name, word)
        for name in committed()
        for word in FORBIDDEN
        if re.search(re.escape(word), (ROOT / name).read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []
