"""The helpers of these tests, by their plain names, in this process and in those that it starts."""

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def notes(tmp_path, monkeypatch):
    """The folder in which workers note what they did."""
    folder = tmp_path / "notes"
    folder.mkdir()
    monkeypatch.setenv("COHORT_NOTES", str(folder))
    path = [str(Path(__file__).parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path))
    return folder


@pytest.fixture
def answered_keys(notes):
    """Gives the keys that workers answered, as often as they did."""
    return lambda: sorted(key for note in notes.iterdir() for key in note.read_text().split())
