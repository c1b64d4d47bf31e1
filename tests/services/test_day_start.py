"""The hour at which a person's day starts: chosen once, for what is there and for what comes."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from backstride.core.days import diary_days
from backstride.diary.opening import open_diary, open_store
from backstride.diary.schema import OWNER
from backstride.errors import BadValue
from backstride.services.day_start import choose_day_start, day_start
from backstride.services.import_files import import_paths

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 6, 1, tzinfo=UTC)
TABLE = "time,pain\n2026-05-01 07:30,2\n2026-05-02 04:10,5\n2026-05-02 09:00,3\n"


@pytest.fixture
def table(tmp_path):
    """Three check-ins, one of them at ten past four at night."""
    path = tmp_path / "check-ins.csv"
    path.write_text(TABLE)
    return path


def days_of(diary: str) -> dict[str, float]:
    """The morning's rating of each day."""
    with open_diary(diary) as book:
        days = diary_days(book.records(), zone=BERLIN)
    return {f"{day.day:%d}": day.check_in.pain.value for day in days if day.check_in and day.check_in.pain}


def imported(table, diary: str, **more):
    """Import the table into a diary."""
    return import_paths([table], zone=BERLIN, diary=diary, now=NOW, **more).added


def test_a_table_goes_by_the_chosen_hour_and_the_diary_keeps_it(table, tmp_path):
    """With a day from three on ten past four is a morning; from five on it is the evening before, also later."""
    default, chosen = str(tmp_path / "a.sqlite"), str(tmp_path / "b.sqlite")
    imported(table, default)
    imported(table, chosen, day_starts_h=5)
    assert (days_of(default), days_of(chosen)) == ({"01": 2, "02": 5}, {"01": 2, "02": 3})
    again = imported(table, chosen)
    assert (again.new, again.corrected, again.already_there) == (0, 0, 3)


def test_an_hour_chosen_later_moves_the_nights_that_are_there(table, tmp_path):
    """The night of the second counts for the first, its former version stays, and the way back is the same."""
    place = str(tmp_path / "a.sqlite")
    imported(table, place)
    with open_store(place) as store:
        assert choose_day_start(store, OWNER, 5, now=NOW) == 1
        assert day_start(store, OWNER) == 5
        versions = [entry.version for entry in store.diary(OWNER).entries()]
        assert sorted(versions) == [1, 1, 2]
        assert len(store.diary(OWNER).entries(datetime(2026, 5, 1).date(), datetime(2026, 5, 1).date())) == 2  # noqa: DTZ001
    assert days_of(place) == {"01": 2, "02": 3}
    with open_store(place) as store:
        assert choose_day_start(store, OWNER, 3, now=NOW) == 1
    assert days_of(place) == {"01": 2, "02": 5}


def test_an_export_reads_back_on_the_same_days(table, tmp_path):
    """The tables of a diary whose day starts at five say so, so that a diary that starts at three keeps the days."""
    first, second = str(tmp_path / "a.sqlite"), str(tmp_path / "b.sqlite")
    imported(table, first, day_starts_h=5)
    with open_diary(first) as book:
        book.export(tmp_path)
    imported(tmp_path / "check-ins.csv", second)
    assert days_of(second) == days_of(first)


def test_no_day_starts_in_the_afternoon(tmp_path):
    """The refusal names the hours that can be chosen, and nothing is kept."""
    with open_store(str(tmp_path / "a.sqlite")) as store:
        with pytest.raises(BadValue, match="from 0 to 12"):
            choose_day_start(store, OWNER, 13, now=NOW)
        assert day_start(store, OWNER) == 3
