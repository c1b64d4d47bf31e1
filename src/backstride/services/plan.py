"""The plan of the next seven days: worked out from the diary, and what the person says about going on."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from backstride.core.allocation import Allocation
from backstride.core.clearance import Clearance, Freedom, Level
from backstride.core.plan_step import PlanStep, Step
from backstride.core.records import Records
from backstride.diary.diary import Diary
from backstride.diary.opening import open_store
from backstride.diary.schema import OWNER
from backstride.diary.store import Store
from backstride.errors import BadValue
from backstride.programme.ended_holds import EndedHold, ended_holds
from backstride.programme.history import History, Site
from backstride.programme.holds import held_by, talks_due
from backstride.programme.lights import HardSession, hard_session, is_first_rated, red_sites
from backstride.programme.morning import Shown, knows_of_leg, shown
from backstride.programme.own import running_before_the_last_run
from backstride.programme.rules import ASK_FOR_A_TALK, Rule
from backstride.programme.schedule import is_revealed
from backstride.programme.state import PAUSES, compute_state, last_plan_step, last_run_before
from backstride.programme.week import Session, WeekPlan, next_week
from backstride.report.plan_words import own_running_needs
from backstride.runtime.paths import default_diary_location
from backstride.screening.clearance_now import urgent_ended
from backstride.services.day_start import today_for
from backstride.services.hours_apart import with_ratings_hours_apart
from backstride.services.plan_history import DAYS, allocations_ahead, history_of, is_walk_week
from backstride.services.screening_service import BEGINS_ANEW, BEGUN_ANEW, clearance_of, times_answered

SOURCE = "plan"
STARTS = frozenset({Step.START, Step.START_OWN})
WORDS = frozenset({Step.PAUSE, Step.ILL, Step.HOLIDAY, Step.RESUME})
"""What a person can say about going on; of each day the last word counts."""
TALKS = frozenset({Step.TALKED})
NOTHING_ASKED = Clearance(level=Level.NOTHING_HELD, freedom=Freedom.RUN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The plan as it stands on a day.

    Attributes:
        as_of: the day.
        was_asked: whether the safety questions were answered at all.
        clearance: what the answers leave open.
        started: when the programme was is_revealed; None where it was not.
        on_own_running: whether it goes on from the person's own running.
        may_start_own: whether the last four weeks, or those before a break, hold enough runs to begin from.
        said: the last word about going on.
        week: the sessions and the rules behind them; None until both questions and start are there.
        done: of the last seven days and today, those with a run or a walk on record; where a run is offered for
            today, a walk alone does not make it done.
        allocations: Of the seven days to come, those that chance gave and that may be seen.
        hidden_from: the first of the seven days that chance gave and that does not show yet.
        bad: what the last check-ins show that nobody should run on, whatever the state of the plan.
        knows_of_leg: whether a sign in a leg stands that was talked over with the provider, and is no worse.
        red_day: the day of the session that holds others, a red or an amber that stayed; else of the last of these.
        red_sites: where that one hurt.
        talks: the rules that ask for a talk with a provider, whatever the state of the plan.
        reds: the last two sessions that hurt much more than usual.
        red_is_first: whether nothing was rated before that one, where it hurt.
        urgent_ended: what asked for help at once or today, where the pause after it ended in the last days.
        ended: what asked for a talk with a provider until a few days ago, and ended without one.
    """

    as_of: date
    was_asked: bool
    clearance: Clearance
    started: date | None
    on_own_running: bool
    may_start_own: bool
    said: Step
    week: WeekPlan | None
    done: frozenset[date]
    allocations: tuple[Allocation, ...]
    hidden_from: date | None
    bad: tuple[Shown, ...]
    knows_of_leg: bool
    red_day: date | None
    red_sites: tuple[Site, ...]
    talks: tuple[Rule, ...]
    reds: tuple[HardSession, ...] = ()
    red_is_first: bool = False
    urgent_ended: tuple[str, ...] = ()
    ended: tuple[EndedHold, ...] = ()

    @property
    def fired(self) -> tuple[Rule, ...]:
        """The rules behind the week; without a plan those that ask for a talk."""
        return self.week.fired if self.week else self.talks

    @property
    def sessions(self) -> tuple[Session, ...]:
        """The sessions that are offered; none where nothing is planned."""
        return self.week.sessions if self.week else ()

    @property
    def asks_for_a_talk(self) -> bool:
        """Whether something stands that ends when the person says that they talked with their provider."""
        return not ASK_FOR_A_TALK.isdisjoint(self.fired)

    @property
    def runs_wait(self) -> bool:
        """Whether runs are neither to be started nor drawn: a talk comes first, or the safety answers."""
        return self.asks_for_a_talk or (self.was_asked and self.clearance.freedom < Freedom.RUN_WITH_CARE)

    @property
    def is_paused(self) -> bool:
        """Whether the person's own last word was a pause."""
        return self.started is not None and self.said in PAUSES

    @property
    def on_walk_week(self) -> bool:
        """Whether chance gave this week to walking."""
        return is_walk_week(self.allocations)


def plan_today(*, diary: str | None = None, today: date | None = None) -> Plan:
    """Compute the plan of the diary's owner.

    Args:
        diary: its path or URL; the person's own unless given.
        today: the local day; the clock's unless given.

    Raises:
        DiaryError: the diary cannot be opened.
    """
    with open_store(diary or default_diary_location()) as store:
        return plan_for(store, OWNER, today=today or today_for(store, OWNER))


def plan_for(
    store: Store, person: int, *, today: date, records: Records | None = None, with_safety: bool = True
) -> Plan:
    """Compute one person's plan on the local day `today`.

    Args:
        store: where.
        person: whose.
        today: the local day.
        records: all of theirs, where they are at hand; read from the store unless given.
        with_safety: whether it heeds the safety answers. Without them it is no plan to run by: it says where the
            diary alone leads, for a reader who is not to learn what was answered.
    """
    diary = store.diary(person)
    records = with_ratings_hours_apart(diary, records or diary.records(), today=today)
    if not with_safety:
        records = replace(records, plan=tuple(step for step in records.plan if step.source != BEGUN_ANEW))
    answered = times_answered(store, person) if with_safety else ()
    was_asked = not with_safety or bool(answered)
    clearance = clearance_of(answered, records, today=today) if with_safety else NOTHING_ASKED
    history = history_of(records, today=today, answered=answered)
    starts = [step for step in history.steps if step.step in STARTS and step.day <= today]
    allocated = allocations_ahead(records, today)
    hidden = [allocation.day for allocation in allocated if not is_revealed(allocation, today=today)]
    open_days = tuple(allocation for allocation in allocated if is_revealed(allocation, today=today))
    week = None
    if was_asked and starts:
        week = _week(history, clearance, today=today, walks=is_walk_week(open_days))
    now = compute_state(history, today=today)
    red = held_by(now, history, today)
    return Plan(
        as_of=today,
        was_asked=was_asked,
        clearance=clearance,
        started=starts[-1].day if starts else None,
        on_own_running=now.own is not None,
        may_start_own=running_before_the_last_run(now.ran, today, last_run_before(history, today))
        is not None,
        said=last_plan_step(history, today),
        week=week,
        done=_done(history, week, today),
        allocations=open_days,
        hidden_from=hidden[0] if hidden else None,
        bad=shown(history, today),
        knows_of_leg=knows_of_leg(history, today),
        red_day=red.day if red else None,
        red_sites=red_sites(history, red) if red else (),
        talks=talks_due(now, history, today),
        reds=tuple(hard_session(history, effort) for effort in now.reds[-2:]),
        red_is_first=red is not None and is_first_rated(history, red),
        urgent_ended=urgent_ended(answered, today=today),
        ended=ended_holds(now, history, today),
    )


def record_event(
    step: Step, *, diary: str | None = None, today: date | None = None, now: datetime | None = None
) -> None:
    """Keep what the diary's owner says about going on; `record_event_for` says what is refused."""
    with open_store(diary or default_diary_location()) as store:
        record_event_for(store, OWNER, step, today=today or today_for(store, OWNER), now=now)


def record_event_for(
    store: Store, person: int, step: Step, *, today: date, now: datetime | None = None
) -> None:
    """Keep what one person of a store says about going on: a start, a pause, ill, holiday, resume, or a talk.

    A second word on the same day takes the place of the first, and both are kept.

    Raises:
        BadValue: it cannot be said: a start before the safety questions, one's own running without enough runs on
            record or while runs wait, or a pause of a plan that was not started.
        DiaryError: it was not stored.
    """
    plan = plan_for(store, person, today=today)
    _check(step, plan)
    diary, moment = store.diary(person), now or datetime.now(UTC)
    kind = next(words for words in (STARTS, TALKS, WORDS) if step in words)
    _keep(diary, step, kind=kind, today=today, now=moment)
    if step in STARTS and plan.is_paused:
        _keep(diary, Step.RESUME, kind=WORDS, today=today, now=moment)


def refuse_runs_that_wait(plan: Plan) -> None:
    """Refuse to begin, or to draw, runs while a talk with the provider or the safety answers come first.

    Args:
        plan: as it stands today.

    Raises:
        BadValue: runs wait.
    """
    if plan.asks_for_a_talk:
        raise BadValue(
            "A talk with your provider comes first: your check-ins ask for it.",
            advice="After it, say under Plan that you have talked. Until then you can start with walks.",
        )
    if plan.runs_wait:
        raise BadValue(
            "The safety questions leave no runs for now: one has a yes, or is still open.",
            advice="Plan says why, and what you can do now.",
        )


def _week(history: History, clearance: Clearance, *, today: date, walks: bool) -> WeekPlan:
    """Plan the sessions that the safety answers permit; walks only in a week assigned to walking."""
    held = clearance.freedom is Freedom.WALK
    paused = clearance.pauses_the_programme
    week = next_week(history, today=today, paused=paused, walk_only=held or walks)
    if held:
        return replace(week, fired=(*week.fired, Rule.SAFETY_WALKS))
    if not walks:
        return week
    # what chance gave is no hold: only where the plan itself leaves walks does it say so
    free = next_week(history, today=today, paused=paused)
    if Rule.WALK_ONLY in free.fired:
        return week
    return replace(week, fired=tuple(rule for rule in week.fired if rule is not Rule.WALK_ONLY))


def _check(step: Step, plan: Plan) -> None:
    if step not in STARTS | WORDS | TALKS:
        raise BadValue(
            f"'{step}' cannot be used here.", advice="Say start, pause, ill, holiday, resume or talked."
        )
    if step not in STARTS | TALKS and plan.started is None:
        raise BadValue(
            "No plan was started yet.", advice="Start one first; until then there is nothing to pause."
        )
    if step in STARTS and not plan.was_asked:
        raise BadValue(
            "The safety questions come first.",
            advice="Answer them, then start.",
        )
    if step is Step.START_OWN:
        refuse_runs_that_wait(plan)
    if step is Step.START_OWN and not BEGINS_ANEW.isdisjoint(plan.clearance.because):
        raise BadValue("After a sore spot on a bone the plan begins with walks.", advice="Start with walks.")
    if step is Step.START_OWN and not plan.may_start_own:
        raise BadValue(own_running_needs(), advice="Or start with walks.")


def _keep(diary: Diary, step: Step, *, kind: frozenset[Step], today: date, now: datetime) -> None:
    """Keep a word; one of the same kind that was said today is amended, so that the last one counts."""
    word = PlanStep(day=today, step=step, source=SOURCE)
    for entry in reversed(diary.entries(today, today)):
        if isinstance(entry.record, PlanStep) and entry.record.step in kind:
            diary.amend(entry.id, word, now=now)
            return
    diary.add(Records(plan=(word,)), source=SOURCE, now=now)


def _done(history: History, week: WeekPlan | None, today: date) -> frozenset[date]:
    sessions = week.sessions if week else ()
    to_run = bool(sessions) and sessions[0].day == today and sessions[0].run_min > 0
    return frozenset(
        effort.day
        for effort in history.efforts
        if timedelta() <= today - effort.day <= timedelta(days=DAYS)
        and not (effort.day == today and to_run and effort.run_min == 0)
    )
