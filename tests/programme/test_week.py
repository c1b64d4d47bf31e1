"""The rules of a week."""

import itertools
from datetime import date, timedelta

import pytest

from backstride.core.plan_step import PlanStep, Step
from backstride.programme.history import Effort, History, Light, Morning, morning_light
from backstride.programme.ladder import LADDER, metres
from backstride.programme.rules import ABOUT, Rule
from backstride.programme.week import next_week

START = date(2026, 1, 5)
DAY = timedelta(days=1)


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
