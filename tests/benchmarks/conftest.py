"""The programs under benchmarks, as modules."""

import importlib

import pytest


@pytest.fixture
def program(root, monkeypatch):
    """A function that gives one of them by its name."""
    monkeypatch.syspath_prepend(str(root / "benchmarks"))
    return importlib.import_module
