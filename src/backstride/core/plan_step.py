"""A step of the plan: a session that was offered, or what the person said about going on."""

import math
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from backstride.errors import BadValue

MAX_MINUTES = 600.0
TALK_DAYS = 90
"""So long a talk with a provider counts; our own choice."""


class Step(StrEnum):
    """What happened to the plan on a day."""

    START = "start"
    START_OWN = "start own running"
    SESSION = "session"
    PAUSE = "pause"
    ILL = "ill"
    HOLIDAY = "holiday"
    SAFETY_PAUSE = "safety pause"
    WALK_ONLY = "walk only"
    RESUME = "resume"
    TALKED = "talked"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """One step of the plan, for good on record.

    Attributes:
        day: the local day for which it holds.
        step: what it is.
        stage: of a session, its stage on the ladder; None on one's own running.
        run_min, walk_min: of a session, its minutes of running and of walking.
        source: where it came from.
    """

    day: date
    step: Step
    stage: int | None = None
    run_min: float = 0.0
    walk_min: float = 0.0
    source: str = ""

    def __post_init__(self) -> None:
        """Refuse minutes that no session has, and sessions without any."""
        minutes = self.run_min + self.walk_min
        possible = math.isfinite(minutes) and min(self.run_min, self.walk_min) >= 0
        if not possible or minutes > MAX_MINUTES or (self.step is Step.SESSION) != (minutes > 0):
            raise BadValue(
                f"A plan for {self.day} of {minutes:g} minutes is not possible.",
                advice="A session has between 0 and 600 minutes; other steps have none.",
            )

    @property
    def local_day(self) -> date:
        """The day of which it speaks."""
        return self.day
