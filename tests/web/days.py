"""The day that the people of these tests live, whatever the hour of the machine."""

from datetime import date
from zoneinfo import ZoneInfo

from backstride.core.datetimes import day_lived
from backstride.runtime.clock import utc_now

HOME = ZoneInfo("Europe/Berlin")


def lived_today() -> date:
    """Return the local day at home; the hours after midnight belong to the day before."""
    return day_lived(utc_now().astimezone(HOME))
