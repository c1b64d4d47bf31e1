"""The neutral tables say everything, lose nothing and harm no spreadsheet."""

import csv
from dataclasses import fields, replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from tests.diary.any_records import ANY_RECORD, OF_EACH_KIND, some_records

from backstride.core.check_in import QUESTIONS, CheckIn
from backstride.core.measurement import Measurement, MeasurementKind
from backstride.core.records import CoveredSpan, Records
from backstride.core.run import Run
from backstride.core.scales import PainRating
from backstride.diary.opening import open_diary
from backstride.diary.serialization import KINDS, all_of, deserialize, serialize
from backstride.diary.tables import write_tables
from backstride.importers.folder import import_path

BERLIN = ZoneInfo("Europe/Berlin")
MOMENT = datetime(2026, 5, 1, 7, 30, tzinfo=timezone(timedelta(hours=2)))

SPAN = CoveredSpan(date(2026, 5, 1), date(2026, 5, 9), "watch")


def rows(path: Path) -> list[list[str]]:
    """Read a table without its header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


@pytest.mark.parametrize(
    ("note", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+tea", "'+tea"),
        ("-", "'-"),
        ("@me", "'@me"),
        ("'tis", "''tis"),
        ("a=b", "a=b"),
        ("a;=1+1", "a;'=1+1"),
        ("a\t@b", "a\t'@b"),
        ("a\n-1", "a\n'-1"),
        ("a;'=", "a;''="),
        ("\uff1d1", "'\uff1d1"),
        ("a; b", "a; b"),
    ],
)
def test_words_a_spreadsheet_would_compute_are_kept_from_it(tmp_path, note, cell):
    """An apostrophe goes before them."""
    write_tables(Records((CheckIn(moment=MOMENT, note=note),)), tmp_path)
    assert rows(tmp_path / "check-ins.csv")[0][-1] == cell


def test_tables_read_well_to_people(tmp_path):
    """Minutes, kilometres, yes and no; no digit more than needed."""
    check_in = CheckIn(
        moment=MOMENT,
        pain=PainRating(3),
        leg_symptoms=False,
        sore=True,
        flare=True,
        sleep=7.5,
        medicine="more",
        means_to_run=True,
        drawn_to_run=False,
        source="app",
    )
    run = Run(start=MOMENT, moving_s=1830, distance_m=5000, source="watch")
    weight = Measurement(moment=MOMENT, kind=MeasurementKind.WEIGHT, value=70.5, source="scale")
    write_tables(Records((check_in,), (run,), (weight,), (SPAN,)), tmp_path)
    told = {path.stem: rows(path) for path in tmp_path.iterdir()}
    moment = "2026-05-01T07:30:00+02:00"
    yes, no = ("sore", "means_to_run", "flare"), ("leg_symptoms",)
    asked = dict.fromkeys(QUESTIONS, "") | dict.fromkeys(yes, "yes") | dict.fromkeys(no, "no")
    asked |= {"sleep": "7.5", "medicine": "more"}
    assert told == {
        "check-ins": [[moment, "3", "0 to 10", *asked.values(), "rest", "no", "", "stated", "app", ""]],
        "runs": [[moment, "30.5", "", "5", "run", "", "", "", "stated", "", "stated", "watch"]],
        "measurements": [[moment, "weight", "70.5", "kg", "stated", "scale"]],
        "covered": [["2026-05-01", "2026-05-09", "watch"]],
    }


def test_kind_of_which_nothing_was_told_gets_no_table(tmp_path):
    """An empty table would only be read as a broken one; one from before is taken away."""
    write_tables(Records(covered=(SPAN,)), tmp_path)
    write_tables(Records((CheckIn(moment=MOMENT),)), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["check-ins.csv"]


def test_control_characters_are_left_out(tmp_path):
    """What is no letter would make the whole table look like no text."""
    write_tables(Records((CheckIn(moment=MOMENT, note="a\x00b\x1bc\nd"),)), tmp_path)
    assert rows(tmp_path / "check-ins.csv")[0][-1] == "abc\nd"


def test_name_that_is_no_text_does_not_stop_an_export(tmp_path):
    """A file name of another age becomes question marks."""
    write_tables(Records(runs=(Run(start=MOMENT, moving_s=60, source="l\udce4ufe.gpx"),)), tmp_path)
    assert rows(tmp_path / "runs.csv")[0][-1] == "l?ufe.gpx"


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(some_records(most=3).filter(lambda made: made != Records()))
def test_tables_read_back_exactly(records):
    """What was written is what an import of the folder gives, to the last digit."""
    records = replace(records, runs=records.runs[:1])  # an import joins what looks like one run
    with TemporaryDirectory() as folder:
        write_tables(records, Path(folder))
        result = import_path(Path(folder), zone=BERLIN)
    assert (result.records, result.skipped) == (records, ())


@settings(deadline=None, max_examples=60)
@given(ANY_RECORD)
def test_stored_text_reads_back_exactly(record):
    """So does the text in the store; and an equal record has an equal key, whatever its source."""
    content = serialize(record)
    assert deserialize(content.kind, content.text) == record
    assert serialize(deserialize(content.kind, content.text)).key == content.key


def test_export_of_a_diary_fills_a_new_one(diary, tmp_path):
    """A diary moves house through its tables: nothing is lost, nothing is new."""
    told = Records(
        (CheckIn(moment=MOMENT, pain=PainRating(2.5), note="-stiff\nand cold", source="app"),),
        (Run(start=MOMENT, moving_s=1000 / 3, source="watch.fit"),),
        (Measurement(moment=MOMENT, kind=MeasurementKind.HAMSTRING_REACH, value=-3.3, source="app"),),
        (SPAN,),
    )
    diary.add(told, source="app", now=MOMENT)
    diary.export(tmp_path / "tables")
    imported = import_path(tmp_path / "tables", zone=BERLIN).records
    with open_diary(tmp_path / "new.sqlite") as new:
        assert new.add(imported, source="import", now=MOMENT).new == 4
        assert new.records() == diary.records() == told
    assert diary.add(imported, source="import", now=MOMENT).new == 0


def test_these_tests_make_up_every_kind():
    """Whatever `Records` holds has a strategy here and a name in the store."""
    assert [field.name for field in fields(Records)] == list(OF_EACH_KIND)
    assert len(KINDS) == len(OF_EACH_KIND)


@settings(max_examples=3)
@given(some_records(least=1, most=1))
def test_every_record_has_a_kind_of_its_own(records):
    """The store knows each by its name."""
    assert [serialize(record).kind for record in all_of(records)] == list(KINDS)
