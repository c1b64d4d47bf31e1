"""The units of a person's own table of runs: minutes and kilometres, unless a heading or the pace says otherwise.

Many write seconds, hours or metres into a column that only says 'duration' or 'distance', and spreadsheets turn 32:15
into 32:15:00 or a share of a day. Distance over time tells which it is: first for all rows together, then for a row
that nobody could have run. Where nothing tells, the row is refused or doubted aloud.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from backstride.core.run import Run
from backstride.errors import BadInput, BadValue
from backstride.importers.cell_values import number, rough, without_thousands
from backstride.importers.durations import Duration, duration, refuse_two_parts
from backstride.importers.tables.columns import Cells
from backstride.importers.tables.headings import LENGTH_UNITS

_SLOWEST_M_S, _FASTEST_M_S = 0.9, 7.0
"""Between these the usual session on foot lies."""
_IMPOSSIBLE_M_S: Final = 9.0
"""Faster than anybody runs for more than a sprint."""
_DOUBTED_M_S: Final = 0.3
_SLOWEST_OTHER_M_S, _FASTEST_OTHER_M_S = 0.1, 25.0
"""Between these goes whoever walks, hikes, rides or swims, breaks counted."""
DOUBTED_S: Final = 8 * 3600.0
MIN_DURATION_S, MAX_DURATION_S = 120.0, 12 * 3600.0
"""Between these a usual session lasts."""
MIN_SWAPPED_S, _MIN_SWAPPED_M = 600.0, 1000.0
"""Shorter sessions are none by which two columns are known to be changed over."""
_HOURS_OR_MINUTES_S: Final = (2 * 3600.0, 4 * 3600.0)
"""From 2:00:00 to 4:00:00 a spreadsheet's cell may as well be hours as minutes and seconds."""
TIMES: Final = {60.0: "minutes", 1.0: "seconds", 3600.0: "hours", 86_400.0: "parts of a day"}
_WITH_UNIT: Final = re.compile(r"([\d.,' \u00a0\u202f]+?)\s*\(?([^\W\d_]+)\.?\)?")
_MAX_NAMED: Final = 5
_MIN_METRES: Final = 100.0
"""Less than this under a capital M may as well be miles, and is left out."""
_WRITE_UNITS: Final = "If that is wrong, write the unit into the heading: duration (min), distance (km)."


@dataclass(slots=True)
class Units:
    """How the numbers of a table are to be read, and which rows were read otherwise.

    Attributes:
        of_time: seconds in one of its plain durations.
        metres: in one of its distances.
        pairs: seconds in the first part of 1:05; None where nobody knows.
        three_parts_are_two: whether 32:15:00 stands for 32:15, as a spreadsheet makes of it.
        three_parts_are_open: whether it does in some row, so that 3:15:00 can be hours or minutes.
        names_minutes: whether the heading says minutes, so that a number is never one of hours.
        is_time_stated, is_length_stated: whether a heading names the unit.
        is_sure: whether backstride wrote the table, so that no row is doubted.
        says: what was assumed, in words.
        mended: the rows that were read in another unit, or as their own distance alone tells, and as what.
    """

    of_time: float = 60.0
    metres: float = 1000.0
    pairs: float | None = None
    three_parts_are_two: bool = False
    three_parts_are_open: bool = False
    names_minutes: bool = False
    is_time_stated: bool = False
    is_length_stated: bool = False
    is_sure: bool = False
    says: tuple[str, ...] = ()
    mended: dict[str, str] = field(default_factory=dict)

    def length(self, text: str) -> float | None:
        """Parse the metres in a cell; None where it is empty, nan where it holds words."""
        if (found := _WITH_UNIT.fullmatch(text)) and (unit := LENGTH_UNITS.get(found[2].lower())):
            value = rough(without_thousands(found[1]) if unit < 2.0 else found[1], what="distance")
            is_doubtful = found[2] == "M" and value is not None and value < _MIN_METRES
            return None if value is None else math.nan if is_doubtful else value * unit
        if self.metres == 1.0:
            text = without_thousands(text)
        if self.metres.is_integer():  # so that a decimal number is multiplied as the decimal it is
            return rough(text, what="distance", unit=int(self.metres))
        value = rough(text, what="distance")
        return None if value is None else value * self.metres

    def moving(self, cells: Cells, metres: float | None, *, is_running: bool) -> float | None:
        """Return the seconds that a row lasted; None where it does not say.

        Args:
            cells: the row.
            metres: its distance, which vouches for its duration.
            is_running: whether it is a run; the pace of other sessions tells no more than what 1:05 means.

        Raises:
            BadValue: it is no duration, or one that nobody runs.
        """
        said = duration_in(cells, in_seconds=self.of_time == 1.0)
        if said is None:
            return None
        known = metres if metres and not math.isnan(metres) else None
        if said.writing == "two" and self.pairs is None and known is not None:
            settled = _settled(said.seconds, known, is_running=is_running)
            if settled is not None:
                self.mended[cells.where] = settled[1]
                return settled[0]
        seconds = self._as_table(said, cells["moving_min"])
        if self.is_sure or not is_running or not seconds:
            return seconds
        if known is None and self._is_open(said):
            raise refuse_two_parts(cells["moving_min"], what="moving time")
        if known is not None and said.writing == "number" and self.is_swapped(seconds, known):
            raise BadValue(
                f"Nobody runs {known / 1000:.3g} km in {seconds / 60:.3g} minutes.",
                advice="Duration and distance seem to be changed over. Correct the line, or name hours: 1.5 h.",
            )
        if _is_possible(seconds, known, is_in_parts=said.writing in ("two", "three")):
            return seconds
        others = [] if known is None else self._others(said, known)
        if len(others) == 1:
            if not (self.three_parts_are_two and said.writing == "three"):
                self.mended[cells.where] = others[0][1]
            return others[0][0]
        if known is None:
            raise BadValue(
                f"It lasts {seconds / 3600:.0f} hours, and no distance vouches for that.",
                advice="Write the minutes, as in 45, or 0:45:30.",
            )
        return seconds

    def elapsed(self, text: str, moving: float) -> float | None:
        """Return the seconds from start to end; None if empty, nan for words or for less than the run was moving."""
        try:
            said = duration(text, what="elapsed time")
            seconds = None if said is None else self._as_table(said, text)
        except BadInput:
            return math.nan
        too_short = not self.is_sure and seconds is not None and seconds < moving - 60.0
        return math.nan if too_short else seconds

    def _as_table(self, said: Duration, text: str) -> float:
        if said.writing == "number":
            return said.seconds if self.of_time == 60.0 else said.seconds / 60 * self.of_time
        if said.writing == "three" and self.three_parts_are_two and said.seconds >= _HOURS_OR_MINUTES_S[0]:
            return said.seconds / 60
        if said.writing != "two":
            return said.seconds
        if self.pairs is None:
            raise refuse_two_parts(text, what="moving time")
        return said.seconds * self.pairs / 3600

    def _is_open(self, said: Duration) -> bool:
        """Whether 3:15:00 can be hours, or minutes and seconds as a spreadsheet writes them."""
        least, most = _HOURS_OR_MINUTES_S
        most = most if self.three_parts_are_two else MAX_DURATION_S
        is_doubtful = self.three_parts_are_two or self.three_parts_are_open
        is_round = said.writing == "three" and said.seconds % 60 == 0
        return is_doubtful and is_round and least <= said.seconds < most

    def is_swapped(self, seconds: float, metres: float) -> bool:
        """Whether nobody runs so far in this time, but may where the numbers of the two columns are changed over."""
        if metres / seconds <= _IMPOSSIBLE_M_S:
            return False
        other_seconds, other_metres = (
            metres / self.metres * self.of_time,
            seconds / self.of_time * self.metres,
        )
        is_run = MIN_SWAPPED_S <= other_seconds <= DOUBTED_S and other_metres >= _MIN_SWAPPED_M
        return is_run and is_on_foot(other_metres / other_seconds)

    def _others(self, said: Duration, metres: float) -> list[tuple[float, str]]:
        """Return the other readings of a duration that give a plausible session on foot."""
        if said.writing == "number" and not self.is_time_stated:
            readings = [
                (said.seconds / 60 * unit, f"{what}")
                for unit, what in TIMES.items()
                if not (self.names_minutes and unit > 60.0)
            ]
        elif said.writing in ("two", "three"):
            readings = _readings_of_two(said.seconds)
        else:
            readings = []
        return [(s, what) for s, what in readings if _is_usual(s, metres)]

    def notes(self, name: str, runs: Iterable[Run]) -> Iterable[str]:
        """Describe what was assumed, and what is doubtful."""
        yield from (f"{name}: {said} {_WRITE_UNITS}" for said in self.says)
        by_reading = Counter(self.mended.values())
        for what, count in by_reading.items():
            lines = [where.rpartition(" ")[2] for where, one in self.mended.items() if one == what]
            more = " ..." if count > _MAX_NAMED else ""
            yield (
                f"{name}: the duration on line {', '.join(lines[:_MAX_NAMED])}{more} is read as {what}, for "
                "nobody goes like that otherwise. Correct it if that is wrong."
            )
        runs = tuple(runs)
        slow = [run for run in runs if _is_slow(run)]
        fast = [run for run in runs if _is_fast(run)]
        if slow:
            yield (
                f"{name}: runs that last over 8 hours, or are slower than 0.3 metres a second: {len(slow)}. "
                "Durations are minutes: are these seconds? If so, write the unit into the heading: duration (s)."
            )
        if fast:
            yield (
                f"{name}: runs that are faster than anybody runs: {len(fast)} ({fast[0].source}: "
                f"{(fast[0].distance_m or 0) / 1000:.3g} km in {fast[0].minutes or 0.0:.3g} min). "
                "Is the duration in hours, or the distance too long? Correct them and import the table again."
            )


def duration_in(cells: Cells, *, in_seconds: bool = False) -> Duration | None:
    """Return the duration of a row, of one column or of hours, minutes and seconds in three; None if empty.

    Args:
        cells: the row.
        in_seconds: whether a plain number in the one column is of seconds, so that 1.920 is nearly two thousand.

    Raises:
        BadValue: it is none.
    """
    text = cells["moving_min"]
    said = duration(without_thousands(text) if in_seconds else text, what="moving time")
    hours = number(cells["hours"], what="hours")
    seconds = number(without_thousands(cells["seconds"]), what="seconds")
    if hours is None and seconds is None:
        return said
    if said is not None and said.writing != "number":
        return said
    minutes = said.seconds if said is not None else 0.0
    return Duration(float((hours or 0) * 3600 + (seconds or 0)) + minutes, "words")


def is_on_foot(metres_a_second: float) -> bool:
    """Whether the usual session on foot goes so fast."""
    return _SLOWEST_M_S <= metres_a_second <= _FASTEST_M_S


def _readings_of_two(seconds: float) -> list[tuple[float, str]]:
    """Return the seconds that 1:05 can stand for, and what that reading is called."""
    return [(seconds / 60, "minutes and seconds"), (seconds, "hours and minutes")]


def _settled(seconds: float, metres: float, *, is_running: bool) -> tuple[float, str] | None:
    """Return the one reading of 1:05 at which somebody may have gone so far; None where both may be, or neither."""
    fits = [
        (read, what)
        for read, what in _readings_of_two(seconds)
        if read and (_is_usual if is_running else _is_possible_otherwise)(read, metres)
    ]
    return fits[0] if len(fits) == 1 else None


def _is_possible_otherwise(seconds: float, metres: float) -> bool:
    return _SLOWEST_OTHER_M_S <= metres / seconds <= _FASTEST_OTHER_M_S


def _is_usual(seconds: float, metres: float) -> bool:
    return MIN_DURATION_S <= seconds <= MAX_DURATION_S and is_on_foot(metres / seconds)


def _is_possible(seconds: float, metres: float | None, *, is_in_parts: bool) -> bool:
    """Whether somebody may run so; without a distance nothing vouches for more than twelve hours."""
    if metres is None:
        return seconds <= MAX_DURATION_S
    pace = metres / seconds
    return pace <= _IMPOSSIBLE_M_S and not (pace < _DOUBTED_M_S and (is_in_parts or seconds > DOUBTED_S))


def _is_slow(run: Run) -> bool:
    if run.moving_s is None:
        return False
    slow = run.distance_m is not None and 0 < run.distance_m / max(run.moving_s, 1.0) < _DOUBTED_M_S
    return run.is_running and (slow or run.moving_s > DOUBTED_S)


def _is_fast(run: Run) -> bool:
    if run.moving_s is None:
        return False
    return run.is_running and (run.distance_m or 0.0) / max(run.moving_s, 1.0) > _IMPOSSIBLE_M_S
