"""What is said of a rule of the programme."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class About:
    """What a rule does, why, and where it comes from."""

    does: str
    why: str
    source: str

    def __post_init__(self) -> None:
        """Speak of no number where the rule has none."""
        if self.source == OURS and not any(one in "{0123456789" for one in self.does + self.why):
            object.__setattr__(self, "source", OURS_WITHOUT_A_NUMBER)


OURS = "our own choice; no trial gives the number"
OURS_WITHOUT_A_NUMBER = "our own choice"
THOMEE = (
    "the idea is that of Thomee 1997 and Silbernagel 2007, for knees and tendons; they rate pain in and after a "
    "session. It was not tested in backs. Neither paper was read for this, and the numbers are ours"
)
