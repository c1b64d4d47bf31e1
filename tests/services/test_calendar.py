"""The calendar as a file, and whose it is."""

import re
import sys
from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest

from backstride.core.check_in import CheckIn
from backstride.core.clearance import Reply
from backstride.core.plan_step import Step
from backstride.core.records import Records
from backstride.diary.calendar import last_change
from backstride.diary.opening import open_store
from backstride.diary.schema import OWNER
from backstride.diary.settings import set_setting
from backstride.errors import DiaryFull
from backstride.report.calendar import Event, Reminder, calendar
from backstride.screening.items import ITEMS
from backstride.screening.occasions import Occasion
from backstride.services.calendar import write_calendar
from backstride.services.plan import record_event_for
from backstride.services.screen import SafetyAnswers
from backstride.services.screening_service import store_answers_for


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


def test_reminders_ring_at_the_hour_that_was_chosen(tmp_path):
    """The check-in each day at that time wherever the phone is, a session on its day; unchosen, nothing rings."""
    day, now = date(2026, 6, 1), datetime(2026, 6, 1, 7, tzinfo=UTC)
    place = str(tmp_path / "d.sqlite")

    def alarms() -> list[tuple[str, object, object]]:
        write_calendar(tmp_path / "plan.ics", diary=place, today=day)
        events = icalendar.Calendar.from_ical((tmp_path / "plan.ics").read_bytes()).walk("VEVENT")
        return [
            (str(one["summary"]), one["dtstart"].dt, alarm["trigger"].dt)
            for one in events
            for alarm in one.walk("VALARM")
        ]

    with open_store(place) as store:
        nothing = SafetyAnswers({item.key: Reply.NO for item in ITEMS})
        store_answers_for(store, OWNER, nothing, occasion=Occasion.START, today=day, now=now)
        record_event_for(store, OWNER, Step.START, today=day, now=now)
        assert alarms() == []
        set_setting(store, OWNER, "reminder", "07:30", now=now)
        *sessions, check_in = alarms()
        assert check_in == ("Check-in", datetime(2026, 6, 1, 7, 30), timedelta())  # noqa: DTZ001 - it has no zone
        assert [trigger for _, _, trigger in sessions] == [timedelta(hours=7, minutes=30)] * 3
        set_setting(store, OWNER, "reminder", "", now=now)
        assert alarms() == []


def test_a_reminder_comes_each_day_and_keeps_its_id():
    """It repeats daily from the day on which it was chosen, and says nothing of a back."""
    reminder = Reminder("check-in-1@backstride", time(6, 5), date(2026, 6, 1))
    made = calendar([], stamped=datetime(2026, 6, 9, tzinfo=UTC), reminder=reminder)
    (one,) = icalendar.Calendar.from_ical(made).walk("VEVENT")
    assert (one["uid"], one["rrule"]["freq"]) == ("check-in-1@backstride", ["DAILY"])
    assert b"TZID" not in made
    assert re.search("back|pain", made.decode().replace("backstride", "")) is None
