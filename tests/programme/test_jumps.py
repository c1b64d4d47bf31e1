"""A run more than a tenth longer than those of the month before it keeps the step for a week."""

import pytest

from backstride.programme.far_runs import is_after_a_jump
from backstride.programme.rules import Rule
from backstride.report.morning_words import warning_lines

from .lives import day, life, on, own_life, ran, rated, walked

CALM = rated(*[2] * 40, leg=0.0, other=0.0)
WEEK = (ran(0, 2, minutes=40), CALM)


def test_a_run_half_as_long_again_keeps_the_step_of_own_running():
    """The third good run is 60 and not 40 minutes: without it a step comes, with it 40 minutes for a week."""
    step, kept = (own_life(*WEEK, ran(4, 7, minutes=40), ran(9, minutes=last)) for last in (40, 60))
    assert {s.run_min for s in on(step, 11).sessions} == {42.0}
    plan = on(kept, 11)
    assert {s.run_min for s in plan.sessions} == {40.0}
    assert plan.fired.count(Rule.JUMP) == 1


def test_a_step_that_was_open_is_taken_back_by_a_longer_run():
    """A step is open after the third run; the next run is 60 minutes: the step before it comes again."""
    history = own_life(*WEEK, ran(4, 7, minutes=40), ran(9, minutes=60))
    assert {s.run_min for s in on(history, 8).sessions} == {42.0}
    assert {s.run_min for s in on(history, 10).sessions} == {40.0}


@pytest.mark.parametrize(
    ("before", "minutes", "on_ladder", "jump"),
    [
        *((40, 44, False, False), (40, 44.1, False, True), (0, 44, False, False)),
        *((2.5, 5, True, False), (2.5, 5.1, True, True), (20, 22, True, False), (20, 23, True, True)),
        *((2.5, 5, False, True),),
    ],
)
def test_a_jump_is_a_tenth_above_the_longest_of_a_month_or_more_than_a_step(before, minutes, on_ladder, jump):
    """On the ladder one step is open, which is more than a tenth; where there is no run before, nobody knows."""
    history = life(ran(*([-5] if before else []), minutes=before), ran(0, minutes=minutes))
    assert is_after_a_jump(history, day(0), on_ladder=on_ladder) is jump


def test_a_jump_counts_for_a_week_and_no_run_to_come_does():
    """On its day and seven more, and neither before nor later."""
    history = life(ran(-5, minutes=20), ran(0, minutes=40))
    counts = [n for n in range(-6, 12) if is_after_a_jump(history, day(n), on_ladder=False)]
    assert counts == list(range(8))


def test_a_session_done_as_offered_is_never_a_jump():
    """Twelve weeks of the plan's own steps, each done to the minute: no day names a jump."""
    efforts, named = walked(-2), set()
    for n in range(84):
        plan = on(life(efforts, rated(*[1] * (n + 1), leg=0.0, other=0.0)), n)
        named |= set(plan.fired)
        efforts += tuple(
            one
            for s in plan.sessions[:1]
            if s.day == day(n)
            for one in (ran(n, minutes=s.run_min, walk=s.walk_min) if s.run_min else walked(n))
        )
    assert Rule.JUMP not in named
    assert Rule.ADVANCE in named


def test_the_page_says_why_the_step_stays():
    """What happened, and for how long; not beside a far run, which says more."""
    said = " ".join(warning_lines((), today=day(1), fired=(Rule.JUMP,)))
    assert "longer than your longest on record of the 30 days before it" in said
    assert "7 days" in said
    far = on(own_life(*WEEK, ran(4, minutes=100)), 5).fired
    assert Rule.FAR_RUN in far
    assert Rule.JUMP not in far
