"""The quantile dotplot of a Delta: 20 dots, each one an answer that fits the records."""

from collections import Counter
from math import ceil, floor

from backstride.answer.effect import Effect
from backstride.report.amounts import number, signed
from backstride.report.change_axis import horizontal_axis
from backstride.report.drawing import (
    NARROW,
    Axis,
    Picture,
    Place,
    bar,
    dot,
    line,
    symmetric_end,
    words,
)
from backstride.report.language import _
from backstride.report.markup import Markup

MARGIN = 14.0
TALLEST_STACK = 130.0
MIN_PLOT = 76.0
LABEL_ROOM = 22.0
TRUTH_ROOM = 26.0
AXIS_ROOM = 50.0
MAX_DOT = 24.0
MIN_DOT = 6.0
ROUNDING = 1e-9


def dotplot(
    effect: Effect, *, worthwhile: float, width: float = NARROW, name: str, truth: float | None = None
) -> Picture:
    """Dots on "less pain, 0, more pain", changes of `worthwhile` or more shaded, the truth marked if known.

    The middle 16 dots are full, the outer four outlined. Bins begin at zero and at the
    worthwhile change, so no dot crosses either line and the dots on each side can be counted.
    """
    values = effect.estimate.dots
    end = symmetric_end((*(1.1 * value for value in values), 1.5 * worthwhile, truth or 0.0))
    axis = Axis(-end, end, MARGIN, width - MARGIN)
    radius, places = _stacked(values, axis, worthwhile)
    stack = max((height for _x, height in places), default=0.0) + radius
    top = LABEL_ROOM + (0.0 if truth is None else TRUTH_ROOM)
    level = max(top + stack + 4.0, LABEL_ROOM + MIN_PLOT)
    marks = [
        *_shading(axis, worthwhile, level),
        *horizontal_axis(axis, level),
        line((axis.at(0.0), LABEL_ROOM), (axis.at(0.0), level + 6.0), role="ink", thick=1.5),
        *_truth_mark(truth, axis, level),
        *_dots(places, radius, level),
    ]
    return Picture(
        name=name,
        title=_("20 answers that fit your records"),
        description=_description(values),
        width=width,
        height=level + AXIS_ROOM,
        marks=tuple(marks),
    )


def _description(values: tuple[float, ...]) -> str:
    template = _("{less} of {n} dots lie on the side of less pain. They reach from {a} to {b} points.")
    less = sum(value < 0 for value in values)
    return template.format(less=less, n=len(values), a=signed(min(values)), b=signed(max(values)))


def _dots(places: list[Place], radius: float, level: float) -> list[Markup]:
    outer = {0, 1, len(places) - 2, len(places) - 1}
    return [
        dot((x, level - height), radius - (1.8 if n in outer else 0.8), role="prior", outlined=n in outer)
        for n, (x, height) in enumerate(places)
    ]


def _stacked(values: tuple[float, ...], axis: Axis, worthwhile: float) -> tuple[float, list[Place]]:
    """Radius, and for each dot its x and its height above the axis: the largest dots that fit."""
    reach = axis.at(worthwhile) - axis.at(0.0)
    largest = max(MAX_DOT, 0.05 * (axis.end - axis.start))
    for size in (reach / bins for bins in range(ceil(reach / largest), ceil(reach / MIN_DOT) + 1)):
        stacks = Counter(_bin(value, axis, size) for value in values)
        if max(stacks.values(), default=0) * size <= TALLEST_STACK:
            break
    filled: Counter[int] = Counter()
    places = []
    for value in sorted(values):
        column = _bin(value, axis, size)
        places.append((axis.at(0.0) + (column + 0.5) * size, (filled[column] + 0.5) * size))
        filled[column] += 1
    return size / 2, places


def _bin(value: float, axis: Axis, size: float) -> int:
    columns = (axis.at(value) - axis.at(0.0)) / size
    return floor(columns + ROUNDING) if value >= 0 else ceil(columns - ROUNDING) - 1


def _shading(axis: Axis, worthwhile: float, level: float) -> list[Markup]:
    left, right = axis.at(-worthwhile), axis.at(worthwhile)
    size = number(worthwhile)
    tall = level - LABEL_ROOM
    return [
        bar((axis.start, LABEL_ROOM), left - axis.start, tall, role="line", see_through=0.55),
        bar((right, LABEL_ROOM), axis.end - right, tall, role="line", see_through=0.55),
        words((axis.start, LABEL_ROOM - 8.0), _("at least {n} less").format(n=size)),
        words((axis.end, LABEL_ROOM - 8.0), _("at least {n} more").format(n=size), anchor="end"),
    ]


def _truth_mark(truth: float | None, axis: Axis, level: float) -> list[Markup]:
    if truth is None:
        return []
    x = axis.at(truth)
    aside, anchor = (-6.0, "end") if x > axis.at(0.0) or x > axis.start + 100.0 else (6.0, "start")
    return [
        line((x, LABEL_ROOM + 3.0), (x, level), role="pain", thick=2.0, dashes="5 3"),
        words((x + aside, LABEL_ROOM + 17.0), _("the truth"), role="pain", anchor=anchor),
    ]


def dots_rows(effect: Effect) -> list[tuple[str, ...]]:
    """Tabulate the dots: which of 20, and its position."""
    return [(str(n), signed(value, decimals=2)) for n, value in enumerate(effect.estimate.dots, start=1)]
