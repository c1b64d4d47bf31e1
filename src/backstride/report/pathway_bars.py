"""The parts of a Delta, one row each: a dot as full as the person's own data, and the range of 19 in 20."""

from dataclasses import dataclass
from math import sqrt

from backstride.answer.effect import Effect, Estimate
from backstride.report.amounts import is_known, signed, signed_range
from backstride.report.change_axis import horizontal_axis
from backstride.report.drawing import NARROW, Axis, Picture, dot, line, symmetric_end, words
from backstride.report.language import _
from backstride.report.markup import Markup
from backstride.report.pathways import path_name, path_share
from backstride.report.trust import data_share_words

MARGIN = 14.0
RADIUS = 7.0
TOP = 8.0
WIDE_FROM = 560.0


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where a row's name, its share words and its scale lie; a narrow row has both above its line."""

    row: float
    name_x: float
    name_y: float
    share_x: float
    share_y: float
    share_anchor: str
    line_y: float
    scale_from: float
    scale_to: float


def _layout(width: float) -> _Layout:
    if width >= WIDE_FROM:
        return _Layout(38.0, 0.0, 24.0, width, 24.0, "end", 19.0, 190.0, width - 190.0)
    return _Layout(76.0, 0.0, 17.0, 0.0, 36.0, "start", 56.0, MARGIN, width - MARGIN)


def pathway_bars(effect: Effect, *, width: float = NARROW, name: str) -> Picture:
    """Rows: next day, habit, each pathway, and all together, on one scale of points."""
    rows = [(path_name(part), part.estimate, part.data_share, path_share(part)) for part in effect.parts]
    whole = (_("All together"), effect.estimate, effect.data_share, data_share_words(effect.data_share))
    layout = _layout(width)
    known = [estimate for _name, estimate, *_rest in (*rows, whole) if estimate and is_known(estimate)]
    end = symmetric_end(bound for estimate in known for bound in estimate.interval_95)
    axis = Axis(-end, end, layout.scale_from, layout.scale_to)
    bottom = TOP + layout.row * (len(rows) + 1)
    marks = [_zero(axis, layout, bottom)]
    for n, row in enumerate((*rows, whole)):
        last = n == len(rows)
        marks += _row(row, axis, layout, TOP + n * layout.row, role="ink" if last else "running")
    marks.append(line((0.0, bottom - layout.row), (width, bottom - layout.row)))
    return Picture(
        name=name,
        title=_("How the change splits up"),
        description=_("One row for each part, in points of pain. The table below has the numbers."),
        width=width,
        height=bottom + 50.0,
        marks=(*marks, *horizontal_axis(axis, bottom)),
    )


def _zero(axis: Axis, layout: _Layout, bottom: float) -> Markup:
    """Draw the line of no change, in narrow rows below their words and not through them."""
    if layout.share_x != layout.name_x:
        return line((axis.at(0.0), TOP), (axis.at(0.0), bottom + 6.0), role="quiet")
    of_words = layout.share_y + 6.0
    dashes = f"{layout.row - of_words:g} {of_words:g}"
    return line((axis.at(0.0), TOP + of_words), (axis.at(0.0), bottom + 6.0), role="quiet", dashes=dashes)


def _row(
    row: tuple[str, Estimate | None, float, str], axis: Axis, layout: _Layout, top: float, *, role: str
) -> list[Markup]:
    name, estimate, share, share_said = row
    marks = [
        words((layout.name_x, top + layout.name_y), name, role="ink"),
        words((layout.share_x, top + layout.share_y), share_said, anchor=layout.share_anchor),
    ]
    if estimate is None or not is_known(estimate):
        return marks
    y = top + layout.line_y
    lower, upper = (axis.at(bound) for bound in estimate.interval_95)
    inner = [axis.at(bound) for bound in estimate.interval_50]
    centre = (axis.at(estimate.mean), y)
    fullness = sqrt(min(max(share, 0.0), 1.0))
    return [
        *marks,
        line((lower, y), (upper, y), role="prior", thick=1.5),
        line((inner[0], y), (inner[1], y), role="prior", thick=4.0),
        dot(centre, RADIUS, role="prior", outlined=True),
        dot(centre, (RADIUS - 1.0) * fullness, role=role),
    ]


def part_rows(effect: Effect) -> list[tuple[str, ...]]:
    """Tabulate the parts: name, points, 95 % range, share of own data, number of values."""
    rows = [(path_name(p), p.estimate, path_share(p), str(p.measurements or "")) for p in effect.parts]
    rows.append((_("All together"), effect.estimate, data_share_words(effect.data_share), ""))
    return [
        (
            name,
            signed(estimate.mean, decimals=2) if estimate else "",
            signed_range(estimate.interval_95, decimals=2) if estimate else "",
            share,
            count,
        )
        for name, estimate, share, count in rows
    ]
