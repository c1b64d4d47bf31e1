"""The calendar as a file, and whose it is."""

from datetime import date

import icalendar
import pytest

from backstride.actions.calendar import write_calendar
from backstride.diary.opening import open_store
from backstride.errors import DiaryFull


def test_a_calendar_without_a_plan_is_empty(tmp_path):
    """It is a calendar all the same."""
    write_calendar(tmp_path / "plan.ics", diary=str(tmp_path / "d.sqlite"), today=date(2026, 6, 1))
    assert icalendar.Calendar.from_ical((tmp_path / "plan.ics").read_bytes()).walk("VEVENT") == []


def test_a_file_that_cannot_be_written_is_told(tmp_path):
    """A folder that is not there."""
    with pytest.raises(DiaryFull, match="cannot be written"):
        write_calendar(tmp_path / "no" / "plan.ics", diary=str(tmp_path / "d.sqlite"), today=date(2026, 6, 1))
    with open_store(tmp_path / "d.sqlite") as store:
        assert store.diary(1).entries() == ()
