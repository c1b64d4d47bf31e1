"""The name of the code that answers: what it rests on, the same on all machines."""

import ast
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import backstride
from backstride.cohort import person_answer
from backstride.runtime.source_hash import source_hash
from backstride.services.answers import ANSWERING, answer_code, compute_answer

ROOT = Path(backstride.__file__).parent
ALL_OF = tuple(pattern for pattern in ANSWERING if "*" in pattern)
OF_A_ROW = (person_answer.answer_tasks, person_answer._answered, person_answer._numbers)


def module_path(name: str) -> Path | None:
    """The file of a module of ours; None for a name that is none."""
    whole = ROOT.parent / Path(*name.split("."))
    return next((path for path in (whole.with_suffix(".py"), whole / "__init__.py") if path.exists()), None)


def imports(tree: ast.AST) -> set[str]:
    """The modules of ours that some code imports, wherever in it."""
    found = [each for each in ast.walk(tree) if isinstance(each, ast.ImportFrom) and each.module]
    return {
        name for each in found for name in (each.module, *(f"{each.module}.{one.name}" for one in each.names))
    }


def rests_on(first: set[str]) -> set[Path]:
    """The files of these modules, and of all that they import."""
    seen: set[Path] = set()
    waiting = {name for name in first if name.startswith("backstride.")}
    while waiting:
        path = module_path(waiting.pop())
        if path is not None and path not in seen:
            seen.add(path)
            waiting |= {n for n in imports(ast.parse(path.read_text("utf-8"))) if n.startswith("backstride.")}
    return seen


def imports_of(*functions: Callable[..., object]) -> set[str]:
    """The modules of ours that these functions of one module import."""
    tree = ast.parse(Path(functions[0].__code__.co_filename).read_text("utf-8"))
    names = {function.__name__ for function in functions}
    found = [imports(each) for each in tree.body if getattr(each, "name", "") in names]
    assert len(found) == len(functions)
    return set().union(*found)


def left_out(first: set[str], patterns: tuple[str, ...]) -> list[Path]:
    """The files that these modules rest on and no pattern names; a package that only has a name is none."""
    needed = rests_on(first)
    assert len(needed) > 90
    packages = {
        path for path in needed if path.name == "__init__.py" and not path.read_text("utf-8").count("import ")
    }
    return sorted(needed - packages - {path for pattern in patterns for path in ROOT.glob(pattern)})


def test_all_that_an_answer_rests_on_is_in_its_name():
    """Every module that the work imports, and those import: no change of an answer goes unnoticed."""
    more = {"backstride.cohort.prior_file", "backstride.services.estimate"}
    assert left_out(imports_of(compute_answer) | more, ANSWERING) == []


def test_all_that_a_row_of_a_cohort_rests_on_is_in_its_name():
    """The same for what a worker answers; of the store only how records are packed."""
    more = {"backstride.diary.serialization", "backstride.runtime.jit_cache"}
    assert left_out(imports_of(*OF_A_ROW) | more, person_answer.ANSWERING) == []


@pytest.fixture
def copied(tmp_path):
    """The same files in another place."""
    return Path(shutil.copytree(ROOT, tmp_path / "elsewhere"))


def test_it_is_the_same_on_all_machines(copied):
    """Wherever the files lie, however old they are, and whatever a checkout ends their lines with."""
    for path in copied.glob("answer/*.py"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    (copied / "answer" / "ask.pyc").write_bytes(b"compiled")
    assert source_hash(copied, ANSWERING) == answer_code()


@pytest.mark.parametrize("pattern", ALL_OF)
def test_it_is_another_one_with_each_change(copied, pattern):
    """One letter in one file of those that it names."""
    path = max(copied.glob(pattern))
    path.write_bytes(path.read_bytes() + b"#")
    assert source_hash(copied, ANSWERING) != answer_code()
