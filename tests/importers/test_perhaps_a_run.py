"""What is perhaps a run: words for either, a walker's pace, and one run written down twice at two times."""

from pathlib import Path

import pytest
from tests.importers.test_own_tables import BERLIN, notes, read

from backstride.core.run import Activity
from backstride.importers.folder import import_path
from backstride.importers.sport_words import kind_called


@pytest.mark.parametrize(
    "word",
    [
        "run or walk",
        "walk/run",
        "Gehen/Laufen",
        "Laufen oder Gehen",
        "run?",
        "watched run",
        "School run",
        "Beer run",
    ],
)
def test_a_word_for_perhaps_a_run_is_open(word):
    """Neither a run nor a day without one."""
    assert kind_called(word)[:2] == (Activity.OTHER, "unknown")


@pytest.mark.parametrize(
    "word", ["run", "Trail run", "Running/Jogging", "Easy/Recovery run", "5k run walk", "Run/Walk", "Lauf"]
)
def test_a_word_for_a_run_stays_one(word):
    """Also where it has two names, or names its pauses."""
    assert kind_called(word).activity is Activity.RUN


def test_a_walkers_pace_without_a_kind_is_open():
    """Four kilometres in an hour; with a kind, or at a jogger's pace, it is a run."""
    text = (
        "start,min,km,activity\n2026-05-01 18:10,60,4,\n2026-05-03 18:10,60,4,run\n2026-05-05 18:10,45,4.5,\n"
    )
    assert [one.kind_source for one in read(text).records.runs] == ["unknown", "stated", "assumed"]
    assert "line 4 are slower than most people run" in notes(text)


def test_hours_of_a_phones_walking_distance_are_no_runs():
    """Each hour at a walker's pace; such a list vouches for no day of rest."""
    rows = "".join(
        f"2026-05-01 {h:02d}:00,2026-05-01 {h + 1:02d}:00,{km}\n"
        for h, km in ((9, 3.1), (13, 2.4), (17, 4.0))
    )
    records = read(f"start,end,distance (km)\n{rows}{rows.replace('05-01', '05-05')}").records
    assert not [one for one in records.runs if one.is_running]
    assert not records.covered


@pytest.mark.parametrize(("at", "is_said"), [("08:00", True), ("19:00", True), ("07:02", False)])
def test_one_run_written_down_at_another_time_is_asked(tmp_path: Path, at, is_said):
    """A watch and a hand-made table; within the run's length they are one run, as before."""
    (tmp_path / "watch.csv").write_text("start,moving_min,distance_km\n2026-05-03 07:01:12,30.1,5.02\n")
    (tmp_path / "runs.csv").write_text(
        f"start,moving_min,distance_km\n2026-05-03 {at},30,5\n2026-05-05 {at},30,5\n"
    )
    result = import_path(tmp_path, zone=BERLIN)
    assert len(result.records.runs) == 2 + is_said
    assert ("are equally long and far" in " ".join(result.notes)) is is_said


def test_two_runs_of_one_table_on_a_day_are_not_doubted(tmp_path: Path):
    """Who writes two runs of a day into one table ran twice."""
    (tmp_path / "a.csv").write_text(
        "start,moving_min,distance_km\n2026-05-03 07:00,30,5\n2026-05-03 18:00,30,5\n"
    )
    (tmp_path / "b.csv").write_text("start,moving_min,distance_km\n2026-05-05 07:00,30,5\n")
    assert "equally long and far" not in " ".join(import_path(tmp_path, zone=BERLIN).notes)
