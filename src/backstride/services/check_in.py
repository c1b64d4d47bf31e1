"""Checking in: this morning, or a day that was missed."""

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, cast

from backstride.core.check_in import CheckIn, with_day_start
from backstride.core.datetimes import DAY_STARTS_H, day_lived, to_fixed_offset
from backstride.core.days import usual_check_in_time
from backstride.core.question import Answer
from backstride.core.records import Records
from backstride.core.run import Run
from backstride.core.scales import PainRating
from backstride.core.timezone_history import timezone_history
from backstride.diary.diary import Diary
from backstride.diary.store import Store
from backstride.diary.submissions import SubmissionResult, submit_check_in
from backstride.errors import BadValue, ErasedSince
from backstride.runtime.clock import utc_now
from backstride.services.clocks import by_our_clock, require_same_day

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
class SubmissionMeta:
    """How it was sent.

    Attributes:
        idempotency_key: made by the phone; the same each time it sends this. None for a form without a script.
        recorded_at: when it was filled in, by the phone's clock; None where the phone did not say.
        sent_at: when it was sent, by the same clock.
        began_from: the entry and the version that its form showed; None where the form was empty.
        clock_is_chosen: whether the person was asked which clock is right, and said.
    """

    idempotency_key: str | None = None
    recorded_at: datetime | None = None
    sent_at: datetime | None = None
    began_from: tuple[int, int] | None = None
    clock_is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class PendingCheckIn:
    """A check-in, and what becomes of it.

    Attributes:
        check_in: as it is kept.
        sent: known once it is on the disk. To wait for it blocks; it raises DiaryError where nothing was stored.
    """

    check_in: CheckIn
    sent: Future[SubmissionResult]


def check_in(
    store: Store,
    person: int,
    values: CheckInInput,
    submission: SubmissionMeta,
    *,
    zone: tzinfo,
    day_starts_h: int = DAY_STARTS_H,
    now: datetime | None = None,
) -> PendingCheckIn:
    """Hand a check-in over, to be kept once, however often it is sent.

    For a morning that is over the diary is read, to know when its check-in would have been. Else this waits for
    nothing. What a file said of the morning is changed, and no check-in is added beside it.

    Args:
        store: where.
        person: whose.
        values: what was tapped.
        submission: how it was sent.
        zone: the person's own zone, for a phone that does not say the time, and for mornings that are over.
        day_starts_h: the hour at which the person's day starts.
        now: the moment of storing; the clock's unless given.

    Raises:
        WrongClock: the day depends on which clock is right, the phone's or ours.
        BadValue: a value that is not possible, a day in the future or too long ago, nothing told.
        DiaryError: the diary could not be read.
    """
    moment = now or utc_now()
    if submission.recorded_at is not None and not submission.clock_is_chosen:
        require_same_day(submission.recorded_at, submission.sent_at, now=moment, day_starts_h=day_starts_h)
    recorded_at = submission.recorded_at or moment.astimezone(zone)
    if submission.idempotency_key is not None and not 0 < len(submission.idempotency_key) <= 64:
        raise BadValue(
            "This check-in has no mark of its own.", advice="Load the page again and save once more."
        )
    diary = store.diary(person)
    made = _check_in(values, recorded_at, diary, zone=zone, day_starts_h=day_starts_h)
    sent = submit_check_in(
        diary,
        store.writer,
        made,
        idempotency_key=submission.idempotency_key,
        recorded_at=moment
        if submission.recorded_at is None
        else by_our_clock(submission.recorded_at, submission.sent_at, now=moment),
        source=SOURCE,
        now=moment,
        began_from=submission.began_from,
    )
    return PendingCheckIn(made, sent)


def _check_in(
    values: CheckInInput, recorded_at: datetime, diary: Diary, *, zone: tzinfo, day_starts_h: int
) -> CheckIn:
    today = day_lived(recorded_at, day_starts_h)
    day = (
        min(values.day, today) if values.day <= recorded_at.date() else values.day
    )  # a phone's day begins at midnight
    if not today - EARLIEST_FILLED_IN <= day <= today:
        raise BadValue(
            f"A check-in of {values.day} cannot be kept.",
            advice="Choose today, or a day of the last 12 months.",
        )
    if not _has_content(values):
        raise BadValue("Nothing was tapped yet.", advice="Tap how your back is now, then save.")
    late = day < today
    made = CheckIn(
        moment=recorded_at,
        pain=PainRating(values.pain) if values.pain is not None else None,
        **cast("dict[str, Any]", dict(values.answers)),  # each is checked by CheckIn
        note=values.note.strip()[:2000],
        source=SOURCE,
        filled_in_late=late,
    )
    if late:
        made = replace(made, moment=_usual_moment(diary, day, made, zone))
    return with_day_start(made, day_starts_h)


def _has_content(values: CheckInInput) -> bool:
    return values.pain is not None or bool(values.answers) or bool(values.note)


def check_in_of(diary: Diary, day: date) -> tuple[CheckIn | None, tuple[int, int] | None]:
    """Return the check-in of a day: the one entered here, else the first that was imported.

    Returns:
        The check-in, and the entry and the version that hold it; None twice where there is none.
    """
    of_day = [(e.record, (e.id, e.version)) for e in diary.entries(day, day) if isinstance(e.record, CheckIn)]
    return min(of_day, key=lambda one: _rank(one[0]), default=(None, None))


def _rank(check_in: CheckIn) -> tuple[bool, bool, datetime]:
    return check_in.source != SOURCE, check_in.is_after_midnight, check_in.moment


def require_saved(result: SubmissionResult) -> None:
    """See to it that what was sent is in the diary, or was and is erased since.

    Raises:
        ErasedSince: the day was erased while its form was open.
    """
    if result.entry_id is None and not result.seen_before:
        raise ErasedSince(
            "This check-in was erased while its page was open.",
            advice="Nothing was saved. To fill in that day again, open it from the diary.",
        )


def _usual_moment(diary: Diary, day: date, filled_in: CheckIn, zone: tzinfo) -> datetime:
    """Return when the check-in of a past day would have been, by the clock of that day.

    A phone sends the offset of today; since that day the clocks may have changed, or the person may have travelled.
    """
    recent = [each.record for each in diary.entries(day - timedelta(days=60), day + timedelta(days=60))]
    known = [one for one in recent if isinstance(one, CheckIn) and not one.filled_in_late]
    runs = tuple(one for one in recent if isinstance(one, Run))
    where = timezone_history(Records(check_ins=(*known, filled_in), runs=runs), home=zone)
    return to_fixed_offset(datetime.combine(day, usual_check_in_time(known), tzinfo=where.zone_on(day)))
