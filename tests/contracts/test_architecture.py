"""ARCHITECTURE.md says what is there."""

import ast
import re

import pytest

from .source import MODULES, PACKAGE, ROOT, imported, syntax

PAGE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `([a-z.]+)/?` \| (.+?) \| (.+?) \| `(.+?)` \|$", PAGE, flags=re.MULTILINE)
ARROWS = set(re.findall(r"^    (\w+) --> (\w+)$", PAGE, flags=re.MULTILINE))


def layer(path):
    """The folder, or the file at the top, that a module belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_the_table_has_a_row_for_each_folder():
    """Every folder of the package has its row, and every row its folder."""
    there = {layer(path) for path in MODULES} - {"__init__"}
    assert {name.removesuffix(".py") for name, *_ in ROWS} == there


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_row_says_where_to_start(row):
    """The file to start with exists and lies in the row's folder; what comes in and goes out is said."""
    name, flow, _, start = row
    assert (PACKAGE / start).is_file()
    assert start.startswith(name)
    assert "→" in flow or name == "errors.py"


def test_the_diagram_points_upwards():
    """No import goes against an arrow of the diagram, followed from the bottom to the top."""
    below = {name: {low for low, high in ARROWS if high == name} for arrow in ARROWS for name in arrow}
    for _ in below:
        below = {name: lows.union(*(below[low] for low in lows)) for name, lows in below.items()}
    known = [path for path in MODULES if layer(path) in below]
    wrong = {
        (layer(path), module.split(".")[1])
        for path in known
        for module in imported(path)
        if "." in module and module.split(".")[1] not in below[layer(path)] | {layer(path), "testing"}
    }
    assert wrong == set()


@pytest.mark.parametrize("arrow", sorted(ARROWS), ids=" to ".join)
def test_each_arrow_stands_for_an_import(arrow):
    """The package at the head of an arrow imports the one at its foot."""
    low, high = arrow
    names = {
        node.module or ""
        for path in MODULES
        if layer(path) == high
        for node in ast.walk(syntax(path))  # commands import late, inside their functions
        if isinstance(node, ast.ImportFrom)
    }
    assert any(name.split(".")[:2] == ["backstride", low] for name in names)
