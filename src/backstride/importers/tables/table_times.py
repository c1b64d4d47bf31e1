"""The days and times of a table: one order of day and month for a whole column, and said so."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

from backstride.core.datetimes import ZoneSource
from backstride.core.days import USUAL_TIME_WITHOUT_CHECK_INS
from backstride.errors import BadTable, BadValue
from backstride.importers.tables.date_order import (
    DAYS_BETWEEN_CALENDARS,
    MONTH_FIRST,
    by_order,
    refuse_two_calendars,
    seen_order,
    stated_order,
)
from backstride.importers.tables.new_year import years_turned
from backstride.importers.tables.swapped_days import refuse_swapped
from backstride.importers.tables.table_writing import (
    YEAR_FIRST,
    YEAR_LAST,
    has_day,
    is_midnight,
    means_no_time,
    plainly,
)
from backstride.importers.tables.twelve_hours import refuse_twelve_hours

USUAL_MORNING: Final = USUAL_TIME_WITHOUT_CHECK_INS
"""The time of a check-in that states a day alone."""

_AS_SPREADSHEETS: Final = ": midnight stands there for no time, as in many spreadsheets"
_TIME = re.compile(
    r"(\d{1,2})(?:[:.h](\d\d))?(?::(\d\d))?(?:[.,](\d{1,6})\d*)?\s*(am|pm|a\.m\.|p\.m\.|uhr|h)?"
    r"\s*(z|utc|gmt|[+-]\d\d(?::?\d\d)?(?::\d\d)?)?(?:\[[\w/+-]+\])?",
    re.IGNORECASE,
)
_END_OF_DAY: Final = re.compile(r"24[:.h]00(?::00)?(?!\d)")
_OFFSET: Final = re.compile(r"(?<=\d)[+-]\d\d:?\d\d$")
_WITHOUT_YEAR: Final = re.compile(r"\d{1,2}([./-])\d{1,2}\1?(?:\s+\d{1,2}[:.h]\d\d(?!\d)|\s*$)")

_WRITE_DAYS: Final = "If that is wrong, write days as in 2026-05-31."


@dataclass(slots=True)
class Clock:
    """How the days and times of one table are to be read, and what was met on the way.

    Attributes:
        order: of day and month, where the year stands last.
        zone: for times that state none.
        zone_source: 'stated' where the table names its zone, else 'assumed'.
        why: how the order is known; '' where no date needs it.
        midnight_is_no_time: whether the table writes midnight for a day without a time, as spreadsheets do.
        zero_is_utc: whether +00:00 means UTC, as Z does: no time of the table stands at another offset.
        serial_later: by how much a spreadsheet's numbers of days mean later ones, where it counts from 1904.
        turned: days that bear the year before in January, and the days that were meant.
        met: how often which case was met.
    """

    order: str
    zone: ZoneInfo
    zone_source: ZoneSource
    why: str
    midnight_is_no_time: bool = False
    zero_is_utc: bool = False
    turned: Mapping[date, date] = field(default_factory=dict)
    serial_later: timedelta = timedelta()
    met: Counter[str] = field(default_factory=Counter)

    def day(self, text: str) -> date:
        """Parse the day at the beginning of a cell.

        Raises:
            BadValue: it begins with none.
        """
        return self._split(text)[0]

    def moment(self, text: str, *, day_alone_at: time | None = None) -> tuple[datetime, ZoneSource]:
        """Parse the timestamp in a cell, and say how its zone is known.

        Args:
            text: a day and a time, with or without an offset.
            day_alone_at: the time that a day without one stands for; None refuses it.

        Returns:
            The time with its zone, and how that zone is known.

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
        if (ends := _END_OF_DAY.match(rest)) is not None:  # 24:00 is when the next day begins
            day, rest = day + timedelta(days=1), f"00:00{rest[ends.end() :]}"
        clock, offset = _time_of_day(rest, text)
        wall = datetime.combine(day, clock)
        if offset is None:
            self.met["no zone"] += 1
            return self._local(wall), self.zone_source
        if offset == "z" or (self.zero_is_utc and offset.strip("+-0:") == ""):
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
        """Describe what was assumed."""
        zone = self.zone.key
        said = [
            (len(self.why), f"{self.why} {_WRITE_DAYS}"),
            (self.met["day alone"], f"a day without a time stands for {USUAL_MORNING:%H:%M} of that day."),
            (self.met["no zone"] * (self.zone_source == "assumed"), f"times are read as those of {zone}."),
            (self.met["utc"], f"times that end in Z or UTC are shown in the time of {zone}."),
            (self.met["turned"], self._said_of_turned()),
            (self.met["gap"], "a time that the change of clocks left out is read as an hour later."),
            (
                self.met["fold"],
                "a time that the change of clocks shows twice is read as the first of them.",
            ),
        ]
        return tuple(f"{name}: {note}" for happened, note in said if happened)

    def _said_of_turned(self) -> str:
        days = [f"{wrong} as {meant}" for wrong, meant in list(self.turned.items())[:3]]
        return (
            f"the year was not turned in January; {', '.join(days)}{' ...' if len(self.turned) > 3 else ''} is read, "
            "for so the rows are in the order of their days. Correct the table if that is wrong."
        )

    def _split(self, text: str) -> tuple[date, str]:
        bare = plainly(text)
        found = YEAR_FIRST.match(bare) or YEAR_LAST.match(bare)
        if not found or _WITHOUT_YEAR.match(bare):
            raise _no_date(text, bare)
        parts = [int(part) for part in found.groups() if part]
        year, month, day = parts if found.re is YEAR_FIRST else by_order(parts, self.order)
        if not 1990 <= year <= 2099:
            raise BadValue(
                f"The year of '{text[:40]}' is {year}.", advice="Correct it: 1990 to 2099 is possible."
            )
        try:
            rest = bare[found.end() :].strip(" .T,t\u00a0")
            said = date(year, month, day)
            if self.serial_later and text.strip()[:5].isdigit():
                said += self.serial_later
            if said in self.turned:
                self.met["turned"] += 1
            return self.turned.get(said, said), "" if self.midnight_is_no_time and is_midnight(bare) else rest
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


def clock_for(
    texts: Iterable[str],
    statements: Mapping[str, str],
    *,
    zone: ZoneInfo,
    name: str,
    keeps_offsets: bool = False,
    by_hand: bool = True,
) -> Clock:
    """Determine how to read these cells, from what they hold and what the table says of itself.

    Args:
        texts: the cells that hold days or times, from top to bottom.
        statements: what the lines before the header say.
        zone: the person's own, for times that state none.
        name: the table's.
        keeps_offsets: whether the table says of each time how its zone is known, so that +00:00 is no mere UTC.
            Such a table is an export, whose years are right.
        by_hand: whether a person may have typed the days, and forgotten in January that the year is a new one.

    Raises:
        BadTable: the table names a zone or an order that does not exist.
    """
    stated = statements.get("zone")
    texts = [text for text in texts if text]
    refuse_two_calendars(texts, statements, name)
    later = DAYS_BETWEEN_CALENDARS if statements.get("calendar", "").strip() == "1904" else 0
    plain = [plainly(text) for text in texts]
    order, why = stated_order(statements, name) or seen_order(plain, name)
    if not keeps_offsets:
        refuse_swapped(plain, name)
        refuse_twelve_hours(texts, name)
    dated = [text for text in plain if has_day(text)]
    offsets = {offset[0] for text in plain if (offset := _OFFSET.search(text))}
    clock = Clock(
        order,
        _zone(stated, name) if stated else zone,
        "stated" if stated else "assumed",
        why,
        means_no_time(dated),
        zero_is_utc=not keeps_offsets and all(not offset.strip("+-0:") for offset in offsets),
        serial_later=timedelta(days=later),
    )
    if by_hand and not keeps_offsets:
        clock.turned = years_turned([day for text in dated if (day := _day_or_none(clock, text)) is not None])
    return clock


def _day_or_none(clock: Clock, text: str) -> date | None:
    try:
        return clock.day(text)
    except BadValue:
        return None


def _no_date(text: str, bare: str) -> BadValue:
    if _WITHOUT_YEAR.match(bare):
        return BadValue(f"'{text[:40]}' names no year.", advice="Write the year, as in 2026-05-01 07:30.")
    return BadValue(f"'{text[:40]}' is not a date.", advice="Write it as in 2026-05-01 07:30.")


def _zone(key: str, name: str) -> ZoneInfo:
    try:
        return ZoneInfo(key)
    except (KeyError, ValueError, OSError) as error:
        raise BadTable(
            f"{name} names the zone '{key[:40]}', which does not exist.",
            advice="Name it by continent and city, as in '# zone: Europe/Berlin'.",
        ) from error


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
