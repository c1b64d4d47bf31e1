"""Clearance: what a person's answers to the safety questions leave open to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from backstride.errors import BadValue


class Reply(StrEnum):
    """An answer to one safety question; one that was not given is never taken for a no."""

    YES = "yes"
    NO = "no"
    NOT_ANSWERED = "not answered"


class Level(IntEnum):
    """What a yes asks for; the higher, the sooner."""

    NOTHING_HELD = 0
    WITH_CARE = 1
    PROVIDER_FIRST = 2
    SEE_A_CLINICIAN = 3
    EMERGENCY = 4


class Freedom(IntEnum):
    """What the programme offers meanwhile; the higher, the more. The diary goes on at each of them."""

    PAUSED = 0
    WALK = 1
    RUN_WITH_CARE = 2
    RUN = 3


MAX_FREEDOM = {
    Level.NOTHING_HELD: Freedom.RUN,
    Level.WITH_CARE: Freedom.RUN_WITH_CARE,
    Level.PROVIDER_FIRST: Freedom.WALK,
    Level.SEE_A_CLINICIAN: Freedom.WALK,
    Level.EMERGENCY: Freedom.PAUSED,
}
"""The most that the programme may offer at each level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """What the answers come to.

    Attributes:
        level: what the yes answers ask for; a question left open raises no alarm.
        freedom: what the programme may offer; a question left open holds back as much as a yes.
        because: keys of the questions that were answered with yes.
        left_open: keys of the questions that were not answered.
        agreed: keys of those in `because` about which a provider has agreed that the person runs.
        run_out: keys of those in `because` about which a provider had agreed, too long ago to count.
        agreed_before: of those in `because` those about which a provider agreed before the last yes, with that day.
        ends_on: of those in `agreed` those whose agreement soon runs out, each with its last day.
        said_on: of those in `because` the day of the last yes, where it is known.
        once_said: what a follow-up question speaks of: its key, the key of a question whose yes was taken back, and
            the day of that yes.
    """

    level: Level
    freedom: Freedom
    because: tuple[str, ...] = ()
    left_open: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()
    run_out: tuple[str, ...] = ()
    agreed_before: tuple[tuple[str, date], ...] = ()
    ends_on: tuple[tuple[str, date], ...] = ()
    said_on: tuple[tuple[str, date], ...] = ()
    once_said: tuple[tuple[str, str, date], ...] = ()

    def __post_init__(self) -> None:
        """Refuse a clearance that gives more than its level, or its open questions, allow."""
        too_free = self.freedom > MAX_FREEDOM[self.level]
        unheard = bool(self.left_open) and self.freedom is Freedom.RUN
        groundless = self.level > Level.NOTHING_HELD and not self.because
        unsaid = not {*self.agreed, *self.run_out} <= set(self.because)
        if too_free or unheard or groundless or unsaid:
            raise BadValue(
                f"A clearance of level {self.level.name} cannot leave {self.freedom.name} open.",
                advice="Work it out from the answers, with backstride.screening.rules.clearance.",
            )

    @property
    def is_complete(self) -> bool:
        """Whether every question was answered."""
        return not self.left_open

    @property
    def pauses_the_programme(self) -> bool:
        """Whether no session is offered until the answers change."""
        return self.freedom is Freedom.PAUSED


def strictest(clearances: Iterable[Clearance]) -> Clearance:
    """Join all of them: the highest level, the least freedom, every reason.

    Raises:
        BadValue: there are none.
    """
    all_of_them = tuple(clearances)
    if not all_of_them:
        raise BadValue("Nothing was asked.", advice="Answer the safety questions first.")
    return Clearance(
        level=max(c.level for c in all_of_them),
        freedom=min(c.freedom for c in all_of_them),
        because=_once(key for c in all_of_them for key in c.because),
        left_open=_once(key for c in all_of_them for key in c.left_open),
        agreed=_once(key for c in all_of_them for key in c.agreed),
        run_out=_once(key for c in all_of_them for key in c.run_out),
        agreed_before=tuple(dict.fromkeys(one for c in all_of_them for one in c.agreed_before)),
        ends_on=tuple(dict.fromkeys(one for c in all_of_them for one in c.ends_on)),
        said_on=tuple(dict.fromkeys(one for c in all_of_them for one in c.said_on)),
        once_said=tuple(dict.fromkeys(one for c in all_of_them for one in c.once_said)),
    )


def _once(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))
