"""Docstrings of the rooms that experts call: the first line says what is done, and what comes back is named."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOMS = ("core", "model", "answer", "services", "importers")
NO_VERBS = re.compile(
    r"(A|All|An|Any|At|Both|By|Each|Every|Everything|For|From|How|In|It|Its|Nothing|Of|On|One|Only|Some|That|The|"
    r"These|They|This|What|When|Where|Which|Who|Why)"
)
VERB = re.compile(r"[A-Z][a-z]+(?<!s)|[A-Z][a-z]*ss")
"""A word that can begin an order; one that ends in a single s is of several things, or says what somebody does."""
PAIR = re.compile(r"tuple\[(?!.*\.\.\.\]$).*,")
"""Values of which each means something else; `tuple[X, ...]` holds several of one kind."""


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    """Every public function and method of public classes."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from functions(node)
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def faults(source: str) -> Iterator[str]:
    """What is missing from the docstrings of a module."""
    for node in functions(ast.parse(source)):
        text = ast.get_docstring(node)
        returned = ast.unparse(node.returns) if node.returns else "None"
        if text is None or returned in ("None", "Never", "NoReturn"):
            continue
        is_property = any(ast.unparse(one).endswith("property") for one in node.decorator_list)
        first = text.split()[0]
        if not is_property and (NO_VERBS.fullmatch(first) or not VERB.fullmatch(first.rstrip(",:"))):
            yield f"{node.name}: the first line begins with '{first}', not with what it does"
        if not is_property and PAIR.match(returned) and not re.search(r"^ *(Returns|Yields):$", text, re.M):
            yield f"{node.name}: a section Returns is to name each part of {returned}"
        if re.search(r"\| None$", returned) and "None" not in text:
            yield f"{node.name}: what None means is not said"
        raises = any(isinstance(one, ast.Raise) and one.exc is not None for one in ast.walk(node))
        if raises and "Raises:" not in text:
            yield f"{node.name}: a section Raises is missing"


def documented(text: str | None, section: str) -> Iterator[str]:
    """The names that a section of a docstring describes."""
    found = re.search(rf"^{section}:\n((?:    .*\n?|\n)*)", text or "", re.MULTILINE)
    for line in found[1].splitlines() if found else ():
        if named := re.match(r"    (\*{0,2}\w+(?:, \*{0,2}\w+)*):(?: |$)", line):
            yield from (name.strip(" *") for name in named[1].split(","))


def names_in(node: ast.AST) -> set[str]:
    """Every name that a class or function gives: fields, properties, arguments and what it assigns."""
    given: set[str] = set()
    for one in ast.walk(node):
        match one:
            case ast.arg(arg=name) | ast.FunctionDef(name=name) | ast.Name(id=name, ctx=ast.Store()):
                given.add(name)
            case ast.Attribute(attr=name, ctx=ast.Store()):
                given.add(name)
    return given


def unknown_names(source: str) -> Iterator[str]:
    """What docstrings describe that is not there, as after a change of name."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.ClassDef(name=name):
                listed = set(documented(ast.get_docstring(node), "Attributes")) - names_in(node)
            case ast.FunctionDef(name=name, args=args) | ast.AsyncFunctionDef(name=name, args=args):
                listed = set(documented(ast.get_docstring(node), "Args")) - names_in(args)
            case _:
                continue
        yield from (f"{name}: there is no '{one}'" for one in sorted(listed))


def test_what_is_described_is_there(root: Path):
    """Attributes and arguments of a docstring are those of the code."""
    modules = sorted((root / "src" / "backstride").rglob("*.py"))
    found = [
        f"{one.relative_to(root)}: {fault}" for one in modules for fault in unknown_names(one.read_text())
    ]
    assert found == []
    assert list(
        unknown_names('class A:\n    """It.\n\n    Attributes:\n        b: one.\n    """\n    c: int\n')
    ) == ["A: there is no 'b'"]


@pytest.mark.parametrize("room", ROOMS)
def test_what_comes_back_is_named(root: Path, room: str):
    """Public functions begin with what they do, name each of several values, say what None means and is raised."""
    modules = sorted((root / "src" / "backstride" / room).rglob("*.py"))
    found = [f"{one.relative_to(root)}: {fault}" for one in modules for fault in faults(one.read_text())]
    assert len(modules) > 20
    assert found == []


@pytest.mark.parametrize(
    "written",
    [
        'def f() -> int:\n    """Every one of them."""',
        'def f() -> int:\n    """Fails where there are none."""',
        'def f() -> int:\n    """(n,) values."""',
        'def f() -> tuple[int, str]:\n    """Return both."""',
        'def f() -> int | None:\n    """Return the first one."""',
        'class A:\n    def f(self) -> int:\n        """Return it."""\n        raise ValueError("no")',
    ],
)
def test_a_docstring_that_leaves_it_open_is_found(written: str):
    """Each of the rules finds what breaks it."""
    assert len(list(faults(written))) == 1


@pytest.mark.parametrize(
    "written",
    [
        'def f() -> None:\n    """Every one of them."""',
        'def f() -> tuple[int, ...]:\n    """Return the numbers."""',
        'def f() -> tuple[int, str]:\n    """Split it.\n\n    Returns:\n        The number, and the unit.\n    """',
        'def f() -> int | None:\n    """Pass it on; None where there is none."""',
        'class A:\n    @property\n    def f(self) -> tuple[int, int]:\n        """The first and the last."""',
        'class _A:\n    def f(self) -> int:\n        """Some."""',
    ],
)
def test_a_docstring_that_says_it_is_left_alone(written: str):
    """What returns nothing, is a property or private, or says all, has no fault."""
    assert list(faults(written)) == []
