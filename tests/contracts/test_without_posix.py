"""Windows has neither `resource` nor `fcntl`: everything but the reading process itself loads without them."""

import ast
import importlib.util
from pathlib import Path

import pytest

import backstride

SOURCE = Path(backstride.__file__).parent
READS_APART = SOURCE / "services" / "worker.py"
"""Started on systems with limits alone: on Windows files are read in the server's own process."""
POSIX_ALONE = {"resource", "fcntl", "pwd", "grp", "termios"}


@pytest.mark.parametrize("module", sorted(POSIX_ALONE))
def test_what_windows_lacks_is_never_needed_to_load_a_module(module):
    """An import at the top of a module stands in a `try`, which says what to do without."""
    needs = []
    for path in SOURCE.rglob("*.py"):
        for statement in ast.parse(path.read_text(encoding="utf-8")).body:
            names = [name.name for name in getattr(statement, "names", ())] + [
                getattr(statement, "module", None)
            ]
            if isinstance(statement, ast.Import | ast.ImportFrom) and module in names and path != READS_APART:
                needs.append(path.name)
    assert needs == []


def test_the_reading_process_is_not_loaded_by_the_others():
    """Its limits are not there on Windows."""
    assert importlib.util.find_spec("backstride.services.worker") is not None
    loads = [
        path.name
        for path in SOURCE.rglob("*.py")
        if "import backstride.services.worker" in path.read_text(encoding="utf-8")
        or "from backstride.services.worker" in path.read_text(encoding="utf-8")
    ]
    assert loads == []
