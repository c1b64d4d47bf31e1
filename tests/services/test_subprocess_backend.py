"""Files are read in a process that may be lost: one file is refused, the others go on."""

import gzip
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.importers import archives as made

from backstride.errors import BrokenFile, NotReadable
from backstride.importers.folder import import_path
from backstride.services.import_files import import_paths
from backstride.services.read_tasks import Limits
from backstride.services.subprocess_backend import SubprocessBackend
from backstride.testing.fit_file import write_fit

HOME = ZoneInfo("UTC")
HARMFUL = [str(Path(__file__).with_name("harmful_worker.py"))]
ASKS = """
import sys
from pathlib import Path
from zoneinfo import ZoneInfo
from backstride.services.subprocess_backend import SubprocessBackend
from backstride.services.import_files import import_paths
with SubprocessBackend(program=sys.argv[3:]) as backend:
    print(*backend.processes, flush=True)
    import_paths([Path(sys.argv[1])], zone=ZoneInfo("UTC"), diary=sys.argv[2], backend=backend)
"""
HASTY = Limits(cpu_s=1, list_cpu_s=1)
IMPATIENT = Limits(wait_s=0.2)
WHY = {
    "dies": "stopped the process",
    "eats": "more memory",
    "fails": "stopped the process",
    "spins": "longer",
}


@pytest.fixture
def folder(tmp_path):
    """A run, then four files that harm, one of them in an archive, then a run."""
    for name in ("dies", "fails", "spins"):
        (tmp_path / f"b-{name}.fit").write_bytes(b"x")
    (tmp_path / "b.zip").write_bytes(made.zipped({"eats.fit": b"x"}))
    (tmp_path / "a.fit").write_bytes(write_fit(made.FIRST))
    (tmp_path / "c.fit").write_bytes(write_fit(made.days_later(1)))
    return tmp_path


def test_a_file_that_harms_is_refused_and_the_rest_is_read(folder):
    """Killed, spinning, hungry or met with a defect of ours: each is one file with a sentence."""
    with SubprocessBackend(program=HARMFUL, limits=HASTY) as backend:
        result = import_path(folder, zone=HOME, backend=backend)
    assert [run.source for run in result.records.runs] == ["a.fit", "c.fit"]
    refused = {skip.where: skip.why for skip in result.skipped}
    assert len(refused) == len(WHY)
    assert all(WHY[where.rpartition("-")[2][:-4].rpartition("/")[2]] in why for where, why in refused.items())


def test_who_waits_at_a_page_goes_first(folder):
    """The process that reads has the processor where others leave it to it."""
    with SubprocessBackend() as backend:
        import_path(folder / "a.fit", zone=HOME, backend=backend)
        (reads,) = backend.processes
        assert os.getpriority(os.PRIO_PROCESS, reads) > os.getpriority(os.PRIO_PROCESS, os.getpid())


def test_a_single_file_that_harms_is_an_error_of_ours(folder):
    """There is nothing else to go on with."""
    with (
        SubprocessBackend(program=HARMFUL, limits=HASTY) as backend,
        pytest.raises(BrokenFile, match="stopped the process"),
    ):
        import_path(folder / "b-dies.fit", zone=HOME, backend=backend)


def test_a_file_over_which_nothing_happens_is_refused(tmp_path):
    """Nobody waits for ever, and the process that hung is gone."""
    (tmp_path / "hangs.fit").write_bytes(b"x")
    with SubprocessBackend(program=HARMFUL, limits=IMPATIENT) as backend:
        hung = backend.processes
        with pytest.raises(BrokenFile, match="longer"):
            import_path(tmp_path / "hangs.fit", zone=HOME, backend=backend)
        assert backend.processes != hung


def test_reading_apart_gives_what_reading_here_gives(tmp_path, monkeypatch):
    """A mixed folder: archives in archives, damaged ones, a table, an export; read by two processes, and by none."""
    (tmp_path / "a.zip").write_bytes(made.with_good({"../x": b"x", "b.zip": made.nested(2), "c.fit": b"?"}))
    (tmp_path / "runs.csv").write_text("date,time,minutes,km\n2026-05-04,07:30,30,5\n")
    (tmp_path / "many").mkdir()
    monkeypatch.setattr("backstride.services.subprocess_backend.FILES_A_WORKER", 20)
    for day in range(25):
        (tmp_path / "many" / f"{day}.fit").write_bytes(write_fit(made.days_later(day), records_every_s=600))
    with SubprocessBackend() as backend:
        assert import_path(tmp_path, zone=HOME, backend=backend) == import_path(tmp_path, zone=HOME)


def test_a_process_lost_between_two_files_is_begun_anew(tmp_path):
    """Whoever ended it: nothing is refused for it."""
    (tmp_path / "a.fit").write_bytes(write_fit(made.FIRST))
    with SubprocessBackend() as backend:
        assert len(import_path(tmp_path, zone=HOME, backend=backend).records.runs) == 1
        os.kill(backend.processes[0], signal.SIGKILL)
        os.waitid(os.P_PID, backend.processes[0], os.WEXITED | os.WNOWAIT)
        assert len(import_path(tmp_path, zone=HOME, backend=backend).records.runs) == 1


def test_a_process_that_never_starts_is_told(tmp_path):
    """Then nothing can be read at all, and nobody waits for ever."""
    (tmp_path / "a.fit").write_bytes(write_fit(made.FIRST))
    with (
        SubprocessBackend(program=["-m", "no_such_module"]) as backend,
        pytest.raises(NotReadable, match="started"),
    ):
        import_path(tmp_path / "a.fit", zone=HOME, backend=backend)


def test_a_stop_on_the_way_leaves_no_half_import(tmp_path):
    """Stopped after two of three files, the diary is as it was; the next import takes all, the one after none."""
    mixed = tmp_path / "mixed"
    mixed.mkdir()
    (mixed / "a.fit").write_bytes(write_fit(made.FIRST))
    (mixed / "b.fit.gz").write_bytes(gzip.compress(write_fit(made.days_later(1))))
    (mixed / "c.zip").write_bytes(
        made.zipped({"d.zip": made.zipped({"e.fit": write_fit(made.days_later(2))})})
    )
    book = tmp_path / "diary.sqlite3"

    def stopped(done, of):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_paths([mixed], zone=HOME, diary=str(book), progress=stopped)
    assert not book.exists()
    added = [import_paths([mixed], zone=HOME, diary=str(book)).added for _ in range(2)]
    assert [(one.new, one.already_there) for one in added] == [
        (4, 0),
        (0, 4),
    ]  # three runs, and the days they vouch for
    with sqlite3.connect(book) as store:
        assert store.execute("pragma integrity_check").fetchone() == ("ok",)


def test_a_killed_import_leaves_nobody_reading(tmp_path):
    """The process that reads, hanging on a file, ends when the one that asked is gone; nothing was stored."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a-hangs.fit").write_bytes(b"x")
    told = {**os.environ, "HANGING": str(tmp_path / "hanging")}
    asks = [sys.executable, "-c", ASKS, str(tmp_path / "in"), str(tmp_path / "diary.sqlite3"), *HARMFUL]
    with subprocess.Popen(asks, stdout=subprocess.PIPE, text=True, env=told) as asking:
        reader = Path("/proc", asking.stdout.readline().strip())
        assert soon((tmp_path / "hanging").exists)
        asking.kill()
    assert soon(lambda: not reader.exists() or "Z" in (reader / "stat").read_text().split()[2])
    assert not (tmp_path / "diary.sqlite3").exists()


def test_an_archive_of_a_diary_is_read_apart(tmp_path):
    """One that unpacks to more than any diary, is refused, and this process holds none of it."""
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archived:
        archived.writestr(
            "diary.json", b'{"backstride_diary":1,"choices":[],"entries":[' + b"[]," * 5_000_000 + b"[]]}"
        )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with SubprocessBackend(limits=Limits(memory_mb=400)) as backend:
        assert isinstance(backend.unpack(tmp_path / "bomb.zip"), BrokenFile)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def soon(happened):
    """Whether it comes about within a minute."""
    return any(happened() or time.sleep(0.05) for _ in range(1200))
