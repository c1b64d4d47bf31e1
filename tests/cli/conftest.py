"""Running the command in this very process."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from backstride.cli.main import main
from backstride.importers.backends.in_process import InProcessBackend


@dataclass(frozen=True)
class Said:
    """What one call of the command came to."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _read_here(monkeypatch):
    """Files are read in this process: one for each call would cost a second each; tests/services holds that."""
    monkeypatch.setattr("backstride.services.import_files.default_backend", InProcessBackend)


@pytest.fixture
def backstride():
    """A function that runs the command with the words given to it."""

    def call(*words: str | Path, answers: str | None = None) -> Said:
        result = CliRunner().invoke(main, [str(word) for word in words], input=answers)
        return Said(result.exit_code, result.stdout, result.stderr)

    return call
