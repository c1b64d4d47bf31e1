"""Folders for what is being worked on: none outlives its process for longer than to the next start."""

import subprocess
import sys

import pytest

from backstride.runtime.scratch import Scratch, scratch_folder

KILLED = """
import os, signal, sys
from pathlib import Path
from backstride.runtime.scratch import Scratch
(Scratch(Path(sys.argv[1])).folder() / "a.csv").write_text("pain 7")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def below(tmp_path):
    """A folder for temporary files, in which a process has left one, and somebody keeps another of that name."""
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)])
    assert len(list(tmp_path.glob("*/*/a.csv"))) == 1
    return tmp_path


def test_what_a_killed_process_left_is_removed_at_the_next_start(below):
    """Whoever killed it, and whatever it was doing."""
    assert Scratch(below).remove_left_over() == 1
    assert list(below.iterdir()) == []


def test_what_another_process_works_on_stays(below):
    """Two servers, one folder for temporary files: neither takes away what the other reads."""
    living = Scratch(below)
    kept = living.folder()
    assert (Scratch(below).remove_left_over(), kept.is_dir()) == (1, True)
    living.close()
    assert list(below.iterdir()) == []


def test_a_link_is_not_followed(below, tmp_path_factory):
    """A name that somebody else gave to a folder of theirs leads to nothing being removed."""
    theirs = tmp_path_factory.mktemp("theirs")
    (theirs / "kept").touch()
    (below / "backstride-work-link").symlink_to(theirs)
    Scratch(below).remove_left_over()
    assert (theirs / "kept").exists()


def test_only_its_owner_may_look_in():
    """Files hold values of health while they wait."""
    with scratch_folder() as folder:
        assert (folder.stat().st_mode | folder.parent.stat().st_mode) & 0o077 == 0
    assert not folder.parent.exists()
