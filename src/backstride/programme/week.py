"""The next seven days: which sessions, and by which rules. A pure function of history and day."""

from dataclasses import dataclass
from datetime import date, timedelta

from backstride.core.plan_step import Step
from backstride.programme.history import History
from backstride.programme.ladder import LADDER, SESSION_MIN, WALK_M_A_MIN, metres
from backstride.programme.rules import Rule
from backstride.programme.standing import PAUSES, missed, open_for, red_is_open, standing, told_last, two_reds

ONE_DAY = timedelta(days=1)
A_WEEK = 3
LIMIT = 1.10
LIMIT_DAYS = 30
FIRST_WALK_MIN = 10.0
OWN_STEP = 1.05


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
    """The sessions from `today` on.

    Args:
        history: what was done and told, up to this morning.
        today: the first of the seven days.
        paused: whether the answers to the safety questions pause the programme.
        walk_only: whether they leave walks only.
    """
    said = told_last(history, today)
    starts = [step for step in history.steps if step.step in {Step.START, Step.START_OWN}]
    start = starts[-1].day if starts else today
    own = bool(starts) and starts[-1].step is Step.START_OWN
    now = standing(history, today=today, start=start, own=own)
    if paused or said in PAUSES:
        return WeekPlan((), (Rule.PAUSED,), now.stage)
    fired = [*now.fired[-1:], Rule.SESSIONS]
    if red_is_open(now, history, today):
        return WeekPlan((), (open_for(now), Rule.SETTLE), now.stage)
    if missed(now, history, today):
        fired.append(Rule.MISSED)
    walking = walk_only or said is Step.WALK_ONLY
    if two_reds(now, history, today):
        walking = True
        fired.append(Rule.TWO_REDS)
    if walking:
        fired.append(Rule.WALK_ONLY)
    elif now.stage == 0 and not own:
        fired.append(Rule.ENTRY)
    run, walk, stage = _session(history, now.stage, start, own=own, walking=walking)
    days, drawn = _days(history, today)
    made = [_within_limit(history, day, run, walk) for day in days]
    is_cut = any(one != (run, walk) for one in made)
    fired += [
        rule
        for rule, so in ((Rule.LIMIT, is_cut), (Rule.DRAWN, drawn), (Rule.NOT_DRAWN, drawn and not days))
        if so
    ]
    sessions = tuple(Session(day, *one, stage) for day, one in zip(days, made, strict=True))
    return WeekPlan(sessions, tuple(dict.fromkeys(fired)), stage)


def _session(
    history: History, stage: int, start: date, *, own: bool, walking: bool
) -> tuple[float, float, int | None]:
    """Minutes of running and walking, before the limit."""
    if walking:
        return 0.0, SESSION_MIN, 0
    if not own:
        return LADDER[stage].run_min, LADDER[stage].walk_min, stage
    before = [e.run_min for e in history.efforts if 0 < (start - e.day).days <= LIMIT_DAYS and e.run_min]
    usual = sorted(before)[len(before) // 2] if before else SESSION_MIN / 2
    return usual * OWN_STEP**stage, 0.0, None


def _within_limit(history: History, day: date, run: float, walk: float) -> tuple[float, float]:
    """The session of `day`, shortened to 110 % of the longest of the 30 days before it; after none, a short walk.

    Sessions that are planned before it do not count: nobody knows yet whether they will be done.
    """
    lately = [e.metres for e in history.efforts if 0 < (day - e.day).days <= LIMIT_DAYS]
    most = LIMIT * max(lately) if lately and max(lately) > 0 else FIRST_WALK_MIN * WALK_M_A_MIN
    if not lately:
        run, walk = 0.0, run + walk
    far = metres(run, walk)
    return (run, walk) if far <= most else (run * most / far, walk * most / far)


def _days(history: History, today: date) -> tuple[list[date], bool]:
    """Days for sessions within the next seven: none beside another, at most three in any seven days."""
    done = [e.day for e in history.efforts if (today - e.day).days < 7]
    taken, days = list(done), []
    drawn = history.run_days is not None
    for n in range(7):
        day = today + n * ONE_DAY
        if history.run_days is not None and day not in history.run_days:
            continue
        beside = any(abs((day - other).days) <= 1 for other in taken)
        if not beside and sum(0 <= (day - other).days < 7 for other in taken) < A_WEEK:
            taken.append(day)
            days.append(day)
    return days, drawn
