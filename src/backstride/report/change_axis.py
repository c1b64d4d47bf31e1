"""The axis that every change of pain is drawn on: less pain on one side, zero, more pain on the other."""

from backstride.report.amounts import on_axis
from backstride.report.drawing import Axis, line, words
from backstride.report.language import _
from backstride.report.markup import Markup


def horizontal_axis(axis: Axis, level: float) -> list[Markup]:
    """From left to right: a line with its ticks, and what either side means below."""
    marks = [line((axis.start, level), (axis.end, level), role="quiet")]
    for value in axis.ticks():
        x = axis.at(value)
        anchor = "start" if x == axis.start else "end" if x == axis.end else "middle"
        marks.append(line((x, level), (x, level + 5.0), role="quiet"))
        marks.append(words((x, level + 22.0), on_axis(value), anchor=anchor))
    less, more = _("\N{LEFTWARDS ARROW} less pain"), _("more pain \N{RIGHTWARDS ARROW}")
    return [
        *marks,
        words((axis.start, level + 43.0), less, role="ink"),
        words((axis.end, level + 43.0), more, role="ink", anchor="end"),
    ]


def upright_axis(up: Axis, across: Axis) -> list[Markup]:
    """From below upwards: a line across the picture for each tick, the one at zero darker."""
    marks = []
    for value in up.ticks(most=6):
        y = up.at(value)
        marks.append(line((across.start, y), (across.end, y), role="quiet" if value == 0 else "line"))
        marks.append(words((across.start - 8.0, y + 5.0), on_axis(value), anchor="end"))
    return [*marks, words((0.0, 14.0), _("\N{UPWARDS ARROW} more pain"), role="ink")]
