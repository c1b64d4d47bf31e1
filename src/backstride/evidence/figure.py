"""A published number as a typed row: what was measured, how much, in whom, in how many, and what of it was read."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from backstride.core.source import Reading, Source
from backstride.errors import BadValue


class Spread(StrEnum):
    """What the two numbers behind a value are."""

    INTERVAL = "95 % interval"
    RANGE = "least and most of single studies"
    DEVIATION = "standard deviation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """In whom a number was found.

    Attributes:
        population: who they were, in words.
        people: how many; None where the number was not read.
        studies: how many studies or trials carry the line; None for a single study, or where it was not read.
        review: how many the whole review has, of which a part carries the line.
        note: what weakens it, in words.
    """

    population: str
    people: int | None = None
    studies: int | None = None
    review: int | None = None
    note: str = ""

    @property
    def is_counted(self) -> bool:
        """Whether it is known how many people, studies or trials stand behind it."""
        return any(count is not None for count in (self.people, self.studies, self.review))


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number, with as many digits as were published.

    Attributes:
        quantity: what was measured, in words, with its scale.
        value: the number.
        least, most: of its spread; a standard deviation stands in `least` alone.
        spread: what they are.
        unit: written behind the number, where it has one.
        is_shown: whether the table shows it; one that a sentence tells in full words already is kept for the proof.
        reading: what was read of this very number, where that is not so of the whole source.
    """

    quantity: str
    value: Decimal
    least: Decimal | None = None
    most: Decimal | None = None
    spread: Spread = Spread.INTERVAL
    unit: str = ""
    is_shown: bool = True
    reading: Reading | None = None

    def __post_init__(self) -> None:
        """Refuse a value outside of its own interval, which would be a slip of the pen."""
        if self.most is not None and not (self.least or self.value) <= self.value <= self.most:
            raise BadValue(
                f"{self.quantity}: {self.value} lies outside of {self.least} to {self.most}.",
                advice="Compare the three numbers with the paper.",
            )

    def read(self, source: Source) -> Reading:
        """Return what was read of it, in a source."""
        return self.reading or source.reading

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """Every number of it."""
        return tuple(n for n in (self.value, self.least, self.most) if n is not None)


def figure(
    quantity: str,
    value: str,
    least: str | None = None,
    most: str | None = None,
    *,
    spread: Spread = Spread.INTERVAL,
    unit: str = "",
    reading: Reading | None = None,
) -> Figure:
    """Create a figure from numbers as they are printed, so that "-0.80" keeps its zero."""
    return Figure(
        quantity=quantity,
        value=Decimal(value),
        least=None if least is None else Decimal(least),
        most=None if most is None else Decimal(most),
        spread=spread,
        unit=unit,
        reading=reading,
    )


def said(quantity: str, value: str, *, reading: Reading | None = None) -> Figure:
    """Create a figure that stands in the sentence itself, and is not shown a second time."""
    return Figure(quantity=quantity, value=Decimal(value), is_shown=False, reading=reading)
