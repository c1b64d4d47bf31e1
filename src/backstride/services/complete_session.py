"""A session that was done, and that no watch recorded: today's, one of the last seven days, or one by the timer."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from backstride.core.datetimes import day_lived
from backstride.core.plan_step import PlanStep, Step
from backstride.core.records import Records
from backstride.core.run import Activity, Run
from backstride.core.said_runs import HOURS, with_said_runs
from backstride.diary.added import Added
from backstride.diary.store import Store
from backstride.errors import BadValue, NotInDiary
from backstride.programme.week import Session
from backstride.runtime.clock import utc_now
from backstride.services.clocks import CLOCKS_AGREE, by_our_clock
from backstride.services.day_start import day_start
from backstride.services.plan import SOURCE, STARTS, plan_for
from backstride.services.plan_history import DAYS

MAX_PART_MINUTES = 24 * 60
"""No timer runs for longer than a day."""
MIN_PART_MINUTES = 0.1
"""A part that was skipped after a few seconds was not done."""


def done_for(
    store: Store,
    person: int,
    *,
    zone: ZoneInfo,
    day: date | None = None,
    at: str | None = None,
    now: datetime | None = None,
) -> Added:
    """Keep a session as done: its running, its walking, and what was planned.

    That of today is held to have just ended, or at midnight where it is past that. A watch's record of the same
    run, imported later, takes its place.

    Args:
        store: where.
        person: whose.
        zone: the person's own zone.
        day: of the last seven days; today unless given.
        at: about when it began, a time of day of `core/said_runs.py`, for a day that is over.
        now: the moment; the clock's unless given.

    Returns:
        What was stored.

    Raises:
        NotInDiary: no session was planned for that day, it was done already, or it is longer ago.
        DiaryError: it was not stored.
    """
    moment = (now or utc_now()).astimezone(zone)
    today = day_lived(moment, day_start(store, person))
    session = _to_do(store, person, day or today, today=today)
    if session is None:
        raise NotInDiary(
            "There is no session of that day that is still to do.", advice="Look at the Plan page."
        )
    midnight_after = datetime.combine(session.day + timedelta(days=1), time(), tzinfo=zone)
    ended = min(moment, midnight_after) if session.day == today else _ended(session, at, zone)
    records = Records(runs=_runs(session, ended), plan=(_planned(session),))
    return store.diary(person).add(records, source=SOURCE, now=moment)


def keep_timed(
    store: Store,
    person: int,
    *,
    zone: ZoneInfo,
    run_min: float,
    walk_min: float,
    ended: datetime,
    sent_at: datetime | None = None,
    now: datetime | None = None,
) -> tuple[Added, date]:
    """Keep what the timer of a session counted: its running and its walking, as they were done.

    The day's session counts as done where the plan has one; the runs are kept in any case. Sent twice, or said to be
    done before, it is stored once. A watch's record of the same run, imported later, takes its place.

    Args:
        store: where.
        person: whose.
        zone: the person's own zone.
        run_min: minutes of running, without those of a part that was skipped.
        walk_min: minutes of walking, likewise.
        ended: when the last part ended, by the phone's clock, with its zone.
        sent_at: when it was sent, by the same clock; None where the phone did not say.
        now: the moment; the clock's unless given.

    Returns:
        What was stored; and the day to which it belongs.

    Raises:
        BadValue: no minutes at all, more than a day of them, or an end that our clock shows only later and that no
            time of sending explains.
        DiaryError: it was not stored.
    """
    moment = (now or utc_now()).astimezone(zone)
    whole = run_min + walk_min
    if not min(run_min, walk_min) >= 0 or not MIN_PART_MINUTES <= whole <= MAX_PART_MINUTES:
        raise BadValue("The timer counted no minutes.", advice="Add the run on the page of its day.")
    if sent_at is None and ended - moment > CLOCKS_AGREE:
        raise BadValue(
            "This session is not over yet.", advice="Look at the clock of your phone, then try again."
        )
    ended = by_our_clock(ended, sent_at, now=moment).astimezone(zone)
    day = day_lived(ended, day_start(store, person))
    start = ended - timedelta(minutes=whole)
    parts = ((Activity.RUN, run_min), (Activity.WALK, walk_min))
    runs = tuple(
        Run(start=start, moving_s=round(60.0 * minutes), activity=activity, source=SOURCE)
        for activity, minutes in parts
        if minutes >= MIN_PART_MINUTES
    )
    diary = store.diary(person)
    if any(
        each.source == SOURCE and start < each.end and each.start < ended for each in diary.records().runs
    ):
        return Added(0, len(runs)), day
    session = _to_do(store, person, day, today=day)
    steps = (_planned(session),) if session is not None else ()
    return diary.add(Records(runs=runs, plan=steps), source=SOURCE, now=moment), day


def still_to_tick(store: Store, person: int, *, today: date) -> tuple[Session, ...]:
    """Return the planned sessions of the last seven days without any record, today excluded, latest first.

    Args:
        store: where.
        person: whose.
        today: the person's local day.

    Raises:
        DiaryError: the diary could not be read.
    """
    records = store.diary(person).records()
    days = (today - timedelta(days=n) for n in range(1, DAYS + 1))
    began = min((step.day for step in records.plan if step.step in STARTS), default=today)
    runs = with_said_runs(records.check_ins, records.runs)
    ran = {run.local_day for run in runs if run.is_running and run.minutes}
    # a plan is work of tens of milliseconds: none before there was one, nor of a day with a run, which is done
    maybe = (day for day in days if began <= day and day not in ran)
    found = (_session_of(store, person, day, records=records) for day in maybe)
    return tuple(session for session in found if session is not None)


def _to_do(store: Store, person: int, day: date, *, today: date) -> Session | None:
    if not timedelta() <= today - day <= timedelta(days=DAYS):
        return None
    return _session_of(store, person, day, records=store.diary(person).records())


def _session_of(store: Store, person: int, day: date, *, records: Records) -> Session | None:
    """Return the session that the plan offered on a day, from the records then; None if none or already done."""
    plan = plan_for(store, person, today=day, records=records)
    sessions = plan.week.sessions if plan.week else ()
    return next((each for each in sessions if each.day == day and day not in plan.done), None)


def _ended(session: Session, at: str | None, zone: ZoneInfo) -> datetime:
    """When a session of a day that is over ended, by the time of day that was tapped."""
    began = datetime.combine(session.day, HOURS.get(at, HOURS[None]), tzinfo=zone)
    return began + timedelta(minutes=session.run_min + session.walk_min)


def _runs(session: Session, ended: datetime) -> tuple[Run, ...]:
    whole = timedelta(minutes=session.run_min + session.walk_min)
    midnight = datetime.combine(session.day, time(), tzinfo=ended.tzinfo)
    start = max(ended - whole, midnight)
    parts = ((Activity.RUN, session.run_min), (Activity.WALK, session.walk_min))
    return tuple(
        Run(start=start, moving_s=60.0 * minutes, activity=activity, source=SOURCE)
        for activity, minutes in parts
        if minutes > 0
    )


def _planned(session: Session) -> PlanStep:
    return PlanStep(
        day=session.day,
        step=Step.SESSION,
        stage=session.stage,
        run_min=session.run_min,
        walk_min=session.walk_min,
        source=SOURCE,
    )
