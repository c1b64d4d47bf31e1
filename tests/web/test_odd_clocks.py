"""The app at odd hours and on odd days: the person's own day counts, wherever the server's clock stands."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from time_machine import travel

from backstride.diary.schema import OWNER

INSTANTS = (
    "2026-12-15T00:30",
    "2026-12-15T23:30",
    "2028-02-29T12:00",
    "2027-03-28T00:30",  # half an hour before clocks go forward in Europe
    "2027-10-31T00:30",  # half an hour before they go back
    "2026-12-31T23:30",
)
ZONES = ("Europe/Berlin", "America/Los_Angeles", "Pacific/Kiritimati")


@pytest.fixture(params=INSTANTS)
def now(request) -> Iterator[datetime]:
    """An instant, at which the clock starts before anybody signs in."""
    instant = datetime.fromisoformat(f"{request.param}+00:00")
    with travel(instant, tick=True):
        yield instant


@pytest.mark.parametrize("zone", ZONES)
def test_a_check_in_is_of_the_persons_own_day(now, owner, site, zone):
    """A check-in counts for the day that the person lives, pages show it, and one for the day before is apart."""
    assert owner.post("/settings/choices", {"zone": zone}).status_code == 200
    lived = (now.astimezone(ZoneInfo(zone)).replace(tzinfo=None) - timedelta(hours=3)).date()
    assert owner.post("/check-in", {"pain": "3"}).status_code == 200
    assert owner.post("/check-in", {"pain": "5", "day": str(lived - timedelta(days=1))}).status_code == 200
    found = {c.local_day: c.pain.value for c in site.store.diary(OWNER).records().check_ins}
    pages = [owner.get(path) for path in ("/", "/plan", "/diary", "/trends", f"/diary/day/{lived}")]
    assert found == {lived: 3.0, lived - timedelta(days=1): 5.0}
    assert [page.status_code for page in pages] == [200] * 5


def test_a_bad_rating_in_the_night_warns(now, owner):
    """Whoever cannot sleep for pain reads the same warning as in the morning, at once."""
    owner.post("/check-in", {"pain": "9"})
    assert all("Your back pain is 9 today." in owner.get(path).text for path in ("/", "/plan"))
