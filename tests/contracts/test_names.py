"""Identifiers use the terms of the field, and an argument is documented under the name it has."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from .source import MODULES, PACKAGE, short, syntax

FORBIDDEN = {
    *("tell", "tells", "told", "telling", "retold", "teller", "brought"),
    *("desk", "errand", "errands", "standing", "kept", "whereabouts"),
}
"""Words that stood for many things at once: name what the thing is (input, report, record, backend, task, state)."""
MARK = frozenset({"mark", "marks"})
"""A sign in a picture, or the form field that carries the CSRF token; never a hash, an id or a key."""
DRAW = frozenset({"draw", "draws", "drawn", "drawing"})
"""A sample of the posterior, or a picture; what chance gives a day is an allocation."""
OF_SAMPLING = ("model/", "answer/", "testing/", "cohort/")
OF_PICTURES = ("report/",)
EXCEPTIONS = {
    "cli/draw.py": "the command that a person types",
    "diary/answer_cache.py": "moves with the other modules of the diary",
    "core/check_in.py:drawn_to_run": "stored key of a check-in",
    "core/days.py:drawn_to_run": "stored key of a check-in",
    "answer/answer.py:drawn_to_run": "key of the answer's JSON",
    "web/check_in_form.py:told_at": "form field that waiting phones send",
    "web/check_in_form.py:mark": "form field that waiting phones send",
    "importers/tables/check_ins_table.py:_DRAWN": "column of a table of ours",
    "programme/rules.py:DRAWN": "stored name of a rule",
    "programme/rules.py:NOT_DRAWN": "stored name of a rule",
    "answer/kinds.py:CANNOT_TELL": "verdict of the answer's JSON",
    "answer/effect.py:kept": "key of the answer's JSON",
}
"""`module` or `module:name`, and why it stays."""
BOUND = re.compile(r"_?(LEAST|MOST|FEWEST|SHORTEST|LONGEST|SMALLEST|LARGEST|LOWEST|HIGHEST)(_|$)")
"""How else a constant that bounds something could begin; here it begins with MIN or MAX."""


def words(name: str) -> set[str]:
    """`CheckInForm` and `check_in_form` alike as check, in, form."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)}


def names(path: Path) -> Iterator[str]:
    """Every class, function, argument, variable and attribute that a module gives a name."""
    for node in ast.walk(syntax(path)):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case (
                ast.arg(arg=name)
                | ast.Name(id=name, ctx=ast.Store())
                | ast.Attribute(attr=name, ctx=ast.Store())
            ):
                yield name
            case ast.alias(asname=str(name)):
                yield name


def forbidden(path: Path) -> frozenset[str]:
    """The words that no name of a module may have."""
    where = path.relative_to(PACKAGE).as_posix()
    pictures, sampling = where.startswith(OF_PICTURES), where.startswith(OF_SAMPLING)
    return FORBIDDEN | (frozenset() if pictures else MARK) | (frozenset() if pictures or sampling else DRAW)


def found(path: Path) -> set[str]:
    """The names of a module, its own among them, that have a forbidden word and no reason to stay."""
    where, bad = path.relative_to(PACKAGE).as_posix(), forbidden(path)
    own = {where} if words(path.stem) & bad and where not in EXCEPTIONS else set()
    return own | {name for name in names(path) if words(name) & bad and f"{where}:{name}" not in EXCEPTIONS}


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_no_name_has_a_word_that_stands_for_many_things(path):
    """What a name says is a term of statistics, of running or of programming, not a private word."""
    assert found(path) == set()


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_a_constant_that_bounds_something_begins_with_min_or_max(path):
    """`MIN_RUNS` and `MAX_BYTES`: one word for each end, so that a reader can search for the limits."""
    assert {name for name in names(path) if BOUND.match(name)} == set()


def test_every_exception_is_needed():
    """A name that is gone needs no exception any more."""
    there = {
        entry
        for path in MODULES
        for where in [path.relative_to(PACKAGE).as_posix()]
        for entry in (where, *(f"{where}:{name}" for name in names(path)))
    }
    assert set(EXCEPTIONS) - there == set()


def documented(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> set[str]:
    """The names under Args in a docstring."""
    section = re.search(r"^Args:\n((?:[ ]+.*\n?|\n)*)", ast.get_docstring(node) or "", re.MULTILINE)
    lines = (
        re.findall(r"^    (\*{0,2}\w+(?:, \*{0,2}\w+)*)(?: \(.*?\))?:", section[1], re.MULTILINE)
        if section
        else []
    )
    return {name.strip("* ") for line in lines for name in line.split(",")}


def arguments(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> set[str]:
    """The names of what a function, or the constructor of a class, takes."""
    if isinstance(node, ast.ClassDef):
        made = [n for n in node.body if isinstance(n, ast.FunctionDef) and n.name == "__init__"]
        fields = {
            n.target.id for n in node.body if isinstance(n, ast.AnnAssign) and isinstance(n.target, ast.Name)
        }
        return fields.union(*(arguments(one) for one in made))
    every = [
        *node.args.posonlyargs,
        *node.args.args,
        *node.args.kwonlyargs,
        node.args.vararg,
        node.args.kwarg,
    ]
    return {one.arg for one in every if one is not None}


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_a_docstring_names_the_arguments_that_there_are(path):
    """Every name under Args is an argument of that function or class."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    wrong = [
        (node.name, documented(node) - arguments(node))
        for node in ast.walk(syntax(path))
        if isinstance(node, kinds) and documented(node) - arguments(node)
    ]
    assert wrong == []
