"""The product's source, read as syntax: what the contracts are held against."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "backstride"
MODULES = tuple(sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts))
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def syntax(path: Path) -> ast.Module:
    """The module as syntax."""
    return ast.parse(path.read_text(encoding="utf-8"))


def short(path: Path) -> str:
    """The module's path within the package."""
    return path.relative_to(PACKAGE).as_posix()


def dotted(path: Path) -> str:
    """The module's name as it is imported."""
    parts = ["backstride", *path.relative_to(PACKAGE).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> set[str]:
    """The backstride modules that are loaded when this one is: imports at its top, not those for types alone."""
    names = {dotted(module) for module in MODULES}
    found: set[str] = set()
    for node in syntax(path).body:
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found & names


def public_definitions(path: Path) -> Iterator[tuple[str, Function | ast.ClassDef]]:
    """Every public function and class at the top of a module, and the public methods of those classes."""
    for node in syntax(path).body:
        if not isinstance(node, Function | ast.ClassDef) or node.name.startswith("_"):
            continue
        yield node.name, node
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, Function) and not inner.name.startswith("_"):
                    yield f"{node.name}.{inner.name}", inner
