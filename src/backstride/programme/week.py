"""The next seven days: which sessions, and by which rules. A pure function of history and day."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import inf

from backstride.core.datetimes import ONE_DAY
from backstride.core.plan_step import Step
from backstride.programme.breaks import FULL_DAYS
from backstride.programme.far_runs import REST_DAYS, is_after_a_far_run, is_after_a_long_run
from backstride.programme.history import History, well_again
from backstride.programme.holds import first_day_after_rest, rests, talks_due, walks_only
from backstride.programme.ladder import LADDER, SESSION_MIN, metres
from backstride.programme.on_foot import most_on_foot
from backstride.programme.own import (
    APART_A_WEEK,
    LIMIT,
    Ran,
    best_week,
    longest_lately,
    minutes_in_the_week,
)
from backstride.programme.rules import Rule, without_weaker
from backstride.programme.state import (
    OWN_STEP,
    PAUSES,
    ProgrammeState,
    compute_state,
    is_overdue,
    last_plan_step,
)
from backstride.programme.step_holds import (
    MEDICINE_DAYS,
    has_ended,
    is_after_long_day,
    is_leg_above,
    medicine_days,
    no_step_up,
    talks_of_a_step,
)

A_WEEK = 3
MIN_RUN_MINUTES = 5.0
WELL_DAYS = 7
AFTER_ILLNESS = 0.5
AFTER_FAR_RUN = 0.5
RETURN_DAYS = 28
OF_A_STEP = frozenset({Rule.ADVANCE, Rule.REPEAT, Rule.WALK_KEEPS, Rule.UNRATED, Rule.ABOVE_THREE, Rule.JUMP})
"""Rules that say why a step of running is this one: where walks alone are offered, they are not the reason."""


@dataclass(frozen=True, slots=True)
class Session:
    """One session to come; its stage is None on one's own running."""

    day: date
    run_min: float
    walk_min: float
    stage: int | None

    @property
    def metres(self) -> float:
        """About how far it goes."""
        return metres(self.run_min, self.walk_min)


@dataclass(frozen=True, slots=True)
class WeekPlan:
    """The sessions of the next seven days, and the rules that chose them; why there are none is one of these."""

    sessions: tuple[Session, ...]
    fired: tuple[Rule, ...]
    stage: int | None


def next_week(history: History, *, today: date, paused: bool = False, walk_only: bool = False) -> WeekPlan:
    """Plan the sessions of the seven days from `today` on.

    Args:
        history: what was done and told, up to this morning.
        today: the first of the seven days.
        paused: whether the answers to the safety questions pause the programme.
        walk_only: whether they leave walks only.
    """
    said = last_plan_step(history, today)
    now = compute_state(history, today=today)
    if paused or said in PAUSES:
        return WeekPlan((), (Rule.PAUSED, *talks_due(now, history, today)), now.stage)
    held = walks_only(now, history, today)
    resting = rests(now, history, today)
    first = first_day_after_rest(now, history, today) if resting else today
    if first is None:
        return WeekPlan((), (*resting, *talks_due(now, history, today)), now.stage)
    walking = walk_only or said is Step.WALK_ONLY or bool(held)
    entering = now.stage == 0 and not now.own and not walking
    growth = 1.0 if held else LIMIT  # on a bad morning a walk gets no longer
    is_walk = walking or entering
    sessions, limits = _walks(history, today, first, growth) if is_walk else _runs(now, history, today, first)
    allocated = history.run_days is not None
    on_ladder = now.own is None
    step_hold = no_step_up(history, today, on_ladder=on_ladder)
    chosen = (
        (Rule.MISSED, is_overdue(now, history, today)),
        (Rule.WALK_ONLY, walking),
        (Rule.ENTRY, entering),
        (Rule.OWN, now.own is not None and not walking),
        (Rule.BEYOND, now.own is None and _ran_beyond(now, history, today)),
        (Rule.DRAWN, allocated),
        (Rule.NOT_DRAWN, allocated and not sessions),
        (Rule.FAR_RUN, not walking and is_after_a_far_run(history, today)),
        (Rule.LONG_RUN, not walking and is_after_a_long_run(history, today)),
        (Rule.MEDICINE, medicine_days(history, today) >= MEDICINE_DAYS),
        (Rule.LEG_ABOVE, not walking and not entering and is_leg_above(history, today)),
    )
    last = (
        Rule.REPEAT if has_ended(rule, history, today, on_ladder=on_ladder) else rule
        for rule in now.fired[-1:]
    )
    why = (*last, *((step_hold,) if step_hold else ()), *talks_of_a_step(history, today))
    is_daily = now.own is not None and not walking and now.own.a_week > APART_A_WEEK
    a_week = Rule.OWN_DAYS if is_daily else Rule.SESSIONS
    fired = (*resting, *why, a_week, *held, *(rule for rule, so in chosen if so), *limits)
    # before a walk no rating is needed, and of two rules on the same thing the stronger one is told
    untold = set() if any(session.run_min for session in sessions) else {Rule.NOT_RATED}
    untold |= OF_A_STEP if walking else set()
    fired = without_weaker(rule for rule in fired if rule not in untold)
    stage = 0 if walking else None if now.own else now.stage
    return WeekPlan(sessions, fired, stage)


def _walks(
    history: History, today: date, first: date, growth: float
) -> tuple[tuple[Session, ...], tuple[Rule, ...]]:
    """Plan walks on every other day, or on allocated ones; none on a day that already has a session.

    What is done today stands for the walk of today: so the next one does not come sooner than it would have.
    """
    days = [today] if any(effort.day == today for effort in history.efforts) else []
    done = len(days)
    for day in _open_days(history, today, first):
        if not any((day - other) <= ONE_DAY for other in days) and len(days) < A_WEEK + done:
            days.append(day)
    return _shortened([Session(day, 0.0, SESSION_MIN, 0) for day in days[done:]], history, today, growth)


def _runs(
    now: ProgrammeState, history: History, today: date, first: date
) -> tuple[tuple[Session, ...], tuple[Rule, ...]]:
    """Plan the sessions of a stage, or of the person's own running, within every limit."""
    days = _run_days(history, today, first, *((now.own.a_week, now.own.in_a_row) if now.own else (A_WEEK, 1)))
    if now.own is not None:
        return _own(now, history, days, today)
    made = [_step(now, history, day, first=days[0]) for day in days]
    fired = (Rule.STEP_LIMIT,) if any(session.stage != now.stage for session in made) else ()
    sessions, limits = _shortened(made, history, today)
    return sessions, (*fired, *limits)


def _step(now: ProgrammeState, history: History, day: date, *, first: date) -> Session:
    """Build a session of the stage, at most one above the longest run of 30 days before the first planned day."""
    ran = longest_lately(_with_today(now, history), first)
    reached = max(stage.number for stage in LADDER if stage.run_min <= ran + 1e-6)
    floor = now.returned_to if _is_back(now, first) else 0
    stage = LADDER[min(now.stage, max(reached + 1, floor))]
    return Session(day, stage.run_min, stage.walk_min, stage.number)


def _is_back(now: ProgrammeState, day: date) -> bool:
    """Whether the day is one of the first after four weeks without a run."""
    return now.returned is not None and (day - now.returned).days <= RETURN_DAYS


def _with_today(now: ProgrammeState, history: History) -> tuple[Ran, ...]:
    """Return the running so far together with that of days not judged yet."""
    known = {run.day for run in now.ran}
    return (*now.ran, *(Ran(e.day, e.run_min, e.longest_min) for e in history.efforts if e.day not in known))


def _own(
    now: ProgrammeState, history: History, days: list[date], today: date
) -> tuple[tuple[Session, ...], tuple[Rule, ...]]:
    """One's own runs: minutes as now usual, within the longest of 30 days, and within the best of four weeks."""
    ran = list(_with_today(now, history))
    usual = now.own.minutes if now.own else 0.0
    graded = usual * OWN_STEP**now.stage
    back = usual * OWN_STEP ** min(now.stage, now.returned_to) if _is_back(now, today) else 0.0
    back = min(back, now.returned_min)
    has_run = any(effort.day == today and effort.run_min for effort in history.efforts)
    open_min = now.open_min if now.open_min is not None and not has_run else inf
    sessions: list[Session] = []
    fired: list[Rule] = []
    for day in days:
        share, halved = _share_of_a_session(history, day, today, is_run=True)
        # after four weeks without a run there is nothing to hold it to but what they went on with
        most = max(min(LIMIT * longest_lately(ran, day) or back, open_min), MIN_RUN_MINUTES)
        least = max(back, MIN_RUN_MINUTES) * (now.own.a_week if now.own else 0)
        left = max(LIMIT * best_week(ran, day), least) - minutes_in_the_week(ran, day)
        run = min(max(share * graded, MIN_RUN_MINUTES), most, left)
        fired += halved
        fired += [
            rule
            for rule, so in (
                (Rule.LIMIT, run < share * graded and run == most and most < open_min),
                (Rule.WEEK_LIMIT, run < share * graded and run == left),
            )
            if so
        ]
        if run >= MIN_RUN_MINUTES:
            sessions.append(Session(day, run, 0.0, None))
            ran.append(Ran(day, run, 0.0))
    return tuple(sessions), tuple(fired)


def _shortened(
    made: list[Session], history: History, today: date, growth: float = LIMIT
) -> tuple[tuple[Session, ...], tuple[Rule, ...]]:
    """Sessions on the ladder, halved in the week after an illness, and no longer than the body is used to be on foot.

    All are held to what is open on the first day of them: the later ones come after it, or are planned anew. What is
    planned adds nothing, since nobody knows yet whether it will be done.
    """
    most = _open_on_foot(history, made, growth)
    sessions: list[Session] = []
    fired: list[Rule] = []
    for session in made:
        share, halved = _share_of_a_session(history, session.day, today, is_run=session.run_min > 0)
        fired += halved
        if share * SESSION_MIN > most:
            share = most / SESSION_MIN
            fired += [Rule.ON_FOOT, *_after_days_off(history, made[0].day)]
        sessions.append(replace(session, run_min=share * session.run_min, walk_min=share * session.walk_min))
    return tuple(sessions), tuple(dict.fromkeys(fired))


def _after_days_off(history: History, day: date) -> tuple[Rule, ...]:
    """Say that days off are why sessions are shorter, where the last one before a day was so long ago."""
    last = max((effort.day for effort in history.efforts if effort.day < day), default=day)
    return (Rule.SHORTER,) if (day - last).days > FULL_DAYS else ()


def _share_of_a_session(
    history: History, day: date, today: date, *, is_run: bool
) -> tuple[float, tuple[Rule, ...]]:
    """Return the share of a session that is left after an illness or a far run, and by which rules."""
    well = well_again(history, today)
    is_weak = well is not None and (day - well).days < WELL_DAYS
    is_tired = is_run and is_after_a_far_run(history, day)
    held = ((Rule.ILLNESS, is_weak), (Rule.FAR_RUN, is_tired))
    share = min(AFTER_ILLNESS if is_weak else 1.0, AFTER_FAR_RUN if is_tired else 1.0)
    return share, tuple(rule for rule, so in held if so)


def _ran_beyond(now: ProgrammeState, history: History, today: date) -> bool:
    """Whether the last seven days held more running than a week of the step after this one."""
    week = minutes_in_the_week(
        [Ran(effort.day, effort.run_min, effort.longest_min) for effort in history.efforts], today
    )
    return week > A_WEEK * LADDER[min(now.stage + 1, len(LADDER) - 1)].run_min


def _open_days(history: History, today: date, first: date) -> list[date]:
    """Return those of the next seven days on which a session may be: drawn ones where chance draws, none of rest."""
    ahead = [day for day in (today + n * ONE_DAY for n in range(7)) if day >= first]
    return [day for day in ahead if history.run_days is None or day in history.run_days]


def _run_days(history: History, today: date, first: date, a_week: int, in_a_row: int) -> list[date]:
    """Days for runs: at most `in_a_row` on end and `a_week` in any seven days, none after a long day or a far run."""
    done = [*(e.day for e in history.efforts if e.run_min), *history.unmeasured]
    taken = [day for day in done if (today - day) < timedelta(days=7)]
    days: list[date] = []
    for day in _open_days(history, today, first):
        tired = is_after_long_day(history, day) or is_after_a_far_run(history, day, REST_DAYS)
        tired = tired or is_after_a_long_run(history, day)
        too_many = day in taken or _row_with(taken, day) > in_a_row or tired
        if not too_many and sum(0 <= (day - other).days < 7 for other in taken) < a_week:
            taken.append(day)
            days.append(day)
    return days


def _row_with(taken: list[date], day: date) -> int:
    """Return how many days on end would have a run, were there one on a day after the last of those taken."""
    row = 1
    while day - row * ONE_DAY in taken:
        row += 1
    return row


def _open_on_foot(history: History, made: list[Session], growth: float) -> float:
    """Return the minutes on foot that are open on the day of the first session; 0 where there is none."""
    if not made:
        return 0.0
    return most_on_foot(history.efforts, made[0].day, walks_well=history.walks_well, growth=growth)
