"""A rating right before a run belongs to the day that the person lives."""

from datetime import date, datetime, timedelta, timezone

import pytest

from backstride.core.pain_before import PainBefore
from backstride.core.scales import PainRating

BERLIN_SUMMER = timezone(timedelta(hours=2))


@pytest.mark.parametrize(("hour", "day"), [(0, 1), (2, 1), (3, 2), (23, 2)])
def test_a_rating_after_midnight_is_the_evening_before(hour: int, day: int) -> None:
    """Until three in the night it counts for the day whose check-in it follows, as a check-in does."""
    rating = PainBefore(time=datetime(2026, 5, 2, hour, 30, tzinfo=BERLIN_SUMMER), pain=PainRating(8))
    assert rating.local_day == date(2026, 5, day)
