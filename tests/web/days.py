"""The day that the people of these tests live, whatever the hour of the machine."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from backstride.core.datetimes import day_lived
from backstride.runtime.clock import utc_now

HOME = ZoneInfo("Europe/Berlin")


def lived_today() -> date:
    """Return the local day at home; the hours after midnight belong to the day before."""
    return day_lived(utc_now().astimezone(HOME))


def this_morning() -> datetime:
    """Return the first hour of that day: never in the future, and never the night of the day before."""
    return datetime.combine(lived_today(), time(3), tzinfo=HOME)
