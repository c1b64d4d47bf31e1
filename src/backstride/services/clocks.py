"""Two clocks: that of the phone and ours. Where they differ, nobody is given a day that they did not choose."""

from datetime import datetime, timedelta, tzinfo
from typing import Final

from sqlalchemy import func, select

from backstride.core.check_in import CheckIn
from backstride.core.datetimes import day_lived
from backstride.core.records import CLOCKS_MAY_DIFFER
from backstride.diary.diary import Diary
from backstride.diary.schema import entries, versions
from backstride.diary.store import Store
from backstride.errors import WrongClock

CLOCKS_AGREE: Final = timedelta(minutes=10)
"""A slow network and a clock that nobody sets may differ by as much."""


def require_same_day(
    recorded_at: datetime, sent_at: datetime | None, *, now: datetime, day_starts_h: int
) -> None:
    """See to it that the phone's clock and ours put a check-in on one day.

    Args:
        recorded_at: when it was told, by the phone's clock.
        sent_at: when it was sent, by the same clock; None where the phone did not say.
        now: the moment of its arrival, by ours.
        day_starts_h: the hour at which the person's day starts.

    Raises:
        WrongClock: they are more than 48 hours apart, or more than ten minutes and the day depends on it.
    """
    ahead = sent_at - now if sent_at else timedelta()
    if abs(ahead) > CLOCKS_MAY_DIFFER or recorded_at - now > CLOCKS_MAY_DIFFER:
        raise WrongClock(
            f"Your phone says it is {sent_at or recorded_at:%Y-%m-%d %H:%M}. That is days away from our clock.",
            advice="Which is right? Set the clock that is wrong, or choose the day to save this for.",
        )
    if abs(ahead) <= CLOCKS_AGREE:
        return
    if day_lived(recorded_at, day_starts_h) != day_lived(recorded_at - ahead, day_starts_h):
        ours = now.astimezone(recorded_at.tzinfo)
        raise WrongClock(
            f"Your phone says it is {ours + ahead:%Y-%m-%d %H:%M}. By our clock it is {ours:%Y-%m-%d %H:%M}.",
            advice="Which is right? Set the clock that is wrong, or choose the day to save this for.",
        )


def by_our_clock(recorded_at: datetime, sent_at: datetime | None, *, now: datetime) -> datetime:
    """Return by our clock when something was, never later than now: how long ago, the phone's own clock knows.

    Args:
        recorded_at: when it was, by the phone's clock.
        sent_at: when it was sent, by the same clock; None where the phone did not say.
        now: the moment of its arrival, by ours.
    """
    return min(now, now - ((sent_at or now) - recorded_at))


def require_clock_not_behind(store: Store, person: int, *, now: datetime, zone: tzinfo) -> None:
    """See to it that our own clock is not behind what the diary holds; without a phone's clock it alone counts.

    Raises:
        WrongClock: something in the diary was stored later than now.
        DiaryError: the diary cannot be read.
    """
    last = select(func.max(versions.c.stored_at)).join(entries).where(entries.c.person_id == person)
    with store.reading() as connection:
        stored_at = connection.scalar(last)
    if stored_at and datetime.fromisoformat(stored_at) - now > CLOCKS_AGREE:
        raise WrongClock(
            f"Our clock says it is {now.astimezone(zone):%Y-%m-%d %H:%M}, but your diary holds entries that were "
            "saved later.",
            advice="Set the clock of the computer that runs backstride, or save this for today by our clock.",
        )


def minutes_apart(diary: Diary, entry_id: int) -> int:
    """Return by how many minutes the phone's clock was ahead of ours when a check-in was told; 0 where they agreed.

    Raises:
        NotInDiary: there is no such entry.
    """
    history = diary.history(entry_id)
    shown = next(each.record for each in history if each.is_current)
    recorded = min((each.recorded_at for each in history if each.recorded_at is not None), default=None)
    if recorded is None or not isinstance(shown, CheckIn) or shown.filled_in_late:
        return 0
    ahead = shown.moment - recorded
    return round(ahead / timedelta(minutes=1)) if abs(ahead) > CLOCKS_AGREE else 0
