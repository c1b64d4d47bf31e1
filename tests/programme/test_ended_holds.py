"""A hold that asked for a talk and ended without one is told of, and what changes then."""

from dataclasses import replace

import pytest

from backstride.core.plan_step import Step
from backstride.programme.ended_holds import ENDED_DAYS, ended_holds
from backstride.programme.rules import TALK_BEFORE_RUNNING, Rule
from backstride.programme.state import compute_state
from backstride.report.ended_words import RUNS_AGAIN, STILL_WORTH_A_LOOK, ended_lines

from .lives import day, life, on, rated, said, walked

SEVERE = rated(*[8] * 6, *[2] * 60)
SPIKES = rated(*([2, 2, 2, 2, 2, 2, 7] * 4), *[2] * 40)
MEDICINE = (*rated(*[2] * 8, medicine="more"), *rated(*[2] * 60, since=8, medicine="usual"))


def ended_on(history, n):
    """Which rules are told to have ended, n days after the start."""
    until = day(n)
    now = replace(history, reports=tuple(t for t in history.reports if t.day <= until))
    return [one.rule for one in ended_holds(compute_state(now, today=until), now, until)]


@pytest.mark.parametrize(
    ("told", "rule"),
    [(SEVERE, Rule.SEVERE_STAYS), (SPIKES, Rule.SPIKES_HIGH), (MEDICINE, Rule.MEDICINE_STAYS)],
)
def test_a_hold_that_ends_without_a_talk_is_told_of_for_three_days(told, rule):
    """From the first day on which nothing asks for the talk any more, and then no longer."""
    lived = life(walked(0, 2, 4, 6), told)
    asked = [n for n in range(60) if not TALK_BEFORE_RUNNING.isdisjoint(on(lived, n).fired)]
    over = asked[-1] + 1
    assert all(ended_on(lived, n) == [] for n in range(over))
    assert all(rule in ended_on(lived, n) for n in range(over, over + ENDED_DAYS))
    assert ended_on(lived, over + ENDED_DAYS) == []


def test_a_hold_that_a_talk_ended_is_not_told_of():
    """The person said so themselves."""
    lived = life(walked(0, 2, 4, 6), SEVERE, steps=(said(Step.TALKED, 10),))
    assert [n for n in range(40) if ended_on(lived, n)] == []


@pytest.mark.parametrize("offers_runs", [True, False])
def test_the_words_say_what_changes_and_that_a_look_is_still_worth_it(offers_runs):
    """Runs are named where the plan offers some, and only there."""
    lived = life(walked(0, 2, 4, 6), SEVERE)
    over = next(n for n in range(60) if ended_on(lived, n))
    (line,) = ended_lines(
        ended_holds(compute_state(lived, today=day(over)), lived, day(over)), offers_runs=offers_runs
    )
    assert STILL_WORTH_A_LOOK in line
    assert (RUNS_AGAIN in line) is offers_runs
