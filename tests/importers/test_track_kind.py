"""A kind that nobody states is guessed from how fast the session was."""

import tracemalloc

import numpy as np
import pytest

from backstride.core.run import Activity
from backstride.importers.sport_words import Kind
from backstride.importers.tracks.track_kind import Pace, kind_of, pace_of


def paced(*stretches: tuple[float, float]) -> Pace:
    """One stretch after the other, each so many minutes at so many metres a second."""
    speeds = np.concatenate([np.full(round(minutes * 60), speed) for minutes, speed in stretches])
    metres = np.cumsum(speeds)
    return pace_of(
        np.arange(len(speeds), dtype=float), metres, mean_m_s=metres[-1] / len(speeds), moving_s=len(speeds)
    )


@pytest.mark.parametrize(
    ("stretches", "activity"),
    [
        ([(40, 2.8)], Activity.RUN),
        ([(20, 3.0), (0.5, 8.0), (20, 3.0)], Activity.RUN),  # a sprint
        ([(30, 1.2)], Activity.WALK),
        ([(20, 3.5), (5, 8.5), (20, 3.5)], Activity.OTHER),  # downhill on a bicycle
        (
            [(10, 3.0), (0.7, 6.8), (10, 3.0), (0.7, 6.8)] * 2,
            Activity.OTHER,
        ),  # often faster than anybody runs
        ([(90, 5.1)], Activity.OTHER),  # held by no good club runner so long
        ([(15, 5.1)], Activity.RUN),
    ],
)
def test_speed_that_is_held_tells_a_run_from_a_ride(stretches, activity):
    """The mean alone does not."""
    assert kind_of("", names=(), pace=paced(*stretches)) == Kind(activity, "speed")


def test_a_word_that_nobody_knows_is_no_run_at_any_speed():
    """The file said what it was; only nobody here knows the word."""
    assert kind_of("quidditch", names=("Morning Run",), pace=paced((30, 3.0))) == Kind(
        Activity.OTHER, "unknown", "quidditch"
    )


@pytest.mark.parametrize(
    ("speed", "kind"), [(2.5, Kind(Activity.RUN, "name")), (1.0, Kind(Activity.WALK, "speed"))]
)
def test_a_name_counts_where_the_speed_agrees(speed, kind):
    """Nobody runs at a stroll."""
    assert kind_of("", names=("Morning Run",), pace=paced((30, speed))) == kind


def test_one_point_with_a_wrong_year_takes_no_memory():
    """A hundred years between two points hold no minute of running, and no grid of seconds is laid over them."""
    times = np.array([0.0, 1.0, 2.0, 3.2e9])
    tracemalloc.start()
    told = pace_of(times, np.array([0.0, 3.0, 6.0, 9.0]), mean_m_s=3.0, moving_s=3.0)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (told.mean_m_s, told.minute_m_s, most < 1e6) == (3.0, None, True)
