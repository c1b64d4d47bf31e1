"""Runs whose length is a mistake."""

from datetime import UTC, datetime, timedelta

import pytest

from backstride.core.doubtful_lengths import with_doubtful_lengths
from backstride.core.run import Activity, Run

FIRST = datetime(2026, 3, 2, 18, tzinfo=UTC)


def runs_of(minutes, *, last=Activity.RUN, km=None):
    """Runs on days in a row; the last may have a distance."""
    each = [Run(start=FIRST + timedelta(days=n), moving_s=60.0 * m) for n, m in enumerate(minutes)]
    end = Run(
        start=each[-1].start,
        moving_s=each[-1].moving_s,
        activity=last,
        distance_m=km and 1000.0 * km,
    )
    return (*each[:-1], end)


@pytest.mark.parametrize(
    ("minutes", "km", "is_known"),
    [
        ((30, 25, 35, 30, 28, 300), None, False),  # a zero too many, or a watch that was left on
        ((30, 25, 35, 30, 28, 300), 6.0, False),
        ((30, 25, 35, 30, 28, 280), 42.2, True),  # a marathon
        ((30, 25, 35, 30, 28, 145), None, True),
        ((60, 65, 70, 60, 55, 200), None, True),  # three times the usual
        ((30, 300, 30), None, True),  # too few to tell what is usual
        ((20, 25, 20, 30, 28, 200), 0.0, False),
    ],
)
def test_a_length_far_beyond_the_usual_needs_a_distance_that_bears_it_out(minutes, km, is_known):
    """Its minutes count as unknown, never as none, and the run stays a run."""
    last = with_doubtful_lengths(runs_of(minutes, km=km))[-1]
    assert (last.moving_s is not None, last.is_running) == (is_known, True)


def test_a_long_walk_is_no_mistake():
    """Only lengths of running weigh in the answer."""
    runs = runs_of((30, 25, 35, 30, 28, 300), last=Activity.WALK)
    assert with_doubtful_lengths(runs) == runs
