"""A column of few values with rows on the same days names people, whatever it is called."""

from zoneinfo import ZoneInfo

import pytest

from backstride.errors import BadTable
from backstride.importers.tables.tables import TABLES

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize("heading", ["record_id", "Name", "ID", "code", "email", "Kürzel", "column X"])
def test_values_with_rows_on_the_same_days_are_people(heading):
    """Whatever a column is called: two values, each with a row of every day, are two people."""
    rows = "".join(f"{who},2023-05-0{day},07:3{who[-1]},4\n" for who in ("A1", "B2") for day in range(1, 4))
    with pytest.raises(BadTable, match="several people: A1, B2"):
        TABLES.read(f"{heading},date,time,pain\n{rows}".encode(), name="t.csv", zone=BERLIN)


@pytest.mark.parametrize(
    "rows",
    [
        "A,2023-05-01,07:30,4\nB,2023-05-01,19:30,5\nA,2023-05-02,07:30,4\nB,2023-05-02,19:30,5\n",
        "A,2023-05-01,07:30,4\nB,2023-05-02,07:30,5\nA,2023-05-03,07:30,4\nB,2023-05-04,07:30,5\n",
        "1,2023-05-01,07:30,4\n2,2023-05-01,12:30,5\n3,2023-05-02,07:30,4\n4,2023-05-02,12:30,5\n",
    ],
)
def test_parts_of_the_day_and_numbers_of_rows_are_no_people(rows):
    """What has hours of its own, takes turns, or is met once is nobody."""
    result = TABLES.read(f"code,date,time,pain\n{rows}".encode(), name="t.csv", zone=BERLIN)
    assert len(result.records.check_ins) == 4
