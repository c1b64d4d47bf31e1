"""The order of day and month in the dates of a table: stated, or told by the dates themselves."""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Final

from backstride.errors import BadTable
from backstride.importers.clock import last_possible_day
from backstride.importers.tables.table_writing import YEAR_FIRST, YEAR_LAST

_YEARS_BACK: Final = 10
_MAX_MONTH: Final = 12
_MIN_TO_OUTWEIGH: Final = 2
"""So many dates of one order make one of the other a slip."""
DAYS_BETWEEN_CALENDARS: Final = 1462
"""By so many days a sheet that counts from 1904 is behind one that counts from 1900."""
_SERIAL_DAY: Final = re.compile(r"\d{5}(?:\.\d+)?")
_FIRST_SERIAL: Final = 33_000
_DAY_0: Final = date(1899, 12, 30)
DAY_FIRST: Final = "day/month/year"
MONTH_FIRST: Final = "month/day/year"
SHORT_YEAR_FIRST: Final = "year/month/day"
_BY_FIRST_LETTERS: Final = {
    "dmy": DAY_FIRST,
    "tmj": DAY_FIRST,
    "mdy": MONTH_FIRST,
    "mtj": MONTH_FIRST,
    "ymd": SHORT_YEAR_FIRST,
    "jmt": SHORT_YEAR_FIRST,
}
"""What a table may state, in English and German."""


def stated_order(statements: Mapping[str, str], name: str) -> tuple[str, str] | None:
    """Return the order of day and month that a table states; None where it states none.

    Returns:
        The order, as in "day/month/year", and an empty sentence; or None.

    Raises:
        BadTable: it states one that does not exist.
    """
    said = statements.get("dates")
    if said is None:
        return None
    firsts = "".join(word[0] for word in re.split(r"[\W_\d]+", said.lower()) if word)
    if firsts not in _BY_FIRST_LETTERS:
        raise BadTable(
            f"{name} states the order of its dates as '{said[:40]}'.",
            advice=f"Write '# dates: {DAY_FIRST}' or '# dates: {MONTH_FIRST}'.",
        )
    return _BY_FIRST_LETTERS[firsts], ""


def refuse_two_calendars(texts: Iterable[str], statements: Mapping[str, str], name: str) -> None:
    """Refuse days told as a spreadsheet's numbers that may as well be those of its calendar of 1904.

    Raises:
        BadTable: every day is such a number, and four years later all of them would lie behind us, too.
    """
    cells = [text.strip() for text in texts if text.strip()]
    serials = [int(cell.partition(".")[0]) for cell in cells if _SERIAL_DAY.fullmatch(cell)]
    if "calendar" in statements or not cells or len(serials) < len(cells):
        return
    today = (last_possible_day() - _DAY_0).days
    if max(serials) + DAYS_BETWEEN_CALENDARS > today or min(serials) < _FIRST_SERIAL:
        return
    first = _DAY_0 + timedelta(days=min(serials))
    raise BadTable(
        f"{name} writes its days as numbers of a spreadsheet: {min(serials)} is {first}, or "
        f"{first + timedelta(days=DAYS_BETWEEN_CALENDARS)} where the sheet counts from 1904.",
        advice="Write the days as days, or a first line that says which: '# calendar: 1900' or '# calendar: 1904'.",
    )


def seen_order(texts: Iterable[str], name: str) -> tuple[str, str]:
    """Infer the order of day and month from the dates that exist, or from the order of rows.

    Returns:
        The order, as in "day/month/year", and a sentence that says how it is known.

    Raises:
        BadTable: nothing tells the order.
    """
    texts = list(texts)
    found = [YEAR_LAST.match(text) for text in texts]
    parts = [[int(part) for part in match.groups()] for match in found if match]
    if not parts:
        return DAY_FIRST, ""
    if _is_short_year_first(parts):
        return (
            SHORT_YEAR_FIRST,
            f"dates are read as {SHORT_YEAR_FIRST}, for read otherwise they lie years apart.",
        )
    _refuse_both_orders(parts, name)
    _refuse_dots_and_slashes(texts, name)
    day_first = sum(month <= 12 for _, month, _ in parts)
    month_first = sum(month <= 12 for month, _, _ in parts)
    if day_first != month_first:
        order = DAY_FIRST if day_first > month_first else MONTH_FIRST
        return order, f"dates are read as {order}, since a number above 12 can only be a day."
    read = {order: _days_read(parts, order) for order in (DAY_FIRST, MONTH_FIRST)}
    if read[DAY_FIRST] == read[MONTH_FIRST]:
        return DAY_FIRST, ""
    exists = [order for order, days in read.items() if days]
    if len(exists) == 1:
        return exists[0], f"dates are read as {exists[0]}, for read otherwise there are no such days."
    past = [order for order, days in read.items() if max(days) <= last_possible_day()]
    if len(past) == 1:
        return past[0], f"dates are read as {past[0]}, for read otherwise some would lie in the future."
    if all("." in match[0] for match in found if match):
        return DAY_FIRST, f"dates are read as {DAY_FIRST}, as those with dots are."
    read = {order: _all_days(texts, order) for order in read}
    in_order = [order for order, days in read.items() if _is_in_order(days)]
    if len(in_order) == 1 and len(parts) > 2:
        return in_order[
            0
        ], f"dates are read as {in_order[0]}, for so the rows are in the order of their days."
    if len(in_order) == len(exists) and _are_firsts(parts):
        raise _asked(parts, name)
    spans = {order: (max(days) - min(days)).days for order, days in read.items()}
    short, long = sorted(spans, key=lambda order: spans[order])
    if 2 * spans[short] < spans[long] and len(parts) > 1:
        return short, f"dates are read as {short}, for so the rows lie close to each other."
    raise _asked(parts, name)


def _asked(parts: Sequence[list[int]], name: str) -> BadTable:
    last = parts[-1]
    return BadTable(
        f"{name} holds dates such as {last[0]}/{last[1]}, which can be read either way.",
        advice=f"Write a first line that says which: '# dates: {DAY_FIRST}' or '# dates: {MONTH_FIRST}'.",
    )


def _refuse_both_orders(parts: Sequence[list[int]], name: str) -> None:
    """Refuse dates of which some have the day first and others the month; a single one among many is a slip.

    Raises:
        BadTable: both orders are proven by numbers above 12.
    """
    by_day = [one for one in parts if one[0] > _MAX_MONTH and _days_read([one], DAY_FIRST)]
    by_month = [one for one in parts if one[1] > _MAX_MONTH and _days_read([one], MONTH_FIRST)]
    few, many = sorted((len(by_day), len(by_month)))
    if few > 1 or (few == 1 and many < _MIN_TO_OUTWEIGH):
        raise BadTable(
            f"{name} holds dates with the day first, as {by_day[0][0]}/{by_day[0][1]}, and others with the month "
            f"first, as {by_month[0][0]}/{by_month[0][1]}. The rest can be read either way.",
            advice="Write all days in one way, as in 2026-05-31.",
        )


def _refuse_dots_and_slashes(texts: Sequence[str], name: str) -> None:
    """Refuse dates with slashes beside others with dots, which have the day first, where these may have the month.

    Raises:
        BadTable: the order of the rows does not say that they have the day first, too.
    """
    found = [match for text in texts if (match := YEAR_LAST.match(text))]
    slashed = [match for match in found if "/" in match[0]]
    is_proven = any(int(match[1]) > _MAX_MONTH for match in slashed)
    if len(slashed) in (0, len(found)) or is_proven:
        return
    if _is_in_order(_all_days(texts, DAY_FIRST)) and not _is_in_order(_all_days(texts, MONTH_FIRST)):
        return
    raise BadTable(
        f"{name} holds dates with dots, which have the day first, and dates such as {slashed[0][0]}, which may have "
        "the month first.",
        advice="Write all days in one way, as in 2026-05-31.",
    )


def _all_days(texts: Iterable[str], order: str) -> list[date]:
    """Return every valid day of the rows, those with the year in front as well; with dots the day stands first."""
    days = []
    for text in texts:
        with suppress(ValueError):
            if found := YEAR_FIRST.match(text):
                year, month, day = (int(part) for part in found.groups() if part)
                days.append(date(year, month, day))
            elif found := YEAR_LAST.match(text):
                one = DAY_FIRST if "." in found[0] else order
                days.append(date(*by_order([int(part) for part in found.groups()], one)))
    return days


def _is_in_order(days: Sequence[date]) -> bool:
    return list(days) in (sorted(days), sorted(days, reverse=True))


def _are_firsts(parts: Sequence[list[int]]) -> bool:
    """Whether the dates are days of one January, or the first of each month: that they lie near proves nothing."""
    return {first for first, _, _ in parts} == {1} or {second for _, second, _ in parts} == {1}


def _is_short_year_first(parts: Sequence[list[int]]) -> bool:
    """Whether dates such as 26/05/01 begin with the year: read otherwise some are long past, or yet to come."""
    latest = last_possible_day()
    this_year = latest.year - 2000
    read = _days_read(parts, SHORT_YEAR_FIRST)
    if len(parts) < 2 or len(read) < len(parts) or max(read) > latest:
        return False
    is_recent = all(this_year - _YEARS_BACK <= year <= this_year for year, _, _ in parts)
    return is_recent and any(not this_year - _YEARS_BACK <= year <= this_year for _, _, year in parts)


def _days_read(parts: Iterable[list[int]], order: str) -> list[date]:
    """Return the valid dates when read in this order."""
    days = []
    for one in parts:
        with suppress(ValueError):
            days.append(date(*by_order(one, order)))
    return days


def by_order(parts: Sequence[int], order: str) -> tuple[int, int, int]:
    """Sort the three numbers of a date into year, month and day.

    Args:
        parts: as they stand in the cell; a year has two digits, or four where it stands last.
        order: of the three in the cell.

    Returns:
        The year with its century, the month, and the day.
    """
    if order == SHORT_YEAR_FIRST:
        return 2000 + parts[0], parts[1], parts[2]
    first, second, year = parts
    if year < 100:
        year += 1900 if year >= 90 else 2000
    return (year, second, first) if order == DAY_FIRST else (year, first, second)
