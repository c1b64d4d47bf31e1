"""The example on PMData: one real diary becomes the neutral format, and reads back whole."""

import runpy
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backstride.core.records import Records
from backstride.core.same_run import merge_same_runs
from backstride.importers.base import ImportResult
from backstride.importers.tables.tables import TABLES

ROOT = Path(__file__).parents[2]
PERSON = ROOT.parent / "shared" / "data" / "pmdata" / "p01"
OSLO = ZoneInfo("Europe/Oslo")

pytestmark = pytest.mark.skipif(not PERSON.is_dir(), reason="no corpus")


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> ImportResult:
    """All four tables of one person, read back."""
    out = tmp_path_factory.mktemp("diary")
    convert: Callable[[Path, Path], None] = runpy.run_path(str(ROOT / "examples" / "pmdata.py"))["convert"]
    convert(PERSON, out)
    everything = ImportResult(Records())
    for path in sorted(out.iterdir()):
        everything += TABLES.read(path.read_bytes(), name=path.name, zone=OSLO)
    return everything


def test_nothing_is_skipped(result: ImportResult) -> None:
    """Every row that the example writes can be read."""
    assert result.skipped == ()


def test_soreness_is_turned_round(result: ImportResult) -> None:
    """A soreness of 2 on the first morning is a pain of 4 on a scale of 1 to 5."""
    first = result.records.check_ins[0]
    assert first.moment.isoformat() == "2019-11-01T09:31:40.751000+01:00"
    assert first.pain is not None
    assert (first.pain.value, first.pain.scale.text, first.mood) == (4.0, "1 to 5", 5.0)


def test_a_run_of_watch_and_diary_becomes_one(result: ImportResult) -> None:
    """The watch gives distance and heart rate, the diary the exertion."""
    kept, merged = merge_same_runs(result.records.runs)
    assert len(kept) == len(result.records.runs) - len(merged)
    run = next(same.merged for same in merged if same.merged.start.date().isoformat() == "2019-11-11")
    assert (run.rpe, run.distance_m, run.heart_rate_mean) == (6.0, 3445.945, 146.0)


def test_most_of_what_the_diary_tells_is_found_on_the_watch(result: ImportResult) -> None:
    """Both clocks are read rightly: were one read an hour off, far fewer would meet."""
    told = sum(run.source.startswith("srpe") for run in result.records.runs)
    assert len(merge_same_runs(result.records.runs)[1]) > 0.8 * told


def test_only_the_watch_vouches_for_rest_days(result: ImportResult) -> None:
    """One span, from its first session to its last."""
    assert [span.source for span in result.records.covered] == ["Fitbit"]
