"""Files and folders, with what stands in them, whatever it is."""

import gzip
import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backstride.core.run import Run
from backstride.errors import NotReadable, UnknownFormat
from backstride.importers.backends.in_process import ACTIVITY_FILES
from backstride.importers.folder import import_path
from backstride.importers.vendors.apps import ONE_SESSION_A_FILE
from backstride.testing.fit_file import write_fit

HOME = ZoneInfo("UTC")
FIRST = Run(
    start=datetime(2026, 5, 1, 7, 30, tzinfo=UTC), moving_s=1803.0, distance_m=5000.0, heart_rate_mean=150.0
)


def days_later(days):
    """The same run some days later."""
    return replace(FIRST, start=FIRST.start + timedelta(days=days))


@pytest.fixture
def log(tmp_path):
    """A folder with three runs on 1, 4 and 9 May, one of them in a folder of its own."""
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "a.fit").write_bytes(write_fit(FIRST))
    (tmp_path / "b.fit").write_bytes(write_fit(days_later(3)))
    (tmp_path / "c.fit.gz").write_bytes(gzip.compress(write_fit(days_later(8))))
    return tmp_path


def starts(result):
    """The days of the runs."""
    return [run.local_day.day for run in result.records.runs]


def test_a_folder_is_read_with_the_folders_in_it(log):
    """Runs come in order of time, named by their place below the folder."""
    result = import_path(log, zone=HOME)
    assert starts(result) == [1, 4, 9]
    assert result.records.runs[0].source == "old/a.fit"


def test_a_run_of_1024_weeks_ago_is_told_and_its_day_left_open(log):
    """The watch's count of weeks has run over: the run was on 6 May, between the others."""
    rolled = replace(FIRST, start=FIRST.start + timedelta(days=5) - timedelta(weeks=1024))
    (log / "d.fit").write_bytes(write_fit(rolled))
    result = import_path(log, zone=HOME)
    assert starts(result) == [1, 4, 9]
    assert "1024 weeks before 2026-05-06" in result.skipped[0].why
    assert not any(date(2026, 5, 6) in span for span in result.records.covered)


def test_a_log_of_many_years_is_no_clock_that_ran_over(log):
    """Who has run for twenty years has other runs of that time."""
    for years in (20, 19):
        old = replace(FIRST, start=FIRST.start - timedelta(days=365 * years))
        (log / f"{years}.fit").write_bytes(write_fit(old))
    assert len(import_path(log, zone=HOME).records.runs) == 5


def test_a_single_file_is_read(log):
    """It vouches for no other day."""
    result = import_path(log / "b.fit", zone=HOME)
    assert (starts(result), result.records.covered) == ([4], ())


def test_activity_files_vouch_for_the_days_between_them(log):
    """From the first to the last session; a note says so in words."""
    result = import_path(log, zone=HOME)
    (span,) = result.records.covered
    assert (span.first_day, span.last_day) == (date(2026, 5, 1), date(2026, 5, 9))
    assert any("counts as a rest day" in note for note in result.notes)


def write_log(folder, *days):
    """A run on each of these days after the first, in a file of its own."""
    for n in days:
        (folder / f"{n:04}.fit").write_bytes(write_fit(days_later(n)))


@pytest.mark.parametrize(
    ("days", "spans"), [((0, 60), [(0, 60)]), ((0, 61), []), ((0, 9, 70, 75), [(0, 9), (70, 75)])]
)
def test_a_long_silence_is_not_called_rest(tmp_path, days, spans):
    """Over 60 days without any activity file nobody knows whether there were runs; a file alone vouches for none."""
    write_log(tmp_path, *days)
    result = import_path(tmp_path, zone=HOME)
    start = FIRST.local_day.toordinal()
    found = [
        (s.first_day.toordinal() - start, s.last_day.toordinal() - start) for s in result.records.covered
    ]
    assert found == spans
    assert any("Nothing is assumed" in note for note in result.notes) == (len(spans) > 1)


def test_many_stretches_are_told_in_one_line(tmp_path):
    """Three are named, the others counted."""
    write_log(tmp_path, *(100 * k + n for k in range(6) for n in (0, 1)))
    result = import_path(tmp_path, zone=HOME)
    assert len(result.records.covered) == 6
    assert any("2026-05-01 - 2026-05-02" in note and "+3" in note for note in result.notes)


def test_files_of_tracks_vouch_as_watch_files_do(log):
    """A folder of GPX or TCX files is a log of activities, too."""
    assert {"FIT", "GPX", "TCX"} | ONE_SESSION_A_FILE == ACTIVITY_FILES


RUNS = "start,moving_min\n2026-05-01 18:00,30\n2026-06-01 18:00,30\n"


def test_a_table_of_covered_days_settles_what_is_known(tmp_path):
    """Beside it a table of runs vouches for nothing by itself, and no note says that it does."""
    (tmp_path / "runs.csv").write_text(RUNS)
    alone = import_path(tmp_path, zone=HOME)
    (tmp_path / "covered.csv").write_text("from,to\n2026-05-01,2026-05-10\n")
    settled = import_path(tmp_path, zone=HOME)
    assert [span.last_day for span in alone.records.covered] == [date(2026, 6, 1)]
    assert [span.last_day for span in settled.records.covered] == [date(2026, 5, 10)]
    assert ["every run" in " ".join(found.notes) for found in (alone, settled)] == [True, False]


def test_activity_files_leave_a_table_of_runs_its_days(log):
    """Both vouch, each for its own days."""
    (log / "runs.csv").write_text(RUNS)
    assert {span.source for span in import_path(log, zone=HOME).records.covered} == {
        log.name,
        "runs.csv, first to last row",
    }


def test_one_activity_file_vouches_for_nothing(tmp_path):
    """It may have been sent alone."""
    (tmp_path / "a.fit").write_bytes(write_fit(FIRST))
    assert import_path(tmp_path, zone=HOME).records.covered == ()


def test_a_bad_file_stops_nothing(log):
    """It is named, with a sentence, and the others are read."""
    (log / "bad.fit").write_bytes(b"%PDF-1.7")
    result = import_path(log, zone=HOME)
    assert starts(result) == [1, 4, 9]
    (skipped,) = result.skipped
    assert (skipped.where, "PDF" in skipped.why) == ("bad.fit", True)


def test_hidden_files_are_left_out(log):
    """What begins with a dot, and what macOS adds to archives, is not the person's."""
    for name in (".DS_Store", ".git/a.fit", "__MACOSX/a.fit"):
        (log / name).parent.mkdir(exist_ok=True)
        (log / name).write_bytes(b"?")
    result = import_path(log, zone=HOME)
    assert (starts(result), result.skipped) == ([1, 4, 9], ())


def test_the_same_run_twice_counts_once(log):
    """A copy in another folder is noted."""
    (log / "copy.fit").write_bytes(write_fit(FIRST))
    result = import_path(log, zone=HOME)
    assert starts(result) == [1, 4, 9]
    assert any("copy.fit" in note and "old/a.fit" in note and "one run" in note for note in result.notes)


def test_the_order_on_the_disk_does_not_matter(log, monkeypatch):
    """Folders list their files in any order."""
    expected = import_path(log, zone=HOME)
    walk = os.walk

    def backwards(*args, **kwargs):
        return ((here, folders, files[::-1]) for here, folders, files in walk(*args, **kwargs))

    monkeypatch.setattr(os, "walk", backwards)
    assert import_path(log, zone=HOME) == expected


def test_progress_is_told_after_each_file(log):
    """How many are done, and of how many."""
    told = []
    import_path(log, zone=HOME, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_an_empty_folder_says_what_to_put_there(tmp_path):
    """Nothing at all is more likely a slip than a wish."""
    with pytest.raises(NotReadable, match="empty") as caught:
        import_path(tmp_path, zone=HOME)
    assert "FIT" in caught.value.advice


@pytest.mark.parametrize("name", ["missing", "missing/a.fit", "nul\0byte", "x" * 300])
def test_a_path_that_is_not_there_is_not_readable(tmp_path, name):
    """Whatever was typed."""
    with pytest.raises(NotReadable, match="cannot be opened"):
        import_path(tmp_path / name, zone=HOME)


def test_a_single_file_of_another_kind_is_an_error(tmp_path):
    """There is nothing else to go on with."""
    (tmp_path / "a.fit").write_bytes(b"<html></html>")
    with pytest.raises(UnknownFormat, match="a web page"):
        import_path(tmp_path / "a.fit", zone=HOME)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_pipes_are_not_waited_for(log):
    """A pipe in the folder is skipped; given alone it is not readable."""
    os.mkfifo(log / "pipe.fit")
    assert import_path(log, zone=HOME).skipped[0].where == "pipe.fit"
    with pytest.raises(NotReadable, match="neither a file nor a folder"):
        import_path(log / "pipe.fit", zone=HOME)


def test_a_broken_link_is_skipped(log):
    """It points nowhere."""
    (log / "link.fit").symlink_to(log / "gone.fit")
    assert import_path(log, zone=HOME).skipped[0].where == "link.fit"


def test_a_folder_that_holds_itself_is_read_once(log):
    """Links to folders are not followed."""
    (log / "loop").symlink_to(log, target_is_directory=True)
    assert starts(import_path(log, zone=HOME)) == [1, 4, 9]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_skipped(log):
    """A closed file and a closed folder are named."""
    (log / "b.fit").chmod(0)
    (log / "old").chmod(0)
    result = import_path(log, zone=HOME)
    (log / "old").chmod(0o700)
    assert [skipped.where for skipped in result.skipped] == ["old", "b.fit"]


def test_a_folder_that_cannot_be_listed_is_skipped(log, monkeypatch):
    """The disk may fail for one folder alone."""
    scandir = os.scandir

    def failing(path):
        if os.fspath(path).endswith("old"):
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", failing)
    result = import_path(log, zone=HOME)
    assert (starts(result), result.skipped[0].where) == ([4, 9], "old")


def test_a_folder_that_cannot_be_listed_itself_is_not_readable(log, monkeypatch):
    """There is nothing else to go on with."""

    def failing(path):
        raise PermissionError(13, "Permission denied", os.fspath(path))

    monkeypatch.setattr(os, "scandir", failing)
    with pytest.raises(NotReadable, match="permission denied"):
        import_path(log, zone=HOME)


def test_a_file_larger_than_any_record_is_skipped(log):
    """Its size is looked at before it is opened."""
    with (log / "film.fit").open("wb") as film:
        film.truncate(2**30)
    assert "larger than" in import_path(log, zone=HOME).skipped[0].why


def test_names_that_are_no_text_can_be_reported(log):
    """Old disks hold names in old encodings."""
    try:
        (log / os.fsdecode(b"\xff.fit")).write_bytes(b"?")
    except OSError:
        pytest.skip("this disk takes no such names")
    (skipped,) = import_path(log, zone=HOME).skipped
    assert skipped.where.encode()


def test_a_table_and_a_watch_that_tell_of_one_run_give_one_run(log):
    """A table in the folder is one more file; a note names both sources."""
    (log / "runs.csv").write_text("date,time,minutes,km\n2026-05-04,07:30,30,5\n")
    result = import_path(log, zone=HOME)
    assert starts(result) == [1, 4, 9]
    assert any(note.startswith("b.fit and runs.csv line 2 are one run") for note in result.notes)
