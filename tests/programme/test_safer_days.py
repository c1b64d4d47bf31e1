"""Days on which the plan holds back though no session hurt: a far climb, a flare, no rating, a very long walk."""

import pytest

from backstride.core.plan_step import Step
from backstride.programme.rules import Rule
from backstride.report.morning_words import warning_lines

from .lives import day, life, on, own_life, ran, rated, runs_offered, said, walked

NOVICE = (walked(*range(0, 16, 2)), ran(*range(16, 96, 2), minutes=20.0, walk=10.0, hour=17.0))
RISING = rated(*[round(2 + 4.9 * n / 98, 1) for n in range(99)])
"""From 2 to nearly 7 in 14 weeks, evenly."""


def headline(plan, n):
    """What stands on top of a plan on the n-th day, where no rating of itself is bad."""
    return " ".join(warning_lines((), today=day(n), fired=plan.fired))


def test_a_far_climb_leaves_walks_and_says_so_on_top():
    """At nearly 7 after 14 weeks: walks, and a headline that asks for a talk with the provider."""
    plan = on(life(*NOVICE, RISING), 97)
    assert not runs_offered(plan)
    assert Rule.CLIMB_FAR in plan.fired
    assert Rule.CLIMB not in plan.fired
    assert "Talk to your provider first" in headline(plan, 97)


def test_a_smaller_climb_stands_on_top_and_leaves_the_runs():
    """At 1.5 above the start the runs go on, and the headline asks for a talk."""
    climbs = (on(life(*NOVICE, RISING), n) for n in range(40, 97))
    plan = next(plan for plan in climbs if Rule.CLIMB in plan.fired)
    assert runs_offered(plan)
    assert "Talk to your provider" in headline(plan, 60)


def test_a_talk_opens_the_runs_after_a_far_climb():
    """What is usual since the talk counts from then on."""
    told = (*rated(*[2] * 50), *rated(*[4.5] * 50, since=50))
    history = (*NOVICE, told)
    assert Rule.CLIMB_FAR in on(life(*history), 80).fired
    assert Rule.CLIMB_FAR not in on(life(*history, steps=(said(Step.TALKED, 75),)), 80).fired


def months(*levels):
    """A rating of each day: 28 days at each level."""
    return rated(*[level for level in levels for _ in range(28)])


@pytest.mark.parametrize("between", [Step.START, Step.TALKED])
def test_a_rise_over_months_is_seen_through_starts_and_talks(between):
    """From 2 to 4.5 by half a point a month, with a start or a talk between: walks, and a talk is asked for."""
    runs = (walked(*range(0, 16, 2)), ran(*range(16, 220, 2), minutes=20.0, walk=10.0, hour=17.0))
    rising = months(2, 2.5, 3, 3.5, 4, 4.5, 4.5, 4.5)
    steps = tuple(said(between, n) for n in (60, 100))
    plan = on(life(*runs, rising, steps=steps), 200)
    assert not runs_offered(plan)
    assert Rule.CLIMB_MONTHS in plan.fired
    assert "Over the past year your pain has climbed by 2 or more." in headline(plan, 200)
    talk = said(Step.TALKED, 190)
    assert Rule.CLIMB_MONTHS not in on(life(*runs, rising, steps=(*steps, talk)), 200).fired


def test_a_usual_of_always_is_no_rise_over_months():
    """4.5 on each day of eight months, or 2 after 4.5: nothing to see."""
    for levels in ((4.5,) * 8, (4.5, 4.5, 4.5, 4.5, 2, 2, 2, 2)):
        assert Rule.CLIMB_MONTHS not in on(life(walked(*range(0, 220, 2)), months(*levels)), 200).fired


@pytest.mark.parametrize(("told", "walks"), [(40, True), (39, True), (38, False)])
def test_a_flare_of_today_or_yesterday_leaves_walks(told, walks):
    """A flare told on day 40 or 39 leaves walks on day 40 and is named; one told before only keeps the step."""
    plan = on(life(*NOVICE, rated(*[2] * 60), rated(2, since=told, hour=8.0, flare=True)), 40)
    assert (not runs_offered(plan)) is walks
    assert ("You said that this is a flare." in headline(plan, 40)) is walks


def test_a_flare_that_is_over_holds_nothing():
    """Yes in the morning and no in the evening of the same day: runs."""
    flare = (*rated(2, since=40, hour=8.0, flare=True), *rated(2, since=40, hour=9.0, flare=False))
    assert runs_offered(on(life(*NOVICE, rated(*[2] * 60), flare), 40))


def test_a_week_without_a_rating_asks_for_one_before_the_run():
    """After nine days without a rating the runs stay, and the first line asks for a rating."""
    history = life(*NOVICE, rated(*[2] * 41))
    plan = on(history, 50)
    assert runs_offered(plan)
    assert headline(plan, 50).startswith("You have not rated your back for 7 days. Rate your back before")
    assert Rule.NOT_RATED not in on(history, 46).fired


def test_walks_need_no_rating():
    """Who begins with walks is not asked to rate before them."""
    assert Rule.NOT_RATED not in on(life(), 0).fired


def test_a_very_long_hike_moves_the_run():
    """Nine hours on foot yesterday: no run today, one tomorrow, and the headline names it."""
    history = own_life(walked(0, minutes=540, hour=8.0), rated(*[2] * 9))
    plan = on(history, 1)
    assert next(session.day for session in plan.sessions if session.run_min) == day(2)
    assert "on foot for more than 180 minutes" in headline(plan, 1)
    assert on(history, 2).sessions[0].day == day(2)
    assert Rule.LONG_DAY not in on(history, 2).fired


def test_long_walks_of_each_week_move_no_run():
    """Who walks four hours on each day is used to it."""
    daily = own_life(walked(*range(-40, 2), minutes=240, hour=8.0), rated(*[2] * 9))
    assert Rule.LONG_DAY not in on(daily, 1).fired


def test_a_walk_on_a_bad_day_brings_the_next_one_no_sooner_and_makes_it_no_longer():
    """8 of 10 and the walk of today done: the next lies where it lay before, and is as long."""
    before = on(life(walked(-5, minutes=12), rated(8)), 0)
    after = on(life(walked(-5, 0, minutes=12), rated(8)), 0)
    assert Rule.HIGH in after.fired
    assert [s.day for s in after.sessions][:2] == [s.day for s in before.sessions][1:3]
    assert after.sessions[0].walk_min <= before.sessions[0].walk_min == pytest.approx(12.0)
