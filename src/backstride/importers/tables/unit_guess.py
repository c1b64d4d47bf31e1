"""Which units the durations and distances of a table are in, as its headings and the pace of its rows tell."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Final

from backstride.errors import BadInput, BadTable
from backstride.importers.durations import MINUTES, Duration
from backstride.importers.tables.columns import Cells, Table
from backstride.importers.tables.headings import LENGTH_UNITS, TIME_UNITS
from backstride.importers.tables.hours_and_minutes import refuse_open_hours
from backstride.importers.tables.table_units import (
    DOUBTED_S,
    MAX_DURATION_S,
    MIN_DURATION_S,
    TIMES,
    Units,
    duration_in,
    is_on_foot,
)

_MIN_DISTANCE_M: Final = 200.0
_LENGTHS: Final = {1000.0: "kilometres", 1.0: "metres"}


def units_of(table: Table, *, is_run: Sequence[bool]) -> Units:
    """Return minutes and kilometres, or what headings say; others where these give no pace on foot and one does.

    Args:
        table: the table of runs.
        is_run: of each row, whether it is a run; the pace of rides tells nothing.

    Raises:
        BadTable: its durations can be minutes or hours, and nothing tells which; or they stand in the column of
            distances, and those in theirs; or a fraction of an hour can be minutes.
    """
    _refuse_swapped(table)
    rows = [cells for cells, runs in zip(table.rows, is_run, strict=True) if runs] or list(table.rows)
    time, length = table.units.get("moving_min"), table.units.get("distance_km")
    units = Units(
        TIME_UNITS[time] if time else 60.0,
        LENGTH_UNITS[length] if length else 1000.0,
        is_time_stated=time is not None or "hours" in table.places or "seconds" in table.places,
        is_length_stated=length is not None,
        names_minutes=_names_minutes(table.headings.get("moving_min", "")),
    )
    given = [
        (one, units.length(cells["distance_km"]))
        for cells in rows
        if (one := _duration_or_none(cells, in_seconds=units.of_time == 1.0))
    ]
    units = _of_numbers([(one, way) for one, way in given if one.writing == "number"], units, table)
    units = _of_lengths([(one, way) for one, way in given if one.writing == "words"], units)
    units = _of_parts([(one, way) for one, way in given if one.writing in ("two", "three")], units)
    refuse_open_hours(table, units, rows)
    return units


_Given = tuple[Duration, float | None]


def _of_numbers(given: Sequence[_Given], units: Units, table: Table) -> Units:
    """Infer the units of plain numbers."""
    pairs = [
        (one.seconds / 60, way / units.metres)
        for one, way in given
        if one.seconds and way and not math.isnan(way)
    ]
    if not pairs:
        return (
            units
            if units.is_time_stated
            else _without_distance([one.seconds for one, _ in given], units, table)
        )
    pace = median(way * units.metres / (time * units.of_time) for time, way in pairs)
    if is_on_foot(pace):
        return units
    if 2 * sum(units.is_swapped(time * units.of_time, way * units.metres) for time, way in pairs) > len(
        pairs
    ):
        raise _changed_over(
            f"{table.name} has ways that nobody runs in the minutes it gives. With the two columns changed over its "
            "numbers are those of runs.",
        )
    fitting = [
        (time, metres)
        for time in ([units.of_time] if units.is_time_stated else TIMES)
        for metres in ([units.metres] if units.is_length_stated else _LENGTHS)
        if (time, metres) != (units.of_time, units.metres)
        and is_on_foot(pace * (metres / units.metres) * (units.of_time / time))
        and MIN_DURATION_S <= median(one for one, _ in pairs) * time <= MAX_DURATION_S
        and median(way for _, way in pairs) * metres >= _MIN_DISTANCE_M
    ]
    if len(fitting) != 1:
        return units
    ((time, metres),) = fitting
    if units.names_minutes and time > 60.0:
        heading = table.headings["moving_min"]
        raise BadTable(
            f"The durations in {table.name} stand under '{heading}', and nobody runs so fast "
            f"that they can be minutes. They would fit as {TIMES[time]}.",
            advice="Name the unit that is right in the heading, as in 'duration (h)', or write minutes.",
        )
    time_word = TIMES.get(time, "as the heading says")
    way_word = _LENGTHS.get(metres, "as the heading says")
    said = f"durations are read as {time_word} and distances as {way_word}: nobody runs so else."
    return replace(units, of_time=time, metres=metres, says=(*units.says, said))


def _of_lengths(given: Sequence[_Given], units: Units) -> Units:
    """Infer that distances are metres where durations name their own units."""
    ways = [
        way / units.metres / one.seconds for one, way in given if one.seconds and way and not math.isnan(way)
    ]
    if units.is_length_stated or units.metres == 1.0 or not ways or is_on_foot(median(ways) * units.metres):
        return units
    if not is_on_foot(median(ways)):
        return units
    return replace(
        units,
        metres=1.0,
        says=(*units.says, "distances are read as metres: nobody runs like that otherwise."),
    )


def _without_distance(seconds: Sequence[float], units: Units, table: Table) -> Units:
    """Infer the unit of durations without distances: seconds where minutes would exceed eight hours.

    Raises:
        BadTable: all are of a few minutes, or of hours, and the heading does not say which.
    """
    filled = [one for one in seconds if one]
    if not filled:
        return units
    if min(filled) >= DOUBTED_S and median(filled) / 60 <= 5 * 3600:
        said = "durations are read as seconds: as minutes each would be over 8 hours."
        return replace(units, of_time=1.0, says=(*units.says, said))
    if len(filled) > 1 and max(filled) < 6 * 60.0 and "moving_min" not in table.own_names:
        raise BadTable(
            f"The durations in {table.name} are all below 6, so they can be minutes or hours.",
            advice="Name the unit in the heading, as in 'duration (h)' or moving_min.",
        )
    return units


def _of_parts(given: Sequence[_Given], units: Units) -> Units:
    """Infer whether 32:15 and 32:15:00 mean hours or minutes first."""
    two = [(one, way) for one, way in given if one.writing == "two"]
    three = [(one, way) for one, way in given if one.writing == "three"]
    if three and 2 * sum(one.seconds > DOUBTED_S for one, _ in three) > len(three):
        by_hours, by_minutes = _paces(three)
        ends = all(one.seconds % 60 == 0 for one, _ in three)
        if ends and not (by_hours and is_on_foot(median(by_hours))) and all(map(is_on_foot, by_minutes)):
            said = "durations such as 32:15:00 are read as 32 minutes and 15 seconds: nobody runs so long."
            units = replace(units, three_parts_are_two=True, says=(*units.says, said))
    units.three_parts_are_open = any(
        one.seconds > MAX_DURATION_S and one.seconds % 60 == 0 for one, _ in three
    )
    if two:
        by_hours, by_minutes = _paces(two)
        fits = [bool(paces) and is_on_foot(median(paces)) for paces in (by_hours, by_minutes)]
        longest = max(one.seconds for one, _ in two)
        if fits == [False, True] or (not by_hours and longest > MAX_DURATION_S):
            said = "durations such as 32:15 are read as minutes and seconds."
            units = replace(units, pairs=60.0, says=(*units.says, said))
        elif fits == [True, False]:
            said = "durations such as 1:05 are read as hours and minutes."
            units = replace(units, pairs=3600.0, says=(*units.says, said))
    return units


def _paces(given: Sequence[_Given]) -> tuple[list[float], list[float]]:
    """Metres a second of each row with a distance, read as hours first and as minutes first."""
    known = [(one.seconds, way) for one, way in given if one.seconds and way and not math.isnan(way)]
    return [way / s for s, way in known], [60 * way / s for s, way in known]


def _duration_or_none(cells: Cells, *, in_seconds: bool) -> Duration | None:
    try:
        return duration_in(cells, in_seconds=in_seconds)
    except BadInput:
        return None


def _refuse_swapped(table: Table) -> None:
    """Refuse a table in which every distance is written as a time, and no duration is.

    Raises:
        BadTable: its two columns are changed over.
    """
    both = [(cells["distance_km"], cells["moving_min"]) for cells in table.rows]
    both = [(way, time) for way, time in both if way and time]
    if both and all(":" in way and ":" not in time for way, time in both):
        raise _changed_over(f"In {table.name} each way is written as a time, and each time as a number.")


def _changed_over(why: str) -> BadTable:
    return BadTable(
        why,
        advice="The headings of the two columns seem to be changed over. Correct them. If the durations are hours, "
        "name that in the heading: 'duration (h)'.",
    )


def _names_minutes(heading: str) -> bool:
    """Whether a heading ends in a word for minutes: min, duration_min, Minuten."""
    words = re.findall(r"[^\W_]+", heading.lower())
    return bool(words) and words[-1] in MINUTES
