"""Checking in: this morning, or a day that was missed."""

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any, cast

from backstride.actions.clock import this_moment
from backstride.core.check_in import CheckIn
from backstride.core.days import usual_check_in_time
from backstride.core.moments import day_lived
from backstride.core.question import Answer
from backstride.core.records import CLOCKS_MAY_DIFFER
from backstride.core.scales import PainRating
from backstride.diary.diary import Diary
from backstride.diary.sending import Sent, send_check_in
from backstride.diary.store import Store
from backstride.errors import BadValue, WrongClock

SOURCE = "check-in"
EARLIEST_FILLED_IN = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInInput:
    """What somebody tapped; what they left out is None.

    Attributes:
        day: the morning it speaks of.
        pain: 0-10.
        answers: to the other questions, by the names of `QUESTIONS`.
        note: free words.
    """

    day: date
    pain: float | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How it was sent.

    Attributes:
        sent_id: made by the phone; the same each time it sends this. None for a form without a script.
        told_at: when it was told, by the phone's clock; None where the phone did not say.
        sent_at: when it was sent, by the same clock.
    """

    sent_id: str | None = None
    told_at: datetime | None = None
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A check-in, and what becomes of it.

    Attributes:
        check_in: as it is kept.
        sent: known once it is on the disk. To wait for it blocks; it raises DiaryError where nothing was stored.
    """

    check_in: CheckIn
    sent: Future[Sent]


def check_in(
    store: Store,
    person: int,
    told: CheckInInput,
    sending: Sending,
    *,
    zone: tzinfo,
    now: datetime | None = None,
) -> Kept:
    """Hand a check-in over, to be kept once, however often it is sent.

    For a morning that is over the diary is read, to know when its check-in would have been. Else this waits for
    nothing.

    Args:
        store: where.
        person: whose.
        told: what was tapped.
        sending: how it was sent.
        zone: the person's own zone, for a phone that does not say the time.
        now: the moment of storing; the clock's unless given.

    Raises:
        WrongClock: the phone's clock and ours are more than 48 hours apart.
        BadValue: a value that is not possible, a day in the future or too long ago, nothing told.
        DiaryError: the diary could not be read.
    """
    moment = now or this_moment()
    _compare_clocks(sending, moment)
    told_at = sending.told_at or moment.astimezone(zone)
    if sending.sent_id is not None and not 0 < len(sending.sent_id) <= 64:
        raise BadValue(
            "This check-in has no mark of its own.", advice="Load the page again and save once more."
        )
    diary = store.diary(person)
    made = _check_in(told, told_at, diary)
    sent = send_check_in(
        diary,
        store.writer,
        made,
        sent_id=sending.sent_id,
        told_at=_by_our_clock(sending, moment),
        source=SOURCE,
        now=moment,
    )
    return Kept(made, sent)


def _compare_clocks(sending: Sending, now: datetime) -> None:
    for clock in (sending.sent_at, sending.told_at):
        if clock is not None and clock - now > CLOCKS_MAY_DIFFER:
            raise _wrong_clock(clock)
    if sending.sent_at is not None and now - sending.sent_at > CLOCKS_MAY_DIFFER:
        raise _wrong_clock(sending.sent_at)


def _by_our_clock(sending: Sending, now: datetime) -> datetime:
    """How long ago it was told is known by the phone's own clock, whatever that shows."""
    if sending.told_at is None:
        return now
    return min(now, now - ((sending.sent_at or now) - sending.told_at))


def _wrong_clock(clock: datetime) -> WrongClock:
    return WrongClock(
        f"Your phone says it is {clock:%Y-%m-%d %H:%M}. That is days away from our clock.",
        advice="Which is right? Set the phone's clock, or save this for today by our clock.",
    )


def _check_in(told: CheckInInput, told_at: datetime, diary: Diary) -> CheckIn:
    today = day_lived(told_at)
    day = min(told.day, today) if told.day <= told_at.date() else told.day  # a phone's day begins at midnight
    if not today - EARLIEST_FILLED_IN <= day <= today:
        raise BadValue(
            f"A check-in of {told.day} cannot be kept.",
            advice="Choose today, or a day of the last 12 months.",
        )
    if not _says_something(told):
        raise BadValue("Nothing was tapped yet.", advice="Tap how your back is now, then save.")
    late = day < today
    return CheckIn(
        moment=_usual_moment(diary, day, told_at) if late else told_at,
        pain=PainRating(told.pain) if told.pain is not None else None,
        **cast("dict[str, Any]", dict(told.answers)),  # each is checked by CheckIn
        note=told.note.strip()[:2000],
        source=SOURCE,
        filled_in_late=late,
    )


def _says_something(told: CheckInInput) -> bool:
    return told.pain is not None or bool(told.answers) or bool(told.note)


def check_in_of(diary: Diary, day: date) -> CheckIn | None:
    """The check-in of a day: the one told here, else the first that an import brought."""
    return _first_told(diary, day) or next(
        (e.record for e in diary.entries(day, day) if isinstance(e.record, CheckIn)), None
    )


def _first_told(diary: Diary, day: date) -> CheckIn | None:
    of_day = (entry.record for entry in diary.entries(day, day))
    return next((c for c in of_day if isinstance(c, CheckIn) and c.source == SOURCE), None)


def _usual_moment(diary: Diary, day: date, told_at: datetime) -> datetime:
    recent = diary.entries(day - timedelta(days=60), day + timedelta(days=60))
    known = [e.record for e in recent if isinstance(e.record, CheckIn) and not e.record.filled_in_late]
    usual: time = usual_check_in_time(known)
    return datetime.combine(day, usual, tzinfo=told_at.tzinfo)
