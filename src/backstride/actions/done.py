"""A session that was done, and that no watch recorded."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from backstride.actions.clock import this_moment
from backstride.actions.plan import SOURCE, plan_for
from backstride.core.plan_step import PlanStep, Step
from backstride.core.records import Records
from backstride.core.run import Activity, Run
from backstride.diary.store import Store
from backstride.errors import NotInDiary
from backstride.programme.week import Session


def done_for(store: Store, person: int, *, zone: ZoneInfo, now: datetime | None = None) -> None:
    """Keep the session of today as done: its running, its walking, and what was planned.

    It is held to have just ended. A watch's record of the same run, brought later, takes its place.

    Args:
        store: where.
        person: whose.
        zone: the person's own zone.
        now: the moment; the clock's unless given.

    Raises:
        NotInDiary: no session is planned for today, or today was done already.
        DiaryError: it was not stored.
    """
    moment = (now or this_moment()).astimezone(zone)
    plan = plan_for(store, person, today=moment.date())
    sessions = plan.week.sessions if plan.week else ()
    session = next((each for each in sessions if each.day == plan.as_of), None)
    if session is None or plan.as_of in plan.done:
        raise NotInDiary("There is no session today that is still to do.", advice="Look at the page Plan.")
    told = Records(runs=_runs(session, moment), plan=(_planned(session),))
    store.diary(person).add(told, source=SOURCE, now=moment)


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
