"""A row whose day is in doubt vouches for no day of rest around it, and is named by its line."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from backstride.importers.base import ImportResult
from backstride.importers.tables.row_order import doubted_days
from backstride.importers.tables.tables import TABLES

BERLIN = ZoneInfo("Europe/Berlin")
IN_ORDER = ("2023-05-01", "2023-05-03", "2023-05-05", "2023-05-09", "2023-05-11", "2023-05-13")


def runs_of(days: list[str]) -> ImportResult:
    """Read a table with a run on each of these days."""
    rows = "".join(f"{day},18:10,30,5\n" for day in days)
    return TABLES.read(f"date,start,min,km\n{rows}".encode(), name="t.csv", zone=BERLIN)


def rest_days(result: ImportResult) -> set[date]:
    """Return the days that the table takes for rest."""
    ran = {run.local_day for run in result.records.runs}
    spans = result.records.covered
    return {
        day
        for span in spans
        for n in range((span.last_day - span.first_day).days + 1)
        if (day := span.first_day + timedelta(days=n)) not in ran
    }


@pytest.mark.parametrize("is_newest_first", [False, True])
@pytest.mark.parametrize("typed", ["2022-05-07", "2023-04-07", "2023-07-05", "2062-05-07", "2013-05-07"])
def test_a_slip_in_a_day_makes_no_day_of_rest(typed, is_newest_first):
    """Neither the day that was meant nor any before the table's own days is rest; the line is named."""
    rows = [*IN_ORDER[:3], typed, *IN_ORDER[3:]]
    result = runs_of(rows[::-1] if is_newest_first else rows)
    assert min(rest_days(result)) == date(2023, 5, 2)
    assert max(rest_days(result)) == date(2023, 5, 12)
    assert not {date(2023, 5, day) for day in (6, 7, 8)} & rest_days(result)
    assert {date(2023, 5, day) for day in (6, 7, 8)} <= result.open_days
    assert any("line 5" in note for note in result.notes)
    assert date.fromisoformat(typed) not in {run.local_day for run in result.records.runs} or typed > "2030"


def test_a_run_that_was_added_late_stays():
    """A day that no slip of the pen explains is taken as it stands, and so is one added at the end."""
    late = [f"2023-05-{day:02d}" for day in (1, 10, 12, 15, 17, 8, 18, 20, 22, 24)]
    result = runs_of([*late, "2023-05-14"])
    assert len(result.records.runs) == 11
    assert not result.skipped


def test_an_older_run_at_the_end_is_not_tied_to_the_others_by_rest():
    """Who adds a run of last month at the end says nothing of the weeks between."""
    result = runs_of([*IN_ORDER, "2023-04-04"])
    assert len(result.records.runs) == 7
    assert min(rest_days(result)) == date(2023, 5, 2)


def test_a_morning_in_another_year_is_left_out():
    """A check-in between those of May of this year was not made in May of the last."""
    rows = "".join(f"{day},07:30,4\n" for day in (*IN_ORDER[:3], "2022-05-07", *IN_ORDER[3:]))
    result = TABLES.read(f"date,time,pain\n{rows}".encode(), name="t.csv", zone=BERLIN)
    assert {one.local_day.year for one in result.records.check_ins} == {2023}
    assert [skip.where for skip in result.skipped] == ["t.csv line 5"]


def test_without_an_order_a_day_to_come_leaves_no_day_of_rest():
    """Where rows stand in no order, nothing tells when a run of the future was."""
    mixed = ["2023-05-09", "2023-05-01", "2023-05-13", "2023-05-05", "2023-05-11", "2062-05-07", "2023-05-03"]
    assert runs_of(mixed).records.covered == ()
    assert runs_of([day for day in mixed if day < "2030"]).records.covered


def test_rows_in_no_order_are_not_doubted():
    """A table that is sorted by anything but its days says nothing by their order."""
    days = [date(2023, 5, 1) + timedelta(days=(n * 7) % 23) for n in range(23)]
    found = doubted_days((f"t.csv line {n + 2}", day) for n, day in enumerate(days))
    assert (found.left_out, found.open_days, found.vouches) == ((), frozenset(), True)
