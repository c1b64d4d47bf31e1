"""Who may know whom."""

import ast
import graphlib
import subprocess
import sys

import pytest

from .source import MODULES, ROOT, dotted, imported, public_definitions, short, syntax

CLOCK = {"now", "today", "utcnow", "localtime"}
ENVIRONMENT = {"environ", "getenv", "environb"}
# reads nothing of the world but how long its own sampling took
MAY_READ = ("services/", "runtime/", "importers/clock.py")


def test_each_layer_imports_only_what_is_below():
    """The import contracts of pyproject.toml are kept."""
    pytest.importorskip("importlinter", reason="import-linter comes with `make check`")
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert said.returncode == 0, said.stdout


def test_no_modules_import_each_other_in_a_circle():
    """The modules can be put in an order in which each imports only earlier ones."""
    graph = {dotted(path): imported(path) - {dotted(path)} for path in MODULES}
    assert list(graphlib.TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("path", [p for p in MODULES if not short(p).startswith(MAY_READ)], ids=short)
def test_only_the_runtime_and_services_read_the_clock_and_the_environment(path):
    """Below and above services and the runtime nobody asks what time it is, or how this machine is set up."""
    names = {node.attr for node in ast.walk(syntax(path)) if isinstance(node, ast.Attribute)}
    assert names & (CLOCK | ENVIRONMENT) == set()


@pytest.mark.parametrize("path", [p for p in MODULES if not short(p).startswith("cli/")], ids=short)
def test_nobody_but_the_command_line_catches_everything(path):
    """A broad `except` that does not raise on hides a defect; only the command line may, to say it in a line."""
    handlers = [node for node in ast.walk(syntax(path)) if isinstance(node, ast.ExceptHandler)]
    swallowing = [node.type for node in handlers if not isinstance(node.body[-1], ast.Raise)]
    names = [node.id if isinstance(node, ast.Name) else "" if node else "everything" for node in swallowing]
    assert {"Exception", "BaseException", "everything"} & set(names) == set()


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_nobody_inside_uses_the_front_door(path):
    """Inside, names are imported from where they live."""
    found = [node for node in ast.walk(syntax(path)) if isinstance(node, ast.ImportFrom)]
    assert "backstride" not in {node.module for node in found}


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_public_functions_name_what_they_take(path):
    """No public function takes **anything; only the command line's own click calls may."""
    taking = [
        name for name, node in public_definitions(path) if getattr(node, "args", None) and node.args.kwarg
    ]
    assert taking == (["Commands.main"] if short(path) == "cli/main.py" else [])
