"""The rules of a week."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstride.core.plan_step import PlanStep, Step
from backstride.programme.history import History
from backstride.programme.ladder import LADDER, metres
from backstride.programme.on_foot import most_on_foot
from backstride.programme.rule_texts import ABOUT
from backstride.programme.rules import Rule
from backstride.programme.week import next_week

from .lives import DAY, START, life, on, own_life, ran, rated, runs_offered, said, walked


def test_the_ladder_lasts_half_an_hour_and_rises_a_step_at_a_time():
    """Every step takes 30 minutes; from one to the next the way is at most a tenth longer."""
    far = [metres(stage.run_min, stage.walk_min) for stage in LADDER]
    assert all(b <= 1.1 * a for a, b in itertools.pairwise(far))
    assert {stage.run_min + stage.walk_min for stage in LADDER} == {30.0}


def test_the_longest_run_of_a_step_grows_by_half_at_most():
    """From 30 seconds on, up to 20 minutes in one go; and the running in all never falls."""
    longest = [stage.run_s for stage in LADDER]
    assert longest == sorted(longest)
    assert all(b <= 1.5 * a for a, b in itertools.pairwise(longest[2:]))
    assert all(a.run_min <= b.run_min for a, b in itertools.pairwise(LADDER))
    assert all(stage.last_s <= stage.run_s for stage in LADDER)


@pytest.mark.parametrize("step", [Step.PAUSE, Step.ILL, Step.HOLIDAY, Step.SAFETY_PAUSE])
def test_a_pause_holds_until_it_is_lifted(step):
    """No session while it lasts; after 'resume' there are sessions again."""
    steps = (PlanStep(day=START, step=Step.START), PlanStep(day=START + DAY, step=step))
    assert next_week(History(steps=steps), today=START + 2 * DAY).sessions == ()
    again = History(steps=(*steps, PlanStep(day=START + 5 * DAY, step=Step.RESUME)))
    assert next_week(again, today=START + 5 * DAY).sessions


def test_a_talk_is_no_resume():
    """A person who paused and reports a talk, is still paused."""
    assert on(life(steps=(said(Step.PAUSE, 1), said(Step.TALKED, 2))), 3).sessions == ()


def test_every_rule_says_what_and_why():
    """No rule without a reason and a source."""
    assert [rule for rule in Rule if not all((ABOUT[rule].does, ABOUT[rule].why, ABOUT[rule].source))] == []


def test_a_start_gives_walks_on_every_other_day():
    """Three walks, and the rule on the entry."""
    plan = on(life(rated(2)), 0)
    assert [(session.day - START).days for session in plan.sessions] == [0, 2, 4]
    assert not runs_offered(plan)
    assert Rule.ENTRY in plan.fired


def test_walks_are_free():
    """A walk each day takes no session away, neither walks nor runs."""
    daily = life(walked(*range(20)), rated(*[1] * 21))
    assert len(on(daily, 3).sessions) == 3
    assert on(daily, 20).sessions[0].day == START + 20 * DAY
    assert runs_offered(on(daily, 20))


def test_runs_are_never_offered_on_days_side_by_side():
    """After a run yesterday there is none today, and no fourth in seven days."""
    history = own_life(ran(0, minutes=40), rated(2, 2))
    plan = on(history, 1)
    assert [(session.day - START).days for session in plan.sessions] == [3, 5, 7]


def test_a_drawn_week_with_no_day_left_says_so():
    """It has its own reason, and a drawn day brings sessions again."""
    empty = on(life(walked(0), rated(2, 2, 2), run_days=()), 2)
    assert empty.sessions == ()
    assert {Rule.DRAWN, Rule.NOT_DRAWN} <= set(empty.fired)
    later = on(life(walked(0), rated(2, 2, 2), run_days=(4, 6)), 2)
    assert [(session.day - START).days for session in later.sessions] == [4, 6]


def test_the_first_walk_is_short_and_grows_by_a_tenth():
    """Ten minutes after 30 days without a session; then a tenth more than the longest on foot."""
    assert on(life(rated(2)), 0).sessions[0].walk_min == pytest.approx(10.0)
    plan = on(life(walked(0, minutes=10), rated(2, 2, 2)), 2)
    assert plan.sessions[0].walk_min == pytest.approx(11.0)
    assert Rule.ON_FOOT in plan.fired


def test_a_hike_lengthens_no_run():
    """Six hours on foot after half a year without running leave the first steps of the ladder at most."""
    away = own_life(ran(0), walked(177, minutes=360), rated(*[1] * 181))
    plan = on(away, 180)
    assert not runs_offered(plan)
    assert Rule.ENTRY in plan.fired


@pytest.mark.parametrize(
    ("off", "minutes"),
    [(14, 30.0), (15, 24.75), (28, 24.75), (29, 16.5), (56, 16.5), (57, 10.0), (200, 10.0)],
)
def test_time_on_foot_falls_with_the_days_without_a_session(off, minutes):
    """All of it for two weeks, then three quarters, half, and ten minutes; each session of the plan alike."""
    plan = on(life(walked(0, minutes=30), rated(*[1] * (off + 1))), off)
    assert [s.walk_min for s in plan.sessions] == pytest.approx([minutes] * 3)


def test_a_short_session_after_days_without_one_is_not_followed_by_a_long_one():
    """Back with 24 minutes after 25 days, the next one is a tenth longer, and not half an hour again."""
    back = life(walked(0, minutes=30), walked(25, minutes=24), rated(*[1] * 28))
    assert on(back, 27).sessions[0].walk_min == pytest.approx(1.1 * 24)
    assert on(life(walked(0, minutes=30), walked(25, minutes=4), rated(*[1] * 28)), 27).sessions[
        0
    ].walk_min == pytest.approx(0.75 * 1.1 * 30)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=5), st.integers(0, 45), st.integers(4, 60))
def test_no_session_of_a_plan_is_below_the_one_before_it(gaps, off, minutes):
    """Whatever the days without a session were: on the ladder neither minutes nor step fall within a plan."""
    days = list(itertools.accumulate(gaps))
    plan = on(life(ran(*days, minutes=2.5, walk=minutes), rated(*[1] * (days[-1] + off + 2))), days[-1] + off)
    for line in ([s.run_min + s.walk_min for s in plan.sessions], [s.stage for s in plan.sessions]):
        assert line == sorted(line)


@given(st.integers(1, 60), st.integers(1, 60), st.integers(5, 60))
def test_more_days_without_a_session_never_open_more(off, more, minutes):
    """The time on foot that is open falls with each day, and never below ten minutes."""
    done = walked(0, minutes=minutes)
    least, most = most_on_foot(done, START + (off + more) * DAY), most_on_foot(done, START + off * DAY)
    assert 10.0 <= least <= most


def test_own_running_after_a_break_opens_with_a_share_of_what_was_last_run():
    """Runs of 20 minutes for weeks, then none for two: 15 minutes are open, whatever was usual long before."""
    days = [n for n in range(42) if n % 7 in (0, 2, 4)]
    history = own_life(ran(*days, minutes=20.0), rated(*[2] * 60), minutes=40.0)
    assert {session.run_min for session in on(history, 56).sessions} == {15.0}
