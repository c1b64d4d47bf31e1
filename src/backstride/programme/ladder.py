"""The run-walk ladder, as data. It is ours: no trial's own table."""

from dataclasses import dataclass

WALK_M_A_MIN = 5500.0 / 60.0
RUN_M_A_MIN = 8000.0 / 60.0
SESSION_MIN = 30.0


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: `times` x (run `run_s` seconds, walk `walk_s` seconds), walking before and after, 30 min in all.

    A stage may end with one run more, of `last_s` seconds: so the longest run grows by half at most from stage to
    stage, once it is over half a minute, while the running in all never falls.
    """

    number: int
    run_s: int
    walk_s: int
    times: int
    last_s: int = 0

    @property
    def run_min(self) -> float:
        """Minutes of running."""
        return (self.run_s * self.times + self.last_s) / 60.0

    @property
    def walk_min(self) -> float:
        """Minutes of walking."""
        return SESSION_MIN - self.run_min


_STEPS = (
    *((0, 0, 0), (15, 105, 10), (30, 90, 10), (45, 75, 10), (60, 60, 10), (75, 45, 10), (90, 30, 10)),
    *((120, 30, 7, 60), (180, 60, 5), (240, 60, 4), (360, 40, 3), (540, 60, 2)),
    *((720, 30, 1, 420), (900, 30, 1, 240), (1200, 0, 1)),
)
LADDER: tuple[Stage, ...] = tuple(Stage(n, *step) for n, step in enumerate(_STEPS))


def metres(run_min: float, walk_min: float) -> float:
    """About how far a session goes, at 8 km/h running and 5.5 km/h walking."""
    return run_min * RUN_M_A_MIN + walk_min * WALK_M_A_MIN
