"""One person of a cohort as they are submitted: an id, and what reads their records."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from backstride.importers.base import ImportResult

MAX_LETTERS = 200


@dataclass(frozen=True, slots=True)
class Participant:
    """One person's diary before it is read.

    Attributes:
        id: as the study calls the person.
        read: reads their records; raises BadInput where they cannot be used.
        zone: of times that state none, and of days without a check-in.
        traits: what is known of the person beside the diary, by name.
    """

    id: str
    read: Callable[[], ImportResult]
    zone: ZoneInfo
    traits: Mapping[str, str] = field(default_factory=dict)
