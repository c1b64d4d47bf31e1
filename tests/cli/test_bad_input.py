"""Broken inputs end with 2, a sentence that says what to do, and nothing stored half."""

import os
import resource
import sqlite3
import subprocess
import sys
from errno import EACCES
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backstride.core.records import Records
from backstride.diary.opening import open_diary
from backstride.errors import DiaryFull
from backstride.runtime.paths import default_diary_location
from backstride.runtime.timezone import default_timezone
from backstride.services import ask as ask_service

from .broken import A_RUN, BROKEN

GOOD = "time,pain\n2025-05-01 07:00,3\n2025-05-02 07:00,4\n"


def stored() -> int:
    """How many entries the person's own diary holds."""
    if not Path(default_diary_location()).exists():
        return 0
    with open_diary(default_diary_location()) as diary:
        return len(diary.entries())


def assert_refused(said, word: str = "") -> None:
    """Exit code 2; the sentence speaks of the matter and tells what to do; nobody sees a traceback."""
    assert said.code == 2, said
    assert word.lower() in said.err.lower()
    assert "Traceback" not in said.err
    assert "Error" not in said.err


@pytest.mark.parametrize("name", BROKEN)
def test_nothing_is_taken_from_a_broken_input(name, backstride, tmp_path):
    """Each broken input is refused in words, and the diary stays as it was."""
    make, word = BROKEN[name]
    said = backstride("import", make(tmp_path))
    assert_refused(said, word)
    assert len(said.err.split()) > 6
    assert stored() == 0


@pytest.mark.parametrize("name", [name for name in BROKEN if "folder" not in name and "path" not in name])
def test_a_broken_file_does_not_spoil_the_good_one_beside_it(name, backstride, tmp_path):
    """In a folder, what is broken is listed as left out, with its name, and what is good is kept."""
    make, _ = BROKEN[name]
    (tmp_path / "mornings.csv").write_text(GOOD)
    path = make(tmp_path)
    said = backstride("import", tmp_path)
    assert said.code == 0, said
    assert stored() == 2
    if path.is_relative_to(tmp_path):
        assert path.name in said.out.partition("Left out")[2]


def test_one_impossible_row_does_not_spoil_the_others(backstride, tmp_path):
    """A row with pain of 11 is listed with its line; the other rows are kept."""
    (tmp_path / "check-ins.csv").write_text(GOOD + "2025-05-03 07:00,11\n")
    said = backstride("import", tmp_path)
    assert said.code == 0
    assert "line 4" in said.out.partition("Left out")[2]
    assert stored() == 2


def test_a_zone_that_is_none(backstride, tmp_path):
    """A zone that nobody knows is refused with an example."""
    (tmp_path / "check-ins.csv").write_text(GOOD)
    assert_refused(backstride("import", tmp_path, "--zone", "Mars/Olympus"), "Europe/Berlin")


@pytest.mark.parametrize("worthwhile", ["0.1", "7", "nan", "-1", "inf"])
def test_a_worthwhile_change_out_of_reach(worthwhile, backstride, tmp_path):
    """A worthwhile change outside 0.5 to 2 points is refused before anything is worked out."""
    (tmp_path / "check-ins.csv").write_text(GOOD)
    said = backstride("answer", tmp_path, "--worthwhile", worthwhile, "--out", tmp_path / "out")
    assert_refused(said, "0.5 to 2")
    assert not (tmp_path / "out").exists()


def test_a_seed_below_zero(backstride, tmp_path):
    """A negative seed is refused."""
    (tmp_path / "check-ins.csv").write_text(GOOD)
    assert_refused(backstride("answer", tmp_path, "--seed", "-1"), "whole number")


def test_words_where_a_number_belongs(backstride, tmp_path):
    """A worthwhile change in words is a usage error, with 2."""
    assert backstride("answer", tmp_path, "--worthwhile", "much").code == 2


def test_not_enough_check_ins(backstride, tmp_path):
    """Two mornings are too few to ask; the sentence says how many are the least."""
    (tmp_path / "check-ins.csv").write_text(GOOD)
    said = backstride("answer", tmp_path, "--out", tmp_path / "out")
    assert_refused(said, "Rated mornings so far: 2. A first answer needs 10.")
    assert not list(tmp_path.glob("out/*"))


def test_runs_without_any_rating(backstride, tmp_path):
    """Runs alone cannot be asked about pain."""
    (tmp_path / "run.fit").write_bytes(A_RUN)
    assert_refused(
        backstride("answer", tmp_path, "--out", tmp_path / "out"),
        "Rated mornings so far: 0. A first answer needs 10.",
    )


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_read(backstride, tmp_path):
    """A folder closed to the person is named."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o000)
    assert_refused(backstride("import", closed), "closed")


def test_a_folder_that_the_system_refuses_to_open(backstride, tmp_path, monkeypatch):
    """Where the system says 'permission denied', so does the sentence, and it says what to check."""

    def refuse(path, *_, **__):
        raise PermissionError(13, "Permission denied", os.fspath(path))

    (tmp_path / "closed").mkdir()
    monkeypatch.setattr("os.scandir", refuse)
    assert_refused(backstride("import", tmp_path / "closed"), "permission denied")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"This is a shopping list, not a diary.", "not a diary"),
        (b"SQLite format 3\x00" + bytes(4000), "diary"),
    ],
    ids=["another file", "damaged"],
)
def test_a_diary_that_is_none(content, word, backstride, tmp_path):
    """A file that is no diary is refused, and left byte for byte as it was."""
    (tmp_path / "check-ins.csv").write_text(GOOD)
    place = Path(default_diary_location())
    place.write_bytes(content)
    assert_refused(backstride("import", tmp_path / "check-ins.csv"), word)
    assert place.read_bytes() == content


def test_a_diary_that_is_a_folder(backstride, tmp_path):
    """A folder in the diary's place is named as such."""
    (tmp_path / "check-ins.csv").write_text(GOOD)
    Path(default_diary_location()).mkdir()
    assert_refused(backstride("import", tmp_path), "folder")


def test_a_diary_of_a_newer_version(backstride, tmp_path):
    """A diary written by a newer backstride is not touched; the sentence says to update."""
    (tmp_path / "check-ins.csv").write_text(GOOD)
    backstride("import", tmp_path)
    with sqlite3.connect(default_diary_location()) as connection:
        connection.execute("UPDATE diary_schema SET version_num = '9999'")
    connection.close()
    assert_refused(backstride("import", tmp_path), "newer")


def test_a_diary_that_may_not_be_written(backstride, tmp_path, monkeypatch):
    """A diary in a place that may not be written to is refused, and nothing is stored."""
    (tmp_path / "check-ins.csv").write_text(GOOD)
    monkeypatch.setenv("BACKSTRIDE_DIARY", "/proc/diary.sqlite")
    assert_refused(backstride("import", tmp_path), "cannot be written to")


def test_a_server_that_does_not_answer(backstride, tmp_path, monkeypatch):
    """A diary on a server that cannot be reached is a sentence without the password in it."""
    (tmp_path / "check-ins.csv").write_text(GOOD)
    monkeypatch.setenv("BACKSTRIDE_DIARY", "postgresql://me:secret@127.0.0.1:9/diary?connect_timeout=2")
    said = backstride("import", tmp_path)
    assert_refused(said)
    assert "secret" not in said.err


def test_a_full_disk_stores_nothing_half(backstride, tmp_path):
    """Where the disk takes no more, the import fails as a whole and the diary before it is unharmed."""
    (tmp_path / "check-ins.csv").write_text(GOOD)
    backstride("import", tmp_path)
    rows = "".join(
        f"2024-{m:02}-{d:02} 07:00,{d % 10},{'slept ' * 40}\n" for m in range(1, 13) for d in range(1, 29)
    )
    (tmp_path / "more.csv").write_text("time,pain,note\n" + rows)
    before = stored()
    full = Path(default_diary_location()).stat().st_size + 30_000
    said = subprocess.run(
        [sys.executable, "-m", "backstride.cli.main", "import", tmp_path / "more.csv"],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (full, full)),
    )
    assert said.returncode == 2, said
    assert "Traceback" not in said.stderr
    assert stored() == before == 2


def test_an_answer_that_cannot_be_written(backstride, tmp_path):
    """A file in the place of the output folder is refused before anything is worked out."""
    backstride("simulate", tmp_path / "one", "--days", "30")
    (tmp_path / "out").write_text("in the way")
    assert_refused(backstride("answer", tmp_path / "one" / "records", "--out", tmp_path / "out"), "cannot be")


def test_an_answer_into_a_read_only_folder(tmp_path, monkeypatch):
    """An output folder that the system refuses to write into is said before anything is worked out."""

    def refused(*_args, **options):
        raise PermissionError(EACCES, "Permission denied", str(options["dir"]))

    worked_out = []
    monkeypatch.setattr(ask_service, "TemporaryFile", refused)
    monkeypatch.setattr(ask_service, "estimate", lambda *args, **_options: worked_out.append(args))
    with pytest.raises(DiaryFull, match="cannot be"):
        ask_service.ask(Records(), zone=ZoneInfo("Europe/Berlin"), seed=0, folder=tmp_path / "out")
    assert worked_out == []


def test_a_simulated_person_needs_an_empty_folder(backstride, tmp_path):
    """Nothing of a person's own is overwritten by a made-up one."""
    (tmp_path / "check-ins.csv").write_text(GOOD)
    assert_refused(backstride("simulate", tmp_path), "not an empty folder")
    assert (tmp_path / "check-ins.csv").read_text() == GOOD


@pytest.mark.parametrize(
    "wish", [("--effect", "-40"), ("--days", "3"), ("--missing", "2"), ("--zone", "Nowhere")]
)
def test_a_person_that_cannot_be(wish, backstride, tmp_path):
    """A wish that nobody can fulfil is refused and leaves nothing behind."""
    assert_refused(backstride("simulate", tmp_path / "one", *wish))
    assert not (tmp_path / "one").exists()


def test_the_zone_of_the_tests_is_told():
    """The tests' own zone comes from their setting, so that no machine's zone decides."""
    assert default_timezone().known_from == "told"
