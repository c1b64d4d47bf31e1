"""Rows whose day is in doubt: in the future, or out of the order that all other rows keep.

Who types 2025 for 2026, or April for May, moves a session to another day. Where the other rows are in order, the rows
before and after tell between which days it was meant. Nobody vouches for these days, and the row is named.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from backstride.core.records import CoveredSpan
from backstride.importers.base import Skipped
from backstride.importers.clock import last_possible_day
from backstride.importers.coverage import MAX_DAYS_APART

_MIN_ROWS, _MIN_IN_ORDER = 3, 4
"""Fewer rows are in some order by chance."""
_ONE_IN: Final = 10
"""So few rows may be out of order in a table that keeps one."""
_MAX_SLIPS: Final = 2
"""More rows in a row that are out of order are a part of another list, and no slip."""
_NEAR: Final = timedelta(days=7)
"""So much later some add a day that they forgot."""
_FAR: Final = timedelta(days=180)
_SOON: Final = timedelta(days=31)
_DAY: Final = timedelta(days=1)
_MAX_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class DoubtedDays:
    """What the order of the rows leaves in doubt.

    Attributes:
        left_out: the rows whose day is not known, with the reason.
        open_days: the days on which a row may have been meant.
        vouches: whether the table may vouch for its other days.
        lines: the rows in doubt, by their lines and days.
    """

    left_out: tuple[Skipped, ...] = ()
    open_days: frozenset[date] = frozenset()
    vouches: bool = True
    lines: tuple[str, ...] = ()

    def notes(self, name: str, spans: Sequence[CoveredSpan]) -> Iterable[str]:
        """Describe which days a table of runs leaves open, of those that it would vouch for."""
        named = ", ".join(self.lines[:_MAX_NAMED]) + (" ..." if len(self.lines) > _MAX_NAMED else "")
        if not self.vouches:
            yield (
                f"{name}: line {named} lies in the future, and nothing tells the right day. So no day counts as "
                "a day of rest. Correct that line and import the table again."
            )
        elif inside := sorted(day for day in self.open_days if any(day in span for span in spans)):
            yield (
                f"{name}: line {named} is not in the order of the other rows, or lies in the future. So nothing is "
                f"known of {inside[0]} to {inside[-1]}: a session may have been then. Correct that line, or "
                "put it in its place, and import the table again."
            )


@dataclass(frozen=True, slots=True)
class _Row:
    where: str
    day: date

    @property
    def line(self) -> str:
        return f"{self.where.rpartition(' ')[2]} ({self.day})"


def doubted_days(rows: Iterable[tuple[str, date]]) -> DoubtedDays:
    """Find the rows whose day is in doubt.

    Args:
        rows: where each stands and its day, from top to bottom; those that tell no day are not among them.
    """
    every = [_Row(where, day) for where, day in rows]
    latest = last_possible_day()
    past = [row for row in every if row.day <= latest]
    if not past:
        return DoubtedDays()
    in_order = _in_order(past)
    if in_order is None:
        ahead = tuple(row.line for row in every if row.day > latest)
        return DoubtedDays(vouches=False, lines=ahead) if ahead else _of_another_year(past, past)
    found = [_of_block(*parts, in_order, latest) for parts in _blocks(every, {row.where for row in in_order})]
    return DoubtedDays(
        tuple(skip for one in found for skip in one.left_out),
        frozenset(day for one in found for day in one.open_days),
        lines=tuple(line for one in found for line in one.lines),
    )


def _of_block(
    before: _Row | None, block: Sequence[_Row], after: _Row | None, in_order: Sequence[_Row], latest: date
) -> DoubtedDays:
    """Return what rows in doubt leave open, that stand between two rows in order, or at an end of the table."""
    past = [row for row in block if row.day <= latest]
    lines = tuple(row.line for row in block)
    if len(past) == len(block) and len(in_order) < _MIN_IN_ORDER:
        return _of_another_year(past, [*in_order, *past])
    if before is None or after is None:
        strays = _of_another_year(past, [*in_order, *past])
        apart = _apart([row for row in past if row.line not in strays.lines], in_order)
        return replace(strays, open_days=strays.open_days | apart, lines=lines if apart else strays.lines)
    first, last = sorted((before.day, after.day))
    is_far = len(past) < len(block) or any(_is_a_slip(row.day, first, last) for row in past)
    between = {first + n * _DAY for n in range(1, (last - first).days)}
    if not is_far or len(block) > _MAX_SLIPS:
        return DoubtedDays(open_days=frozenset(between), lines=lines if between else ())
    left_out = tuple(_beside(row, before, after) for row in past)
    return DoubtedDays(
        left_out, frozenset((between or {first, last}) | {row.day for row in past}), lines=lines
    )


def _of_another_year(few: Sequence[_Row], rows: Sequence[_Row]) -> DoubtedDays:
    """Leave out a row that lies half a year from any other, and is among them in another year."""
    for row in few:
        others = [other.day for other in rows if other is not row]
        if len(others) < _MIN_ROWS - 1 or max(others) - min(others) > 2 * _FAR:
            continue
        if min(abs(day - row.day) for day in others) <= _FAR:
            continue
        least, most = min(others) - _SOON, max(others) + _SOON
        meant = [
            day for year in range(least.year, most.year + 1) if least <= (day := _in_year(row, year)) <= most
        ]
        if meant:
            why = _among(row, others)
            return DoubtedDays((why,), frozenset((row.day, *meant)), lines=(row.line,))
    return DoubtedDays()


def _in_year(row: _Row, year: int) -> date:
    return row.day.replace(year=year, day=min(row.day.day, 28) if row.day.month == 2 else row.day.day)


def _beside(row: _Row, before: _Row, after: _Row) -> Skipped:
    why = (
        f"Its day, {row.day}, does not fit the days around it ({before.day}, {after.day}), so that it may be a slip "
        "and was left out. Correct it, or put the row in its place, and import the table again."
    )
    return Skipped(row.where, why)


def _among(row: _Row, others: Sequence[date]) -> Skipped:
    why = (
        f"Its day, {row.day}, does not fit the others ({min(others)} to {max(others)}), so that it may be a slip and "
        "was left out. Correct it, or put the row in its place, and import the table again."
    )
    return Skipped(row.where, why)


def _apart(rows: Sequence[_Row], in_order: Sequence[_Row]) -> frozenset[date]:
    """Return the days between a row that was added at an end and the span of the others: nobody knows of them."""
    first, last = sorted((in_order[0].day, in_order[-1].day))
    days: set[date] = set()
    for row in rows:
        ends = (row.day, first) if row.day < first else (last, row.day)
        if _NEAR < ends[1] - ends[0] <= MAX_DAYS_APART * _DAY:
            days |= {ends[0] + n * _DAY for n in range(1, (ends[1] - ends[0]).days)}
    return frozenset(days)


def _is_a_slip(said: date, first: date, last: date) -> bool:
    """Whether a day more than a week off is one slip of a pen away from a day between two others.

    Else it is more likely one that somebody forgot, and wrote down later.
    """
    if min(abs(said - first), abs(said - last)) <= _NEAR:
        return False
    days = ((first + n * _DAY) for n in range((last - first).days + 1))
    return any(_one_slip_apart(said, day) for day in days)


def _one_slip_apart(one: date, other: date) -> bool:
    same = (one.year == other.year, one.month == other.month, one.day == other.day)
    if same == (True, True, False):
        digits = sum(a != b for a, b in zip(f"{one:%d}", f"{other:%d}", strict=True))
        return digits == 1 or f"{one:%d}"[::-1] == f"{other:%d}"
    return sum(same) == len(same) - 1 or (same[0] and (one.month, one.day) == (other.day, other.month))


def _blocks(
    rows: Sequence[_Row], ordered: Collection[str]
) -> Iterable[tuple[_Row | None, list[_Row], _Row | None]]:
    """Give the rows that are not ordered, neighbours together, with the ordered row before and after."""
    before: _Row | None = None
    block: list[_Row] = []
    for row in rows:
        if row.where not in ordered:
            block.append(row)
            continue
        if block:
            yield before, block, row
        before, block = row, []
    if block:
        yield before, block, None


def _in_order(rows: Sequence[_Row]) -> list[_Row] | None:
    """Return the rows that keep one order, up or down; None where too many do not.

    Of two selections of equal length the one counts whose days lie closer together.
    """
    if len(rows) < _MIN_ROWS:
        return list(rows)
    days = [row.day.toordinal() for row in rows]
    turned = days[::-1]
    last = len(rows) - 1
    found = [
        _longest_rise(days),
        [last - i for i in _longest_rise([-day for day in turned])],
        _longest_rise([-day for day in days]),
        [last - i for i in _longest_rise(turned)],
    ]
    most = max(map(len, found))
    best = min((one for one in found if len(one) == most), key=lambda one: abs(days[one[-1]] - days[one[0]]))
    return [rows[i] for i in sorted(best)] if len(rows) - most <= max(1, len(rows) // _ONE_IN) else None


def _longest_rise(numbers: Sequence[int]) -> list[int]:
    """Return the indices of a longest selection of numbers that never fall."""
    tails: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for i, number in enumerate(numbers):
        place = bisect_right(tails, number)
        before.append(at[place - 1] if place else -1)
        tails[place : place + 1] = [number]
        at[place : place + 1] = [i]
    chosen: list[int] = []
    i = at[-1]
    while i >= 0:
        chosen.append(i)
        i = before[i]
    return chosen[::-1]
