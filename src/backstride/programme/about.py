"""What is said of a rule of the programme."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class About:
    """What a rule does, why, and where it comes from."""

    does: str
    why: str
    source: str


OURS = "our own choice; no trial gives the number"
THOMEE = (
    "the idea is that of Thomee 1997 and Silbernagel 2007, for knees and tendons; they rate pain in and after a "
    "session. It was not tested in backs. Neither paper was read for this, and the numbers are ours"
)
