"""The neutral tables, as spreadsheets and people write them."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstride.core.measurement import MeasurementKind
from backstride.core.records import CoveredSpan, Records
from backstride.core.run import Activity
from backstride.core.scales import PainRating, Scale
from backstride.errors import BadTable
from backstride.importers.base import ImportResult
from backstride.importers.implied_cover import FIRST_TO_LAST, settled_cover
from backstride.importers.tables.tables import TABLES

BERLIN = ZoneInfo("Europe/Berlin")
PLAIN = "time,pain,mood,note\n2026-05-01 07:30,4,6.5,stiff\n2026-05-02 07:10,3,7,müde\n"


def read(text: str | bytes, *, name: str = "table.csv") -> ImportResult:
    """What a table gives to a person in Berlin."""
    return TABLES.read(text if isinstance(text, bytes) else text.encode(), name=name, zone=BERLIN)


def said(notes: Iterable[str], words: str) -> bool:
    """Whether some note says it."""
    return any(words in note for note in notes)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\r\n\r\n"])
def test_any_spreadsheet_will_do(encoding: str, delimiter: str, line_end: str) -> None:
    """Encoding, delimiter and line ends do not change what is read."""
    text = PLAIN.replace(",", delimiter).replace("\n", line_end)
    result = read(text.encode(encoding))
    got = [(c.pain.value, c.mood, c.note) for c in result.records.check_ins if c.pain]
    assert got == [(4.0, 6.5, "stiff"), (3.0, 7.0, "müde")]
    assert said(result.notes, "Latin-1") == (encoding == "cp1252")


@pytest.mark.parametrize(
    "header", ["Zeit;Schmerz", "TIME;Back-Pain", " time ; pain_now ", "Datum;Rückenschmerzen"]
)
def test_headers_may_be_written_in_many_ways(header: str) -> None:
    """Capitals, spaces, dashes, umlauts and German names are all one."""
    (check_in,) = read(f"{header}\n2026-05-01 07:30;3,5\n").records.check_ins
    assert check_in.pain == PainRating(3.5)


def test_the_order_of_the_columns_is_free_and_unknown_ones_are_named() -> None:
    """A weather column does no harm, and is not passed over in silence."""
    result = read("weather,pain,time\nsun,4,2026-05-01 07:30\n")
    assert result.records.count == 1
    assert said(result.notes, "these columns were not used: weather.")


def test_a_full_check_in_is_read_whole() -> None:
    """Every column of the page reaches its field."""
    header = "time,pain,scale,mood,tightness,confidence,drinks,cigarettes,fatty_meals,leg_symptoms,sore,"
    header += "means_to_run,ran_yesterday,drawn,filled_in_late,source,note\n"
    (one,) = read(
        header + "2026-05-01T07:30+02:00,2,1-5,6,5,4,1,2,3,no,yes,yes,1,rest,ja,phone,a note\n"
    ).records.check_ins
    assert one.pain == PainRating(2.0, Scale(1.0, 5.0))
    assert (one.mood, one.tightness, one.confidence) == (6.0, 5.0, 4.0)
    assert (one.drinks, one.cigarettes, one.fatty_meals) == (1.0, 2.0, 3.0)
    assert (one.leg_symptoms, one.sore, one.means_to_run, one.ran_yesterday) == (False, True, True, True)
    assert (one.drawn_to_run, one.filled_in_late, one.source, one.note) == (False, True, "phone", "a note")


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("", Scale()),
        ("0-10", Scale()),
        ("0 to 10 by 0.5", Scale(0, 10, 0.5)),
        ("0-10/0,5", Scale(0, 10, 0.5)),
        ("1 bis 5", Scale(1, 5)),
        ("1\u20135", Scale(1, 5)),
        ("0..100", Scale(0, 100)),
    ],
)
def test_scales_are_read_as_people_write_them(text: str, scale: Scale) -> None:
    """Each rating carries the scale on which it was asked."""
    (check_in,) = read(f"time;pain;scale\n2026-05-01;3;{text}\n").records.check_ins
    assert check_in.pain == PainRating(3.0, scale)


def test_a_day_without_a_time_proves_no_order() -> None:
    """A rating of 'some time that day' may have come after the run; one with a time, in either column, may not."""
    rows = "date,time,pain\n2026-05-01,,4\n2026-05-02,07:30,4\n,2026-05-03 07:30,4\n"
    assert [c.filled_in_late for c in read(rows).records.check_ins] == [True, False, False]


def test_a_note_may_hold_line_breaks_and_the_next_line_is_counted_rightly() -> None:
    """Lines are those of the file, not of the rows."""
    result = read('time,pain,note\n2026-05-01,4,"two\nlines"\n\n2026-05-02,12,\n')
    assert result.records.check_ins[0].note == "two\nlines"
    assert [skip.where for skip in result.skipped] == ["table.csv line 5"]


def test_rows_that_hold_a_time_alone_are_passed_over_and_counted() -> None:
    """Dates filled in ahead are no check-ins."""
    result = read("time,pain\n2026-05-01,4\n2026-05-02,\n2026-05-03,-\n")
    assert (result.records.count, result.skipped) == (1, ())
    assert said(result.notes, "passed over: 2.")


def test_a_full_run_is_read_whole() -> None:
    """Minutes become seconds, kilometres metres, and the source is the row's own."""
    header = "start,moving_min,elapsed_min,distance_km,activity,rpe,feel,heart_rate,source\n"
    (run,) = read(header + "2026-05-01 18:10,0:30:30,35,5.2,treadmill,6,7,151,watch\n").records.runs
    assert (run.moving_s, run.elapsed_s, run.distance_m) == (1830.0, 2100.0, 5200.0)
    assert (run.activity, run.rpe, run.feel_0_10) == (Activity.TREADMILL, 6.0, 7.0)
    assert (run.heart_rate_mean, run.source, run.zone_source) == (151.0, "watch", "assumed")


@pytest.mark.parametrize(
    ("word", "activity"),
    [
        ("", Activity.RUN),
        ("Trail Run", Activity.RUN),
        ("Laufband", Activity.TREADMILL),
        ("Spaziergang", Activity.WALK),
        ("Yoga", Activity.OTHER),
        ("crunch", Activity.OTHER),
    ],
)
def test_activities_are_known_by_their_words(word: str, activity: Activity) -> None:
    """What is neither run nor walk is kept as something else."""
    (run,) = read(f"start,minutes,activity\n2026-05-01 18:10,30,{word}\n").records.runs
    assert run.activity is activity


@pytest.mark.parametrize(
    ("cells", "medicine", "load"),
    [
        ("more,heavy", "more", "heavy"),
        ("Mehr als üblich,leicht", "more", "light"),
        ("keine,as usual", "none", "usual"),
    ],
)
def test_choices_are_known_in_both_languages(cells: str, medicine: str, load: str) -> None:
    """An export writes the values themselves; people write words."""
    (told,) = read(f"time,pain,medicine,Tagesbelastung\n2026-05-01 7:00,4,{cells}\n").records.check_ins
    assert (told.medicine, told.day_load) == (medicine, load)


def test_a_word_that_is_no_choice_is_refused() -> None:
    """Where it is all that a row says, the row is left out with the words that may stand there."""
    result = read("time,pain,medicine\n2026-05-01 7:00,,400 mg\n2026-05-02 7:00,4,none\n")
    assert "'400 mg' is no answer to medicine. Give one of: none, usual, more." in result.skipped[0].why


def test_a_table_of_runs_vouches_for_its_days() -> None:
    """From the first row to the last, rest days included, and it says so."""
    result = read("date,minutes\n2026-05-03 7:00,30\n2026-05-01 7:00,20\n2026-05-07,0\n", name="runs.csv")
    span = CoveredSpan(date(2026, 5, 1), date(2026, 5, 7), "runs.csv" + FIRST_TO_LAST)
    assert (len(result.records.runs), result.records.covered) == (2, (span,))
    assert said(result.notes, "every run from 2026-05-01 to 2026-05-07")


def test_a_refused_row_makes_no_rest_day() -> None:
    """Its day is left out of the days that the table vouches for."""
    result = read("date,minutes\n2026-05-01 7:00,30\n2026-05-03 7:00,x\n2026-05-05 7:00,30\n")
    assert [(s.first_day.day, s.last_day.day) for s in result.records.covered] == [(1, 2), (4, 5)]


@pytest.mark.parametrize(
    "text",
    [
        "# covered: no\ndate,minutes\n2026-05-01 7:00,30\n",
        "date,minutes\n2026-05-01 7:00,30\nsome day,30\n",
        "date,minutes\n2026-05-01 7:00,30\n2026-05-02 7:00,30,5\n",
        "start,minutes,zone\n2026-05-01T07:00+02:00,30,position\n",
    ],
    ids=["said so", "a row without a day", "a row out of place", "an export"],
)
def test_some_tables_of_runs_vouch_for_nothing(text: str) -> None:
    """Where runs may be missing no day is called a rest day."""
    assert read(text).records.covered == ()


def test_a_table_of_covered_days_outweighs_what_runs_vouch_for() -> None:
    """First-to-last spans count only where nothing better is known."""
    runs = read("date,minutes\n2026-05-01 7:00,30\n", name="runs.csv")
    covered = read("from,to\n2026-04-01,2026-04-30\n")
    assert settled_cover(runs + covered).records.covered == covered.records.covered
    assert settled_cover(runs) == runs


def test_a_span_that_runs_once_vouched_for_is_kept_where_an_export_states_it() -> None:
    """The table of covered days of an export holds spans of both origins; all of them are stated by it."""
    covered = read(
        f"from,to,source\n2026-04-01,2026-04-30,watch\n2026-05-01,2026-05-09,runs.csv{FIRST_TO_LAST}\n"
    )
    assert settled_cover(covered) == covered


@pytest.mark.parametrize(
    ("row", "kind", "value"),
    [
        ("weight,180,lb", MeasurementKind.WEIGHT, 81.6466266),
        ("Gewicht,12.5,st", MeasurementKind.WEIGHT, 79.37866475),
        ("body weight,81,", MeasurementKind.WEIGHT, 81.0),
        ("plank,1:30,", MeasurementKind.FRONT_PLANK, 90.0),
        ("Side-Plank,1.5,min", MeasurementKind.SIDE_PLANK, 90.0),
        ("sit and reach,2,in", MeasurementKind.HAMSTRING_REACH, 5.08),
        ("hip_flexor_reach,-15,mm", MeasurementKind.HIP_FLEXOR_REACH, -1.5),
    ],
)
def test_measurements_come_in_their_own_unit(row: str, kind: MeasurementKind, value: float) -> None:
    """Pounds, stones, minutes and inches are converted."""
    (measurement,) = read(f"time,kind,value,unit\n2026-05-01,{row}\n").records.measurements
    assert measurement.kind is kind
    assert measurement.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [("3,5", 3.5), ("3.5", 3.5), ("+4", 4.0), (".5", 0.5), ("4.", 4.0), ("\u22120", 0.0)],
)
def test_numbers_are_read_with_point_or_comma(text: str, value: float) -> None:
    """A decimal comma is a decimal point."""
    (check_in,) = read(f"time;pain\n2026-05-01;{text}\n").records.check_ins
    assert check_in.pain == PainRating(value)


@pytest.mark.parametrize(
    ("head", "name", "known"),
    [
        (b"time,pain\n", "whatever.txt", True),
        (b"Datum;Dauer\n", "export", True),
        (b"\xff\xfet\x00i\x00m\x00e\x00,\x00p\x00a\x00i\x00n\x00\n\x00", "a.csv", True),
        (b"pain\n", "pain.csv", True),
        (b"pain\n", "pain.txt", False),
        (b"a,b\n", "a.csv", False),
        (b"<?xml version='1.0'?><gpx>", "a.csv", False),
        (b"\x0e\x10\x00\x00.FIT", "a.csv", False),
        (b"", "a.csv", False),
    ],
)
def test_a_table_is_known_by_its_header(head: bytes, name: str, known: bool) -> None:
    """The name is only a hint."""
    assert TABLES.knows(head, name=name) is known


CELL = st.sampled_from(
    ["", "4", "3,5", "2026-05-01", "1.5.2026 7:30", "x", '"', "\n", "-1", "0:30:00", "yes", "11"]
)
LINE = st.lists(CELL | st.text(max_size=6), max_size=6).map(",".join)
HEADER = st.sampled_from(
    ["time,pain,note", "start,minutes,activity", "time,kind,value,unit", "from,to", "a,b"]
)


@given(HEADER, st.lists(LINE, max_size=6))
@settings(max_examples=150, deadline=None)
def test_no_table_does_worse_than_being_refused(header: str, lines: list[str]) -> None:
    """Whatever the cells hold: some records, or one error of the family."""
    with suppress(BadTable):
        result = read("\n".join([header, *lines]).encode("utf-8", "surrogatepass"))
        assert result.records != Records()


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_bytes_do_worse_than_being_refused(content: bytes) -> None:
    """Noise is refused as a table, never a crash."""
    TABLES.knows(content, name="noise.csv")
    with pytest.raises(BadTable):
        read(content)
