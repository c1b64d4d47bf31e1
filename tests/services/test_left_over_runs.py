"""A table that was corrected, sorted and imported again: what its diary still holds is said."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backstride.importers.backends.in_process import InProcessBackend
from backstride.services.import_files import import_paths

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
ROWS = [f"2026-05-{day:02d} 07:15,{30 + day},{5 + day / 10}" for day in range(1, 11)]


def notes(folder: Path, name: str, rows: list[str]) -> str:
    """Import a table of runs into the diary of the folder; return all that is said."""
    table = folder / name
    table.write_text("\n".join(["start,moving_min,distance_km", *rows]))
    with InProcessBackend() as backend:
        read = import_paths([table], zone=BERLIN, diary=str(folder / "d.db"), now=NOW, backend=backend).read
    return " ".join(read.notes)


@pytest.mark.parametrize("name", ["runs.csv", "runs v2.csv"])
def test_a_run_at_another_time_in_a_sorted_or_renamed_table_is_said(tmp_path: Path, name):
    """The time of one row was corrected; the row of before still counts."""
    notes(tmp_path, "runs.csv", ROWS)
    corrected = [ROWS[0], *reversed([*ROWS[1:3], ROWS[3].replace("07:15", "17:15"), *ROWS[4:]])]
    said = notes(tmp_path, name, corrected)
    assert "The run of 2026-05-04 07:15 (runs.csv line 5) was in the diary, and the one at 17:15" in said


def test_a_row_that_was_taken_out_is_said_to_stay(tmp_path: Path):
    """Only between the first and the last day of the table: next month's table takes nothing out."""
    notes(tmp_path, "runs.csv", ROWS)
    assert "no longer in their table: 1 (2026-05-04 07:15)" in notes(
        tmp_path, "runs.csv", ROWS[:3] + ROWS[4:]
    )
    assert "no longer in their table" not in notes(
        tmp_path, "runs.csv", ["2026-05-20 07:15,30,5", "2026-05-21 07:15,30,5"]
    )


def test_the_same_table_again_says_nothing(tmp_path: Path):
    """Nor does one with a corrected row in its place."""
    notes(tmp_path, "runs.csv", ROWS)
    for rows in (ROWS, [*ROWS[:3], ROWS[3].replace("07:15", "17:15"), *ROWS[4:]]):
        said = notes(tmp_path, "runs.csv", rows)
        assert "no longer in their table" not in said
        assert "equally long and far" not in said
