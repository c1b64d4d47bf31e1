"""Made-up people through 26 weeks, and the plan's promises to each of them."""

import itertools
import random
from datetime import date, timedelta
from statistics import median

import pytest

from backstride.core.draw import Law
from backstride.core.plan_step import PlanStep, Step
from backstride.programme.history import Effort, History, Light, Morning, morning_light
from backstride.programme.ladder import LADDER, metres
from backstride.programme.rules import ABOUT, Rule
from backstride.programme.schedule import USUAL_WEEK, drawn
from backstride.programme.week import next_week

START = date(2026, 1, 5)
DAY = timedelta(days=1)


def chances(seed, days):
    """The days that chance opens, each with whether its week is for running, under each schedule in turn; or None."""
    law = list(Law)[seed % 3]
    if law is Law.OWN:
        return None
    draws = drawn(law, first_day=START, weeks=days // 7, seed=seed)
    weeks = [draws[n : n + 7] for n in range(0, len(draws), 7)]
    fell = [([d.to_run for d in week] if any(d.to_run for d in week) else USUAL_WEEK) for week in weeks]
    return [
        ({draw.day for draw, so in zip(week, opened, strict=True) if so}, any(d.to_run for d in week))
        for week, opened in zip(weeks, fell, strict=True)
    ]


def unsettled(efforts, mornings, today):
    """The rule in its own words: whether the last session was red, and rest or the back still asks for more."""
    if not efforts:
        return False
    rated = {day: told.pain for day, told in mornings.items() if day <= today}
    day = efforts[-1].day

    def usual(until):
        near = [pain for at, pain in rated.items() if 0 <= (until - at).days < 28]
        return median(near) if near else None

    def high(pain, level):
        return pain > 3 and pain > level + 1

    after, level = rated.get(day + DAY), usual(day)
    if after is None or level is None or not (high(after, level) and (after > 5 or after >= level + 3)):
        return False
    last = max(rated)
    level = max(level, usual(last - DAY) or level)
    return today < day + 3 * DAY or last <= day + DAY or high(rated[last], level)


def lived(seed, *, days=182):
    """One life under the plan: what was planned each day, and the history at its end."""
    chance = random.Random(seed)
    usual, sensitive, kept = chance.uniform(0, 6), chance.expovariate(1.0), chance.uniform(0.4, 1.0)
    mornings, efforts, steps, planned, flare = {}, [], [PlanStep(day=START, step=Step.START)], [], 0.0
    weeks = chances(seed, days)
    for n in range(days):
        today = START + n * DAY
        flare *= 0.6
        if chance.random() < 0.85:
            pain = min(max(round(usual + flare + chance.gauss(0, 0.8)), 0), 10)
            mornings[today] = Morning(pain, chance.random() < 0.01)
        opened, running = weeks[n // 7] if weeks else (None, True)
        history = History(
            efforts=tuple(efforts),
            mornings=mornings,
            steps=tuple(steps),
            run_days=None if opened is None else frozenset(opened),
        )
        plan = next_week(history, today=today, walk_only=not running)
        longest = max((e.metres for e in efforts if (today - e.day).days <= 30), default=None)
        planned.append((today, plan, longest, unsettled(efforts, mornings, today), opened))
        assert running or not any(session.run_min for session in plan.sessions)
        if Rule.TWO_REDS in plan.fired and chance.random() < 0.1:
            steps.append(PlanStep(day=today, step=Step.RESUME))
        if plan.sessions and plan.sessions[0].day == today and chance.random() < kept:
            session = plan.sessions[0]
            efforts.append(Effort(today, session.run_min, session.walk_min, session.metres))
            flare += sensitive * session.run_min / 20 * chance.random() * 2
    return planned, History(efforts=tuple(efforts), mornings=mornings, steps=tuple(steps))


def check(seed):
    """The promises, on every day of one life."""
    planned, history = lived(seed)
    hard = [effort.day for effort in history.efforts]
    assert not any((later - earlier).days < 2 for earlier, later in itertools.pairwise(hard))
    for today, plan, longest, held, opened in planned:
        if longest is not None:
            assert all(s.metres <= 1.1 * longest + 1e-6 for s in plan.sessions)
        assert not (held and plan.sessions), today
        assert opened is None or {session.day for session in plan.sessions} <= opened
        assert plan.sessions or {Rule.SETTLE, Rule.PAUSED, Rule.NOT_DRAWN} & set(plan.fired)
        first_day = (today - START).days % 7 == 0
        assert plan.sessions or Rule.SETTLE in plan.fired or not first_day, "a week that begins has sessions"
    return planned[-1][1].stage


@pytest.mark.parametrize("people", [30, pytest.param(1000, marks=pytest.mark.slow)])
def test_people_are_kept_from_too_much(people):
    """Never two sessions in a row, never beyond 110 %, none after a red; no session only with a reason."""
    stages = [check(seed) for seed in range(people)]
    assert max(stages) == len(LADDER) - 1
    assert sum(stage > 0 for stage in stages) > people / 2


@pytest.mark.parametrize("usual", range(11))
def test_a_worse_morning_never_gives_a_better_light(usual):
    """From green over amber to red, and never back."""
    order = [Light.GREEN, Light.AMBER, Light.RED]
    lights = [order.index(morning_light(pain, usual)) for pain in range(11)]
    assert lights == sorted(lights)


def test_each_stage_goes_at_most_ten_percent_further():
    """The ladder itself keeps the limit, and every stage takes 30 minutes."""
    far = [metres(stage.run_min, stage.walk_min) for stage in LADDER]
    assert all(b <= 1.1 * a for a, b in itertools.pairwise(far))
    assert {stage.run_min + stage.walk_min for stage in LADDER} == {30.0}


@pytest.mark.parametrize("step", [Step.PAUSE, Step.ILL, Step.HOLIDAY, Step.SAFETY_PAUSE])
def test_a_pause_holds_until_it_is_lifted(step):
    """No session while it lasts; after 'resume' there are sessions again."""
    steps = (PlanStep(day=START, step=Step.START), PlanStep(day=START + DAY, step=step))
    assert next_week(History(steps=steps), today=START + 2 * DAY).sessions == ()
    again = History(steps=(*steps, PlanStep(day=START + 5 * DAY, step=Step.RESUME)))
    assert next_week(again, today=START + 5 * DAY).sessions


def test_every_rule_says_what_and_why():
    """No rule without a reason and a source."""
    assert [rule for rule in Rule if not all((ABOUT[rule].does, ABOUT[rule].why, ABOUT[rule].source))] == []


def test_a_back_that_stays_worse_finds_its_way_on():
    """Pain that rises for good stops the sessions, and becomes the new usual within a month."""
    mornings = {START + n * DAY: Morning(3.0 if n < 28 else 7.0) for n in range(70)}
    session = Effort(START + 27 * DAY, 0.0, 30.0, 2750.0)
    history = History(efforts=(session,), mornings=mornings, steps=(PlanStep(day=START, step=Step.START),))
    there = [bool(next_week(history, today=START + n * DAY).sessions) for n in (29, 35, 60)]
    assert there == [False, False, True]
