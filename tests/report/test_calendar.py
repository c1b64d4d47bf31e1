"""A calendar as RFC 5545 has it."""

from datetime import UTC, date, datetime

import icalendar
import pytest

from backstride.report.calendar import Event, calendar

STAMPED = datetime(2026, 6, 1, tzinfo=UTC)
EVENTS = [Event("a@x", date(2026, 2, 28), "30 minutes"), Event("b@x", date(2026, 12, 31), "1, 2; \\ ü" * 20)]


def test_a_reader_gets_back_what_was_told():
    """Title, day and mark of each, commas, line ends and all."""
    found = icalendar.Calendar.from_ical(calendar(EVENTS, stamped=STAMPED)).walk("VEVENT")
    assert [Event(str(e["uid"]), e.decoded("dtstart"), str(e["summary"])) for e in found] == EVENTS


@pytest.mark.parametrize(("n", "end"), [(0, date(2026, 3, 1)), (1, date(2027, 1, 1))])
def test_a_whole_day_ends_on_the_next(n, end):
    """Over the end of a month and of a year (3.6.1: the end is not part of it)."""
    found = icalendar.Calendar.from_ical(calendar(EVENTS, stamped=STAMPED)).walk("VEVENT")
    assert found[n].decoded("dtend") == end


def test_lines_are_as_the_standard_asks():
    """3.1: each ends with CR and LF and has at most 75 octets; 3.6 and 3.7: what there must be."""
    text = calendar(EVENTS, stamped=STAMPED)
    assert text.count(b"\n") == text.count(b"\r\n")
    assert max(map(len, text.split(b"\r\n"))) <= 75
    for needed in (b"VERSION:2.0", b"PRODID:", b"UID:a@x", b"DTSTAMP:20260601T000000Z"):
        assert b"\r\n" + needed in text


def test_the_same_sessions_make_the_same_bytes():
    """A subscriber that asks again gets nothing new."""
    assert calendar(EVENTS, stamped=STAMPED) == calendar(EVENTS, stamped=STAMPED)
