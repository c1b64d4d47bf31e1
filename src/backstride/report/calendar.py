"""Sessions as a calendar (RFC 5545): days with a title that tells nothing of a back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from backstride.report.language import _

HOURS_BETWEEN_LOOKS = 12
_COUNTED_FROM = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Event:
    """One session: an id that stays the same, its day, and its title."""

    uid: str
    day: date
    title: str


def calendar(events: Iterable[Event], *, stamped: datetime) -> bytes:
    """Encode events as an iCalendar file of whole days; subscribers drop what is no longer in it.

    Args:
        events: in any order.
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
        one = icalendar.Event()
        one.add("uid", event.uid)
        one.add("dtstamp", stamped)
        one.add("last-modified", stamped)
        one.add("sequence", (stamped - _COUNTED_FROM) // timedelta(minutes=1))
        one.add("dtstart", event.day)
        one.add("dtend", event.day + timedelta(days=1))
        one.add("summary", event.title)
        one.add("transp", "TRANSPARENT")
        made.add_component(one)
    return bytes(made.to_ical())
