"""Numbers that a session can do without: one that cannot be right is left out and told, and the session stays."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from backstride.core.run import MAX_ELAPSED_S, MAX_KM
from backstride.errors import BadValue
from backstride.importers.cell_values import rough

_FALSE_START_S, _FALSE_START_M = 6.0, 50.0
SECONDARY: Final = {
    "elapsed_s": ("elapsed time", 0.0, MAX_ELAPSED_S),
    "distance_m": ("distance", 0.0, MAX_KM * 1000),
    "rpe": ("perceived exertion", 0.0, 10.0),
    "feel_0_10": ("feel", 0.0, 10.0),
    "heart_rate": ("heart rate", 20.0, 260.0),
}
"""What each is called, and between which bounds it lies."""
_MIN_RATINGS: Final = 4


def impossible(numbers: Mapping[str, float | None]) -> list[str]:
    """Return the names of implausible secondary numbers; nan is a cell of words, and 0 often stands for none."""
    return [
        name
        for name, (_, least, most) in SECONDARY.items()
        if (value := numbers.get(name)) and not least <= value <= most
    ]


def left_out_note(left_out: Counter[str], *, name: str) -> Iterable[str]:
    """Describe which secondary numbers were left out, and how often."""
    if left_out:
        counts = ", ".join(f"{what} ({count})" for what, count in left_out.items())
        yield (
            f"{name}: numbers that cannot be right were left out, and their sessions kept: {counts}. "
            "Correct them and import the file again."
        )


def refuse_false_start(moving_s: float, distance_m: float | None) -> None:
    """Refuse a recording that was started and stopped at once, and holds no session.

    Raises:
        BadValue: it lasts a few seconds, and hardly any way.
    """
    if moving_s < _FALSE_START_S and (distance_m or 0.0) < _FALSE_START_M:
        raise BadValue(
            f"It lasts {moving_s:.0f} seconds: the watch was started and stopped again.",
            advice="If there was a run that day, type it into a table of runs.",
        )


def goes_beyond_ten(cells: Iterable[str]) -> bool:
    """Whether ratings are on another scale than 0 to 10: two or more lie above 10, and one in ten of all.

    A single one is a slip; several say that the others mean something else as well.
    """
    said = ratings_in(cells)
    beyond = sum(value > 10.0 for value in said)
    return beyond >= 2 and 10 * beyond >= len(said)


def is_beyond_ten(cell: str) -> bool:
    """Whether a rating lies above 10."""
    return any(value > 10.0 for value in ratings_in([cell]))


def goes_by_fives(cells: Iterable[str]) -> bool:
    """Whether all ratings are multiples of five, and one lies beyond 10, as on a scale from 0 to 100."""
    said = ratings_in(cells)
    return len(said) >= _MIN_RATINGS and max(said) > 10.0 and all(value % 5 == 0 for value in said)


def are_shares(cells: Iterable[str]) -> bool:
    """Whether ratings lie between 0 and 1 and are finer than halves, as 30 % is written by a spreadsheet."""
    said = ratings_in(cells)
    return len(said) >= _MIN_RATINGS and max(said) <= 1.0 and any(value % 0.5 for value in said)


def ratings_in(cells: Iterable[str]) -> list[float]:
    """Return the numbers in the cells; what is none is passed over."""
    found = (rough(cell, what="rating") for cell in cells)
    return [value for value in found if value is not None and not math.isnan(value)]
