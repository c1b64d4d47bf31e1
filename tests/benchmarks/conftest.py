"""The programs under benchmarks, as modules."""

import importlib

import pytest


@pytest.fixture
def program(root, monkeypatch):
    """A function that gives one of them by its name."""
    monkeypatch.syspath_prepend(str(root / "benchmarks"))
    return importlib.import_module


@pytest.fixture
def lives(program):
    """How people are made and live."""
    return program("programme_lives")


@pytest.fixture
def promises(lives, program):
    """What they are promised, and the words in which it is asked."""
    return program("programme_promises")
