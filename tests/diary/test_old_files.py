"""Stores, archives and exported tables of every schema, written by the code of their time, hold the same today."""

import csv
import gzip
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backstride.core.check_in import QUESTIONS, CheckIn
from backstride.core.records import Records
from backstride.diary.opening import open_diary
from backstride.diary.schema import REVISIONS
from backstride.importers.backends.in_process import InProcessBackend
from backstride.services.import_files import import_paths

FILES = Path(__file__).parents[1] / "old_files"
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
CORRECTED = "2026-05-02 07:25"
"""The check-in whose pain one file told as 3, and a later one as 4."""


@dataclass(frozen=True)
class Kept:
    """The kept files of one commit.

    Attributes:
        folder: where they are.
        schema: the number of the store's schema at that commit.
    """

    folder: Path
    schema: int


KEPT = [
    *(Kept(path, int(path.name)) for path in sorted(FILES.glob("0*"))),
    Kept(FILES / "5d571ef", 5),
]
# the schema, or the commit of its time, from which each question was asked and stored
SINCE = {"sore": 5} | dict.fromkeys(
    ("sleep", "stress", "medicine", "day_load", "flare", "leg_pain", "other_pain"), 7
)
YES_NO = {"yes": True, "no": False}


@pytest.fixture(params=KEPT, ids=lambda kept: kept.folder.name)
def kept(request) -> Kept:
    """The files of one commit."""
    return request.param


def test_every_schema_has_its_kept_files():
    """Each schema that ever was has files of its own, up to the newest."""
    assert [kept.schema for kept in KEPT[:-1]] == list(map(int, REVISIONS))


def test_a_new_question_comes_with_a_new_schema():
    """The newest schema's tables have a column for each question: an older program would open it and drop answers."""
    with zipfile.ZipFile(max(KEPT, key=lambda kept: kept.schema).folder / "tables.zip") as tables:
        header = tables.read("check-ins.csv").decode().splitlines()[0].split(",")
    assert [name for name in QUESTIONS if name not in header] == []


def test_old_store_opens_with_its_content(kept, tmp_path):
    """Each answer, run, measurement and allocation is there as it was told, and so is what a later file corrected."""
    with open_diary(old_store(kept, tmp_path)) as diary:
        records = diary.records()
        assert_given(records, kept.schema)
        pains = [entry.record.pain.value for entry in diary.entries() if starts(entry.record, CORRECTED)]
    assert sorted(pains) == [3, 4]


def test_old_archive_gives_the_same_diary(kept, tmp_path):
    """An archive fills an empty diary with the content of the store it was taken from, every version with it."""
    if not (kept.folder / "archive.zip").exists():
        assert kept.schema < 4, "an archive with every version came with the fourth schema"
        return
    imported(kept.folder / "archive.zip", tmp_path / "new.sqlite")
    with open_diary(old_store(kept, tmp_path)) as old, open_diary(tmp_path / "new.sqlite") as new:
        assert new.records() == old.records()
        assert versions(new) == versions(old)


def test_old_tables_give_the_same_records(kept, tmp_path):
    """The tables of an export fill an empty diary with all that was told and not taken back."""
    imported(kept.folder / "tables.zip", tmp_path / "new.sqlite")
    with open_diary(tmp_path / "new.sqlite") as diary:
        assert_given(diary.records(), kept.schema)


def old_store(kept: Kept, folder: Path) -> Path:
    """The store as a file."""
    path = folder / "old" / "diary.sqlite"
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as store:
        store.executescript(gzip.decompress((kept.folder / "diary.sql.gz").read_bytes()).decode())
    return path


def imported(path: Path, diary: Path) -> None:
    """Read a file into a new diary."""
    with InProcessBackend() as backend:
        import_paths([path], zone=BERLIN, diary=str(diary), now=NOW, backend=backend)


def versions(diary) -> list[tuple]:
    """Every version of every entry, with when it was stored."""
    return sorted(
        (
            tuple((version.version, version.stored_at, version.record) for version in diary.history(entry.id))
            for entry in diary.entries()
        ),
        key=repr,
    )


def assert_given(records: Records, schema: int) -> None:
    """Hold records against the tables that the diary was filled with."""
    told = {check_in.moment: check_in for check_in in records.check_ins}
    rows = given("check_ins")
    assert set(told) == {moment(row["time"]) for row in rows}
    # the correction told pain and mood alone; whether the rest stayed was another schema's business
    corrected = told[moment(CORRECTED)]
    assert (corrected.pain.value, corrected.mood) == (4, 7)
    for row in (row for row in rows if row["time"] != CORRECTED):
        assert_answers(told[moment(row["time"])], row, schema)
    assert [(run.start, run.activity, run.rpe) for run in records.runs] == [
        (moment(row["start"]), row["activity"], float(row["rpe"])) for row in given("runs")
    ]
    assert [(run.moving_s, run.distance_m) for run in records.runs] == [
        (60 * float(row["moving_min"]), 1000 * float(row["distance_km"])) for row in given("runs")
    ]
    assert {(one.moment, one.value) for one in records.measurements} == {
        (moment(row["time"]), float(row["value"])) for row in given("measurements")
    }
    assert len(records.allocations) == (56 if schema >= 3 else 0)
    assert len(records.plan) == (1 if schema >= 4 else 0)
    assert [one.pain.value for one in records.pain_before] == ([5] if schema >= 8 else [])
    assert [one.score for one in records.roland_morris] == ([9] if schema >= 11 else [])


def assert_answers(check_in: CheckIn, row: dict[str, str], schema: int) -> None:
    """Hold one check-in against the row that it was read from; what was not asked then is unknown."""
    for name, text in row.items():
        if name == "time":
            continue
        value = getattr(check_in, name)
        if not text or schema < SINCE.get(name, 0):
            assert value is None or value == "", name
        elif name == "pain":
            assert value.value == float(text)
        elif isinstance(value, bool):
            assert value == YES_NO[text], name
        else:
            assert value == (float(text) if text.replace(".", "").isdigit() else text), name


def given(table: str) -> list[dict[str, str]]:
    """The rows of a table that the diaries were filled with."""
    with (FILES / "given" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def moment(text: str) -> datetime:
    """A time of the tables, which are a person's in Berlin."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def starts(record, text: str) -> bool:
    """Whether a record is the check-in of a time."""
    return isinstance(record, CheckIn) and record.moment == moment(text)
