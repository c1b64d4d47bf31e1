"""A session minute by minute adds up to the session, and is never more than it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.programme.intervals import Interval, intervals
from backstride.programme.ladder import LADDER, SESSION_MIN


def minutes(stretches, *, is_run):
    """How long is run, or walked."""
    return sum(stretch.seconds for stretch in stretches if stretch.is_run == is_run) / 60


@pytest.mark.parametrize("stage", LADDER, ids=lambda stage: str(stage.number))
def test_a_whole_stage_is_its_row_of_the_ladder(stage):
    """As many runs of the length that the ladder says, and 30 minutes in all."""
    made = intervals(stage.run_min, stage.walk_min, stage.number)
    runs = [stretch.seconds for stretch in made if stretch.is_run]
    assert runs == [stage.run_s] * stage.times + [stage.last_s] * bool(stage.last_s)
    assert minutes(made, is_run=True) + minutes(made, is_run=False) == SESSION_MIN


@pytest.mark.parametrize("stage", LADDER[1:], ids=lambda stage: str(stage.number))
def test_a_session_begins_and_ends_with_walking(stage):
    """At least five minutes before the first run, and after the last."""
    made = intervals(stage.run_min, stage.walk_min, stage.number)
    last_run = max(n for n, stretch in enumerate(made) if stretch.is_run)
    assert not made[0].is_run
    assert made[0].seconds >= 300
    assert sum(stretch.seconds for stretch in made[last_run + 1 :]) >= 300


@given(st.sampled_from(LADDER), st.floats(0.05, 1.0))
def test_a_session_that_was_cut_is_never_longer_than_it(stage, share):
    """Neither its running, nor its walking, nor any single run; it loses seconds at most."""
    run_min, walk_min = share * stage.run_min, share * stage.walk_min
    made = intervals(run_min, walk_min, stage.number)
    ran, walked = minutes(made, is_run=True), minutes(made, is_run=False)
    assert run_min - 0.25 <= ran <= run_min + 1e-6
    assert walk_min - 0.25 <= walked <= walk_min + 1e-6
    assert max((stretch.seconds for stretch in made if stretch.is_run), default=0) <= max(stage.run_s, 1)


def test_own_running_is_one_run():
    """Without a stage there is nothing to take turns."""
    assert intervals(42.0, 0.0, None) == (Interval(is_run=True, seconds=2520),)
