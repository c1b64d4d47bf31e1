"""What kind of session a track is: by the file's own word, by its name, or by its speed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from backstride.core.best_of_each import SLOWEST_RUN_M_S, fastest_run_m_s
from backstride.core.run import Activity, Run
from backstride.importers.sport_words import Kind, activity_in_name, kind_called, says_nothing
from backstride.importers.tracks.order_statistics import differences, quantile, windows
from backstride.importers.tracks.stationary import MAX_DURATION_S
from backstride.importers.tracks.track import Floats
from backstride.importers.walking import WALKS_BELOW_M_S

_STRAVA: Final = {"9": Activity.RUN, "4": Activity.WALK, "10": Activity.WALK}
"""Numbers that Strava writes as the type of a GPX track; all others are no sports on foot."""
_WALK_UP_TO_M_S: Final = 2.6
_CELL_S: Final = 10.0
_LONG_S, _SLOWEST_M_S = 4 * 3600.0, 0.7
SUSTAINED_M_S: Final = 7.0
"""Nobody runs a whole minute faster: the world record over 1500 m is at 7.3 m/s."""
OFTEN_M_S: Final = 6.5
"""Nobody spends a twentieth of a session above this."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a session was.

    Attributes:
        mean_m_s: in motion; None where no distance is known.
        moving_s: seconds in motion.
        often_m_s: exceeded in a twentieth of the time; None where nobody can tell.
        minute_m_s: held throughout the fastest minute.
    """

    mean_m_s: float | None
    moving_s: float | None = None
    often_m_s: float | None = None
    minute_m_s: float | None = None

    @property
    def is_beyond_a_runner(self) -> bool:
        """Whether nobody runs so."""
        mean, moving = self.mean_m_s or 0.0, self.moving_s or 0.0
        return (
            mean > fastest_run_m_s(moving)
            or (self.often_m_s or 0.0) > OFTEN_M_S
            or (self.minute_m_s or 0.0) > SUSTAINED_M_S
        )


def pace_of(times: Floats, metres: Floats, *, mean_m_s: float | None, moving_s: float | None) -> Pace:
    """Return how fast a session was, by the way that lay behind at each time.

    Args:
        times: seconds, ascending, shape (points,).
        metres: since the beginning, never falling, shape (points,).
        mean_m_s: in motion.
        moving_s: seconds in motion.
    """
    if len(times) < 2 or not 60.0 <= times[-1] - times[0] <= MAX_DURATION_S:
        return Pace(mean_m_s, moving_s)
    grid = np.arange(times[0], times[-1], _CELL_S)
    speeds = differences(np.interp(grid, times, metres)) / _CELL_S
    moved = speeds[speeds > 0]
    if not len(moved):
        return Pace(mean_m_s, moving_s)
    cells = int(60 / _CELL_S)
    minutes = windows(speeds, cells).min(axis=1) if len(speeds) >= cells else np.zeros(1)
    return Pace(
        mean_m_s,
        moving_s,
        often_m_s=quantile(moved, 0.95),
        minute_m_s=max(float(minutes.max()), 0.0),
    )


def kind_of(word: str, *, names: Iterable[str], pace: Pace) -> Kind:
    """Determine the activity of a session.

    Args:
        word: what the file calls it ("running", "9"); empty where it says nothing.
        names: the session's own titles, the surer first.
        pace: how fast it was; a name that contradicts it is not believed.
    """
    if not says_nothing(word):
        number = word.strip()
        return Kind(_STRAVA.get(number, Activity.OTHER)) if number.isdigit() else kind_called(word)
    for name in names:
        named = activity_in_name(name)
        if named is not None and _fits(named, pace):
            return Kind(named, "name")
    return Kind(_by_speed(pace), "speed")


def _by_speed(pace: Pace) -> Activity:
    if pace.mean_m_s is None or pace.is_beyond_a_runner:
        return Activity.OTHER
    return Activity.WALK if pace.mean_m_s < WALKS_BELOW_M_S else Activity.RUN


def _fits(activity: Activity, pace: Pace) -> bool:
    speed = pace.mean_m_s
    if speed is None or activity is Activity.OTHER:
        return True
    if activity is Activity.WALK:
        return speed <= _WALK_UP_TO_M_S
    return speed >= SLOWEST_RUN_M_S and not pace.is_beyond_a_runner


def kind_note(run: Run) -> Iterable[str]:
    """Return how the kind of a session was guessed, in a sentence."""
    if run.kind_source not in ("name", "speed"):
        return
    named = {
        Activity.RUN: "a run",
        Activity.TREADMILL: "a treadmill run",
        Activity.WALK: "a walk",
        Activity.OTHER: "neither run nor walk",
    }
    by = "by its name" if run.kind_source == "name" else "by its speed"
    yield (
        f"{run.source}: it does not say what was done; {by} it was taken for "
        f"{named[run.activity]}. If that is wrong, type it into a table of runs."
    )


def slow_note(run: Run) -> Iterable[str]:
    """Describe a run so slow that an unrecorded stop may be in it."""
    if not run.is_running or (run.moving_s or 0.0) < _LONG_S or run.distance_m is None or run.minutes is None:
        return
    if run.distance_m / (60.0 * run.minutes) < _SLOWEST_M_S:
        yield (
            f"{run.source}: it lasts {run.minutes:.0f} minutes for {run.distance_m / 1000:.1f} km. "
            "Was it stopped in time? If not, correct its minutes."
        )
