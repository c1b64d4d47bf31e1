"""Rating scales: a rating is an interval on the 0-10 scale, not a point."""

import math
import re
from dataclasses import dataclass

from backstride.errors import BadValue


@dataclass(frozen=True, slots=True)
class Scale:
    """A rating scale with equal steps between its ends.

    Attributes:
        lowest: the end that stands for "none".
        highest: the end that stands for "as much as can be".
        step: distance between two neighbouring answers.
    """

    lowest: float = 0.0
    highest: float = 10.0
    step: float = 1.0

    def __post_init__(self) -> None:
        """Refuse a scale without room for two answers."""
        numbers = (self.lowest, self.highest, self.step)
        if not all(map(math.isfinite, numbers)) or self.step <= 0 or self.highest - self.lowest < self.step:
            raise BadValue(f"{numbers} is no rating scale.", advice="Give two ends and a step, as in 0-10.")

    @property
    def text(self) -> str:
        """The scale in words, as tables hold it: '0 to 10', or '0 to 10 by 0.5'."""
        lowest, highest, step = (_number(n) for n in (self.lowest, self.highest, self.step))
        return f"{lowest} to {highest}" + ("" if self.step == 1.0 else f" by {step}")

    def to_0_10(self, value: float) -> float:
        """Rescale `value` linearly to the 0-10 scale."""
        return 10.0 * (value - self.lowest) / (self.highest - self.lowest)

    def interval(self, value: float) -> tuple[float, float]:
        """Lower and upper bound on the 0-10 scale of all feelings that are rated `value`.

        The two ends are open: whoever says 10 may feel more than 10.

        Returns:
            The lower and the upper bound, on the 0-10 scale.
        """
        half = 5.0 * self.step / (self.highest - self.lowest)
        middle = self.to_0_10(value)
        lower = -math.inf if value <= self.lowest else middle - half
        upper = math.inf if value >= self.highest else middle + half
        return lower, upper


ZERO_TO_TEN = Scale()
_SCALE_TEXT = re.compile(r"(-?[\d.e+-]+?)(?:\s+to\s+|\s*[-\u2013]\s*)(-?[\d.e+-]+?)(?:\s+by\s+([\d.e+-]+))?")


def scale_from_text(text: str) -> Scale:
    """Parse a rating scale from text: '0 to 10', '0-10', '1 to 5', '0 to 10 by 0.5'.

    Raises:
        BadValue: the text names no scale.
    """
    found = _SCALE_TEXT.fullmatch(text.strip().lower())
    try:
        numbers = [float(number) for number in found.groups() if number] if found else []
    except ValueError:
        numbers = []
    if len(numbers) < 2:
        raise BadValue(f"'{text}' is no rating scale.", advice="Write its two ends, as in '0 to 10'.")
    return Scale(*numbers)


@dataclass(frozen=True, slots=True)
class PainRating:
    """Pain now, as the person said it, on the scale on which it was asked (0-10 unless told)."""

    value: float
    scale: Scale = ZERO_TO_TEN

    def __post_init__(self) -> None:
        """Refuse a value outside the scale."""
        if not self.scale.lowest <= self.value <= self.scale.highest:
            raise BadValue(
                f"A rating of {self.value:g} is not on the scale "
                f"{self.scale.lowest:g} to {self.scale.highest:g}.",
                advice="Correct the rating, or state the scale on which it was asked.",
            )

    @property
    def pain_0_10(self) -> float:
        """The rating's place on the 0-10 scale."""
        return self.scale.to_0_10(self.value)

    @property
    def interval_0_10(self) -> tuple[float, float]:
        """The feelings this rating stands for: lower and upper bound on the 0-10 scale."""
        return self.scale.interval(self.value)


def _number(value: float) -> str:
    return repr(float(value)).removesuffix(".0")
