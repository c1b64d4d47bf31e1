"""Times as forms and clocks of other countries write them, codes for no answer, and rows that cannot be timed."""

from zoneinfo import ZoneInfo

import pytest

from backstride.errors import BadTable
from backstride.importers.base import ImportResult
from backstride.importers.tables.tables import TABLES

BERLIN = ZoneInfo("Europe/Berlin")


def read(text: str) -> ImportResult:
    """Read a table."""
    return TABLES.read(text.encode(), name="t.csv", zone=BERLIN)


@pytest.mark.parametrize(
    ("heading", "text", "clock"),
    [
        ("Zeitstempel", "2023/05/01 7:30:12 vorm. MESZ", "05-01 07:30"),
        ("Zeitstempel", "2023/05/01 7:30:12 nachm. MESZ", "05-01 19:30"),
        ("Marca temporal", "2023/05/01 7:30:12 a. m. CEST", "05-01 07:30"),
        ("Horodateur", "14/05/2023 07:30:12", "05-14 07:30"),
        ("Informazioni cronologiche", "14/05/2023 7.30.12", "05-14 07:30"),
        ("time", "2023-05-01 07:30 EST", "05-01 14:30"),
        ("time", "2023-05-01 24:00", "05-02 00:00"),
    ],
)
def test_the_time_of_a_form_is_read(heading, text, clock):
    """Under the form's own heading, with the half of the day and the zone in its language."""
    (one,) = read(f"{heading},pain\n{text},4\n").records.check_ins
    assert f"{one.moment.astimezone(BERLIN):%m-%d %H:%M}" == clock


@pytest.mark.parametrize(
    ("text", "clock"), [("0730", "07:30"), ("730", "07:30"), ("1915", "19:15"), ("noon", "12:00")]
)
def test_a_time_without_a_colon_is_read(text, clock):
    """Four figures are a clock of twenty-four hours."""
    (one,) = read(f"date,time,pain\n2023-05-01,{text},4\n").records.check_ins
    assert f"{one.moment:%H:%M}" == clock


@pytest.mark.parametrize("code", ["99", "999", "888", "-9"])
def test_a_code_for_no_answer_is_no_rating(code):
    """The other ratings are read as 0 to 10, and the code is named."""
    rows = "".join(
        f"2023-05-{n:02d},07:30,{one}\n" for n, one in enumerate(["3", "4", code, "2", code, "5"], 1)
    )
    result = read(f"date,time,pain\n{rows}")
    assert [one.pain.value for one in result.records.check_ins if one.pain] == [3, 4, 2, 5]
    assert any(f"{code} (pain) is read as a code" in note for note in result.notes)


def test_ratings_up_to_100_are_still_asked_about():
    """99 beside 40 and 70 is a rating."""
    rows = "".join(f"2023-05-0{n},07:30,{one}\n" for n, one in enumerate([3, 40, 99, 70], 1))
    with pytest.raises(BadTable, match="on what scale"):
        read(f"date,time,pain\n{rows}")


@pytest.mark.parametrize("ends", ["18:30,18:00", "06:30,06:30", "12:40,1:10"])
def test_one_end_before_its_start_leaves_one_row_out(ends):
    """The other runs are read, and the day of that row is open."""
    rows = f"2023-05-01,18:00,18:30,5,run\n2023-05-02,{ends},5,run\n2023-05-03,18:00,18:30,5,run\n"
    result = read(f"date,start,end,km,activity\n{rows}")
    assert [run.minutes for run in result.records.runs] == [30, 30]
    assert [skip.where for skip in result.skipped] == ["t.csv line 3"]
    assert all(str(span.first_day) != "2023-05-02" for span in result.records.covered)


def test_an_end_a_day_later_is_no_half_hour():
    """Days beside the times say that 24 hours more have passed."""
    rows = "2023-05-01 18:30,2023-05-01 19:00,5,run\n2023-05-03 18:30,2023-05-04 19:00,5,run\n"
    result = read(f"start,end,km,activity\n{rows}")
    assert [run.minutes for run in result.records.runs] == [30]


@pytest.mark.parametrize("heading", ["Distance km/miles", "distance (km/mi)", "distance (mi/km)"])
def test_a_heading_with_two_units_is_not_read(heading):
    """Nobody knows which of them is meant."""
    (run,) = read(f"date,start,min,{heading}\n2023-05-01,18:10,30,5\n").records.runs
    assert (run.minutes, run.distance_m) == (30, None)


def test_minutes_or_hours_are_asked_about():
    """Under 'min/h' 30 can be either."""
    with pytest.raises(BadTable, match="moving_min"):
        read("date,start,duration (min/h),km\n2023-05-01,18:10,30,5\n")
