"""The quantile dotplot of a Delta: 20 dots, each one an answer that fits the records."""

from collections import Counter
from math import floor

from backstride.answer.answer import Effect
from backstride.report.amounts import number, signed
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
TALLEST_STACK = 190.0
LABEL_ROOM = 30.0
AXIS_ROOM = 48.0


def dotplot(
    effect: Effect, *, worthwhile: float, width: float = NARROW, name: str, truth: float | None = None
) -> Picture:
    """Dots on "less pain, 0, more pain", changes of `worthwhile` or more shaded, the truth marked if known.

    No dot crosses the zero line: the bins begin there, so the dots on either side can be counted.
    """
    values = effect.estimate.dots
    marks_to_hold = (*values, 1.5 * worthwhile, *(() if truth is None else (truth,)))
    end = symmetric_end(marks_to_hold)
    axis = Axis(-end, end, MARGIN, width - MARGIN)
    radius, places = _stacked(values, axis)
    top = LABEL_ROOM + (0.0 if truth is None else 24.0)
    floor_at = top + max((height for _x, height in places), default=0.0) + radius + 4.0
    marks = [
        *_shading(axis, worthwhile, top=top, bottom=floor_at),
        *_axis_marks(axis, floor_at),
        *(dot((x, floor_at - height), radius - 0.8, role="prior") for x, height in places),
        *_truth_mark(truth, axis, floor_at),
    ]
    less = sum(value < 0 for value in values)
    return Picture(
        name=name,
        title=_("20 answers that fit your records"),
        description=_("{less} of {n} dots lie on the side of less pain, from {a} to {b} points.").format(
            less=less, n=len(values), a=signed(min(values)), b=signed(max(values))
        ),
        width=width,
        height=floor_at + AXIS_ROOM,
        marks=tuple(marks),
    )


def _stacked(values: tuple[float, ...], axis: Axis) -> tuple[float, list[Place]]:
    """Radius, and for each dot its x and its height above the axis."""
    for size in (14.0, 12.0, 10.0, 8.0):
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
    return floor((axis.at(value) - axis.at(0.0)) / size)


def _shading(axis: Axis, worthwhile: float, *, top: float, bottom: float) -> list[Markup]:
    left, right = axis.at(-worthwhile), axis.at(worthwhile)
    size = number(worthwhile)
    baseline = top - 10.0
    return [
        bar((axis.start, top), left - axis.start, bottom - top, role="line", see_through=0.55),
        bar((right, top), axis.end - right, bottom - top, role="line", see_through=0.55),
        words((axis.start, baseline), _("{n} or more less").format(n=size)),
        words((axis.end, baseline), _("{n} or more more").format(n=size), anchor="end"),
    ]


def _axis_marks(axis: Axis, level: float) -> list[Markup]:
    marks = [
        line((axis.start, level), (axis.end, level), role="quiet"),
        line((axis.at(0.0), LABEL_ROOM - 10.0), (axis.at(0.0), level + 6.0), role="ink", thick=1.5),
    ]
    for value in axis.ticks():
        marks.append(line((axis.at(value), level), (axis.at(value), level + 5.0), role="quiet"))
        inside = min(max(axis.at(value), 18.0), axis.end + MARGIN - 18.0)
        marks.append(words((inside, level + 21.0), signed(value), anchor="middle"))
    marks.append(words((axis.start, level + 42.0), _("\N{LEFTWARDS ARROW} less pain"), role="ink"))
    marks.append(
        words((axis.end, level + 42.0), _("more pain \N{RIGHTWARDS ARROW}"), role="ink", anchor="end")
    )
    return marks


def _truth_mark(truth: float | None, axis: Axis, bottom: float) -> list[Markup]:
    if truth is None:
        return []
    x = axis.at(truth)
    anchor = "start" if x < axis.at(0.0) else "end"
    return [
        line((x, 8.0), (x, bottom), role="pain", thick=2.0, dashes="5 3"),
        words((x + (6.0 if anchor == "start" else -6.0), 16.0), _("the truth"), role="pain", anchor=anchor),
    ]


def dots_rows(effect: Effect) -> list[tuple[str, ...]]:
    """The dots as rows of a table: which of 20, and where it lies."""
    return [(str(n), signed(value, decimals=2)) for n, value in enumerate(effect.estimate.dots, start=1)]
