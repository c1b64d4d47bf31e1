"""What a docstring names in backticks is there: no reader is sent to a file or a name that is gone."""

import ast
import builtins
import keyword
import re
from collections.abc import Iterator
from functools import cache

import pytest

from .source import MODULES, PACKAGE, ROOT, short, syntax

IN_BACKTICKS = re.compile(r"`([^`\n]+)`")
A_FILE = re.compile(r"[\w/]+\.py")
A_NAME = re.compile(r"(?=\w*[A-Z_.])[A-Za-z_][\w.]*")
"""A name of code shows by a capital, a low line or a dot; a plain word may be of a table or of a command."""


@cache
def known() -> set[str]:
    """Every name in the code, the words of its texts, and those of Python."""
    found = {*dir(builtins), *keyword.kwlist}
    for path in MODULES:
        found |= set(path.relative_to(PACKAGE).with_suffix("").parts)
        for node in ast.walk(syntax(path)):
            named = (
                getattr(node, field, None) for field in ("name", "id", "attr", "arg", "asname", "module")
            )
            found |= {part for one in named if isinstance(one, str) for part in one.split(".")}
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 60:
                found.add(node.value)
    return found


@cache
def files() -> tuple[str, ...]:
    """Every file of Python in the repository."""
    folders = ("src", "tests", "benchmarks", "examples")
    return tuple(path.as_posix() for folder in folders for path in (ROOT / folder).rglob("*.py"))


def texts(tree: ast.AST) -> Iterator[str]:
    """The docstrings of a module, those below constants included."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ):
            yield node.value.value


def missing(text: str) -> list[str]:
    """What a text names in backticks and nothing is called."""
    named = IN_BACKTICKS.findall(text)
    gone = [one for one in named if A_FILE.fullmatch(one) and not any(f.endswith(f"/{one}") for f in files())]
    of_code = [one for one in named if A_NAME.fullmatch(one) and not A_FILE.fullmatch(one)]
    return gone + [one for one in of_code if one not in known() and not set(one.split(".")) <= known()]


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_what_a_docstring_names_exists(path):
    """A file by its path or the end of it, a name by itself."""
    assert [one for text in texts(syntax(path)) for one in missing(text)] == []


def test_a_name_that_is_gone_is_found():
    """Of a file, of a class, and of a function with a low line."""
    assert missing("See `no_such_file.py`, `NoSuchClass`, `no_such_function`, and `ByStamp`.") == [
        "no_such_file.py",
        "NoSuchClass",
        "no_such_function",
    ]
