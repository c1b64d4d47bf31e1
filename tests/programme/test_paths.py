"""The ways in and out of the programme that people take: each has its reason, and leads on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstride.core.plan_step import PlanStep, Step
from backstride.programme.history import Effort, History, Morning
from backstride.programme.ladder import metres
from backstride.programme.rules import Rule
from backstride.programme.standing import standing
from backstride.programme.week import next_week

START = date(2026, 1, 5)
DAY = timedelta(days=1)


def walks(*days, minutes=30.0):
    """Walks on these days after the start."""
    return tuple(Effort(START + n * DAY, 0.0, minutes, metres(0.0, minutes)) for n in days)


def runs(*days, minutes=15.0):
    """Sessions of running and walking on these days after the start."""
    return tuple(Effort(START + n * DAY, minutes, minutes, metres(minutes, minutes)) for n in days)


def mornings(pains, *, legs=()):
    """A rating for each day from the start on, and the days with a sign in a leg."""
    return {START + n * DAY: Morning(pain, n in legs) for n, pain in enumerate(pains) if pain is not None}


def life(efforts, pains, *steps, legs=(), own=False, run_days=None):
    """A history from the start on."""
    first = PlanStep(day=START, step=Step.START_OWN if own else Step.START)
    drawn = None if run_days is None else frozenset(START + n * DAY for n in run_days)
    return History(
        efforts=efforts, mornings=mornings(pains, legs=legs), steps=(first, *steps), run_days=drawn
    )


def on(history, n, **held):
    """The plan on the n-th day after the start."""
    return next_week(history, today=START + n * DAY, **held)


def test_missed_days_change_nothing():
    """Ten days without a session: the same one is offered, on the same stage, and nothing is called failed."""
    history = life(walks(0, 2, 4), [2] * 20)
    before, after = on(history, 5), on(history, 14)
    assert Rule.MISSED in after.fired
    assert Rule.MISSED not in before.fired
    assert after.stage == before.stage
    assert after.sessions[0].walk_min == before.sessions[0].walk_min


def test_walks_lead_to_the_first_runs_and_no_further():
    """Who only walks, as in a drawn week of walking, stays on the first stage with running, and loses nothing."""
    walked = life(walks(*range(0, 60, 2)), [1] * 60)
    assert standing(walked, today=START + 60 * DAY, start=START).stage == 1
    mixed = life((*walks(*range(0, 20, 2)), *runs(20, 22), *walks(*range(24, 40, 2)), *runs(40)), [1] * 42)
    before, after = (standing(mixed, today=START + n * DAY, start=START) for n in (40, 42))
    assert (before.stage, before.greens) == (1, 2)
    assert after.stage == 2


def test_rest_after_a_red_is_not_missed():
    """Who rests because the plan says so has missed nothing."""
    history = life(walks(0, 2), [2, 2, 2, 8, 8, 8, 8, 8, 8, 8, 2])
    assert Rule.MISSED not in on(history, 10).fired


def test_an_amber_that_stayed_is_called_so():
    """Two mornings of amber stop the sessions by the rule for amber, not by that for red."""
    assert on(life(walks(2), [2, 2, 2, 4, 4]), 4).fired == (Rule.AMBER, Rule.SETTLE)
    assert on(life(walks(2), [2, 2, 2, 8, 8]), 4).fired == (Rule.RED, Rule.SETTLE)


def test_a_new_sign_in_a_leg_stops_until_it_is_gone():
    """Low pain in the back does not lift it; the first morning without the sign does."""
    history = life(walks(2), [2] * 9, legs=(3, 4, 5, 6, 7))
    assert on(history, 7).sessions == ()
    assert on(history, 8).sessions


def test_a_later_red_does_not_hide_a_sign_in_a_leg():
    """A run that nobody offered, and a worse back after it, come and go; the leg is still as it was."""
    history = life(walks(2) + runs(5), [2, 2, 2, 2, 2, 2, 8, 2, 2, 2, 2, 2], legs=range(3, 11))
    assert on(history, 10).sessions == ()
    assert on(history, 11).sessions


def test_a_sign_not_told_of_again_does_not_stop_for_good():
    """Who never speaks of the leg again goes on after four weeks."""
    told = life(walks(2), [2] * 4, legs=(3,))
    later = {START + n * DAY: Morning(2.0, None) for n in range(4, 40)}
    history = replace(told, mornings=told.mornings | later)
    assert on(history, 25).sessions == ()
    assert on(history, 39).sessions


def test_one_rating_is_not_its_own_usual():
    """A high rating alone, after a sign in a leg, does not count as settled."""
    history = life(walks(2), [None] * 5 + [9])
    history.mornings[START + 3 * DAY] = Morning(None, leg_symptoms=True)
    history.mornings[START + 5 * DAY] = Morning(9.0, leg_symptoms=False)
    assert on(history, 5).sessions == ()


def test_a_drawn_week_with_no_day_left_says_so():
    """It has its own reason, and a drawn day brings sessions again."""
    empty = on(life(walks(0), [2] * 3, run_days=()), 2)
    assert empty.sessions == ()
    assert {Rule.DRAWN, Rule.NOT_DRAWN} <= set(empty.fired)
    assert [s.day for s in on(life(walks(0), [2] * 3, run_days=(4, 6)), 2).sessions] == [
        START + 4 * DAY, START + 6 * DAY,
    ]  # fmt: skip


def own_runs(*days, pains, minutes=40.0):
    """Someone who ran this long before the start and on these days after it."""
    efforts = tuple(Effort(START + n * DAY, minutes, 0.0, metres(minutes, 0.0)) for n in (-9, -6, -3, *days))
    return life(efforts, pains, own=True)


def test_who_runs_starts_from_the_own_runs():
    """The first session is as long as the usual run of the last 30 days, without a stage."""
    session = on(own_runs(pains=[2]), 0).sessions[0]
    assert (session.run_min, session.walk_min, session.stage) == (40.0, 0.0, None)


def test_a_red_makes_own_running_shorter():
    """Two steps back from the usual run, though nothing was added before."""
    session = on(own_runs(0, pains=[2, 8, 2, 2, 2]), 4).sessions[0]
    assert session.run_min == pytest.approx(40.0 / 1.05**2)


def test_more_than_two_weeks_off_starts_two_stages_lower():
    """14 days off leave the stage; 15 take two."""
    first, then = walks(*range(0, 20, 2)), runs(*range(20, 60, 2))
    history = life((*first, *then), [1] * 90)
    there = standing(history, today=START + 59 * DAY, start=START).stage
    stages = [on(history, 58 + off).stage for off in (14, 15)]
    assert there >= 3
    assert stages == [there, there - 2]


def test_two_reds_leave_walks_until_the_person_goes_on():
    """Two reds in 14 days: walks alone; saying that it goes on lifts that."""
    pains = [2, 2, 2, 8, 2, 2, 2, 2, 8, 2, 2, 2, 2, 2]
    history = life(walks(2, 7), pains)
    held = on(history, 12)
    assert {Rule.TWO_REDS, Rule.WALK_ONLY} <= set(held.fired)
    assert {session.run_min for session in held.sessions} == {0.0}
    resumed = replace(history, steps=(*history.steps, PlanStep(day=START + 12 * DAY, step=Step.RESUME)))
    assert Rule.TWO_REDS not in on(resumed, 12).fired


PAINS = st.lists(st.integers(0, 10), min_size=12, max_size=36)


@settings(max_examples=300, deadline=None)
@given(PAINS, st.integers(1, 10), st.integers(2, 3), st.booleans(), st.booleans())
def test_a_worse_morning_never_gives_more(pains, worse, apart, legs, own):
    """Of two lives alike but for this morning, the worse one gets no more sessions, none longer, no higher stage."""
    n = len(pains) - 1
    days = range(0, n, apart)
    history = own_runs(*days, pains=pains) if own else life(walks(*days), pains)
    today = START + n * DAY
    bad = Morning(min(pains[-1] + worse, 10), legs)
    plan, after = on(history, n), on(replace(history, mornings=history.mornings | {today: bad}), n)
    start = standing(history, today=today, start=START, own=own).stage
    worse_now = replace(history, mornings=history.mornings | {today: bad})
    assert standing(worse_now, today=today, start=START, own=own).stage <= start
    assert len(after.sessions) <= len(plan.sessions)
    most = [max((s.metres for s in week.sessions), default=0.0) for week in (plan, after)]
    assert most[1] <= most[0] + 1e-6


@settings(max_examples=100, deadline=None)
@given(PAINS, st.booleans(), st.booleans())
def test_a_worse_answer_never_gives_more(pains, own, apart):
    """Walks only gives no running and no more sessions; a pause gives nothing."""
    n = len(pains) - 1
    days = range(0, n, 2 + apart)
    history = own_runs(*days, pains=pains) if own else life(walks(*days), pains)
    free, held = on(history, n), on(history, n, walk_only=True)
    assert on(history, n, paused=True).sessions == ()
    assert len(held.sessions) <= len(free.sessions)
    assert sum(s.run_min for s in held.sessions) == 0


def test_the_longest_falls_out_of_its_thirty_days():
    """A session is held to the 30 days before its own day, so one late in the week may be the shorter."""
    long, short = Effort(START, 0.0, 30.0, 2750.0), Effort(START + 20 * DAY, 0.0, 10.0, 10 * 5500 / 60)
    history = History(efforts=(long, short), steps=(PlanStep(day=START, step=Step.START),))
    sessions = next_week(history, today=START + 28 * DAY).sessions
    lengths = {(s.day - START).days: s.metres for s in sessions}
    assert set(lengths) == {28, 30, 32}
    assert lengths[28] == lengths[30] == 2750.0
    assert lengths[32] == pytest.approx(1.1 * short.metres)
