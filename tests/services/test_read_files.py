"""Reading files for a person who stands at a certain day."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from backstride.core.records import CoveredSpan, Records
from backstride.errors import BadTable
from backstride.importers.base import ImportResult
from backstride.services.read_files import read_paths, without_future

UTC_ZONE = ZoneInfo("UTC")
NOW = datetime(2025, 5, 2, 12, tzinfo=UTC)


def test_what_lies_in_the_future_is_left_out(tmp_path):
    """A check-in three days ahead is listed as skipped; the others stay."""
    (tmp_path / "a.csv").write_text("time,pain\n2025-05-01 07:00,3\n2025-05-05 07:00,3\n")
    read = read_paths([tmp_path], zone=UTC_ZONE, now=NOW)
    assert [c.local_day for c in read.records.check_ins] == [date(2025, 5, 1)]
    assert "2025-05-05 07:00 (a.csv line 3) lies in the future" in read.skipped[0].why


def test_a_clock_may_run_some_hours_ahead(tmp_path):
    """A check-in of this evening, read at noon, is no defect: clocks and zones differ."""
    (tmp_path / "a.csv").write_text("time,pain\n2025-05-02 22:00,3\n")
    assert read_paths([tmp_path], zone=UTC_ZONE, now=NOW).records.count == 1


def test_covered_days_end_yesterday():
    """A source cannot vouch for days to come, nor for a day that is not over."""
    spans = (CoveredSpan(date(2025, 4, 1), date(2026, 1, 1)), CoveredSpan(date(2025, 6, 1), date(2025, 6, 2)))
    read = without_future(ImportResult(Records(covered=spans)), now=NOW)
    assert [(s.first_day, s.last_day) for s in read.records.covered] == [(date(2025, 4, 1), date(2025, 5, 1))]


def test_several_paths_are_read_together(tmp_path):
    """Two files count as one import."""
    for day in (1, 2):
        (tmp_path / f"{day}.csv").write_text(f"time,pain\n2025-05-0{day} 07:00,3\n")
    assert read_paths([tmp_path / "1.csv", tmp_path / "2.csv"], zone=UTC_ZONE, now=NOW).records.count == 2


def test_where_nothing_is_left_an_example_says_why(tmp_path):
    """If all is skipped, the error holds the first reason."""
    (tmp_path / "a.csv").write_text("time,pain\n2095-05-01 07:00,3\n")
    with pytest.raises(BadTable, match="lies in the future"):
        read_paths([tmp_path], zone=UTC_ZONE, now=NOW)
