"""A clock of twelve hours without AM and PM is asked about, and a status that nobody knows leaves its day open."""

from zoneinfo import ZoneInfo

import pytest

from backstride.errors import BadTable
from backstride.importers.base import ImportResult
from backstride.importers.tables.tables import TABLES
from backstride.importers.took_place import by_status

BERLIN = ZoneInfo("Europe/Berlin")


def runs_at(times: str) -> ImportResult:
    """Read a run at each time, one a day."""
    rows = "".join(f"2023-05-{n:02d},{at},30,5\n" for n, at in enumerate(times.split(), 1))
    return TABLES.read(f"date,start,min,km\n{rows}".encode(), name="t.csv", zone=BERLIN)


@pytest.mark.parametrize("times", ["12:10 1:05 1:15 12:30", "6:30 12:05 2:15 7:00 5:45"])
def test_hours_after_lunch_are_asked_about(times):
    """1:05 beside 12:10 is not by night."""
    with pytest.raises(BadTable, match="AM or PM"):
        runs_at(times)


@pytest.mark.parametrize(
    "times", ["12:10 01:05 01:15 12:30", "12:10 1:05 18:15 12:30", "6:30 7:15 8:00 12:05"]
)
def test_hours_of_a_day_of_24_are_read(times):
    """A 0 before the hour, or one beyond 12, says so; and the morning is the morning."""
    assert len(runs_at(times).records.runs) == len(times.split())


@pytest.mark.parametrize("word", ["postponed", "krank", "rained off", "too tired", "Moved to Friday", "open"])
def test_a_status_that_is_not_known_leaves_its_day_open(word):
    """Nobody can list every word for a session that was not."""
    assert by_status(word) == "open"


@pytest.mark.parametrize("word", ["done", "x", "ja", "completed early", "done, felt good"])
def test_a_status_that_says_so_is_a_session(word):
    """Words for done are few."""
    assert by_status(word) == "yes"
