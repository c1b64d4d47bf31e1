"""The plan of the next seven days: worked out from the diary, and what the person says about going on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from backstride.actions.places import default_diary_location
from backstride.actions.safety_diary import BEGINS_ANEW, clearance_for, times_answered
from backstride.actions.screen import today as local_today
from backstride.core.check_in import CheckIn
from backstride.core.clearance import Clearance, Freedom
from backstride.core.draw import Assigned, Draw, Law, in_force
from backstride.core.plan_step import PlanStep, Step
from backstride.core.records import Records
from backstride.core.run import Activity, Run
from backstride.core.said_runs import with_said_runs
from backstride.diary.diary import Diary
from backstride.diary.opening import open_store
from backstride.diary.schema import OWNER
from backstride.diary.store import Store
from backstride.errors import BadValue
from backstride.programme.history import CompletedSession, History, MorningReport
from backstride.programme.own import LEAST_RUNS, LEAST_WEEKS, own_running
from backstride.programme.rules import Rule
from backstride.programme.schedule import USUAL_WEEK, begun
from backstride.programme.state import PAUSES, compute_state, last_plan_step
from backstride.programme.week import WeekPlan, next_week

DAYS = 7
SOURCE = "plan"
STARTS = frozenset({Step.START, Step.START_OWN})
WORDS = frozenset({Step.PAUSE, Step.ILL, Step.HOLIDAY, Step.RESUME})
"""What a person can say about going on; of each day the last word counts."""
TALKS = frozenset({Step.TALKED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The plan as it stands on a day.

    Attributes:
        as_of: the day.
        was_asked: whether the safety questions were answered at all.
        clearance: what the answers leave open.
        started: when the programme was begun; None where it was not.
        on_own_running: whether it goes on from the person's own running.
        may_start_own: whether the last four weeks hold enough runs to begin from.
        said: the last word about going on.
        week: the sessions and the rules behind them; None until both questions and start are there.
        done: of the last seven days and today, those with a run or a walk on record; where a run is offered for
            today, a walk alone does not make it done.
        drawn: of the seven days to come, those that chance gave and that may be seen.
        hidden_from: the first of the seven days that chance gave and that does not show yet.
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
    drawn: tuple[Draw, ...]
    hidden_from: date | None

    @property
    def is_paused(self) -> bool:
        """Whether the person's own last word was a pause."""
        return self.started is not None and self.said in PAUSES

    @property
    def on_walk_week(self) -> bool:
        """Whether chance gave this week to walking."""
        return _is_walk_week(self.drawn)


def plan_today(*, diary: str | None = None, today: date | None = None) -> Plan:
    """The plan of the diary's owner.

    Args:
        diary: its path or URL; the person's own unless given.
        today: the local day; the clock's unless given.

    Raises:
        DiaryError: the diary cannot be opened.
    """
    with open_store(diary or default_diary_location()) as store:
        return plan_for(store, OWNER, today=today or local_today())


def plan_for(store: Store, person: int, *, today: date, records: Records | None = None) -> Plan:
    """The plan of one person of a store on the local day `today`; `records` are theirs, where they are at hand."""
    records = records or store.diary(person).records()
    was_asked = bool(times_answered(store, person))
    clearance = clearance_for(store, person, today=today, records=records)
    history = history_of(records, today=today)
    starts = [step for step in history.steps if step.step in STARTS and step.day <= today]
    drawn = _drawn_ahead(records, today)
    hidden = [draw.day for draw in drawn if not begun(draw, today=today)]
    shown = tuple(draw for draw in drawn if begun(draw, today=today))
    week = None
    if was_asked and starts:
        week = _week(history, clearance, today=today, walks=_is_walk_week(shown))
    now = compute_state(history, today=today)
    return Plan(
        as_of=today,
        was_asked=was_asked,
        clearance=clearance,
        started=starts[-1].day if starts else None,
        on_own_running=now.own is not None,
        may_start_own=own_running(now.ran, today) is not None,
        said=last_plan_step(history, today),
        week=week,
        done=_done(history, week, today),
        drawn=shown,
        hidden_from=hidden[0] if hidden else None,
    )


def record_event(
    step: Step, *, diary: str | None = None, today: date | None = None, now: datetime | None = None
) -> None:
    """Keep what the diary's owner says about going on; `record_event_for` says what is refused."""
    with open_store(diary or default_diary_location()) as store:
        record_event_for(store, OWNER, step, today=today or local_today(), now=now)


def record_event_for(
    store: Store, person: int, step: Step, *, today: date, now: datetime | None = None
) -> None:
    """Keep what one person of a store says about going on: a start, a pause, ill, holiday, resume, or a talk.

    A second word on the same day takes the place of the first, and both are kept.

    Raises:
        BadValue: it cannot be said: a start before the safety questions, one's own running without enough runs on
            record, or a pause of a plan that was not started.
        DiaryError: it was not stored.
    """
    plan = plan_for(store, person, today=today)
    _check(step, plan)
    diary, moment = store.diary(person), now or datetime.now(UTC)
    kind = next(words for words in (STARTS, TALKS, WORDS) if step in words)
    _keep(diary, step, kind=kind, today=today, now=moment)
    if step in STARTS and plan.is_paused:
        _keep(diary, Step.RESUME, kind=WORDS, today=today, now=moment)


def history_of(records: Records, *, today: date) -> History:
    """What the diary tells the programme, up to this morning."""
    return History(
        efforts=_efforts(with_said_runs(records.check_ins, records.runs), today),
        reports=_morning_reports(records.check_ins, today),
        steps=tuple(sorted((step for step in records.plan if step.day <= today), key=lambda step: step.day)),
        run_days=_run_days(records, today),
        walk_days=_walk_days(records, today),
    )


def _week(history: History, clearance: Clearance, *, today: date, walks: bool) -> WeekPlan:
    """The sessions that the safety answers leave open; walks alone in a week that chance gave to walking."""
    held = clearance.freedom is Freedom.WALK
    paused = clearance.pauses_the_programme
    week = next_week(history, today=today, paused=paused, walk_only=held or walks)
    if not walks or held:
        return week
    # what chance gave is no hold: only where the plan itself leaves walks does it say so
    free = next_week(history, today=today, paused=paused)
    if Rule.WALK_ONLY in free.fired:
        return week
    return replace(week, fired=tuple(rule for rule in week.fired if rule is not Rule.WALK_ONLY))


def _check(step: Step, plan: Plan) -> None:
    if step not in STARTS | WORDS | TALKS:
        raise BadValue(
            f"'{step}' is nothing to say here.", advice="Say start, pause, ill, holiday, resume or talked."
        )
    if step not in STARTS and plan.started is None:
        raise BadValue(
            "No plan was started yet.", advice="Start one first; until then there is nothing to pause."
        )
    if step in STARTS and not plan.was_asked:
        raise BadValue(
            "The safety questions come first.",
            advice="Answer them with: backstride screen --diary, then start.",
        )
    if step is Step.START_OWN and not BEGINS_ANEW.isdisjoint(plan.clearance.because):
        raise BadValue("After a sore spot on a bone the plan begins with walks.", advice="Start with walks.")
    if step is Step.START_OWN and not plan.may_start_own:
        raise BadValue(
            f"Your own running needs {LEAST_RUNS} runs on record, in {LEAST_WEEKS} of the last 4 weeks.",
            advice="Bring your runs first, or start with walks.",
        )


def _keep(diary: Diary, step: Step, *, kind: frozenset[Step], today: date, now: datetime) -> None:
    """Keep a word; one of the same kind that was said today is amended, so that the last one counts."""
    word = PlanStep(day=today, step=step, source=SOURCE)
    for entry in reversed(diary.entries(today, today)):
        if isinstance(entry.record, PlanStep) and entry.record.step in kind:
            diary.amend(entry.id, word, now=now)
            return
    diary.add(Records(plan=(word,)), source=SOURCE, now=now)


def _efforts(runs: tuple[Run, ...], today: date) -> tuple[CompletedSession, ...]:
    """What was done on each day, running and walking together."""
    days: dict[date, list[Run]] = {}
    for run in runs:
        if run.local_day <= today and (run.is_running or run.activity is Activity.WALK):
            days.setdefault(run.local_day, []).append(run)
    return tuple(_effort(days[day]) for day in sorted(days))


def _effort(runs: list[Run]) -> CompletedSession:
    running = [run for run in runs if run.is_running]
    minutes = [run.moving_s / 60.0 for run in running]
    timed = running or runs
    return CompletedSession(
        start=min(run.start for run in timed),
        end=max(run.end for run in timed),
        run_min=sum(minutes),
        walk_min=sum(run.moving_s / 60.0 for run in runs if not run.is_running),
        longest_min=max(minutes, default=0.0),
    )


def _morning_reports(check_ins: tuple[CheckIn, ...], today: date) -> tuple[MorningReport, ...]:
    """What each check-in tells of pain and of a leg, in order of the moments."""
    reports = (
        MorningReport(
            moment=said.moment,
            back=None if said.pain is None else said.pain.pain_0_10,
            leg=said.leg_pain,
            other=said.other_pain,
            leg_symptoms=said.leg_symptoms,
        )
        for said in check_ins
        if said.local_day <= today
    )
    return tuple(sorted(reports, key=lambda one: one.moment))


def _done(history: History, week: WeekPlan | None, today: date) -> frozenset[date]:
    sessions = week.sessions if week else ()
    to_run = bool(sessions) and sessions[0].day == today and sessions[0].run_min > 0
    return frozenset(
        effort.day
        for effort in history.efforts
        if timedelta() <= today - effort.day <= timedelta(days=DAYS)
        and not (effort.day == today and to_run and effort.run_min == 0)
    )


def _run_days(records: Records, today: date) -> frozenset[date] | None:
    """Of the seven days, those that chance gave to running, and those that are the person's own; None without a draw.

    A day that does not show yet is none of them: no session is planned before its week begins. In a week that chance
    gave to walking it is the days on which a run week would run.
    """
    drawn = {draw.day: draw for draw in _drawn_ahead(records, today)}
    if not drawn:
        return None
    shown = [draw for draw in drawn.values() if begun(draw, today=today)]
    if _is_walk_week(shown):
        return frozenset(draw.day for draw in shown if USUAL_WEEK[(draw.day - draw.block).days % DAYS])
    ahead = (today + timedelta(days=n) for n in range(DAYS))
    return frozenset(
        day for day in ahead if day not in drawn or (drawn[day].to_run and begun(drawn[day], today=today))
    )


def _walk_days(records: Records, today: date) -> frozenset[date]:
    """The days so far of weeks that chance gave to walking."""
    weeks: dict[tuple[date, int], list[Draw]] = {}
    for draw in in_force(records.draws).values():
        weeks.setdefault((draw.block, (draw.day - draw.block).days // 7), []).append(draw)
    by_weeks = (week for week in weeks.values() if week[0].law not in {Law.OWN, Law.DAYS})
    walking = [draw for week in by_weeks if not any(draw.to_run for draw in week) for draw in week]
    return frozenset(draw.day for draw in walking if draw.day < today)


def _is_walk_week(shown: Sequence[Draw]) -> bool:
    """Whether the drawn days that show are a week of walking; they all lie in the week that has begun."""
    return bool(shown) and shown[0].law is not Law.DAYS and not any(draw.to_run for draw in shown)


def _drawn_ahead(records: Records, today: date) -> list[Draw]:
    counting = in_force(records.draws)
    ahead = (today + timedelta(days=n) for n in range(DAYS))
    return [counting[day] for day in ahead if day in counting and counting[day].assigned is not Assigned.OWN]
