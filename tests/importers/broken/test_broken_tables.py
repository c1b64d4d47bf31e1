"""Tables that are broken: each by its name, with the sentence that the person reads."""

from zoneinfo import ZoneInfo

import pytest

from backstride.errors import BadTable
from backstride.importers.tables.tables import TABLES

BERLIN = ZoneInfo("Europe/Berlin")
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x04\x00"

REFUSED: dict[str, tuple[bytes, str, str]] = {
    "nothing_at_all": (b"", "is empty", "first line must name the columns"),
    "blank_lines_alone": (b"\n \r\n;;\n", "is empty", "name the columns"),
    "comments_alone": (b"# zone: Europe/Berlin\n", "is empty", "Save the table again"),
    "header_alone": (b"time,pain\n", "no row below them says anything", "2026-05-01 07:30,4"),
    "rows_without_header": (b"2026-05-01,4\n2026-05-02,5\n", "none of the columns", "as in: time,pain"),
    "columns_of_something_else": (b"foo,bar\n1,2\n", "its first line reads: foo, bar", "name the columns"),
    "check_ins_without_answers": (
        b"time,weather\n2026-05-01,sun\n",
        "none of the columns of a diary",
        "time,pain",
    ),
    "check_ins_without_time": (b"pain,mood\n4,5\n", "lacks the column time or date", "Add or rename"),
    "runs_without_minutes": (
        b"start,rpe,type\n2026-05-01 7:00,5,run\n",
        "lacks the column moving_min",
        "Add or rename",
    ),
    "measurements_without_kind": (b"time,value,unit\n2026-05-01,80,kg\n", "lacks the column kind", "Add or"),
    "pain_of_11_in_every_row": (
        b"time,pain\n2026-05-01,11\n2026-05-02,11\n",
        "go beyond 10",
        "Write the scale",
    ),
    "days_for_runs": (b"date,minutes\n2026-05-01,30\n", "a day without a time", "a rough one serves"),
    "nothing_but_times": (b"time,pain\n2026-05-01,\n2026-05-02,\n", "no row below", "Fill it in"),
    "times_of_two_kinds": (b"time,pain\nmorning,4\n25:70,4\n", "line 2: 'morning' is not a date", "Write it"),
    "picture_named_csv": (PNG, "looks like a picture", "save the table as CSV"),
    "spreadsheet_named_csv": (b"PK\x03\x04\x14\x00\x06\x00", "an office document", "save the table as CSV"),
    "many_zero_bytes": (b"time,pain\n" + bytes(400), "is no table", "save the table as CSV"),
    "zone_of_another_world": (
        b"# zone: Mars/Base\ntime,pain\n2026-05-01,4\n",
        "does not exist",
        "Europe/Berlin",
    ),
    "zone_that_is_a_path": (
        b"# zone: ../../etc\ntime,pain\n2026-05-01,4\n",
        "does not exist",
        "Europe/Berlin",
    ),
    "order_of_dates_unheard_of": (
        b"# dates: whatever\ntime,pain\n1.5.2026,4\n",
        "states the order",
        "# dates:",
    ),
    "span_that_ends_before_it_begins": (b"from,to\n2026-05-02,2026-05-01\n", "ends before it begins", "Swap"),
}
SKIPPED: dict[str, tuple[str, str, str]] = {
    "pain_of_11": (
        "time,pain\n2026-05-01,4\n2026-05-02,11\n",
        "not on the scale 0 to 10",
        "Correct the rating",
    ),
    "pain_below_its_scale": ("time,pain,scale\n2026-05-01,4,\n2026-05-02,0,1-5\n", "scale 1 to 5", "Correct"),
    "pain_in_words": ("time,pain\n2026-05-01,4\n2026-05-02,bad\n", "'bad' is not a number", "Write a number"),
    "pain_not_a_number": ("time,pain\n2026-05-01,4\n2026-05-02,1e999\n", "not on the scale", "Correct"),
    "scale_without_ends": ("time,pain,scale\n2026-05-01,4,\n2026-05-02,4,x\n", "no rating scale", "two ends"),
    "mood_of_minus_one": ("time,mood\n2026-05-01,4\n2026-05-02,-1\n", "mood of -1", "between 0 and 10"),
    "answer_that_is_neither": (
        "time,pain,leg\n2026-05-01,4,\n2026-05-02,,perhaps\n",
        "neither yes nor",
        "Write yes",
    ),
    "draw_that_is_neither": (
        "time,pain,drawn\n2026-05-01,4,\n2026-05-02,,swim\n",
        "neither run nor",
        "Write run",
    ),
    "time_left_out": ("time,pain\n2026-05-01,4\n,5\n", "It has no time", "Write the time"),
    "day_that_does_not_exist": ("time,pain\n2026-05-01,4\n2026-02-30,4\n", "There is no day", "Correct it"),
    "month_13": (
        "# dates: m/d/y\ntime,pain\n5/1/2026,4\n13/5/2026,4\n",
        "read as month/day/year",
        "state the order",
    ),
    "year_of_the_clock_reset": ("time,pain\n2026-05-01,4\n1980-01-01,4\n", "is 1980", "1990 to 2099"),
    "hour_25": ("time,pain\n2026-05-01,4\n2026-05-02 25:10,4\n", "time of day", "2026-05-01 07:30"),
    "offset_of_a_whole_day": (
        "time,pain\n2026-05-01,4\n2026-05-02T07:00+24:00,4\n",
        "no offset +24:00",
        "+02:00",
    ),
    "unquoted_decimal_comma": ("time,pain\n2026-05-01,4\n2026-05-02,3,5\n", "3 cells", "double quotes"),
    "quotation_mark_never_closed": (
        'time,pain\n2026-05-01,4\n2026-05-02,"4\n',
        "do not pair",
        "Correct them",
    ),
    "duration_of_two_readings": (
        "start,minutes\n2026-05-01 7:00,30\n2026-05-02 7:00,1:05\n",
        "can be hours and minutes",
        "0:45:30",
    ),
    "run_without_minutes": ("date,minutes\n2026-05-01 7:00,30\n2026-05-02 7:00,\n", "no moving time", "or 0"),
    "run_of_three_days": (
        "date,minutes\n2026-05-01 7:00,30\n2026-05-02 7:00,5000\n",
        "no distance vouches",
        "Write the minutes",
    ),
    "weight_in_seconds": (
        "time,kind,value,unit\n2026-05-01,weight,80,kg\n2026-05-02,weight,80,s\n",
        "no unit for it",
        "kg",
    ),
    "measurement_unheard_of": (
        "time,kind,value\n2026-05-01,weight,80\n2026-05-02,iq,80\n",
        "none of the measurements",
        "front_plank",
    ),
    "weight_in_grams": (
        "time,kind,value\n2026-05-01,weight,80\n2026-05-02,weight,80000\n",
        "weight of",
        "20 and",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_table_beyond_use_is_refused_with_what_to_do(name: str) -> None:
    """The error names what is wrong and what to do about it, and the file."""
    content, problem, advice = REFUSED[name]
    with pytest.raises(BadTable) as refused:
        TABLES.read(content, name="table.csv", zone=BERLIN)
    assert problem in refused.value.problem
    assert advice in str(refused.value)
    assert "table.csv" in refused.value.problem


@pytest.mark.parametrize("name", SKIPPED)
def test_one_bad_row_is_left_out_with_what_to_do(name: str) -> None:
    """The good row is kept; the bad one is listed by its line."""
    content, problem, advice = SKIPPED[name]
    result = TABLES.read(content.encode(), name="table.csv", zone=BERLIN)
    (skipped,) = result.skipped
    assert result.records.count == 1
    assert skipped.where == f"table.csv line {content.count(chr(10))}"
    assert problem in skipped.why
    assert advice in skipped.why
