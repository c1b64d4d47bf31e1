"""What stands on top of a bad morning says no more than is known, and nothing of a leg is left out."""

import pytest
from tests.programme.lives import day, life, on, own_life, ran, rated

from backstride.core.plan_step import Step
from backstride.programme.holds import held_by
from backstride.programme.lights import is_first_rated
from backstride.programme.morning import shown
from backstride.programme.state import compute_state
from backstride.report.morning_words import warning_lines


def words(history, n):
    """The warning n days after the start, as one line."""
    today = day(n)
    red = held_by(compute_state(history, today=today), history, today)
    return " ".join(
        warning_lines(
            shown(history, today),
            today=today,
            fired=on(history, n).fired,
            session=red.day if red else None,
            is_first_rated=red is not None and is_first_rated(history, red),
        )
    )


@pytest.mark.parametrize(("before", "is_worse"), [((), False), (rated(*[2] * 20, since=-21), True)])
def test_nothing_got_worse_where_nothing_was_rated_before(before, is_worse):
    """6 in the first check-in of a life, on the morning after a run: high, and nobody knows whether it was before."""
    runs = ran(*(-n for n in range(1, 29, 2)), minutes=30)
    lived = life(runs, before, rated(6, 6, 6), start=Step.START_OWN)
    for n in (0, 2):
        assert ("your pain rose a lot" in words(lived, n)) is is_worse
        assert ("What was before it is not known" in words(lived, n)) is not is_worse


@pytest.mark.parametrize(("leg", "is_named"), [(0.0, False), (3.0, True)])
def test_a_leg_that_hurts_more_than_the_back_is_named_on_top(leg, is_named):
    """Leg 3 and back 0 on a day with a run: the run may be, and how to go about it is said."""
    calm = rated(*[0] * 6, leg=0.0)
    lived = own_life(calm, rated(0, since=6, leg=leg), told_before=0)
    assert ("Your leg hurts as much as your back" in words(lived, 6)) is is_named
    assert ("Stop if it goes further down the leg" in words(lived, 6)) is is_named
