"""The calendar as a file, and whose it is."""

import sys
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest

from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.diary.calendar import last_change
from backstride.diary.opening import open_store
from backstride.diary.schema import OWNER
from backstride.diary.settings import set_setting
from backstride.errors import DiaryFull
from backstride.report.calendar import Event, calendar
from backstride.services.calendar import write_calendar


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


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such modes")
def test_a_calendar_is_for_its_owner_alone(tmp_path):
    """Also where the file was there before, open to others."""
    path = tmp_path / "plan.ics"
    path.touch(mode=0o644)
    write_calendar(path, diary=str(tmp_path / "d.sqlite"), today=date(2026, 6, 1))
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_session_has_a_higher_number_after_a_change(tmp_path):
    """Calendars keep the version with the highest; nothing changed, nothing counted."""
    day, morning = date(2026, 6, 1), datetime(2026, 6, 1, 7, tzinfo=UTC)
    event = Event("1@backstride", day, "20 minutes")

    def number(stamped):
        (one,) = icalendar.Calendar.from_ical(calendar([event], stamped=stamped)).walk("VEVENT")
        assert one["last-modified"].dt == stamped
        return one["sequence"]

    assert number(morning) == number(morning) < number(morning + timedelta(minutes=1))


def test_what_was_told_last_dates_the_calendar(tmp_path):
    """A check-in at noon may change a session of the day."""
    noon = datetime(2026, 6, 1, 12, tzinfo=UTC)
    with open_store(tmp_path / "d.sqlite") as store:
        assert last_change(store, OWNER) is None
        told = Records((CheckIn(moment=noon, note="better", source="app"),))
        store.diary(OWNER).add(told, source="app", now=noon)
        assert last_change(store, OWNER) == noon
        set_setting(store, OWNER, "theme", "dark", now=noon + timedelta(hours=1))
        assert last_change(store, OWNER) == noon + timedelta(hours=1)
