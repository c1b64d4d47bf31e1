"""Files are read in a process that may be lost: one file is refused, the others go on."""

import os
import signal
import sqlite3
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.importers import archives as made

from backstride.actions.desk_apart import DeskApart
from backstride.actions.errands import Limits
from backstride.actions.keep import import_paths
from backstride.diary.opening import open_diary
from backstride.errors import BrokenFile, NotReadable
from backstride.importers.folder import import_path
from backstride.testing.fit_file import write_fit

HOME = ZoneInfo("UTC")
HARMFUL = [str(Path(__file__).with_name("harmful_worker.py"))]
HASTY = Limits(cpu_s=1, list_cpu_s=1, wait_s=3.0)
WHY = {
    "dies": "stopped the process",
    "eats": "more memory",
    "fails": "stopped the process",
    "hangs": "longer",
    "spins": "longer",
}


@pytest.fixture
def folder(tmp_path):
    """A run, then five files that harm, one of them in an archive, then a run."""
    for name in ("dies", "fails", "hangs", "spins"):
        (tmp_path / f"b-{name}.fit").write_bytes(b"x")
    (tmp_path / "b.zip").write_bytes(made.zipped({"eats.fit": b"x"}))
    (tmp_path / "a.fit").write_bytes(write_fit(made.FIRST))
    (tmp_path / "c.fit").write_bytes(write_fit(made.days_later(1)))
    return tmp_path


def test_a_file_that_harms_is_refused_and_the_rest_is_read(folder):
    """Killed, hung, spinning, hungry or met with a defect of ours: each is one file with a sentence."""
    with DeskApart(program=HARMFUL, limits=HASTY) as desk:
        result = import_path(folder, zone=HOME, desk=desk)
    assert [run.source for run in result.records.runs] == ["a.fit", "c.fit"]
    refused = {skip.where: skip.why for skip in result.skipped}
    assert len(refused) == len(WHY)
    assert all(WHY[where.rpartition("-")[2][:-4].rpartition("/")[2]] in why for where, why in refused.items())


def test_a_single_file_that_harms_is_an_error_of_ours(folder):
    """There is nothing else to go on with."""
    with (
        DeskApart(program=HARMFUL, limits=HASTY) as desk,
        pytest.raises(BrokenFile, match="stopped the process"),
    ):
        import_path(folder / "b-dies.fit", zone=HOME, desk=desk)


def test_reading_apart_gives_what_reading_here_gives(tmp_path, monkeypatch):
    """A mixed folder: archives in archives, damaged ones, a table, an export; read by two processes, and by none."""
    (tmp_path / "a.zip").write_bytes(made.with_good({"../x": b"x", "b.zip": made.nested(2), "c.fit": b"?"}))
    (tmp_path / "runs.csv").write_text("date,time,minutes,km\n2026-05-04,07:30,30,5\n")
    (tmp_path / "many").mkdir()
    monkeypatch.setattr("backstride.actions.desk_apart.FILES_A_WORKER", 20)
    for day in range(25):
        (tmp_path / "many" / f"{day}.fit").write_bytes(write_fit(made.days_later(day), records_every_s=600))
    with DeskApart() as desk:
        assert import_path(tmp_path, zone=HOME, desk=desk) == import_path(tmp_path, zone=HOME)


def test_a_process_lost_between_two_files_is_begun_anew(tmp_path):
    """Whoever ended it: nothing is refused for it."""
    (tmp_path / "a.fit").write_bytes(write_fit(made.FIRST))
    with DeskApart() as desk:
        assert len(import_path(tmp_path, zone=HOME, desk=desk).records.runs) == 1
        os.kill(desk.processes[0], signal.SIGKILL)
        os.waitid(os.P_PID, desk.processes[0], os.WEXITED | os.WNOWAIT)
        assert len(import_path(tmp_path, zone=HOME, desk=desk).records.runs) == 1


def test_a_process_that_never_starts_is_told(tmp_path):
    """Then nothing can be read at all, and nobody waits for ever."""
    (tmp_path / "a.fit").write_bytes(write_fit(made.FIRST))
    with (
        DeskApart(program=["-m", "no_such_module"]) as desk,
        pytest.raises(NotReadable, match="started"),
    ):
        import_path(tmp_path / "a.fit", zone=HOME, desk=desk)


def test_a_stop_on_the_way_leaves_no_half_import(tmp_path):
    """Stopped after the second of three files, the diary is as it was; the next import takes all, once."""
    for day in range(3):
        (tmp_path / f"{day}.fit").write_bytes(write_fit(made.days_later(day)))
    book = tmp_path / "diary.sqlite3"

    def stopped(done, of):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_paths([tmp_path], zone=HOME, diary=str(book), progress=stopped)
    assert not book.exists()
    assert [import_paths([tmp_path], zone=HOME, diary=str(book)).added.new for _ in range(2)] == [4, 0]
    with sqlite3.connect(book) as store:
        assert store.execute("pragma integrity_check").fetchone() == ("ok",)
    with open_diary(str(book)) as diary:
        assert len(diary.records().runs) == 3
