"""Which backups stay."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from backstride.diary.retention import DAYS, MONTHS, WEEKS, worth_keeping

START = datetime(2026, 1, 1, 3, tzinfo=UTC)
MOMENTS = st.lists(st.integers(0, 24 * 900).map(lambda hours: START + timedelta(hours=hours)), max_size=80)


def test_three_years_of_nights_become_days_weeks_and_months():
    """Of a backup a night the last week stays whole, then one a week, then one a month for a year."""
    kept: frozenset[datetime] = frozenset()
    for night in range(1000):
        kept = worth_keeping([*kept, START + timedelta(days=night)])
    ages = sorted((START + timedelta(days=999) - made).days for made in kept)
    assert ages[:DAYS] == list(range(DAYS))
    months = {(made.year, made.month) for made in kept}
    assert (len(kept), len(months)) == (7 + 3 + 11, 12)
    assert 330 < ages[-1] < 366


@given(MOMENTS)
def test_the_newest_stays_and_nothing_is_made_up(moments):
    """Whatever there is, the newest is kept, and at most one for each day, week and month that counts."""
    kept = worth_keeping(moments)
    assert kept <= set(moments)
    assert len(kept) <= DAYS + WEEKS + MONTHS
    assert not moments or max(moments) in kept


@given(MOMENTS)
def test_looking_twice_lets_go_of_nothing_more(moments):
    """What was kept once is kept again until something newer comes."""
    kept = worth_keeping(moments)
    assert worth_keeping(kept) == kept
