"""Days that contradict each other are asked about, and days that a spreadsheet has changed over are recognised."""

from zoneinfo import ZoneInfo

import pytest

from backstride.errors import BadTable
from backstride.importers.base import ImportResult
from backstride.importers.tables.tables import TABLES

BERLIN = ZoneInfo("Europe/Berlin")


def mornings_of(days: list[str]) -> ImportResult:
    """Read a table with a rating on each of these days."""
    rows = "".join(f"{day},07:30,4\n" for day in days)
    return TABLES.read(f"date,time,pain\n{rows}".encode(), name="t.csv", zone=BERLIN)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ("2023-01-05 2023-02-05 2023-03-05 13/05/2023 14/05/2023", "changed over day and month"),
        ("2023-05-01 2023-07-01 2023-08-01 13.01.2023 14.01.2023 15.01.2023", "changed over day and month"),
        ("14.05.2023 13.05.2023 2023-12-05 2023-11-05", "changed over day and month"),
        ("12/05/2023 13/05/2023 14/05/2023 5/16/2023 5/17/2023", "others with the month first"),
        ("01.05.2023 2023-05-02 5/3/2023", "dates with dots"),
        ("04.05.2023 05.05.2023 5/6/2023 5/7/2023", "dates with dots"),
    ],
)
def test_days_that_contradict_each_other_are_asked_about(days, said):
    """No order of day and month is taken that other rows rule out."""
    with pytest.raises(BadTable, match=said):
        mornings_of(days.split())


@pytest.mark.parametrize(
    "days",
    [
        "2023-05-01 2023-05-02 2023-05-12 13/05/2023 14/05/2023",
        "01.05.2023 02/05/2023 03/05/2023",
        "2023-05-01 2023-05-02 5/3/2023 5/4/2023",
    ],
)
def test_two_writings_that_agree_are_read(days):
    """Whoever changes the writing in the middle has days of one month all the same."""
    assert {one.local_day.month for one in mornings_of(days.split()).records.check_ins} == {5}


def test_a_single_day_of_the_other_order_is_left_out_alone():
    """One slip among many proves no other order."""
    result = mornings_of(["12/05/2023", "13/05/2023", "14/05/2023", "15/05/2023", "05/16/2023"])
    assert len(result.records.check_ins) == 4
    assert [skip.where for skip in result.skipped] == ["t.csv line 6"]
