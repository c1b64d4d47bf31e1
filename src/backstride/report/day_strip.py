"""The diary as a strip: pain as dots, runs as bars under them, gaps that say so, ticks on drawn days."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from backstride.answer.answer import DayPoint
from backstride.report.amounts import long_date, number, short_date
from backstride.report.drawing import NARROW, WIDE, Axis, Picture, areas, columns, dots, line, words
from backstride.report.language import _
from backstride.report.markup import Markup

MAX_DAYS_SHOWN = 26 * 7
DAYS_A_ROW = {NARROW: 42, WIDE: 91}
MIN_DAYS_PER_ROW = 28
LEFT = 26.0
PAIN = 80.0
GAP = 8.0
BARS = 32.0
TICKS = 12.0
ROW = 168.0
MAX_PAIN = 10.0
ROOM_FOR_WORDS = 74.0
ROOM_FOR_TODAY = 50.0
MONDAY = 0


@dataclass(frozen=True, slots=True)
class _Row:
    """The scales of one row of days; heights count downwards."""

    days: Sequence[DayPoint]
    across: Axis
    pain: Axis
    bars: Axis
    step: float
    ends_today: bool = False

    def middle(self, index: int) -> float:
        return self.across.at(index + 0.5)


def shown_days(days: Sequence[DayPoint]) -> Sequence[DayPoint]:
    """Return the latest 26 weeks; all days of a shorter diary."""
    return days[-MAX_DAYS_SHOWN:]


def day_strip(
    days: Sequence[DayPoint],
    *,
    width: float = NARROW,
    name: str,
    fewest: int = MIN_DAYS_PER_ROW,
    ends_today: bool = False,
) -> Picture | None:
    """Rows of days from left to right, the latest row last; None for an empty diary.

    Args:
        days: in order.
        width: of the drawing, in its own units.
        name: unique on its page.
        fewest: for how many days a row has room at least.
        ends_today: whether the last day is today: without a run it is open, and neither rest nor unknown.
    """
    shown = shown_days(days)
    if not shown:
        return None
    a_row = min(DAYS_A_ROW.get(width, 42), max(len(shown), fewest))
    longest = max((day.run_minutes or 0.0 for day in shown), default=0.0) or 1.0
    chunks = [shown[start : start + a_row] for start in range(0, len(shown), a_row)]
    rows = [_row(chunk, n * ROW, a_row, longest, width) for n, chunk in enumerate(chunks)]
    if ends_today:
        rows[-1] = replace(rows[-1], ends_today=True)
    marks = [mark for row in rows for mark in _row_marks(row)]
    return Picture(
        name=name,
        title=_("Your days"),
        description=_("Pain each morning and minutes of running each day, from {a} to {b}.").format(
            a=long_date(shown[0].day), b=long_date(shown[-1].day)
        ),
        width=width,
        height=len(rows) * ROW,
        marks=tuple(marks),
    )


def _row(days: Sequence[DayPoint], top: float, a_row: int, longest: float, width: float) -> _Row:
    pain_top = top + 12.0
    bars_bottom = pain_top + PAIN + GAP + BARS
    return _Row(
        days=days,
        across=Axis(0.0, a_row, LEFT, width),
        pain=Axis(0.0, MAX_PAIN, pain_top + PAIN, pain_top),
        bars=Axis(0.0, longest, bars_bottom, bars_bottom - BARS),
        step=(width - LEFT) / a_row,
    )


def _row_marks(row: _Row) -> list[Markup]:
    marks = [
        *_scale(row),
        *_gaps(row, lambda day: day.pain is None, _("no rating"), row.pain),
        *_gaps(row, lambda day: day.run_minutes is None, _("not known"), row.bars),
        _runs(row),
        _ratings(row),
        _allocated_days(row),
        *_dates(row),
        *(_today(row) if row.ends_today else ()),
    ]
    return [mark for mark in marks if mark]


def _scale(row: _Row) -> list[Markup]:
    marks = []
    right = row.across.at(len(row.days))
    for value in (0.0, 5.0, MAX_PAIN):
        y = row.pain.at(value)
        marks.append(line((LEFT, y), (right, y)))
        marks.append(words((LEFT - 6.0, y + 5.0), number(value), anchor="end"))
    marks.append(line((LEFT, row.bars.start), (right, row.bars.start), role="quiet"))
    return marks


def _gaps(row: _Row, missing: Callable[[DayPoint], bool], said: str, lane: Axis) -> list[Markup]:
    gaps = [
        [index for index, _day in group]
        for is_missing, group in groupby(enumerate(row.days), key=lambda pair: missing(pair[1]))
        if is_missing
    ]
    spans = [(row.across.at(gap[0]), row.across.at(gap[-1] + 1)) for gap in gaps]
    baseline = (lane.start + lane.end) / 2 + 5.0
    return [
        areas(spans, (lane.end, lane.start), role="line", see_through=0.55),
        *(
            words(((left + right) / 2, baseline), said, anchor="middle")
            for left, right in spans
            if right - left >= ROOM_FOR_WORDS
        ),
    ]


def _today(row: _Row) -> list[Markup]:
    """Mark the last day of a row as the one that is not over; where it has a run, that stands there."""
    left, right = row.across.at(len(row.days) - 1), row.across.at(len(row.days))
    named = words((right, row.bars.start + TICKS + 14.0), _("Today"), anchor="end")
    if row.days[-1].run_minutes:
        return [named]
    foot, head = row.bars.start, row.bars.end
    sides = ((left, foot, left, head), (left, head, right, head), (right, head, right, foot))
    return [*(line((a, b), (c, d), role="quiet", dashes="2 3") for a, b, c, d in sides), named]


def _ratings(row: _Row) -> Markup:
    rated = ((n, day.pain) for n, day in enumerate(row.days) if day.pain is not None)
    places = ((row.middle(n), row.pain.at(pain)) for n, pain in rated)
    return dots(places, min(0.42 * row.step, 4.0), role="pain")


def _runs(row: _Row) -> Markup:
    ran = ((n, day.run_minutes) for n, day in enumerate(row.days) if day.run_minutes)
    sides = ((row.middle(n), row.bars.start, row.bars.at(minutes)) for n, minutes in ran)
    return columns(sides, min(0.7 * row.step, 8.0), role="running")


def _allocated_days(row: _Row) -> Markup:
    top = row.bars.start + 3.0
    allocated = ((n, day.drawn_to_run) for n, day in enumerate(row.days) if day.drawn_to_run is not None)
    sides = ((row.middle(n), top, top + (TICKS - 4.0 if to_run else 3.0)) for n, to_run in allocated)
    return columns(sides, 1.5, role="ink")


def _dates(row: _Row) -> list[Markup]:
    baseline = row.bars.start + TICKS + 14.0
    marks = []
    free_from, free_to = LEFT, row.across.end - (ROOM_FOR_TODAY if row.ends_today else 0.0)
    for n, day in enumerate(row.days):
        x = row.across.at(n)
        if day.day.weekday() == MONDAY and x >= free_from and x + 60.0 <= free_to:
            marks.append(line((x, row.bars.start), (x, baseline - 12.0), role="line"))
            marks.append(words((x + 2.0, baseline), short_date(day.day)))
            free_from = x + 84.0
    return marks


def day_rows(days: Sequence[DayPoint]) -> list[tuple[str, ...]]:
    """Tabulate the shown days: day, pain, minutes, allocation."""
    drawn = {True: _("run"), False: _("rest"), None: ""}
    return [
        (
            short_date(day.day),  # the strip holds half a year: no day stands there twice
            _("no rating") if day.pain is None else number(day.pain),
            _("not known") if day.run_minutes is None else number(day.run_minutes, decimals=0),
            drawn[day.drawn_to_run],
        )
        for day in shown_days(days)
    ]
