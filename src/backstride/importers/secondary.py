"""Numbers that a session can do without: one that cannot be right is left out and told, and the session stays."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from backstride.core.run import MAX_ELAPSED_S, MAX_KM
from backstride.importers.cell_values import rough

SECONDARY: Final = {
    "elapsed_s": ("elapsed time", 0.0, MAX_ELAPSED_S),
    "distance_m": ("distance", 0.0, MAX_KM * 1000),
    "rpe": ("perceived exertion", 0.0, 10.0),
    "feel_0_10": ("feel", 0.0, 10.0),
    "heart_rate": ("heart rate", 20.0, 260.0),
}
"""What each is called, and between which bounds it lies."""


def impossible(numbers: Mapping[str, float | None]) -> list[str]:
    """The names of those that cannot be right; nan is a cell of words, and 0 often stands for none."""
    return [
        name
        for name, (_, least, most) in SECONDARY.items()
        if (value := numbers.get(name)) and not least <= value <= most
    ]


def left_out_note(left_out: Counter[str], *, name: str) -> Iterable[str]:
    """What was left out, and how often."""
    if left_out:
        counts = ", ".join(f"{what} ({count})" for what, count in left_out.items())
        yield f"{name}: numbers that cannot be right were left out, and their sessions kept: {counts}."


def goes_beyond_ten(cells: Iterable[str]) -> bool:
    """Whether ratings are on another scale than 0 to 10: two or more lie above 10, and one in ten of all.

    A single one is a slip; several say that the others mean something else as well.
    """
    told = [
        value for cell in cells if (value := rough(cell, what="rating")) is not None and not math.isnan(value)
    ]
    beyond = sum(value > 10.0 for value in told)
    return beyond >= 2 and 10 * beyond >= len(told)
