"""Work in a process of its own: whoever ends it, nobody takes that for a result."""

import os
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from threading import Event, Timer

import pytest

from backstride.errors import BadInput, WorkFailed, WorkLost
from backstride.runtime.run_isolated import run_in_subprocess

PATIENCE_S = 60
HERE = Path(__file__).parent
ASKS = """
import sys
sys.path.insert(0, sys.argv[2])
from backstride.runtime.run_isolated import run_in_subprocess
from work_apart import rests
if __name__ == "__main__":
    run_in_subprocess(rests, sys.argv[1], timeout_s=600)
"""


@pytest.fixture
def works(monkeypatch):
    """The module of works, where other processes find it."""
    monkeypatch.syspath_prepend(HERE)
    return import_module("work_apart")


@pytest.mark.parametrize("work", ["killed", "ended"])
def test_a_lost_process_is_no_result(works, work):
    """It says nothing of what was worked on, and so it is an error of its own."""
    with pytest.raises(WorkLost, match="interrupted"):
        run_in_subprocess(getattr(works, work), 1, timeout_s=PATIENCE_S)


def test_an_error_of_the_work_is_a_result(works):
    """Told as it was raised."""
    with pytest.raises(BadInput, match="No"):
        run_in_subprocess(works.refuses, 1, timeout_s=PATIENCE_S)


def test_a_defect_is_logged_by_its_places_and_not_by_its_words(works, caplog, capfd):
    """Tried again it would be the same, so it is an error of its own; nothing of a person is printed anywhere."""
    with pytest.raises(WorkFailed):
        run_in_subprocess(works.breaks, "note: my knee hurts", timeout_s=PATIENCE_S)
    assert "ValueError; " in caplog.text
    assert "work_apart.py" in caplog.text
    assert "knee" not in caplog.text + "".join(capfd.readouterr())


@pytest.mark.parametrize(
    ("work", "error"), [("fills_memory", WorkLost), ("gives_what_cannot_be_sent", WorkFailed)]
)
def test_what_the_machine_lacks_may_pass_and_a_defect_does_not(works, work, error):
    """Full memory is tried again."""
    with pytest.raises(error):
        run_in_subprocess(getattr(works, work), 1, timeout_s=PATIENCE_S)


def test_an_interrupt_of_the_terminal_is_for_the_server_alone(works):
    """The server decides what becomes of the work."""
    assert run_in_subprocess(works.interrupted, 7, timeout_s=PATIENCE_S) == 7


@pytest.mark.skipif(not hasattr(os, "nice"), reason="this system knows no such order")
def test_who_waits_at_a_page_goes_first():
    """Work in the background has the processor where the server leaves it to it."""
    assert run_in_subprocess(os.nice, 0, timeout_s=PATIENCE_S) > os.nice(0)


def test_what_takes_too_long_or_is_called_off_is_ended(tmp_path):
    """At once, and its process is gone."""
    with pytest.raises(WorkLost, match="too long"):
        run_in_subprocess(time.sleep, 600, timeout_s=0.5)
    called_off = Event()
    Timer(0.5, called_off.set).start()
    with pytest.raises(WorkLost):
        run_in_subprocess(time.sleep, 600, timeout_s=600, cancelled=called_off)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such signal")
def test_work_ends_with_whoever_asked_for_it(tmp_path):
    """A killed server leaves nobody behind who computes for nobody."""
    note = tmp_path / "note"
    with subprocess.Popen([sys.executable, "-c", ASKS, str(note), str(HERE)]) as asking:
        assert soon(lambda: note.exists() and note.read_text())
        worker = Path("/proc", note.read_text())
        asking.kill()
    assert soon(lambda: not worker.exists() or "Z" in (worker / "stat").read_text().split()[2])


def soon(happened) -> bool:
    """Whether it comes about within a minute."""
    return any(happened() or time.sleep(0.05) for _ in range(PATIENCE_S * 20))
