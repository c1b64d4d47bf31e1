"""The last fourteen days: what a check-in says of the day before stands on that day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.core.scales import PainRating
from backstride.diary.opening import open_diary
from backstride.services.recent_days import lately

NOW = datetime(2026, 6, 18, 7, tzinfo=UTC)
TODAY = date(2026, 6, 18)
ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize(("said", "known"), [(False, 0.0), (None, None), (True, None)])
@pytest.mark.parametrize("mornings", [1, 5])
def test_no_run_yesterday_is_known_of_yesterday(tmp_path, said, known, mornings):
    """Of the first check-in of all, too; the day before that one stays unknown."""
    told = tuple(
        CheckIn(moment=NOW - n * ONE_DAY, pain=PainRating(3), ran_yesterday=said) for n in range(mornings)
    )
    with open_diary(tmp_path / "diary.sqlite") as book:
        book.add(Records(told), source="app", now=NOW)
        minutes = {one.day: one.run_minutes for one in lately(book, today=TODAY, zone=UTC).points}
    assert {minutes[TODAY - n * ONE_DAY] for n in range(1, mornings + 1)} == {known}
    assert minutes[TODAY - (mornings + 1) * ONE_DAY] is None
