"""A year as a calendar of small squares: the worse the morning, the fuller the square; a run is a bar below it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from backstride.answer.answer import DayPoint
from backstride.diary.periods import band_of
from backstride.report.amounts import short_date
from backstride.report.drawing import NARROW, Picture, areas, columns, words
from backstride.report.language import _
from backstride.report.markup import Markup
from backstride.report.trend_charts import SHADES

WEEKS_A_ROW = {NARROW: 27}
WEEKS_A_YEAR = 54
WEEKS_A_HALF = 28
"""From July on: 184 days may touch so many weeks."""
LABELS = 20.0
BELOW = 12.0
AIR = 0.14
RUN = 3.0
DAYS = 7
ROOM = 44.0
"""For the name of a month; one at the end of a row goes without."""
LABELLED = (1, 3, 5, 7, 9, 11)


@dataclass(frozen=True, slots=True)
class _Calendar:
    """Where the squares of a year lie.

    Attributes:
        monday: the first day of its first week.
        a_row: weeks in a row.
        side: of a square with the air around it.
    """

    monday: date
    a_row: int
    side: float

    @property
    def high(self) -> float:
        """How high a row of weeks is, with its labels."""
        return LABELS + DAYS * self.side + BELOW

    def left(self, day: date) -> float:
        """Return the left edge of a day's square."""
        return self._week(day) % self.a_row * self.side

    def above(self, day: date) -> float:
        """Where the row of a day begins."""
        return self._week(day) // self.a_row * self.high

    def top(self, day: date) -> float:
        """Return the upper edge of a day's square."""
        return self.above(day) + LABELS + day.weekday() * self.side

    def _week(self, day: date) -> int:
        return (day - self.monday).days // DAYS


def year_calendar(
    points: Sequence[DayPoint], year: int, *, width: float, name: str, unmeasured: Collection[date] = ()
) -> Picture:
    """Weeks to the right, Monday on top; on a phone the second half of the year stands below the first.

    Args:
        points: the days of that year, in order.
        year: which.
        width: of the drawing, in its own units.
        name: unique on its page.
        unmeasured: days with a run of which nobody knows how long it was.
    """
    # on a phone half a year without a diary would be half a screen of nothing
    a_row = WEEKS_A_ROW.get(width, WEEKS_A_YEAR)
    is_late = a_row < WEEKS_A_YEAR and bool(points) and points[0].day >= date(year, 7, 1)
    first = date(year, 1, 1)
    if is_late:
        first, a_row = date(year, 7, 1), WEEKS_A_HALF
    calendar = _Calendar(first - timedelta(days=first.weekday()), a_row, width / a_row)
    marks = [
        mark for role, shade, days in _by_shade(points) for mark in _squares(calendar, days, role, shade)
    ]
    marks += [
        _runs(calendar, [point.day for point in points if point.run_minutes or point.day in unmeasured]),
        *_months(calendar, first),
    ]
    return Picture(
        name=name,
        title=_("The year {year}").format(year=year),
        description=_("Pain of each morning, and days with a run."),
        width=width,
        height=(1 if is_late else -(-WEEKS_A_YEAR // a_row)) * calendar.high,
        marks=tuple(mark for mark in marks if mark),
    )


def _by_shade(points: Sequence[DayPoint]) -> list[tuple[str, float, list[date]]]:
    """Group the days without a rating, and those of each band of pain, with their colours."""
    bands = [
        [p.day for p in points if p.pain is not None and band_of(p.pain) == n] for n in range(len(SHADES))
    ]
    unrated = [point.day for point in points if point.pain is None]
    return [
        ("line", 1.0, unrated),
        *(("pain", shade, days) for shade, days in zip(SHADES, bands, strict=True)),
    ]


def _squares(calendar: _Calendar, days: Sequence[date], role: str, shade: float) -> list[Markup]:
    side = calendar.side
    marks = []
    for top in sorted({calendar.top(day) for day in days}):
        lefts = [calendar.left(day) for day in days if calendar.top(day) == top]
        spans = [(left + AIR * side, left + (1 - AIR) * side) for left in lefts]
        marks.append(areas(spans, (top + AIR * side, top + (1 - AIR) * side), role=role, see_through=shade))
    return marks


def _runs(calendar: _Calendar, days: Sequence[date]) -> Markup:
    side = calendar.side
    foot = (1 - AIR) * side
    sides = (
        (calendar.left(d) + side / 2, calendar.top(d) + foot, calendar.top(d) + foot - RUN) for d in days
    )
    return columns(sides, (1 - 2 * AIR) * side, role="running")


def _months(calendar: _Calendar, first: date) -> list[Markup]:
    firsts = [date(first.year, month, 1) for month in LABELLED if month >= first.month]
    most = calendar.a_row * calendar.side - ROOM
    firsts = [day for day in firsts if calendar.left(day) <= most]
    return [
        words((calendar.left(day), calendar.above(day) + LABELS - 6.0), short_date(day)) for day in firsts
    ]
