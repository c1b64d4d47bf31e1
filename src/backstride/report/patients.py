"""A reader's list as values: one line for each person who lets them read, before it is put into words.

Whatever the diary does not hold is None here, and what is not in the scope of the consent was never worked out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum, IntEnum

from backstride.diary.consents import Scope
from backstride.diary.periods import Period

RISE_FROM = 2.0
"""Points by which the mean of two weeks lies above that of the two before: about the smallest change on 0-10 that
people with back pain call one (Ostelo 2008, doi 10.1097/BRS.0b013e31815e3a10)."""
SILENT_DAYS = 14


class LookFirst(IntEnum):
    """Why a reader looks at somebody first; the lower, the sooner."""

    HELP_AT_ONCE = 0
    SEE_A_CLINICIAN = 1
    LEG_NEW = 2
    PAIN_NOW = 3
    PAIN_UP = 4
    LEG = 5
    TALK_FIRST = 6
    SILENT = 7
    UNREADABLE = 8


class PlanStands(Enum):
    """Where the run-walk plan stands, by the person's own words and, where they are shown, the safety answers."""

    NOT_STARTED = "not started"
    GOES_ON = "goes on"
    PAUSED = "paused"
    ILL = "ill"
    AWAY = "away"
    STOPPED = "stopped by the safety answers"
    WALKS = "walks only by the safety answers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Latest:
    """What the last weeks of one diary show.

    Attributes:
        last_check_in: the day of the last one; None where there is none.
        latest, before: the last 14 days up to today, and the 14 before them.
        latest_days: how many of the last 14 days the diary has: it knows nothing of those before it began.
        leg_days: days of the last 14 with a sign in a leg.
        last_leg: the last of them.
        plan: where the plan stands.
        plan_since: when it was begun; None where it was not.
        look_first: why a reader looks first, the most pressing one first.
    """

    last_check_in: date | None
    latest: Period
    before: Period
    latest_days: int
    leg_days: int
    last_leg: date | None
    plan: PlanStands
    plan_since: date | None
    look_first: tuple[LookFirst, ...]

    @property
    def change(self) -> float | None:
        """The mean pain of the last two weeks less that of the two before; None where one is not known."""
        latest, before = self.latest.mean_pain, self.before.mean_pain
        return None if latest is None or before is None else latest - before


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientLine:
    """One person of a reader's list.

    Attributes:
        consent_id: by which their report is opened.
        name: how they want to be shown.
        account: with which they sign in here; anybody may choose to be shown as somebody else.
        scope: what the reader sees beside the figures.
        ends_on: the day on which the consent ends.
        latest: what the diary shows; None where it could not be read.
    """

    consent_id: int
    name: str
    account: str
    scope: Scope
    ends_on: date
    latest: Latest | None

    @property
    def look_first(self) -> tuple[LookFirst, ...]:
        """Why a reader looks first; empty where nothing asks for it."""
        return (LookFirst.UNREADABLE,) if self.latest is None else self.latest.look_first


def in_order(lines: Iterable[PatientLine]) -> tuple[PatientLine, ...]:
    """Sort: those that need a look first by the most pressing reason, then by how many; then the others by name."""
    return tuple(
        sorted(
            lines,
            key=lambda line: (
                min(line.look_first, default=len(LookFirst)),
                -len(line.look_first),
                line.name.casefold(),
                line.consent_id,
            ),
        )
    )
