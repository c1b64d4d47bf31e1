"""The drawings of the population's page: week and season together with contours, and a forest of the coefficients."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from backstride.cohort.population_calibration import Calibration
from backstride.cohort.population_summary import JointSpread, Spread
from backstride.report.amounts import signed
from backstride.report.change_axis import horizontal_axis, upright_axis
from backstride.report.drawing import (
    WIDE,
    Axis,
    Picture,
    Place,
    bar,
    columns,
    curve,
    dot,
    dots,
    line,
    symmetric_end,
    words,
)
from backstride.report.markup import Markup

CONTOURS = (0.5, 0.95)
_LEFT, _TOP, _ROOM_BELOW = 44.0, 26.0, 52.0
_HEIGHT, _ROW, _NAMES = 420.0, 30.0, 250.0
_POINTS = 72
_ACROSS, _CELL_HEIGHT, _CELL_GAP = 3, 96.0, 16.0


def scatter(joint: JointSpread, people: Sequence[Place]) -> Picture:
    """Draw how week and season go together over people: contours that hold 50 and 95 %, and the line of the ratio.

    Args:
        joint: of the population.
        people: (week, season) of each person, shrunk towards the population; none on a page to be published.
    """
    contours = [contour(joint, share) for share in CONTOURS]
    across_end = symmetric_end([x for x, _ in (*contours[-1], *people)])
    up_end = symmetric_end([y for _, y in (*contours[-1], *people)])
    across = Axis(-across_end, across_end, _LEFT, WIDE - 14.0)
    up = Axis(-up_end, up_end, _HEIGHT, _TOP)

    def at(point: Place) -> Place:
        return across.at(point[0]), up.at(point[1])

    reach = min(across_end, up_end / max(abs(joint.slope.mean), 1e-6))
    drawn: list[Markup] = [
        *upright_axis(up, across),
        *horizontal_axis(across, _HEIGHT),
        line((across.at(0.0), _TOP), (across.at(0.0), _HEIGHT), role="quiet"),
        line(
            at((-reach, -reach * joint.slope.mean)),
            at((reach, reach * joint.slope.mean)),
            role="prior",
            dashes="6 4",
        ),
        dots(map(at, people), 3.0, role="quiet"),
        curve(map(at, contours[0]), role="running"),
        curve(map(at, contours[1]), role="running", thick=1.2),
        dot(at((joint.week, joint.season)), 5.0, role="running"),
    ]
    shown = f"{len(people)} people as dots. " if people else ""
    return Picture(
        name="week-and-season",
        title="Week (across) and season (upwards) of people, points at 90 minutes a week",
        description=(
            f"{shown}The centre is a week of {signed(joint.week)} and a season of {signed(joint.season)}. The inner "
            "curve holds 50 % of people, the outer one 95 %. The dashed line is season = "
            f"{joint.slope.mean:.2f} x week."
        ),
        width=WIDE,
        height=_HEIGHT + _ROOM_BELOW,
        marks=tuple(drawn),
    )


def contour(joint: JointSpread, share: float) -> list[Place]:
    """Draw the closed curve of equal density that holds a share of people under the t, at the posterior means."""
    radius = math.sqrt(joint.freedom * ((1.0 - share) ** (-2.0 / joint.freedom) - 1.0))
    root = np.linalg.cholesky(
        np.array([[joint.week_variance, joint.covariance], [joint.covariance, joint.season_variance]])
    )
    turn = np.linspace(0.0, 2.0 * math.pi, _POINTS + 1)
    points = radius * root @ np.stack([np.cos(turn), np.sin(turn)])
    return [(joint.week + float(x), joint.season + float(y)) for x, y in points.T]


def forest(name: str, title: str, rows: Mapping[str, Spread]) -> Picture:
    """Draw an estimate and its central 95 % in a row for each coefficient, on one axis of points.

    Args:
        name: unique on its page.
        title: of the drawing.
        rows: what each coefficient is, and its spread.
    """
    end = symmetric_end([bound for spread in rows.values() for bound in (spread.low_95, spread.high_95)])
    axis = Axis(-end, end, _NAMES, WIDE - 14.0)
    level = _TOP + _ROW * len(rows)
    drawn: list[Markup] = [
        *horizontal_axis(axis, level),
        line((axis.at(0.0), _TOP - 8.0), (axis.at(0.0), level), role="quiet"),
    ]
    for place, (what, spread) in enumerate(rows.items()):
        y = _TOP + _ROW * (place + 0.5)
        drawn += [
            words((0.0, y + 5.0), what, role="ink"),
            line((axis.at(spread.low_95), y), (axis.at(spread.high_95), y), role="running", thick=2.5),
            dot((axis.at(spread.mean), y), 4.5, role="running"),
        ]
    said = "; ".join(
        f"{what}: {signed(spread.mean)} ({signed(spread.low_95)} to {signed(spread.high_95)})"
        for what, spread in rows.items()
    )
    return Picture(name, title, f"{said}.", WIDE, level + _ROOM_BELOW, tuple(drawn))


def rank_histograms(found: Calibration) -> Picture:
    """Draw how the ranks of the truth lie: even heights, but for chance, if the population stage is right.

    Args:
        found: of the stage; of each quantity the counts of equally likely bins.
    """
    drawn: list[Markup] = []
    low, high = even_counts(found)
    most = max(high, *(count for one in found.quantities for count in one.counts))
    wide = (WIDE - _CELL_GAP * (_ACROSS - 1)) / _ACROSS
    for place, one in enumerate(found.quantities):
        left, top = place % _ACROSS * (wide + _CELL_GAP), place // _ACROSS * (_CELL_HEIGHT + 40.0)
        height = Axis(0.0, most, top + 24.0 + _CELL_HEIGHT, top + 24.0)
        step = wide / len(one.counts)
        drawn += [
            words((left, top + 16.0), one.name, role="ink"),
            bar(
                (left, height.at(high)),
                wide,
                height.at(low) - height.at(high),
                role="quiet",
                see_through=0.25,
            ),
            columns(
                (
                    (left + (k + 0.5) * step, height.at(0.0), height.at(count))
                    for k, count in enumerate(one.counts)
                ),
                0.6 * step,
                role="running",
            ),
            line((left, height.at(0.0)), (left + wide, height.at(0.0)), role="line"),
        ]
    rows = -(-len(found.quantities) // _ACROSS)
    outside = sum(not low <= count <= high for one in found.quantities for count in one.counts)
    bins = sum(len(one.counts) for one in found.quantities)
    return Picture(
        name="ranks",
        title="Ranks of the truth among the draws, by quantity",
        description=(
            f"Bars of {found.replicates} simulated cohorts. If the stage is right, 95 of 100 bars end within the "
            f"grey band ({low} to {high}); {outside} of {bins} do not."
        ),
        width=WIDE,
        height=rows * (_CELL_HEIGHT + 40.0),
        marks=tuple(drawn),
    )


def even_counts(found: Calibration) -> tuple[int, int]:
    """Return between which counts a bin lies in 95 of 100 cases where all bins are equally likely."""
    bins = len(found.quantities[0].counts)
    low, high = (_binomial_quantile(found.replicates, 1.0 / bins, share) for share in (0.025, 0.975))
    return low, high


def _binomial_quantile(count: int, chance: float, share: float) -> int:
    below = 0.0
    for k in range(count + 1):
        below += math.comb(count, k) * chance**k * (1.0 - chance) ** (count - k)
        if below >= share:
            return k
    return count
