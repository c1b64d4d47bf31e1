"""Safety answers in the diary: what is due, what is kept, and what stands today."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from backstride.core.clearance import Clearance, Reply
from backstride.core.new_pain import MIN_PAIN
from backstride.core.plan_step import PlanStep, Step
from backstride.core.records import Records
from backstride.diary.opening import open_store
from backstride.diary.schema import OWNER, SAFETY
from backstride.diary.settings import set_setting, setting_history
from backstride.diary.store import Store
from backstride.errors import NotInDiary
from backstride.programme.history import Site
from backstride.programme.lasting_signs import follows_runs
from backstride.programme.state import STARTS
from backstride.report.clearance_words import once_said_lines
from backstride.runtime.paths import default_diary_location
from backstride.screening.clearance_now import current_clearance, due_besides, due_now
from backstride.screening.follow_ups import SORE_BONES, SORE_LATELY
from backstride.screening.item import Item
from backstride.screening.items import IN_A_LEG
from backstride.screening.occasions import QUESTIONS, Occasion, Signs, latest_red_flags
from backstride.screening.record import ScreeningRecord, screening_record_from_text
from backstride.screening.words_so_far import agreed_on, last_words, since_the_start
from backstride.services.day_start import today_for
from backstride.services.hours_apart import with_ratings_hours_apart
from backstride.services.plan_history import history_of
from backstride.services.screen import SafetyAnswers

BEGUN_ANEW = "safety questions"
"""Source of a step that an answer brought about: who may not read the answers must not see it."""
BEGINS_ANEW = SORE_BONES | {SORE_LATELY.key}
"""While one of these holds, and when it ends, the plan begins with walks."""


def due_today(*, diary: str | None = None, today: date | None = None) -> Occasion | None:
    """Return which questions the diary's own answers, flares and leg signs call for today, or None.

    Raises:
        DiaryError: the diary cannot be opened.
    """
    with open_store(diary or default_diary_location()) as store:
        return due_for(store, OWNER, today=today or today_for(store, OWNER))


def clearance_today(*, diary: str | None = None, today: date | None = None) -> Clearance:
    """Compute the owner's clearance for today from all stored answers.

    Args:
        diary: its path or URL; the person's own unless given.
        today: the local day; the clock's unless given.

    Raises:
        DiaryError: the diary cannot be opened.
    """
    with open_store(diary or default_diary_location()) as store:
        return clearance_for(store, OWNER, today=today or today_for(store, OWNER))


def questions_today(
    occasion: Occasion, *, diary: str | None = None, today: date | None = None
) -> tuple[tuple[Item, ...], tuple[str, ...]]:
    """Return the questions of an occasion in the owner's diary, and the lines that name each yes they speak of.

    Args:
        occasion: why they are asked.
        diary: its path or URL; the person's own unless given.
        today: the local day; the clock's unless given.

    Returns:
        The questions; and a line for each yes that was taken back, of which a follow-up question speaks.

    Raises:
        DiaryError: the diary cannot be opened.
    """
    with open_store(diary or default_diary_location()) as store:
        cleared = clearance_for(store, OWNER, today=today or today_for(store, OWNER))
        items = questions_for(store, OWNER, occasion)
    return items, tuple(line for item in items for line in once_said_lines(cleared, item.key))


def has_answered(*, diary: str | None = None) -> bool:
    """Whether the owner's diary holds answers to all questions, given together.

    Raises:
        DiaryError: the diary cannot be opened.
    """
    with open_store(diary or default_diary_location()) as store:
        return bool(since_the_start(times_answered(store, OWNER)))


def store_answers(
    answered: SafetyAnswers,
    *,
    occasion: Occasion,
    diary: str | None = None,
    today: date | None = None,
    now: datetime | None = None,
) -> None:
    """Keep the answers in the diary; what was answered before is kept, too.

    Raises:
        BadValue: a key that no question has.
        DiaryError: the diary cannot be opened, or cannot hold more; nothing was stored.
    """
    with open_store(diary or default_diary_location()) as store:
        store_answers_for(
            store, OWNER, answered, occasion=occasion, today=today or today_for(store, OWNER), now=now
        )


def due_for(store: Store, person: int, *, today: date) -> Occasion | None:
    """Return which questions one person of a store is due to be asked on the local day `today`, or None."""
    records = times_answered(store, person)
    return due_now(records, today=today, signs=signs_for(store, person, today=today) if records else Signs())


def due_besides_for(store: Store, person: int, *, today: date) -> tuple[Occasion, ...]:
    """Return what else one person of a store is due to be asked today, beside the occasion of `due_for`."""
    records = times_answered(store, person)
    return due_besides(records, today=today, signs=signs_for(store, person, today=today)) if records else ()


def questions_for(store: Store, person: int, occasion: Occasion) -> tuple[Item, ...]:
    """Return the questions of an occasion; of what is asked again, those whose yes was taken back.

    Args:
        store: where.
        person: whose.
        occasion: why they are asked.
    """
    records = times_answered(store, person) if occasion is Occasion.AGAIN else ()
    open_again = last_words(records).taken_back if records else frozenset()
    return tuple(item for item in QUESTIONS[occasion] if not open_again or item.key in open_again)


def clearance_for(store: Store, person: int, *, today: date, records: Records | None = None) -> Clearance:
    """Compute one person's clearance on the local day `today` from all stored answers.

    Args:
        store: where.
        person: whose.
        today: the local day.
        records: all of theirs, where they are at hand; read from the store unless given.
    """
    diary = store.diary(person)
    whole = with_ratings_hours_apart(diary, records or diary.records(), today=today)
    return clearance_of(times_answered(store, person), whole, today=today)


def clearance_of(times: Sequence[ScreeningRecord], records: Records, *, today: date) -> Clearance:
    """Compute a clearance from answers and records that are at hand.

    Args:
        times: every time the questions were answered, in order.
        records: all of the person's, with the ratings that were given hours apart.
        today: the local day.
    """
    return current_clearance(times, today=today, signs=signs_of(records, times) if times else Signs())


def store_answers_for(
    store: Store,
    person: int,
    answered: SafetyAnswers,
    *,
    occasion: Occasion,
    today: date,
    now: datetime | None = None,
) -> None:
    """Keep the answers of one person of a store; what was answered before is kept, too.

    Args:
        store: where.
        person: whose.
        answered: what they said.
        occasion: which questions were asked.
        today: the local day.
        now: the moment of storing; the clock's unless given.

    Raises:
        BadValue: a key that no question has.
        DiaryError: it was not stored.
    """
    time = ScreeningRecord(day=today, occasion=occasion, replies=answered.replies, agreed=answered.agreed)
    moment = now or datetime.now(UTC)
    set_setting(store, person, SAFETY, time.to_text(), now=moment)
    if any(answered.replies.get(key) is Reply.YES for key in SORE_BONES):
        _begin_anew(store, person, today=today, now=moment)


def agree_for(
    store: Store,
    person: int,
    keys: Collection[str],
    *,
    today: date | None = None,
    now: datetime | None = None,
) -> None:
    """Keep that a provider has agreed that the person runs with what these questions ask about.

    It joins the last answers: it answers no question, and moves no day on which one is due. After a sore spot on a
    bone the plan begins anew, with walks.

    Raises:
        BadValue: a key that no question has.
        NotInDiary: no question was answered yet.
        DiaryError: it was not stored.
    """
    records = times_answered(store, person)
    if not records:
        raise NotInDiary("No safety question has an answer yet.", advice="Answer them first.")
    day, moment = today or today_for(store, person), now or datetime.now(UTC)
    with_talk = replace(
        records[-1],
        agreed=records[-1].agreed | frozenset(keys),
        agreed_on={**records[-1].agreed_on, **dict.fromkeys(keys, day)},
    )
    set_setting(store, person, SAFETY, with_talk.to_text(), now=moment)
    if BEGINS_ANEW & frozenset(keys):
        _begin_anew(store, person, today=day, now=moment)


def _begin_anew(store: Store, person: int, *, today: date, now: datetime) -> None:
    """Begin a plan that was started anew, with walks; once a day."""
    diary = store.diary(person)
    starts = [step for step in diary.records().plan if step.step in STARTS]
    anew = PlanStep(day=today, step=Step.START, source=BEGUN_ANEW)
    if starts and anew not in starts:
        diary.add(Records(plan=(anew,)), source=BEGUN_ANEW, now=now)


def times_answered(store: Store, person: int) -> tuple[ScreeningRecord, ...]:
    """Return every time that one person of a store answered, the first one first."""
    texts = [choice for choice in setting_history(store, person) if choice.name == SAFETY]
    return tuple(screening_record_from_text(choice.value) for choice in texts)


def signs_for(store: Store, person: int, *, today: date) -> Signs:
    """Find what the diary of one person of a store tells that calls for the safety questions."""
    diary = store.diary(person)
    records = with_ratings_hours_apart(diary, diary.records(), today=today)
    return signs_of(records, times_answered(store, person))


def signs_of(records: Records, times: Sequence[ScreeningRecord]) -> Signs:
    """Find what a diary tells that calls for the safety questions.

    Args:
        records: all of one person's.
        times: every time they answered them, in order.
    """
    signs = latest_red_flags(
        records.check_ins,
        records.plan,
        measurements=records.measurements,
        questionnaires=records.roland_morris,
        agreed=tuple(day for key, day in agreed_on(times).items() if key in IN_A_LEG),
    )
    days = [one.local_day for one in records.check_ins if (one.other_pain or 0.0) >= MIN_PAIN]
    if not days:
        return signs
    after_runs = follows_runs(history_of(records, today=max(days)), Site.OTHER, max(days))
    shown = [day for day in (signs.sore, after_runs[1] if after_runs else None) if day is not None]
    return replace(signs, sore=max(shown, default=None))
