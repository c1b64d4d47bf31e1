"""Where a person stands: every start, illness and session so far, one after the other, under the rules."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import floor, log

from backstride.core.plan_step import PlanStep, Step
from backstride.programme.breaks import FULL_DAYS, MONTH_DAYS, share_after
from backstride.programme.history import CompletedSession, History
from backstride.programme.ladder import LADDER
from backstride.programme.lights import ResponseGrade, light
from backstride.programme.own import OwnRunning, Ran, longest_lately, running_before_the_last_run
from backstride.programme.rules import Rule
from backstride.programme.step_holds import no_step_up, why_repeat

GREENS_TO_ADVANCE = 3
WEEK = timedelta(days=7)
ENTRY_WALKS = 6
ENTRY_DAYS = 14
"""From the start to the first run, at least: the last of the walks is done on the day before, or sooner."""
STEP_DAYS = 7
"""From the first day of a step to the first run of the next one, at least; it comes two days after a session."""
MISSED_DAYS = 3
MAX_GAP = 5
"""Days from a session to the next, at most: drawn weeks that end and begin with rest."""
OWN_STEP = 1.05
OWN_LOWEST = -45
"""A ninth of one's own minutes: below that the least minutes of a run hold anyway."""
PATTERN_DAYS = 14
NO_RUN_DAYS = 21
WALKS_THAT_KEEP = 3
"""So many walks in the last 14 days keep the step for up to three weeks without a run, as drawn weeks have them."""
BLOCK_OFF_DAYS = 35
"""Four drawn weeks of walks, and the days to the runs beside them: no break of the month, while walks were done."""
PAUSES = {Step.PAUSE, Step.ILL, Step.HOLIDAY, Step.SAFETY_PAUSE}
STARTS = {Step.START, Step.START_OWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeState:
    """Where a person stands before a day.

    Attributes:
        stage: of the ladder, or number of steps by which one's own minutes were changed, less than 0 for fewer.
        since: when this stage began.
        greens: in a row, on this stage.
        own: the running from which they began; None on the ladder.
        red: the last session that was a red, or an amber that stayed.
        reds: the sessions that were reds, latest last; a new start does not forget them.
        fired: the rules that made it so, latest last.
        last, last_run: the days of the last session and of the last run since the start.
        returned: the day of going on after more than four weeks without a run.
        returned_to: the stage at which they went on; no run of the days before it holds them lower.
        returned_min: minutes of a run of one's own that were open then.
        open_min: after a break, and until the first run that ends it: the minutes of a run of one's own that are
            open; None without a break.
        ran: the running so far, day by day; on the ladder no more of a day than its step asks for.
    """

    stage: int
    since: date
    greens: int = 0
    own: OwnRunning | None = None
    red: CompletedSession | None = None
    reds: tuple[CompletedSession, ...] = ()
    fired: tuple[Rule, ...] = ()
    last: date | None = None
    last_run: date | None = None
    returned: date | None = None
    returned_to: int = 0
    returned_min: float = 0.0
    open_min: float | None = None
    ran: tuple[Ran, ...] = ()


def compute_state(history: History, *, today: date) -> ProgrammeState:
    """Where a person stands on `today`; before any start it is where one who begins with walks stands."""
    started = [step.day for step in history.steps if step.step in STARTS and step.day <= today]
    now = ProgrammeState(stage=0, since=min(started, default=today))
    has_begun, is_ill = False, False
    for event in _events(history, today):
        if isinstance(event, PlanStep):
            if event.step in STARTS:
                now, has_begun = _begun(now, history, event), True
            if is_ill and event.step in {Step.RESUME, *STARTS}:
                # what sat well before an illness says nothing of the body after it
                now = replace(now, greens=0, since=event.day, fired=(*now.fired, Rule.ILLNESS))
            is_ill = event.step is Step.ILL or (is_ill and event.step in PAUSES)
        elif has_begun:
            # a walk ends no break from running, but for one so long that it begins anew
            before = _lowered(now, history, event.day)
            now = before if event.run_min or before.last is None else now
            now = _after(_withheld(now, history, event.day), history, event)
        else:
            now = _before_the_start(now, history, event)
    return _withheld(_lowered(now, history, today), history, today)


def last_run_before(history: History, day: date) -> date | None:
    """Return the day of the last run before a day, or None."""
    return next((start.date() for start in reversed(history.run_starts) if start.date() < day), None)


def is_overdue(now: ProgrammeState, history: History, today: date) -> bool:
    """Whether three days or more went by without the session that was due; rest after a red is none of them."""
    said = [step.day for step in history.steps if step.day <= today and step.step is not Step.SESSION]
    since = max([*said, *([now.last] if now.last else [])], default=today)
    off = (today - since).days
    resting = now.red is not None and now.red.day == now.last
    return not resting and MAX_GAP + MISSED_DAYS <= off <= FULL_DAYS


def last_plan_step(history: History, today: date) -> Step:
    """Return the last recorded decision about going on with the programme."""
    passing = {Step.SESSION, Step.TALKED}
    said = [step.step for step in history.steps if step.day <= today and step.step not in passing]
    return said[-1] if said else Step.START


def _events(history: History, today: date) -> Iterator[PlanStep | CompletedSession]:
    """Yield plan events up to today and sessions before it in order; on one day the plan events come first."""
    said = [(step.day, 0, n) for n, step in enumerate(history.steps) if step.day <= today]
    done = [(effort.day, 1, n) for n, effort in enumerate(history.efforts) if effort.day < today]
    for _day, is_effort, n in sorted(said + done):
        yield history.efforts[n] if is_effort else history.steps[n]


def _begun(now: ProgrammeState, history: History, start: PlanStep) -> ProgrammeState:
    """Begun, or begun anew; reds stay."""
    own = None
    if start.step is Step.START_OWN:
        own = running_before_the_last_run(now.ran, start.day, last_run_before(history, start.day))
    runs = [run.day for run in now.ran if run.minutes > 0]
    return replace(
        now,
        stage=0,
        since=start.day,
        greens=0,
        own=own,
        last=runs[-1] if own else None,
        last_run=runs[-1] if own else None,
        returned=None,
        open_min=None,
    )


def _before_the_start(now: ProgrammeState, history: History, effort: CompletedSession) -> ProgrammeState:
    ran = (*now.ran, Ran(effort.day, effort.run_min, effort.longest_min))
    if (now.since - effort.day).days <= PATTERN_DAYS and light(history, effort) is ResponseGrade.RED:
        return replace(now, ran=ran, red=effort, reds=(*now.reds, effort))
    return replace(now, ran=ran)


def _lowered(now: ProgrammeState, history: History, day: date) -> ProgrammeState:
    """Where one stands on `day` by the days without a run until then."""
    if now.last is None:
        return now
    last = now.last_run or now.last
    off = (day - last).days
    share = _share_open(history, day, off)
    if share == 1.0:
        return now
    rule = Rule.LONG_BREAK if now.last_run else Rule.WALKS_ANEW
    if share == 0.0:
        return replace(_moved(now, 0, day, rule), own=None, last=None, last_run=None)
    longest = longest_lately(now.ran, last + timedelta(days=1))
    if now.own:
        to = now.stage + floor(log(share) / log(OWN_STEP))
    else:
        to = step_of_share(min(now.stage, step_up_to(longest) + 1), share)
    lowered = replace(_moved(now, to, day, rule), open_min=share * longest)
    if off <= MONTH_DAYS:
        return lowered
    return replace(lowered, returned=day, returned_to=to, returned_min=share * longest)


def step_of_share(stage: int, share: float) -> int:
    """Return the highest step with no more running than a share of that of a step; the first step at least.

    Args:
        stage: the step before; on 0, that of walks, it stays.
        share: of its minutes of running, above 0 and at most 1.
    """
    return min(max(step_up_to(share * LADDER[stage].run_min), 1), stage)


def step_up_to(run_min: float) -> int:
    """Return the highest step of the ladder with no more than so many minutes of running."""
    return max(step.number for step in LADDER if step.run_min <= run_min + 1e-6)


def _share_open(history: History, day: date, off: int) -> float:
    """Return the share that is open after days without a run; walks put the first two grades off."""
    if FULL_DAYS < off <= NO_RUN_DAYS and _has_walked(history, day):
        return share_after(FULL_DAYS)
    is_block = MONTH_DAYS < off <= BLOCK_OFF_DAYS and _assigned_to_walks(history, day, off)
    return share_after(MONTH_DAYS if is_block and _has_walked(history, day) else off)


def _assigned_to_walks(history: History, day: date, off: int) -> bool:
    """Whether chance gave all but a week of the days off to walking."""
    given = sum(day - timedelta(days=n) in history.walk_days for n in range(1, off))
    return given >= off - WEEK.days


def _has_walked(history: History, day: date) -> bool:
    walks = [e for e in history.efforts if 0 < (day - e.day).days <= FULL_DAYS and e.walk_min > 0]
    return len(walks) >= WALKS_THAT_KEEP


def _after(now: ProgrammeState, history: History, effort: CompletedSession) -> ProgrammeState:
    most = effort.run_min if now.own or now.stage == len(LADDER) - 1 else LADDER[now.stage].run_min
    ran = Ran(effort.day, min(effort.run_min, most), min(effort.longest_min, most))
    judged = _judged(now, history, effort, light(history, effort))
    last_run = effort.day if effort.run_min else now.last_run
    open_min = None if effort.run_min else now.open_min
    return replace(judged, last=effort.day, last_run=last_run, open_min=open_min, ran=(*now.ran, ran))


def _judged(
    now: ProgrammeState, history: History, effort: CompletedSession, shown: ResponseGrade
) -> ProgrammeState:
    if shown is ResponseGrade.RED:
        back = _moved(now, now.stage - 2, effort.day, Rule.RED)
        return replace(back, red=effort, reds=(*now.reds, effort))
    if shown is ResponseGrade.UNSETTLED:
        return replace(_moved(now, now.stage - 1, effort.day, Rule.AMBER), red=effort)
    if shown is ResponseGrade.AMBER:
        return replace(now, greens=0, fired=(*now.fired, Rule.AMBER))
    entering = now.stage == 0 and not now.own
    # a walk that sat well says nothing of the next step of running
    if shown is not ResponseGrade.GREEN or (effort.run_min == 0.0 and not entering):
        return replace(now, fired=(*now.fired, why_repeat(history, effort) or _reason_to_repeat(shown)))
    if rule := why_repeat(history, effort):
        # it is no green, so those before it are none in a row
        return replace(now, greens=0, fired=(*now.fired, rule))
    greens = now.greens + 1
    needed = ENTRY_WALKS if entering else GREENS_TO_ADVANCE
    wait = ENTRY_DAYS - 1 if entering else STEP_DAYS - 2
    if greens < needed or (effort.day - now.since).days < wait:
        return replace(now, greens=greens, fired=(*now.fired, Rule.REPEAT))
    if rule := no_step_up(history, effort.day, on_ladder=now.own is None):
        return replace(now, greens=greens, fired=(*now.fired, rule))
    return _moved(now, now.stage + 1, effort.day, Rule.ADVANCE)


def _reason_to_repeat(shown: ResponseGrade) -> Rule:
    """Return why a session that hurt no more than usual counts for no step: not rated, above 3, or a walk."""
    if shown is ResponseGrade.UNKNOWN:
        return Rule.UNRATED
    return Rule.ABOVE_THREE if shown is ResponseGrade.HIGH else Rule.WALK_KEEPS


def _withheld(now: ProgrammeState, history: History, day: date) -> ProgrammeState:
    """Revoke a step up that no session was done on yet, where a step up is not allowed on this day."""
    if now.fired[-1:] != (Rule.ADVANCE,) or now.last != now.since:
        return now
    rule = no_step_up(history, day, on_ladder=now.own is None)
    return now if rule is None else replace(now, stage=now.stage - 1, fired=(*now.fired, rule))


def _moved(now: ProgrammeState, to: int, day: date, rule: Rule) -> ProgrammeState:
    stage = min(max(to, OWN_LOWEST if now.own else 0), len(LADDER) - 1)
    return replace(now, stage=stage, greens=0, since=day, fired=(*now.fired, rule))
