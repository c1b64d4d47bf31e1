"""The glossary names things that exist, and all that records are made of."""

import ast
import importlib
import re
from pathlib import Path

import pytest

from .source import MODULES, PACKAGE, syntax

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
NAMES = sorted(set(re.findall(r"`(backstride\.[\w.]+)`", GLOSSARY.read_text())))


@pytest.mark.parametrize("name", NAMES)
def test_every_name_in_the_glossary_exists(name):
    """A word's place in the code can be opened."""
    parts = name.split(".")
    for cut in range(len(parts), 1, -1):
        try:
            found = importlib.import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        break
    for part in parts[cut:]:
        found = getattr(found, part)
    assert found is not None


def test_every_record_is_in_the_glossary():
    """A public class of the core is a term that code, pages and docs share."""
    public = {
        f"backstride.core.{path.stem}.{node.name}"
        for path in MODULES
        if path.parent == PACKAGE / "core"
        for node in syntax(path).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    }
    assert public - set(NAMES) == set()
