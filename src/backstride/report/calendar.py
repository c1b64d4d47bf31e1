"""Sessions and reminders as a calendar (RFC 5545), with titles that tell nothing of a back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from backstride.report.language import _

if TYPE_CHECKING:
    import icalendar

HOURS_BETWEEN_LOOKS = 12
MINUTES_OF_A_CHECK_IN = 5
_COUNTED_FROM = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Event:
    """One session: an id that stays the same, its day, and its title."""

    uid: str
    day: date
    title: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """A check-in each morning that rings, and the hour at which sessions ring.

    Attributes:
        uid: an id that stays the same.
        at: the time of day wherever the phone is; a calendar knows no zone for it.
        since: its first day.
    """

    uid: str
    at: time
    since: date


def calendar(events: Iterable[Event], *, stamped: datetime, reminder: Reminder | None = None) -> bytes:
    """Encode events as an iCalendar file of whole days; subscribers drop what is no longer in it.

    Args:
        events: in any order.
        reminder: adds a check-in each day; it rings, and so does each session on its day. None rings nowhere.
        stamped: when what it tells last changed, UTC; a calendar that holds an older version takes the new one.
    """
    # loaded only where a calendar is asked for
    import icalendar  # noqa: PLC0415

    made = icalendar.Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//backstride//EN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _("Sessions"))
    for name in ("refresh-interval", "x-published-ttl"):  # RFC 7986, and what came before it
        made.add(name, timedelta(hours=HOURS_BETWEEN_LOOKS), parameters={"VALUE": "DURATION"})
    for event in events:
        one = _event(event.uid, event.title, stamped)
        one.add("dtstart", event.day)
        one.add("dtend", event.day + timedelta(days=1))
        if reminder is not None:
            since_midnight = timedelta(hours=reminder.at.hour, minutes=reminder.at.minute)
            one.add_component(_alarm(since_midnight, event.title))
        made.add_component(one)
    if reminder is not None:
        made.add_component(_check_in(reminder, stamped))
    return bytes(made.to_ical())


def _check_in(reminder: Reminder, stamped: datetime) -> "icalendar.Event":
    """Make the check-in of each day; its time has no zone, so that it rings in the morning on a journey, too."""
    title = _("Check-in")
    one = _event(reminder.uid, title, stamped)
    one.add("dtstart", datetime.combine(reminder.since, reminder.at))
    one.add("duration", timedelta(minutes=MINUTES_OF_A_CHECK_IN))
    one.add("rrule", {"freq": "daily"})
    one.add_component(_alarm(timedelta(), title))
    return one


def _event(uid: str, title: str, stamped: datetime) -> "icalendar.Event":
    import icalendar  # noqa: PLC0415

    one = icalendar.Event()
    one.add("uid", uid)
    one.add("dtstamp", stamped)
    one.add("last-modified", stamped)
    one.add("sequence", (stamped - _COUNTED_FROM) // timedelta(minutes=1))
    one.add("summary", title)
    one.add("transp", "TRANSPARENT")
    return one


def _alarm(after_start: timedelta, title: str) -> "icalendar.Alarm":
    import icalendar  # noqa: PLC0415

    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", after_start)
    alarm.add("description", title)
    return alarm
