"""Where a person was on a day that left no time of its own."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.core.run import Run
from backstride.core.timezone_history import timezone_history

BERLIN, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")


def test_nobody_who_left_no_time_is_away():
    """Without any record the person is at home."""
    assert timezone_history(Records(), home=BERLIN).zone_on(date(2026, 5, 1)) is BERLIN


@pytest.mark.parametrize(("day", "hours"), [(1, 2), (4, 2), (5, 9), (9, 9)])
def test_zone_is_that_of_the_nearest_day(day, hours):
    """Between a check-in at home on the 1st and a run in Tokyo on the 7th the 4th is still at home."""
    at_home = CheckIn(moment=datetime(2026, 5, 1, 7, tzinfo=BERLIN))
    away = Run(start=datetime(2026, 5, 7, 7, tzinfo=TOKYO), moving_s=600)
    zone = timezone_history(Records((at_home,), (away,)), home=BERLIN).zone_on(date(2026, 5, day))
    assert datetime(2026, 5, day, 12, tzinfo=zone).utcoffset() == timedelta(hours=hours)


def test_who_is_at_home_has_clocks_that_change():
    """A check-in the day before the clocks change is no reason to keep winter time."""
    check_in = CheckIn(moment=datetime(2026, 3, 28, 7, tzinfo=BERLIN))
    assert timezone_history(Records((check_in,)), home=BERLIN).zone_on(date(2026, 3, 30)) is BERLIN


def test_assumed_zone_tells_nothing():
    """A file that states no zone does not move the person to London."""
    run = Run(start=datetime(2026, 5, 1, 7, tzinfo=UTC), moving_s=600, zone_source="assumed")
    assert timezone_history(Records(runs=(run,)), home=TOKYO).zone_on(date(2026, 5, 1)) is TOKYO
