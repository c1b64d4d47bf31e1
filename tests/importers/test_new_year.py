"""A year that was forgotten in January is put right where the rows leave no doubt, and only there."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from backstride.importers.tables.new_year import years_turned
from backstride.importers.tables.tables import TABLES

BERLIN = ZoneInfo("Europe/Berlin")
DRAWS = """drawn_day,assigned,law,block,probability,seed
2000-01-01,own,own,2000-01-01,1/10,0
2000-11-01,rest,blocks of 2 weeks,2000-10-01,1/10,0
"""


def days(text: str) -> list[date]:
    """Parse days that stand in one line."""
    return [date.fromisoformat(day) for day in text.split()]


@pytest.mark.parametrize(
    "written",
    [
        "2025-12-30 2025-12-31 2025-01-01 2026-01-02",
        "2026-01-02 2025-01-01 2025-12-31 2025-12-30",
        "2025-11-20 2025-12-31 2025-01-01",
    ],
)
def test_a_forgotten_year_is_put_right(written):
    """January after December of the same year was the next one, newest first or last."""
    assert years_turned(days(written)) == {date(2025, 1, 1): date(2026, 1, 1)}


@pytest.mark.parametrize(
    "written",
    [
        "2025-01-03 2025-06-01 2025-12-30 2025-01-05",
        "2024-12-30 2025-03-01 2025-12-30 2025-01-05",
        "2025-11-01 2025-01-05",
        "2025-01-05 2025-11-01 2025-12-01",
    ],
)
def test_a_row_that_may_have_been_added_later_stays(written):
    """Where the table has other days as early as that one, its year may be right."""
    assert years_turned(days(written)) == {}


def test_the_days_of_an_export_stay_as_they_are():
    """Two columns of days, row by row, are in no order that could show a forgotten year."""
    read = TABLES.read(DRAWS.encode(), name="draws.csv", zone=BERLIN)
    assert [drawn.day for drawn in read.records.allocations] == [date(2000, 1, 1), date(2000, 11, 1)]
