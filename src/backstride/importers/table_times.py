"""The days and times of a table: one order of day and month for a whole column, and said so."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

from backstride.core.moments import ZoneSource
from backstride.errors import BadTable, BadValue
from backstride.importers.clock import last_possible_day
from backstride.importers.table_writing import (
    YEAR_FIRST,
    YEAR_LAST,
    has_day,
    is_midnight,
    means_no_time,
    plainly,
)

USUAL_MORNING: Final = time(7, 0)
"""The time of a check-in that states a day alone."""

DAY_FIRST: Final = "day/month/year"
MONTH_FIRST: Final = "month/day/year"

_AS_SPREADSHEETS: Final = ": midnight stands there for no time, as in many spreadsheets"
_TIME = re.compile(
    r"(\d{1,2})(?:[:.h](\d\d))?(?::(\d\d))?(?:[.,](\d{1,6})\d*)?\s*(am|pm|a\.m\.|p\.m\.|uhr|h)?"
    r"\s*(z|utc|gmt|[+-]\d\d(?::?\d\d)?(?::\d\d)?)?(?:\[[\w/+-]+\])?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Clock:
    """How the days and times of one table are to be read, and what was met on the way.

    Attributes:
        order: of day and month, where the year stands last.
        zone: for times that state none.
        zone_source: 'stated' where the table names its zone, else 'assumed'.
        why: how the order is known; '' where no date needs it.
        midnight_is_no_time: whether the table writes midnight for a day without a time, as spreadsheets do.
        met: how often which case was met.
    """

    order: str
    zone: ZoneInfo
    zone_source: ZoneSource
    why: str
    midnight_is_no_time: bool = False
    met: Counter[str] = field(default_factory=Counter)

    def day(self, text: str) -> date:
        """The day that a cell begins with.

        Raises:
            BadValue: it begins with none.
        """
        return self._split(text)[0]

    def moment(self, text: str, *, day_alone_at: time | None = None) -> tuple[datetime, ZoneSource]:
        """The moment that a cell names, and how its zone is known.

        Args:
            text: a day and a time, with or without an offset.
            day_alone_at: the time that a day without one stands for; None refuses it.

        Raises:
            BadValue: it names none.
        """
        day, rest = self._split(text)
        if not rest and day_alone_at is None:
            raise BadValue(
                f"'{text[:40]}' gives a day without a time{_AS_SPREADSHEETS * is_midnight(text)}.",
                advice=f"Add the time, a rough one serves: {day} 07:30.",
            )
        if not rest:
            self.met["day alone"] += 1
            return self._local(datetime.combine(day, day_alone_at or time())), self.zone_source
        clock, offset = _time_of_day(rest, text)
        wall = datetime.combine(day, clock)
        if offset is None:
            self.met["no zone"] += 1
            return self._local(wall), self.zone_source
        if offset == "z":
            self.met["utc"] += 1
            return wall.replace(tzinfo=UTC).astimezone(self.zone), self.zone_source
        return wall.replace(tzinfo=_fixed(offset, text)), "stated"

    def has_time(self, text: str) -> bool:
        """Whether a cell names a time of day beside its day.

        Raises:
            BadValue: it begins with no day.
        """
        return bool(self._split(text)[1])

    def notes(self, name: str) -> tuple[str, ...]:
        """What was assumed, in words."""
        zone = self.zone.key
        said = [
            (len(self.why), self.why),
            (self.met["day alone"], f"a day without a time stands for {USUAL_MORNING:%H:%M} of that day."),
            (self.met["no zone"] * (self.zone_source == "assumed"), f"times are read as those of {zone}."),
            (self.met["utc"], f"times that end in Z or UTC are told in the time of {zone}."),
            (self.met["gap"], "a time that the change of clocks left out is read as an hour later."),
            (
                self.met["fold"],
                "a time that the change of clocks brought twice is read as the first of them.",
            ),
        ]
        return tuple(f"{name}: {note}" for happened, note in said if happened)

    def _split(self, text: str) -> tuple[date, str]:
        bare = plainly(text)
        found = YEAR_FIRST.match(bare) or YEAR_LAST.match(bare)
        if not found:
            raise BadValue(f"'{text[:40]}' is not a date.", advice="Write it as in 2026-05-01 07:30.")
        parts = [int(part) for part in found.groups() if part]
        year, month, day = parts if found.re is YEAR_FIRST else _by_order(parts, self.order)
        if not 1990 <= year <= 2099:
            raise BadValue(
                f"The year of '{text[:40]}' is {year}.", advice="Correct it: 1990 to 2099 will do."
            )
        try:
            rest = bare[found.end() :].strip(" .T,t\u00a0")
            return date(year, month, day), "" if self.midnight_is_no_time and is_midnight(bare) else rest
        except ValueError as error:
            read = "" if found.re is YEAR_FIRST else f", read as {self.order}"
            raise BadValue(
                f"There is no day '{text[:40]}'{read}.",
                advice=f"Correct it, or state the order in a first line, as in '# dates: {MONTH_FIRST}'.",
            ) from error

    def _local(self, wall: datetime) -> datetime:
        moment = wall.replace(tzinfo=self.zone)
        there = moment.astimezone(UTC).astimezone(self.zone)
        if there.replace(tzinfo=None, fold=0) != wall:
            self.met["gap"] += 1
        elif moment.utcoffset() != moment.replace(fold=1).utcoffset():
            self.met["fold"] += 1
        return there


def clock_for(texts: Iterable[str], statements: Mapping[str, str], *, zone: ZoneInfo, name: str) -> Clock:
    """How to read these cells, from what they hold and what the table says of itself.

    Raises:
        BadTable: the table names a zone or an order that does not exist.
    """
    stated = statements.get("zone")
    plain = [plainly(text) for text in texts if text]
    order, why = _stated_order(statements, name) or _seen_order(plain, name)
    return Clock(
        order,
        _zone(stated, name) if stated else zone,
        "stated" if stated else "assumed",
        why,
        means_no_time([text for text in plain if has_day(text)]),
    )


def _zone(key: str, name: str) -> ZoneInfo:
    try:
        return ZoneInfo(key)
    except (KeyError, ValueError, OSError) as error:
        raise BadTable(
            f"{name} names the zone '{key[:40]}', which does not exist.",
            advice="Name it by continent and city, as in '# zone: Europe/Berlin'.",
        ) from error


def _stated_order(statements: Mapping[str, str], name: str) -> tuple[str, str] | None:
    said = statements.get("dates")
    if said is None:
        return None
    firsts = "".join(word[0] for word in re.split(r"[\W_\d]+", said.lower()) if word)
    orders = {"dmy": DAY_FIRST, "tmj": DAY_FIRST, "mdy": MONTH_FIRST, "mtj": MONTH_FIRST, "ymd": DAY_FIRST}
    if firsts not in orders:
        raise BadTable(
            f"{name} states the order of its dates as '{said[:40]}'.",
            advice=f"Write '# dates: {DAY_FIRST}' or '# dates: {MONTH_FIRST}'.",
        )
    return orders[firsts], ""


def _seen_order(texts: Iterable[str], name: str) -> tuple[str, str]:
    """The order of day and month, and how it is known: by the dates that exist, or by the rows.

    Raises:
        BadTable: nothing tells the order.
    """
    found = [YEAR_LAST.match(text) for text in texts]
    parts = [[int(part) for part in match.groups()] for match in found if match]
    if not parts:
        return DAY_FIRST, ""
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
    in_order = [order for order, days in read.items() if days in (sorted(days), sorted(days, reverse=True))]
    if len(in_order) == 1 and len(parts) > 2:
        return in_order[
            0
        ], f"dates are read as {in_order[0]}, for so the rows are in the order of their days."
    spans = {order: (max(days) - min(days)).days for order, days in read.items()}
    short, long = sorted(spans, key=lambda order: spans[order])
    if 2 * spans[short] < spans[long] and len(parts) > 1:
        return short, f"dates are read as {short}, for so the rows lie close to each other."
    raise BadTable(
        f"{name} holds dates such as {parts[0][0]}/{parts[0][1]}, which can be read either way.",
        advice=f"Write a first line that says which: '# dates: {DAY_FIRST}' or '# dates: {MONTH_FIRST}'.",
    )


def _days_read(parts: Iterable[list[int]], order: str) -> list[date]:
    """The days that exist in this order."""
    days = []
    for one in parts:
        with suppress(ValueError):
            days.append(date(*_by_order(one, order)))
    return days


def _by_order(parts: list[int], order: str) -> tuple[int, int, int]:
    first, second, year = parts
    if year < 100:
        year += 1900 if year >= 90 else 2000
    return (year, second, first) if order == DAY_FIRST else (year, first, second)


def _time_of_day(rest: str, text: str) -> tuple[time, str | None]:
    found = _TIME.fullmatch(rest)
    problem = BadValue(
        f"'{text[:40]}' does not end in a time of day.", advice="Write it as in 2026-05-01 07:30."
    )
    if not found or not (found[2] or found[5]):
        raise problem
    hour, half = int(found[1]), (found[5] or "").lower()[:1]
    if half in ("a", "p"):
        if not 1 <= hour <= 12:
            raise problem
        hour = hour % 12 + (12 if half == "p" else 0)
    offset = found[6].lower() if found[6] else None
    try:
        clock = time(hour, int(found[2] or 0), int(found[3] or 0), int((found[4] or "0").ljust(6, "0")))
    except ValueError as error:
        raise problem from error
    return clock, "z" if offset in ("z", "utc", "gmt") else offset


def _fixed(offset: str, text: str) -> timezone:
    digits = [int(pair) for pair in re.findall(r"\d\d", offset)] + [0, 0]
    east = timedelta(hours=digits[0], minutes=digits[1], seconds=digits[2])
    try:
        return timezone(-east if offset[0] == "-" else east)
    except ValueError as error:
        raise BadValue(
            f"There is no offset {offset} in '{text[:40]}'.", advice="Write it as in +02:00."
        ) from error
