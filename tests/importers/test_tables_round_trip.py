"""What a diary gives away, as tables, as an archive or to a program, fills an empty one with the same."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from tests.diary.any_records import some_records

from backstride.answer.kinds import Question, TierLetter
from backstride.answer.tier import read_tiers
from backstride.core.allocation import AllocationScheme
from backstride.core.check_in import CheckIn
from backstride.core.records import CoveredSpan, Records
from backstride.core.run import Run
from backstride.core.scales import PainRating
from backstride.diary.daily import daily_series
from backstride.diary.diary import Diary
from backstride.diary.opening import open_diary
from backstride.diary.serialization import all_of, records_of
from backstride.diary.tables import write_tables
from backstride.importers.backends.in_process import InProcessBackend
from backstride.programme.schedule import allocate
from backstride.services.archive_export import archive
from backstride.services.import_files import import_paths
from backstride.services.read_files import read_paths

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def as_tables(diary: Diary, folder: Path) -> Path:
    """The folder of tables that `backstride export` writes."""
    diary.export(folder / "tables")
    return folder / "tables"


def as_archive(diary: Diary, folder: Path) -> Path:
    """The archive that the page Report offers."""
    (folder / "diary.zip").write_bytes(archive(diary, now=NOW))
    return folder / "diary.zip"


def as_zipped_tables(diary: Diary, folder: Path) -> Path:
    """The tables of the archive without the whole diary, as somebody may pack them."""
    tables = as_tables(diary, folder)
    with ZipFile(folder / "tables.zip", "w") as packed:
        for table in sorted(tables.iterdir()):
            packed.write(table, table.name)
    return folder / "tables.zip"


@pytest.fixture(scope="module")
def diaries(tmp_path_factory):
    """Two diaries, to be emptied before each use: making one takes longer than any example."""
    folder = tmp_path_factory.mktemp("diaries")
    with open_diary(folder / "first.sqlite") as first, open_diary(folder / "second.sqlite") as second:
        yield first, second


@pytest.mark.parametrize("way", [as_tables, as_archive, as_zipped_tables])
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(records=some_records(least=1))
def test_out_of_one_diary_into_another_and_out_again(
    diaries: tuple[Diary, Diary], way: Callable[[Diary, Path], Path], records: Records
) -> None:
    """Every table that the second diary exports is that of the first, letter by letter."""
    first, second = diaries
    for diary in diaries:
        diary.erase_everything()
    records = replace(records, runs=records.runs[:1])  # an import of files joins what looks like one run
    first.add(records, source="app", now=NOW)
    with TemporaryDirectory() as name, InProcessBackend() as backend:
        folder = Path(name)
        import_paths([way(first, folder)], zone=BERLIN, diary=second.name, now=NOW, backend=backend)
        assert texts(as_tables(second, folder / "again")) == texts(as_tables(first, folder))


def texts(folder: Path) -> dict[str, str]:
    """Each table of a folder by its name."""
    return {path.name: path.read_text() for path in folder.iterdir()}


@pytest.mark.parametrize("kind", ["covered", "allocations", "plan", "pain_before", "roland_morris"])
@settings(max_examples=10)
@given(records=some_records(least=1))
def test_a_table_of_one_kind_goes_in_alone(diaries: tuple[Diary, Diary], kind: str, records: Records) -> None:
    """Days that chance drew, steps of the plan and covered days are worth keeping without any check-in."""
    book = diaries[0]
    book.erase_everything()
    alone = Records(**{kind: getattr(records, kind)})
    with TemporaryDirectory() as name:
        write_tables(alone, Path(name))
        (table,) = Path(name).iterdir()
        imported = import_paths([table], zone=BERLIN, diary=book.name, now=NOW, backend=InProcessBackend())
    assert imported.added.new == len(set(getattr(alone, kind)))
    assert getattr(book.records(), kind) == getattr(records_of(all_of(alone)), kind)


def test_an_exported_experiment_is_read_as_one() -> None:
    """Eight drawn weeks that were kept make tier A of the folder that an export writes."""
    first = date(2025, 1, 6)
    fell = allocate(AllocationScheme.DAYS, first_day=first, weeks=8, seed=7)
    mornings = [datetime(2025, 1, 6, 7, tzinfo=UTC) + timedelta(days=n) for n in range(57)]
    told = Records(
        check_ins=tuple(CheckIn(moment=at, pain=PainRating(4), source="app") for at in mornings),
        runs=tuple(
            Run(start=mornings[n] + timedelta(hours=10), moving_s=1800, source="watch")
            for n, draw in enumerate(fell)
            if draw.to_run
        ),
        covered=(CoveredSpan(first, first + timedelta(days=55), "watch"),),
        allocations=fell,
    )
    with TemporaryDirectory() as name:
        write_tables(told, Path(name))
        read = read_paths([Path(name)], zone=BERLIN, now=NOW)
    tier = read_tiers(daily_series(read.records, zone=BERLIN), gate_is_open=True)[Question.WEEK]
    assert (tier.letter, tier.kept) == (TierLetter.RANDOMISED, 1.0)
