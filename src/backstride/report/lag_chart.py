"""Pain on the mornings after one 30-minute run, against after a rest."""

from collections.abc import Sequence

from backstride.answer.answer import LagPoint
from backstride.report.amounts import is_known, signed, signed_range
from backstride.report.change_axis import upright_axis
from backstride.report.drawing import NARROW, Axis, Picture, dot, line, round_ends, words
from backstride.report.language import _
from backstride.report.markup import Markup

LEFT = 46.0
RIGHT = 14.0
TOP = 30.0
PLOT = 150.0
BELOW = 52.0
RADIUS = 6.0


def lag_chart(lags: Sequence[LagPoint], *, width: float = NARROW, name: str) -> Picture | None:
    """Draw a dot and the 95 % range for each morning; None where nothing is known."""
    known = [point for point in lags if is_known(point.estimate)]
    if not known:
        return None
    lowest, highest = round_ends(bound for point in known for bound in point.estimate.interval_95)
    up = Axis(lowest, highest, TOP + PLOT, TOP)
    across = Axis(0.5, max(point.lag for point in known) + 0.5, LEFT, width - RIGHT)
    return Picture(
        name=name,
        title=_("The mornings after a run"),
        description=_("A dot and a range for each of the {n} mornings after a run of 30 minutes.").format(
            n=len(known)
        ),
        width=width,
        height=TOP + PLOT + BELOW,
        marks=(*_axes(across, up, known), *(mark for point in known for mark in _point(point, across, up))),
    )


def _point(point: LagPoint, across: Axis, up: Axis) -> list[Markup]:
    x = across.at(point.lag)
    outer, inner = point.estimate.interval_95, point.estimate.interval_50
    return [
        line((x, up.at(outer[0])), (x, up.at(outer[1])), role="prior", thick=1.5),
        line((x, up.at(inner[0])), (x, up.at(inner[1])), role="prior", thick=4.0),
        dot((x, up.at(point.estimate.mean)), RADIUS, role="running"),
    ]


def _axes(across: Axis, up: Axis, known: Sequence[LagPoint]) -> list[Markup]:
    marks = upright_axis(up, across)
    for point in known:
        marks.append(words((across.at(point.lag), up.start + 21.0), str(point.lag), anchor="middle"))
    marks.append(words((across.start, up.start + 43.0), _("mornings after the run")))
    return marks


def lag_rows(lags: Sequence[LagPoint]) -> list[tuple[str, ...]]:
    """Tabulate the mornings: which morning, points, 95 % range."""
    return [
        (str(p.lag), signed(p.estimate.mean, decimals=2), signed_range(p.estimate.interval_95, decimals=2))
        for p in lags
    ]
