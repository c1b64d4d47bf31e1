"""Made-up people through 26 weeks, and the plan's promises to each of them."""

import itertools
import random
from datetime import date, timedelta

import pytest

from backstride.core.plan_step import PlanStep, Step
from backstride.programme.history import Effort, History, Light, Morning, light, morning_light
from backstride.programme.ladder import LADDER, metres
from backstride.programme.rules import ABOUT, Rule
from backstride.programme.week import next_week

START = date(2026, 1, 5)
DAY = timedelta(days=1)


def lived(seed, *, days=182):
    """One life under the plan: what was planned each day, and the history at its end."""
    chance = random.Random(seed)
    usual, sensitive, kept = chance.uniform(0, 6), chance.expovariate(1.0), chance.uniform(0.4, 1.0)
    mornings, efforts, steps, planned, flare = {}, [], [PlanStep(day=START, step=Step.START)], [], 0.0
    for n in range(days):
        today = START + n * DAY
        flare *= 0.6
        if chance.random() < 0.85:
            pain = min(max(round(usual + flare + chance.gauss(0, 0.8)), 0), 10)
            mornings[today] = Morning(pain, chance.random() < 0.01)
        history = History(efforts=tuple(efforts), mornings=mornings, steps=tuple(steps))
        plan = next_week(history, today=today)
        planned.append(
            (today, plan, max((e.metres for e in efforts if (today - e.day).days <= 30), default=None))
        )
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
    for today, plan, longest in planned:
        if longest is not None:
            assert all(s.metres <= 1.1 * longest + 1e-6 for s in plan.sessions)
        yesterday = light(
            History(mornings={d: m for d, m in history.mornings.items() if d <= today}), today - DAY
        )
        if today - DAY in hard and yesterday is Light.RED:
            assert plan.sessions == ()
        assert plan.sessions or {Rule.SETTLE, Rule.PAUSED} & set(plan.fired)
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
