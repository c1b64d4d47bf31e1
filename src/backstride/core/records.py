"""Records: what one import brings, and which days it vouches for."""

from dataclasses import dataclass
from datetime import date

from backstride.core.check_in import CheckIn
from backstride.core.measurement import Measurement
from backstride.core.run import Run
from backstride.errors import BadValue


@dataclass(frozen=True, slots=True, order=True)
class CoveredSpan:
    """Days, first to last, for which a source knows every run: a day without one was a rest day."""

    first_day: date
    last_day: date
    source: str = ""

    def __post_init__(self) -> None:
        """Refuse a span that ends before it begins."""
        if self.last_day < self.first_day:
            raise BadValue(
                f"The span {self.first_day} to {self.last_day} ends before it begins.",
                advice="Swap the two days.",
            )

    def __contains__(self, day: date) -> bool:
        """Whether the span vouches for `day`."""
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True)
class Records:
    """Everything known of one person in some stretch of time."""

    check_ins: tuple[CheckIn, ...] = ()
    runs: tuple[Run, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    covered: tuple[CoveredSpan, ...] = ()

    def __add__(self, other: "Records") -> "Records":
        """Both together, in the order given; nothing is merged."""
        return Records(
            self.check_ins + other.check_ins,
            self.runs + other.runs,
            self.measurements + other.measurements,
            self.covered + other.covered,
        )

    @property
    def count(self) -> int:
        """How many check-ins, runs and measurements there are."""
        return len(self.check_ins) + len(self.runs) + len(self.measurements)
