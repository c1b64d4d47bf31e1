"""Asking, with a stand-in for the sampler where its time does not matter."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.core.scales import PainRating
from backstride.errors import BadValue, DiaryFull, TooFewRecords
from backstride.runtime.jit_cache import configure_numba_cache
from backstride.services.ask import ask, write_atomically

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize("worthwhile", [0.4, 2.1, float("nan")])
def test_a_worthwhile_change_is_checked_first(worthwhile, tmp_path):
    """A worthwhile change out of reach is refused before anything is made."""
    with pytest.raises(BadValue, match=r"from 0\.5 to 2"):
        ask(Records(), zone=BERLIN, seed=1, folder=tmp_path / "out", worthwhile=worthwhile)
    assert not (tmp_path / "out").exists()


def test_no_records_no_answer(tmp_path):
    """Without a single record the question cannot be asked."""
    with pytest.raises(TooFewRecords):
        ask(Records(), zone=BERLIN, seed=1, folder=tmp_path)


def test_a_folder_that_cannot_be_written_to_is_said_before_the_work(tmp_path, monkeypatch):
    """Nobody waits a minute for an answer that has no place: even too few records are told after it."""

    def refused(**_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("backstride.services.ask.TemporaryFile", refused)
    with pytest.raises(DiaryFull, match="Permission denied"):
        ask(Records(), zone=BERLIN, seed=1, folder=tmp_path)


def test_tomorrow_is_not_part_of_an_answer(tmp_path):
    """Check-ins of days to come are left out, whoever hands them in."""
    now = datetime(2026, 5, 1, 12, tzinfo=UTC)
    mornings = tuple(CheckIn(moment=now + timedelta(days=n), pain=PainRating(3.0)) for n in range(-5, 20))
    with pytest.raises(
        TooFewRecords, match=r"Rated mornings so far: 8\. A first answer needs 10\."
    ) as caught:
        ask(Records(mornings), zone=BERLIN, seed=1, folder=tmp_path, now=now)
    assert caught.value.advice


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    """Where the disk is full the old file stays, and no half file lies beside it."""
    (tmp_path / "report.html").write_text("old")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiaryFull, match="No space left"):
        write_atomically(tmp_path / "report.html", "new")
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("report.html", "old")]


def test_only_the_owner_reads_what_is_written(tmp_path):
    """A report is a person's own: nobody else on the machine may read it."""
    write_atomically(tmp_path / "report.html", "mine")
    assert (tmp_path / "report.html").stat().st_mode & 0o077 == 0


def test_the_engine_is_kept_in_the_data_folder(monkeypatch):
    """Where no other folder is named, the compiled engine is kept with the person's data."""
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    assert configure_numba_cache() == Path(os.environ["BACKSTRIDE_DATA"]) / "engine"
    assert os.environ["NUMBA_CACHE_DIR"] == str(configure_numba_cache())


def test_an_engine_that_cannot_be_kept_is_no_error(monkeypatch):
    """Where the data folder cannot be made the engine does without."""
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    monkeypatch.setenv("BACKSTRIDE_DATA", "/proc/nowhere")
    configure_numba_cache()
    assert "NUMBA_CACHE_DIR" not in os.environ


def test_a_folder_is_answered_without_a_database(tmp_path):
    """Who keeps no diary does not wait for the library that keeps one."""
    (tmp_path / "checkins.csv").write_text("date,back_pain\n2026-01-05,3\n", encoding="utf-8")
    code = (
        "import sys; from backstride.cli.main import main\n"
        f"try: main(['answer', {str(tmp_path)!r}, '--out', {str(tmp_path / 'out')!r}])\n"
        "except SystemExit as end: print(end.code)\n"
        "print(sorted({'sqlalchemy', 'alembic'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Rated mornings so far: 1." in done.stderr
    assert done.stdout.endswith("[]\n")
