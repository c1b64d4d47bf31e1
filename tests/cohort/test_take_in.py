"""Many diaries come in: a folder a person, a table with a participant column, an export with a map, a frame."""

import csv

import pytest
from click.testing import CliRunner
from cohort_people import NOW, ZONE, mornings

from backstride.cli.cohort import command
from backstride.cohort import staging, study_table
from backstride.cohort.person_answer import AnswerSettings
from backstride.cohort.store import CohortStore, unpacked
from backstride.cohort.table_out import write_tables as write_answer_tables
from backstride.diary.tables import write_tables
from backstride.errors import BadTable, BadValue, NotReadable
from backstride.importers.folder import import_path
from backstride.services.cohort import remove_person, take_in

REDCAP = """\
record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,age,rated_at,back_nrs,arm,day,run_min
1,base_arm_1,,,44,,,,,
1,diary_arm_1,morning,1,,2026-01-05 07:10,4,1,,
1,diary_arm_1,run,1,,,,,2026-01-05,30
1,diary_arm_1,morning,2,,2026-01-06 07:12,3,0,,
1,diary_arm_1,run,2,,,,,2026-01-06,0
1,diary_arm_1,run,3,,,,,2026-01-08,
2,base_arm_1,,,61,,,,,
"""
MAP = {
    "participant": "record_id",
    "tables": [
        {
            "where": {"redcap_repeat_instrument": "morning"},
            "columns": {"time": "rated_at", "pain": "back_nrs", "drawn": "arm"},
            "values": {"drawn": {"1": "run", "0": "rest"}},
        },
        {
            "where": {"redcap_repeat_instrument": "run"},
            "columns": {"date": "day", "moving_min": "run_min"},
            "constants": {"start": "18:00"},
            "each_row_is_a_day": True,
        },
    ],
    "traits": {"age": "age"},
}


def people_in(folder):
    """Everybody in a store, by id."""
    with CohortStore(folder) as store:
        return {person.id: person for person in store.people()}


@pytest.fixture
def diaries(tmp_path):
    """A folder with a folder a person, one of which holds nothing of use, and traits beside them."""
    for name, person in (("anna", 1), ("ben", 2)):
        write_tables(mornings(person), tmp_path / "in" / name)
    (tmp_path / "in" / "bad").mkdir()
    (tmp_path / "in" / "bad" / "x.csv").write_text("a,b\n1,2\n")
    (tmp_path / "in" / "traits.csv").write_text("participant,age\nanna,44\n")
    return tmp_path / "in"


def test_a_folder_a_person(diaries, tmp_path):
    """Each folder is a person; one that holds nothing of use is listed and stops nobody."""
    taken = take_in(diaries, tmp_path / "store", now=NOW)
    found = people_in(tmp_path / "store")
    assert (taken.new, [person for person, _ in taken.refused]) == (3, ["bad"])
    assert found["anna"].traits == {"age": "44"}
    assert (
        unpacked(found["ben"].packed).check_ins == import_path(diaries / "ben", zone=ZONE).records.check_ins
    )
    assert found["bad"].error == taken.refused[0][1] != ""


def test_a_link_in_a_folder_is_not_read_and_is_named(diaries, tmp_path):
    """A link to a file, or to a folder, in a person's folder is left out by name; their own files are read."""
    theirs = import_path(diaries / "anna", zone=ZONE).records.check_ins
    (tmp_path / "elsewhere.csv").write_text("time,pain,note\n2026-01-05 07:00,9,not theirs\n")
    (diaries / "anna" / "more.csv").symlink_to(tmp_path / "elsewhere.csv")
    (diaries / "anna" / "all").symlink_to(diaries, target_is_directory=True)
    take_in(diaries, tmp_path / "store", now=NOW)
    anna = people_in(tmp_path / "store")["anna"]
    assert unpacked(anna.packed).check_ins == theirs
    assert [where for where in ("all", "more.csv") if f"{where}: It is a link" in " ".join(anna.notes)] == [
        "all",
        "more.csv",
    ]


@pytest.mark.parametrize("target", ["anna", ".", ".."])
def test_a_link_in_the_place_of_a_person_is_refused(diaries, tmp_path, target):
    """A link to another person's folder, to all of them or to what lies above holds nobody's records."""
    (diaries / "loop").symlink_to(diaries / target, target_is_directory=True)
    taken = take_in(diaries, tmp_path / "store", now=NOW)
    assert "loop is a link" in dict(taken.refused)["loop"]
    assert people_in(tmp_path / "store")["loop"].packed == b""


def test_traits_behind_a_link_are_refused(diaries, tmp_path):
    """A table of traits that is a link is not read, and the sentence says so."""
    (diaries / "traits.csv").rename(tmp_path / "t.csv")
    (diaries / "traits.csv").symlink_to(tmp_path / "t.csv")
    with pytest.raises(NotReadable, match="is a link"):
        take_in(diaries, tmp_path / "store", now=NOW)


def test_one_id_for_more_rows_than_a_diary_has_is_refused(tmp_path, monkeypatch):
    """Such a person is listed with a sentence, the others are taken in, and reading the table is told as it goes."""
    monkeypatch.setattr(staging, "MAX_ROWS", 20)
    monkeypatch.setattr(study_table, "MAX_ROWS", 20)
    monkeypatch.setattr(staging, "_MAX_AT_ONCE", 10)
    rows = [f"{'all' if n % 3 else 'anna'},2026-01-{n % 28 + 1:02d} 07:00,{n % 7}" for n in range(45)]
    (tmp_path / "people.csv").write_text("\n".join(["participant,time,pain", *rows]))
    counts = []
    taken = take_in(tmp_path / "people.csv", tmp_path / "store", now=NOW, rows_progress=counts.append)
    assert counts == [10, 20, 30, 40]
    assert (taken.people, [name for name, _ in taken.refused]) == (2, ["all"])
    assert "more than 20 rows" in taken.refused[0][1]


def test_ids_that_are_alike_are_listed(tmp_path):
    """Ids that differ by capitals, blanks or width alone are listed, also beside people taken in before."""
    for name in ("a", "B"):
        write_tables(mornings(1), tmp_path / "one" / name)
    for name in ("A ", "\uff41", "b", "c"):
        write_tables(mornings(2), tmp_path / "two" / name)
    assert take_in(tmp_path / "one", tmp_path / "store", now=NOW).alike == ()
    taken = take_in(tmp_path / "two", tmp_path / "store", now=NOW)
    assert taken.alike == (("A ", "a"), ("b", "B"), ("\uff41", "a"))
    assert len(people_in(tmp_path / "store")) == 6
    said = CliRunner().invoke(command, ["take-in", str(tmp_path / "two"), "--store", str(tmp_path / "store")])
    assert "'b' and 'B'" in said.output


@pytest.mark.parametrize(
    ("trait", "cell"), [("-1", "-1"), ("-1.5e3", "-1.5e3"), ("-1+2", "'-1+2"), ("-1\n=2", "'-1\n'=2")]
)
def test_a_negative_number_stays_one(diaries, tmp_path, trait, cell):
    """A trait that is a plain number is written as it is; what a spreadsheet would run is not."""
    with (diaries / "traits.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("participant", "score"), ("anna", trait)])
    take_in(diaries, tmp_path / "store", now=NOW)
    with CohortStore(tmp_path / "store") as store:
        write_answer_tables(store, AnswerSettings(), tmp_path / "out")
    with (tmp_path / "out" / "answers.csv").open(newline="") as file:
        assert next(row for row in csv.DictReader(file) if row["id"] == "anna")["trait_score"] == cell


def test_what_did_not_change_is_known_again(diaries, tmp_path):
    """Taken in again, only whose records changed is changed."""
    take_in(diaries, tmp_path / "store", now=NOW)
    write_tables(mornings(2, days=14), diaries / "ben")
    again = take_in(diaries, tmp_path / "store", now=NOW)
    assert (again.new, again.changed, again.unchanged) == (0, 1, 2)


def test_a_table_with_a_participant_column(tmp_path):
    """The rows of a person may stand anywhere; rows of nobody, and what cannot be read, are listed by their line."""
    table = tmp_path / "people.csv"
    table.write_text(
        "participant,time,pain\nx,2026-01-05 07:00,3\ny,2026-01-05 07:00,5\n"
        "x,2026-01-06 07:00,30\n,2026-01-06 07:00,5\nx,2026-01-07 07:00,4\n"
    )
    taken = take_in(table, tmp_path / "store", now=NOW)
    found = people_in(tmp_path / "store")
    assert [c.pain.value for c in unpacked(found["x"].packed).check_ins] == [3, 4]
    assert any("people.csv line 4" in note for note in found["x"].notes)
    assert [sentence for _, sentence in taken.refused] == [
        "people.csv has 1 rows without a participant, the first in line 5. "
        "Fill in the column 'participant' of these rows."
    ]


def test_an_export_of_redcap(tmp_path):
    """Repeat instruments become check-ins and runs; a zero is a day of rest, an empty cell is unknown."""
    export = tmp_path / "redcap.csv"
    export.write_text(REDCAP)
    taken = take_in(export, tmp_path / "store", table_map=MAP, now=NOW)
    person = people_in(tmp_path / "store")["1"]
    records = unpacked(person.packed)
    assert person.traits == {"age": "44"}
    assert [(c.pain.value, c.drawn_to_run) for c in records.check_ins] == [(4, True), (3, False)]
    assert [(run.start.hour, run.moving_s) for run in records.runs] == [(18, 1800)]
    assert [str(span.first_day) for span in records.covered] == ["2026-01-05", "2026-01-06"]
    assert [person for person, _ in taken.refused] == ["2"]


def test_a_frame_is_as_its_table(tmp_path):
    """Rows as mappings give what the same rows give as a file."""
    rows = [
        {"participant": 7, "time": f"2026-01-{day:02d} 07:00", "pain": float(day % 5), "mood": float("nan")}
        for day in range(5, 20)
    ]
    with (tmp_path / "t.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows({**row, "mood": ""} for row in rows)
    take_in(rows, tmp_path / "a", now=NOW)
    take_in(tmp_path / "t.csv", tmp_path / "b", now=NOW)
    assert people_in(tmp_path / "a")["7"].fingerprint == people_in(tmp_path / "b")["7"].fingerprint != ""


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({}, "does not say which column"),
        ({"participant": "id", "sections": []}, "has no 'sections'"),
        ({"participant": "id", "tables": [{}]}, "names no columns"),
        ({"participant": "id", "zone": "Mars/Base"}, "does not exist"),
    ],
)
def test_a_map_that_cannot_be_used_says_why(said, why, tmp_path):
    """A map without a participant, or with what no map has, is refused in words."""
    (tmp_path / "t.csv").write_text("id,time,pain\n")
    with pytest.raises(BadValue, match=why):
        take_in(tmp_path / "t.csv", tmp_path / "store", table_map=said)


def test_a_table_that_does_not_fit_says_why(tmp_path):
    """A table without the column that says whose row it is, or without one that its map names, is refused."""
    (tmp_path / "t.csv").write_text("time,pain\n2026-01-05 07:00,3\n")
    with pytest.raises(BadTable, match="does not say whose"):
        take_in(tmp_path / "t.csv", tmp_path / "store")
    with pytest.raises(BadTable, match="lacks the column record_id"):
        take_in(tmp_path / "t.csv", tmp_path / "store", table_map={"participant": "record_id"})
    with pytest.raises(NotReadable, match="There is no"):
        take_in(tmp_path / "none", tmp_path / "store")


def test_who_leaves_is_gone(diaries, tmp_path):
    """A person taken out is in no file of the store, not even in what SQLite left free."""
    take_in(diaries, tmp_path / "store", now=NOW)
    before = people_in(tmp_path / "store")["anna"]
    remove_person(tmp_path / "store", "anna")
    assert "anna" not in people_in(tmp_path / "store")
    left = b"".join(path.read_bytes() for path in (tmp_path / "store").iterdir())
    assert before.packed not in left
    assert before.fingerprint.encode() not in left


def test_a_folder_of_several_people_is_no_diary(diaries):
    """Tables that rate the same mornings otherwise are refused, and where a study belongs is said."""
    with pytest.raises(BadTable, match=r"as two people do\..* as a cohort"):
        import_path(diaries, zone=ZONE)


def test_two_tables_of_one_person_are_one_diary(tmp_path):
    """A table for mornings and one for evenings, or one given twice, are one person's."""
    write_tables(mornings(1), tmp_path / "morning")
    write_tables(mornings(1), tmp_path / "again")
    write_tables(mornings(1 + 12 * 60), tmp_path / "evening")
    assert len(import_path(tmp_path, zone=ZONE).records.check_ins) == 36
