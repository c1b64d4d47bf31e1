"""Made-up people who live under the plan, with pain that flares, illness, holidays, and minds of their own."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from backstride.core.draw import Law
from backstride.core.plan_step import PlanStep, Step
from backstride.programme.history import Effort, History, Morning
from backstride.programme.ladder import metres
from backstride.programme.rules import Rule
from backstride.programme.schedule import USUAL_WEEK, drawn
from backstride.programme.week import WeekPlan, next_week

START = date(2026, 1, 5)
DAY = timedelta(days=1)
WEEKS = 26
FADES = 0.6  # of a flare, from a day to the next


@dataclass(frozen=True, slots=True)
class Away:
    """Some days without sessions: ill or on holiday, or just gone without a word."""

    first: int
    days: int
    step: Step | None


@dataclass(frozen=True, slots=True)
class Person:
    """One made-up person.

    Attributes:
        seed: of everything that happens to them.
        runs_already: whether they begin from their own running.
        law: who chooses the days.
        usual, sensitive: pain on a usual day, and by how much 20 minutes of running may raise it.
        leg: the chance that a session leaves a sign in a leg.
        kept: the share of offered sessions that are done.
        longer: the chance that one is done half as long again.
        unasked: the chance of a run on a day without a session.
        told: the share of mornings that are rated.
        away: when they are away.
    """

    seed: int
    runs_already: bool
    law: Law
    usual: float
    sensitive: float
    leg: float
    kept: float
    longer: float
    unasked: float
    told: float
    away: tuple[Away, ...]

    @property
    def kind(self) -> str:
        """How they began, and who chooses their days."""
        began = "own running" if self.runs_already else "walks"
        return (
            f"{began}, {({Law.OWN: 'own days', Law.DAYS: 'days drawn', Law.WEEKS: 'weeks drawn'})[self.law]}"
        )


@dataclass(frozen=True, slots=True)
class Lived:
    """One day of a life: what was known that morning, and what the plan offered.

    Attributes:
        today: the day.
        history: up to this morning; it goes on changing as life does.
        plan: the next seven days.
        opened: the days that chance opened this week; None on own days.
        walk_only: whether the week that was drawn is for walking.
        effort: what was done later that day.
    """

    today: date
    history: History
    plan: WeekPlan
    opened: frozenset[date] | None
    walk_only: bool
    effort: Effort | None


def make_person(seed: int) -> Person:
    """The person of this seed; the three schedules take turns, and one in three runs already."""
    chance = random.Random(seed)
    away, first = [], chance.randrange(10, 60)
    while first < 7 * WEEKS:
        step, longest = chance.choice([(Step.ILL, 12), (Step.HOLIDAY, 21), (Step.PAUSE, 40), (None, 25)])
        away.append(Away(first, chance.randint(2, longest), step))
        first += away[-1].days + chance.randrange(15, 120)
    return Person(
        seed=seed,
        runs_already=seed // 3 % 3 == 2,
        law=list(Law)[seed % 3],
        usual=chance.uniform(0.0, 6.0),
        sensitive=chance.expovariate(1.0),
        leg=chance.choice([0.0, 0.0, 0.01, 0.05]),
        kept=chance.uniform(0.4, 1.0),
        longer=chance.choice([0.0, 0.0, 0.1, 0.3]),
        unasked=chance.choice([0.0, 0.0, 0.02, 0.08]),
        told=chance.uniform(0.6, 1.0),
        away=tuple(away),
    )


def opened_weeks(law: Law, *, weeks: int, seed: int) -> list[tuple[frozenset[date], bool]] | None:
    """Of each week the days that chance opens, and whether it is for running; None on own days."""
    if law is Law.OWN:
        return None
    draws = drawn(law, first_day=START, weeks=weeks, seed=seed)
    found = []
    for n in range(0, len(draws), 7):
        week = draws[n : n + 7]
        running = any(draw.to_run for draw in week)
        opened = [draw.to_run for draw in week] if running else USUAL_WEEK
        found.append((frozenset(d.day for d, so in zip(week, opened, strict=True) if so), running))
    return found


def live(person: Person, *, weeks: int = WEEKS) -> Iterator[Lived]:
    """Day after day under the plan."""
    chance = random.Random(person.seed + 1_000_000)
    efforts = _runs_before(chance) if person.runs_already else []
    mornings: dict[date, Morning] = {}
    steps = [PlanStep(day=START, step=Step.START_OWN if person.runs_already else Step.START)]
    drawn_weeks = opened_weeks(person.law, weeks=weeks, seed=person.seed)
    flare, leg_days = 0.0, 0
    for n in range(7 * weeks):
        today = START + n * DAY
        is_away = _say_where(person, n, today, steps)
        flare, leg_days = flare * FADES, max(leg_days - 1, 0)
        if chance.random() < person.told:
            pain = min(max(round(person.usual + flare + chance.gauss(0.0, 0.8)), 0), 10)
            mornings[today] = Morning(float(pain), leg_days > 0)
        opened, running = drawn_weeks[n // 7] if drawn_weeks else (None, True)
        history = History(efforts=tuple(efforts), mornings=mornings, steps=tuple(steps), run_days=opened)
        plan = next_week(history, today=today, walk_only=not running)
        if Rule.TWO_REDS in plan.fired and chance.random() < 0.1:
            steps.append(PlanStep(day=today, step=Step.RESUME))
        effort = None if is_away else _done(person, chance, plan, today)
        yield Lived(today, history, plan, opened, not running, effort)
        if effort:
            efforts.append(effort)
            flare += person.sensitive * effort.run_min / 20.0 * 2.0 * chance.random()
            if chance.random() < person.leg:
                leg_days = chance.randint(2, 12)


def _say_where(person: Person, n: int, today: date, steps: list[PlanStep]) -> bool:
    """Whether the person is away on day n; what they say of it goes into `steps`."""
    for away in person.away:
        if away.step and n == away.first:
            steps.append(PlanStep(day=today, step=away.step))
        if away.step and n == away.first + away.days:
            steps.append(PlanStep(day=today, step=Step.RESUME))
    return any(away.first <= n < away.first + away.days for away in person.away)


def _done(person: Person, chance: random.Random, plan: WeekPlan, today: date) -> Effort | None:
    """The session of today, or a run that nobody asked for, or nothing."""
    if plan.sessions and plan.sessions[0].day == today:
        if chance.random() >= person.kept:
            return None
        times = 1.5 if chance.random() < person.longer else 1.0
        return _effort(today, times * plan.sessions[0].run_min, times * plan.sessions[0].walk_min)
    return _effort(today, chance.uniform(10.0, 40.0), 0.0) if chance.random() < person.unasked else None


def _effort(day: date, run_min: float, walk_min: float) -> Effort:
    return Effort(day, run_min, walk_min, metres(run_min, walk_min))


def _runs_before(chance: random.Random) -> list[Effort]:
    """Three runs a week in the four weeks before the start."""
    usual = chance.uniform(15.0, 50.0)
    days = [START - n * DAY for n in range(28, 0, -1) if n % 7 in {1, 3, 5}]
    return [_effort(day, usual * chance.uniform(0.8, 1.2), 0.0) for day in days]
