"""A clearance cannot promise more than its answers allow."""

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backstride.core.clearance import MAX_FREEDOM, Clearance, Freedom, Level, strictest
from backstride.errors import BadValue

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine, too
EVERY_CLEARANCE = [
    Clearance(level=level, freedom=freedom, because=("x",) if level else ())
    for level, freedom in product(Level, Freedom)
    if freedom <= MAX_FREEDOM[level]
]


@pytest.mark.parametrize(("level", "freedom"), list(product(Level, Freedom)))
def test_freedom_is_bounded_by_the_level(level, freedom):
    """Nothing can be made that offers more than its level allows."""
    if freedom > MAX_FREEDOM[level]:
        with pytest.raises(BadValue, match="cannot leave"):
            Clearance(level=level, freedom=freedom, because=("x",))
    else:
        assert Clearance(level=level, freedom=freedom, because=("x",)).freedom is freedom


def test_an_open_question_never_leaves_running_open():
    """Not answered is not fine."""
    with pytest.raises(BadValue):
        Clearance(level=Level.NOTHING_HELD, freedom=Freedom.RUN, left_open=("x",))


def test_a_level_has_its_reason():
    """An alarm without a yes cannot be made, nor an agreement about what nobody said."""
    with pytest.raises(BadValue):
        Clearance(level=Level.EMERGENCY, freedom=Freedom.PAUSED)
    with pytest.raises(BadValue):
        Clearance(level=Level.NOTHING_HELD, freedom=Freedom.RUN, agreed=("x",))


@unhurried
@given(st.lists(st.sampled_from(EVERY_CLEARANCE), min_size=1))
def test_the_strictest_counts(several):
    """Together they give no more than any one of them, in any order."""
    both = strictest(several)
    assert both == strictest(reversed(several))
    assert all(both.freedom <= one.freedom and both.level >= one.level for one in several)


def test_nothing_asked_is_no_clearance():
    """Without any answers there is nothing to weigh."""
    with pytest.raises(BadValue, match="Nothing was asked"):
        strictest([])
