"""Made-up people who live under the plan, and who break its rules.

Their pain flares after running, wanders, climbs slowly, or is high all the time; some have it in a leg or a knee, and
some in a leg for good.
Some call it a flare, and take more pain medicine in it, or for weeks. In some a leg hurts on every other day, or a
shin after each run. In some the back hurts much more on one day of each week, or daily life gets harder. They fall
ill, go away for days or months, run races, go on
hikes, run on days without a session, make sessions longer or shorter, begin anew at odd moments, and some tell of
their back in the evening.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from backstride.core.allocation import BLOCK_DAYS, AllocationScheme
from backstride.core.plan_step import PlanStep, Step
from backstride.programme.history import CompletedSession, History, MorningReport
from backstride.programme.rules import ASK_FOR_A_TALK
from backstride.programme.schedule import USUAL_WEEK, allocate
from backstride.programme.week import WeekPlan, next_week

START = date(2026, 1, 5)
DAY = timedelta(days=1)
WEEKS = 26
FADES = 0.6  # of a flare, from a day to the next
FLARE_FROM, MORE_FROM = 1.0, 0.6  # from so much above the usual some call it a flare, or take more medicine


@dataclass(frozen=True, slots=True)
class Away:
    """Some days without sessions: ill or on holiday, or just gone without a word."""

    first: int
    days: int
    step: Step | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One simulated person.

    Attributes:
        seed: of everything that happens to them.
        runs_already: whether they begin from their own running.
        a_week: runs a week before the start, where they ran.
        law: who chooses the days.
        usual, sensitive: pain on a usual day, and by how much 20 minutes of running may raise it.
        climbs: by how much the usual rises in a week.
        leg, knee: the chance that a session leaves pain in a leg alone, or in a knee.
        walks_well: whether they said at the start that half an hour of walking is fine.
        kept: the share of offered sessions that are done.
        longer: the chance that one is done half as long again.
        shorter: whether each is cut to a third.
        unasked: the chance of a run on a day without a session.
        race, hike: the chance, on any day, of a run or a walk of two or three hours.
        told: the share of days that are rated.
        told_at: the hour of the rating.
        calls: whether they tell of flares and of pain medicine.
        runs_at: the hour of the sessions.
        again: the chance, on any day, of beginning anew.
        leg_stays: pain in a leg on each day from the fifth week on, and 1.5 more from the thirteenth; 0 for none.
        away: when they are away.
        shin: whether, from the fourth week on, it hurts elsewhere after each run.
        comes_and_goes: whether, from the fifth week on, a leg hurts on every other day.
        more_medicine: whether they take more pain medicine each day of weeks seven to fourteen.
        spikes: whether, from the fifth week on, the back hurts by 4 more on each seventh day.
        jumps: whether their Roland-Morris count, taken every four weeks, jumps for two months.
    """

    seed: int
    runs_already: bool
    a_week: int
    law: AllocationScheme
    usual: float
    sensitive: float
    climbs: float
    leg: float
    knee: float
    walks_well: bool
    kept: float
    longer: float
    shorter: bool
    unasked: float
    race: float
    hike: float
    told: float
    told_at: float
    calls: bool
    runs_at: float
    again: float
    leg_stays: float
    away: tuple[Away, ...]
    shin: bool
    comes_and_goes: bool
    more_medicine: bool
    spikes: bool = False
    jumps: bool = False

    @property
    def kind(self) -> str:
        """How they began, and who chooses their days."""
        began = "own running" if self.runs_already else "walks"
        chosen = {
            AllocationScheme.OWN: "own days",
            AllocationScheme.DAYS: "days drawn",
            AllocationScheme.WEEKS: "weeks drawn",
            AllocationScheme.BLOCKS_OF_4: "blocks drawn",
        }
        return f"{began}, {chosen[self.law]}"


@dataclass(frozen=True, slots=True)
class Lived:
    """One day of a life: what was known that morning, and what the plan offered.

    Attributes:
        today: the day.
        history: up to this moment.
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
    effort: CompletedSession | None


@dataclass(slots=True)
class Body:
    """How it hurts: flares that fade in the back, and days left of pain in a leg and in a knee."""

    flare: float = 0.0
    leg_days: int = 0
    knee_days: int = 0


def make_person(seed: int) -> Person:
    """Return the person of this seed; the three schedules take turns, and one in three runs already."""
    chance = random.Random(seed)
    away, first = [], chance.randrange(10, 60)
    while first < 7 * WEEKS:
        step, longest = chance.choice(
            [(Step.ILL, 12), (Step.HOLIDAY, 21), (Step.PAUSE, 120), (None, 25), (None, 100)]
        )
        away.append(Away(first, chance.randint(2, longest), step))
        first += away[-1].days + chance.randrange(15, 120)
    return Person(
        seed=seed,
        runs_already=seed // 4 % 3 == 2,
        a_week=chance.randint(1, 6),
        law=[
            AllocationScheme.OWN,
            AllocationScheme.DAYS,
            AllocationScheme.WEEKS,
            AllocationScheme.BLOCKS_OF_4,
        ][seed % 4],
        usual=chance.choice([chance.uniform(0.0, 4.0), chance.uniform(0.0, 6.0), chance.uniform(6.0, 9.0)]),
        sensitive=chance.expovariate(1.0),
        climbs=chance.choice([0.0, 0.0, 0.0, 0.3, 1.0]),
        leg=chance.choice([0.0, 0.0, 0.01, 0.05]),
        knee=chance.choice([0.0, 0.0, 0.02, 0.05]),
        walks_well=seed % 7 < 4,
        kept=chance.uniform(0.4, 1.0),
        longer=chance.choice([0.0, 0.0, 0.1, 0.3]),
        shorter=chance.random() < 0.15,
        unasked=chance.choice([0.0, 0.0, 0.02, 0.08]),
        race=chance.choice([0.0, 0.0, 0.01]),
        hike=chance.choice([0.0, 0.0, 0.03]),
        told=chance.uniform(0.6, 1.0),
        told_at=chance.choice([7.0, 7.0, 21.0]),
        calls=seed % 5 < 2,
        runs_at=chance.choice([8.0, 18.0, 0.5]),
        again=chance.choice([0.0, 0.0, 0.01]),
        leg_stays=chance.choice([0.0, 0.0, 0.0, 2.0, 4.0]),
        away=tuple(away),
        shin=seed % 11 == 4,
        comes_and_goes=seed % 13 == 6,
        more_medicine=seed % 17 == 3,
        spikes=seed % 23 == 7,
        jumps=seed % 19 == 5,
    )


def opened_weeks(
    law: AllocationScheme, *, weeks: int, seed: int
) -> list[tuple[frozenset[date], bool]] | None:
    """Of each week the days that chance opens, and whether it is for running; None on own days."""
    if law is AllocationScheme.OWN:
        return None
    together = BLOCK_DAYS[law] // 7
    draws = allocate(law, first_day=START, weeks=-(-weeks // together) * together, seed=seed)
    found = []
    for n in range(0, len(draws), 7):
        week = draws[n : n + 7]
        running = any(draw.to_run for draw in week)
        opened = [draw.to_run for draw in week] if running else USUAL_WEEK
        found.append((frozenset(d.day for d, so in zip(week, opened, strict=True) if so), running))
    return found


def walking_so_far(drawn_weeks: list[tuple[frozenset[date], bool]] | None, n: int) -> frozenset[date]:
    """Return the days before day n of the weeks that chance gave to walking."""
    weeks = [week for week, (_, running) in enumerate(drawn_weeks or ()) if not running]
    return frozenset(START + (7 * week + k) * DAY for week in weeks for k in range(7) if 7 * week + k < n)


def moment(day: date, hour: float) -> datetime:
    """Return a moment of a day."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour)


def effort_of(day: date, run_min: float, walk_min: float, hour: float = 18.0) -> CompletedSession:
    """Return a session in one go."""
    start = moment(day, hour)
    return CompletedSession(start, start + timedelta(minutes=run_min + walk_min), run_min, walk_min, run_min)


def live(person: Person, *, weeks: int = WEEKS) -> Iterator[Lived]:
    """Day after day under the plan. A day begins with the morning's rating; evening ones come after the session."""
    chance = random.Random(person.seed + 1_000_000)
    efforts, told = _runs_before(person, chance)
    steps = [PlanStep(day=START, step=Step.START_OWN if person.runs_already else Step.START)]
    drawn_weeks = opened_weeks(person.law, weeks=weeks, seed=person.seed)
    body = Body()
    for n in range(7 * weeks):
        today = START + n * DAY
        is_away = _say_where(person, n, today, steps)
        body.flare *= FADES
        body.leg_days, body.knee_days = max(body.leg_days - 1, 0), max(body.knee_days - 1, 0)
        rates = chance.random() < person.told
        if rates and person.told_at < 12:
            told.append(_rating(person, chance, body, n, today, ran_lately=_has_run(efforts, today - DAY)))
        if chance.random() < person.again and not is_away:
            steps.append(PlanStep(day=today, step=chance.choice([Step.START, Step.START_OWN])))
        opened, running = drawn_weeks[n // 7] if drawn_weeks else (None, True)
        history = History(
            efforts=tuple(efforts),
            reports=tuple(told),
            steps=tuple(steps),
            run_days=opened,
            walk_days=walking_so_far(drawn_weeks, n),
            walks_well=START if person.walks_well else None,
            roland_morris=_scores(person, n),
        )
        plan = next_week(history, today=today, walk_only=not running)
        if not ASK_FOR_A_TALK.isdisjoint(plan.fired) and chance.random() < 0.05:
            steps.append(PlanStep(day=today, step=Step.TALKED))
        effort = _done(person, chance, plan, today, is_away=is_away)
        yield Lived(today, history, plan, opened, not running, effort)
        if effort:
            efforts.append(effort)
            _hurts(person, chance, body, effort)
        if rates and person.told_at >= 12:
            told.append(_rating(person, chance, body, n, today, ran_lately=_has_run(efforts, today)))


def _has_run(efforts: list[CompletedSession], day: date) -> bool:
    return any(effort.day == day and effort.run_min > 0 for effort in efforts[-2:])


def _hurts(person: Person, chance: random.Random, body: Body, effort: CompletedSession) -> None:
    body.flare += person.sensitive * effort.run_min / 20.0 * 2.0 * chance.random()
    if chance.random() < person.leg:
        body.leg_days = chance.randint(2, 25)
    if effort.run_min and chance.random() < person.knee:
        body.knee_days = chance.randint(2, 12)


def _rating(
    person: Person, chance: random.Random, body: Body, n: int, today: date, *, ran_lately: bool
) -> MorningReport:
    """Return the back, and a leg in words or in numbers; what is elsewhere is not always told."""
    level = person.usual + person.climbs * (n / 7.0 if n < 70 else 10.0)
    back = float(min(max(round(level + body.flare + chance.gauss(0.0, 0.8)), 0), 10))
    hurts = body.leg_days > 0
    in_words = person.seed % 2 == 0
    lasting = person.leg_stays + (1.5 if n >= 84 else 0.0) if person.leg_stays and n >= 28 else 0.0
    told = MorningReport(
        moment=moment(today, person.told_at),
        back=back,
        leg=None if in_words else max(lasting, float(chance.randint(1, 8)) if hurts else 0.0),
        other=None if chance.random() < 0.5 else float(chance.randint(2, 8)) if body.knee_days else 0.0,
        leg_symptoms=hurts or lasting > 0.0 if in_words else None,
        flare=body.flare >= FLARE_FROM if person.calls else None,
        medicine=None if not person.calls else "more" if body.flare >= MORE_FROM else "usual",
    )
    return _with_patterns(person, told, n, ran_lately=ran_lately)


def _with_patterns(person: Person, told: MorningReport, n: int, *, ran_lately: bool) -> MorningReport:
    """Add what comes and goes, and what is taken for weeks: by the day alone, so that no other draw changes."""
    if person.shin and n >= 21:
        told = replace(told, other=max(told.other or 0.0, 3.0 if ran_lately else 1.0))
    if person.comes_and_goes and n >= 28 and n % 2:
        sign = told.leg_symptoms is not None
        told = replace(
            told, leg=None if sign else max(told.leg or 0.0, 3.0), leg_symptoms=True if sign else None
        )
    if person.spikes and n >= 28 and n % 7 == 6 and told.back is not None:
        told = replace(told, back=min(told.back + 4.0, 10.0))
    if person.more_medicine and 42 <= n < 98:
        told = replace(told, medicine="more")
    return told


def _scores(person: Person, n: int) -> tuple[tuple[date, int], ...]:
    """Return the Roland-Morris counts up to day n: one in four weeks, and higher ones from the 9th to the 16th."""
    if not person.jumps:
        return ()
    return tuple((START + k * DAY, 12 if 56 <= k < 112 else 4) for k in range(0, n + 1, 28))


def _say_where(person: Person, n: int, today: date, steps: list[PlanStep]) -> bool:
    """Whether the person is away on day n; what they say of it goes into `steps`."""
    for away in person.away:
        if away.step and n == away.first:
            steps.append(PlanStep(day=today, step=away.step))
        if away.step and n == away.first + away.days:
            steps.append(PlanStep(day=today, step=Step.RESUME))
    return any(away.first <= n < away.first + away.days for away in person.away)


def _done(
    person: Person, chance: random.Random, plan: WeekPlan, today: date, *, is_away: bool
) -> CompletedSession | None:
    """Return the session of today, or a race, a hike, a run that nobody asked for, or nothing."""
    odd = chance.random()
    if odd < person.race:
        return effort_of(today, chance.uniform(60.0, 180.0), 0.0, person.runs_at)
    if odd < person.race + person.hike:
        return effort_of(today, 0.0, chance.uniform(60.0, 360.0), person.runs_at)
    if is_away:
        return None
    if plan.sessions and plan.sessions[0].day == today:
        if chance.random() >= person.kept:
            return None
        times = 1.5 if chance.random() < person.longer else 1.0 / 3.0 if person.shorter else 1.0
        first = plan.sessions[0]
        return effort_of(today, times * first.run_min, times * first.walk_min, person.runs_at)
    if chance.random() < person.unasked:
        return effort_of(today, chance.uniform(10.0, 40.0), 0.0, person.runs_at)
    return None


def _runs_before(person: Person, chance: random.Random) -> tuple[list[CompletedSession], list[MorningReport]]:
    """Return the runs and ratings of the four weeks before the start; few runs are not enough to begin from."""
    if not person.runs_already:
        return [], []
    usual = chance.uniform(15.0, 50.0)
    days = [START - n * DAY for n in range(28, 0, -1) if n % 7 in (1, 3, 5, 6, 2, 4)[: person.a_week]]
    efforts = [effort_of(day, usual * chance.uniform(0.8, 1.2), 0.0, person.runs_at) for day in days]
    ratings = [
        MorningReport(
            moment=moment(START - n * DAY, person.told_at), back=float(min(max(round(person.usual), 0), 10))
        )
        for n in range(28, 0, -1)
    ]
    return efforts, ratings
