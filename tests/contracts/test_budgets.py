"""Small files, small functions, shallow folders: what keeps the code readable."""

import ast
from statistics import median, quantiles

import pytest

from .source import MODULES, PACKAGE, Function, short, syntax

MODULE_LINES, MODULE_MEDIAN = 300, 130
FUNCTION_LINES, FUNCTION_P90, FUNCTION_MEDIAN = 60, 25, 8


def functions() -> list[tuple[str, int]]:
    """Every function of the product, and how many lines its body has without the docstring."""
    return [
        (f"{short(path)}:{node.name}", length(node))
        for path in MODULES
        for node in ast.walk(syntax(path))
        if isinstance(node, Function)
    ]


def length(node: Function) -> int:
    """Lines from the first statement after the docstring to the last."""
    body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_a_module_has_one_page_of_ideas(path):
    """No module is longer than 300 lines."""
    assert len(path.read_text().splitlines()) <= MODULE_LINES


def test_modules_are_short_on_the_whole():
    """The median module has at most 130 lines."""
    assert median(len(path.read_text().splitlines()) for path in MODULES) <= MODULE_MEDIAN


def test_no_function_is_long():
    """No function has more than 60 lines without its docstring."""
    assert [(name, n) for name, n in functions() if n > FUNCTION_LINES] == []


def test_functions_are_short_on_the_whole():
    """The median function has at most 8 lines, nine of ten at most 25."""
    lengths = [n for _, n in functions()]
    assert (median(lengths) <= FUNCTION_MEDIAN, quantiles(lengths, n=10)[-1] <= FUNCTION_P90) == (True, True)


def test_folders_are_shallow():
    """No module lies more than two folders below the package."""
    assert max(len(path.relative_to(PACKAGE).parts) for path in MODULES) <= 3


def test_nothing_is_called_a_helper():
    """A file is named by the thing it is about."""
    vague = {"utils", "util", "helpers", "helper", "misc", "common", "manager"}
    assert [short(path) for path in MODULES if vague & {path.stem, path.parent.name}] == []
