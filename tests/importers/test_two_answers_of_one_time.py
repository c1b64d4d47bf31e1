"""Two answers of one time that differ: nobody knows which counts, so none does, and it is said."""

from pathlib import Path

import pytest
from tests.importers.test_own_tables import BERLIN, notes, read

from backstride.errors import BadTable
from backstride.importers.folder import import_path


def pains(text: str) -> list[tuple[str, float]]:
    """Each rating, with its time."""
    rated = read(text).records.check_ins
    return [(f"{one.moment:%d %H:%M}", one.pain.value) for one in rated if one.pain is not None]


@pytest.mark.parametrize("first", ["2026-05-01", "2026-05-01 00:00:00", "2026-05-01 07:00"])
def test_two_ratings_of_a_day_without_times_are_asked(first):
    """The evening's never counts as the morning's."""
    text = f"time,pain\n{first},1\n{first},6\n{first.replace('01', '02', 1)},2\n"
    assert pains(text) == [("02 07:00", 2.0)]
    assert "rows of one time answer differently (pain: 2026-05-01 07:00)" in notes(text)
    assert [one.where for one in read(text).skipped] == ["t.csv line 2", "t.csv line 3"]


def test_a_table_of_such_days_alone_is_refused_with_the_way_out():
    """Nothing in it can be used."""
    with pytest.raises(BadTable, match="time of day of each row"):
        read("date,pain\n05/13/2026,1\n05/13/2026,6\n")


def test_rows_of_one_time_that_do_not_contradict_each_other_are_both_read():
    """The same said twice, and a mood in a row of its own; times of day settle the rest."""
    assert pains("date,pain,mood\n2026-05-01,3,\n2026-05-01,3,\n2026-05-01,,7\n")[-1] == ("01 07:00", 3.0)
    text = "date,time of day,pain\n2026-05-01,morning,1\n2026-05-01,evening,6\n"
    assert [rating for _, rating in pains(text)] == [1.0, 6.0]


def test_what_else_a_row_says_stays():
    """Its mood, where only the pain is told twice."""
    (kept,) = read("date,pain,mood\n2026-05-01,1,7\n2026-05-01,6,\n").records.check_ins
    assert (kept.pain, kept.mood) == (None, 7.0)


def test_two_tables_of_one_import_that_contradict_each_other_are_asked(tmp_path: Path):
    """Which of two files is the later one nobody decides."""
    (tmp_path / "a.csv").write_text("date,pain\n2026-05-03,3\n2026-05-04,4\n")
    (tmp_path / "b.csv").write_text("date,pain,mood\n2026-05-03,8,5\n2026-05-04,4,6\n")
    result = import_path(tmp_path, zone=BERLIN)
    assert [one.pain for one in result.records.check_ins if one.local_day.day == 3] == [None]
    assert {one.pain.value for one in result.records.check_ins if one.local_day.day == 4} == {4.0}
    assert "a.csv and b.csv answer differently" in " ".join(result.notes)
