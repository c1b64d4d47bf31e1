"""Tables that only look like a diary's: they give no run that was not run, and no rest that nobody stated."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backstride.core.days import diary_days
from backstride.errors import BadTable
from backstride.importers.folder import import_path
from backstride.importers.tables.tables import TABLES

BERLIN = ZoneInfo("Europe/Berlin")


def read(text: str):
    """What a table gives."""
    return TABLES.read(text.encode(), name="t.csv", zone=BERLIN)


@pytest.mark.parametrize(
    "text",
    [
        "von;bis;km\n01.05.2026 18:10;01.05.2026 18:42;5,2\n",
        "from,to\n2026-05-01 23:10,2026-05-02 07:10\n",
        "from,to,light (s),deep (s)\n2026-05-01T23:10:00+02:00,2026-05-02T07:10:00+02:00,14000,7000\n",
        "von;bis;Läufe;km;Minuten\n27.04.2026;03.05.2026;3;15;95\n",
        "von;bis;was\n01.05.2026;14.05.2026;Kreta, viel gelaufen\n",
        "Shoe,from,until,km\nBlue,2026-01-01,2026-12-31,800\n",
    ],
)
def test_spans_of_other_things_vouch_for_no_day(text):
    """A sleep, a holiday, a pair of shoes: only a table with nothing else is one of covered days."""
    with pytest.raises(BadTable, match="no table of days of which every run is known"):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        "from,to,source\n2026-05-01,2026-05-31,watch\n",
        "von;bis;Notiz\n2026-05-01 00:00;2026-05-31 00:00;Uhr\n",
    ],
)
def test_a_table_of_covered_days_is_still_one(text):
    """With its source, a note, and midnights that a spreadsheet put there."""
    assert len(read(text).records.covered) == 1


@pytest.mark.parametrize(
    ("heads", "cells"),
    [("ran,minutes run", "yes,30"), ("gelaufen,gelaufene Minuten", "ja,30"), ("ran,ran minutes", "yes,30")],
)
def test_a_run_beside_a_rating_that_leaves_its_day_open_is_on_neither_day(heads, cells):
    """'ran' on the line of 2 May may mean 1 or 2 May; a guess changes over every day of rest and every run."""
    found = read(f"date,pain,{heads}\n2026-05-01,3,{cells}\n2026-05-02,4,no,\n2026-05-03,4,{cells}\n")
    assert all(one.ran_yesterday is None and one.ran_minutes is None for one in found.records.check_ins)
    assert "can be said of the day itself or of the day before" in " ".join(found.notes)
    assert all(day.is_missing for day in diary_days(found.records, zone=BERLIN))


def test_a_run_of_yesterday_that_says_so_is_read(tmp_path: Path):
    """By the names of the documentation."""
    (tmp_path / "t.csv").write_text(
        "date,pain,ran_yesterday,ran_minutes\n2026-05-01,3,,\n2026-05-02,4,yes,30\n"
    )
    days = diary_days(import_path(tmp_path, zone=BERLIN).records, zone=BERLIN)
    assert [day.run_minutes for day in days if day.day.day == 1] == [30]


def test_midnight_is_no_time_of_a_run_even_where_other_rows_have_one():
    """Its day is open, and no run lands on the day before."""
    found = read("start,minutes,km\n2026-05-01 00:00,32,5\n2026-05-03 18:10,30,5\n2026-05-05 18:10,30,5\n")
    assert [run.local_day.day for run in found.records.runs] == [3, 5]
    assert "midnight stands there for no time" in found.skipped[0].why
