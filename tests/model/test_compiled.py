"""Compiled code never outlives the source it was made from."""

import importlib.util
import shutil
from pathlib import Path

import pytest

from backstride import model
from backstride.model.compiled import ENGINE, is_compiled, kernel, step


@kernel
def twice(x: float) -> float:
    """2 x."""
    return 2.0 * x


@step
def thrice(x: float) -> float:
    """3 x."""
    return 3.0 * x


@kernel
def nine_times(x: float) -> float:
    """9 x, in two steps."""
    return thrice(thrice(x))


def engine_of(folder: Path, monkeypatch) -> Path:
    """Where an engine with the source in `folder` keeps its compiled code."""
    import numba

    monkeypatch.setattr(numba.config, "CACHE_DIR", str(folder / "cache"))
    spec = importlib.util.spec_from_file_location("a_copy_of_compiled", folder / "compiled.py")
    copy = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(copy)
    return copy.ENGINE


@pytest.fixture
def copied(tmp_path) -> Path:
    """A copy of the engine's source."""
    return Path(shutil.copytree(Path(model.__file__).parent, tmp_path / "model"))


def test_the_same_source_finds_its_compiled_code_again(copied, monkeypatch):
    """The folder is named after what the source says, not after where it lies."""
    assert engine_of(copied, monkeypatch).name == ENGINE.name


def test_any_change_of_the_source_asks_for_new_code(copied, monkeypatch):
    """One line more in any of the engine's files, and the folder is another."""
    for path in sorted(copied.glob("*.py")):
        before = path.read_bytes()
        path.write_bytes(before + b"# one more line\n")
        assert engine_of(copied, monkeypatch).name != ENGINE.name
        path.write_bytes(before)


def test_the_cache_lies_where_it_was_told(copied, monkeypatch):
    """In numba's own folder, where one is set."""
    assert engine_of(copied, monkeypatch).parent == copied / "cache"


def test_a_kernel_is_an_ordinary_function():
    """Called like one, with its own name and docstring."""
    assert twice(1.5) == 3.0
    assert (twice.__name__, twice.__doc__) == ("twice", "2 x.")


def test_a_step_is_for_kernels_alone():
    """A kernel calls it; Python, which has no way in, is told so."""
    assert nine_times(1.5) == 13.5
    with pytest.raises(AssertionError, match="thrice is a step of the engine"):
        thrice(1.5)


def test_after_a_fit_the_engine_is_compiled(posterior):
    """Its code lies on disk, so that the next process need not wait."""
    assert len(posterior.draws)
    assert is_compiled()
