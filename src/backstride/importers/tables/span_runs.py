"""Tables of runs that tell from when to when each lasted, instead of when it began and how long it was."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from backstride.importers.tables.csv_dialect import Row, Sheet
from backstride.importers.tables.forms import Form, placed
from backstride.importers.tables.headings import plain
from backstride.importers.tables.strava_times import in_figures

FROM: Final = frozenset(map(plain, ("from", "von", "start", "begin", "Beginn", "start time", "Startzeit")))
TO: Final = frozenset(
    map(plain, ("to", "until", "till", "bis", "end", "end time", "finish", "Ende", "Endzeit"))
)
_OFFSET: Final = re.compile(r"(?<=:\d\d)\s*(?:z|([+-])(\d\d):?(\d\d))$", re.IGNORECASE)
_STEPS: Final = ("steps", "schritte", "pasos", "passi")
"""Hours of a pedometer have a way, too."""
_RUNS_NEED: Final = ("distance_km", "activity")
_LENGTHS: Final = ("moving_min", "hours", "seconds", "elapsed_min")
_CLOCK: Final = re.compile(r"(?<!\d)([0-2]?\d)[:.h]([0-5]\d)(?:[:.]([0-5]\d))?(?!\d)")
BY_THE_CLOCK: Final = "clocked"
"""Under this name a table says that its durations are clock times taken from each other."""
_DAY: Final = re.compile(r"\d{4}[-/.]?\d{1,2}[-/.]?\d{1,2}(?!\d)|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?!\d)")
_DAY_S, _MAX_DURATION_S = 86_400, 8 * 3600


def spans_as_runs(sheet: Sheet, runs: Form) -> Sheet:
    """Give a table of runs with their start and end the minutes between; return any other table as it is.

    Only where a distance, or a word for the sport, says that these are sessions: a sleep has both ends, too.

    Args:
        sheet: as it stands in the file.
        runs: the columns of a table of runs.
    """
    begin, end = (_one_of(sheet.header, names) for names in (FROM, TO))
    places = placed(runs, sheet.header, sheet.rows)
    if begin is None or end is None or not any(name in places for name in _RUNS_NEED):
        return sheet
    if "activity" not in places and any(plain(heading).startswith(_STEPS) for heading in sheet.header):
        return sheet
    if any(name in places and places[name] not in (begin, end) for name in _LENGTHS):
        return sheet
    lasted = [_minutes(_cell(row, begin), _cell(row, end)) for row in sheet.rows]
    filled = [text for text in lasted if text != ""]
    if not any(lasted) or 2 * filled.count(None) > len(filled):
        return sheet
    header = [*sheet.header, *("",) * (begin == len(sheet.header)), "moving_min"]
    header[begin], header[end] = "start", ""
    rows = tuple(
        Row(
            row.line,
            (*_padded(row.cells, len(sheet.header)), _both_ends(row, (begin, end)) if text is None else text),
        )
        for row, text in zip(sheet.rows, lasted, strict=True)
    )
    note = (
        f"{sheet.name}: each run is as long as from '{sheet.header[begin]}' to "
        f"'{sheet.header[end]}'. If you stood still in between, add a column moving_min."
    )
    return replace(
        sheet,
        header=tuple(header),
        rows=rows,
        notes=(*sheet.notes, note),
        statements={**sheet.statements, BY_THE_CLOCK: "yes"},
    )


def seconds_passed(start: datetime, by_clock_s: float) -> float | None:
    """Return how long a run lasted that ended when clocks showed so many seconds more than at its start.

    Args:
        start: in the zone whose clocks were looked at.
        by_clock_s: seconds between the two clock times.

    Returns:
        Seconds; None where clocks showed the start or the end twice that night, so that there are two answers.
    """
    end = (start.replace(tzinfo=None) + timedelta(seconds=by_clock_s)).replace(tzinfo=start.tzinfo)
    answers = {
        (last.astimezone(UTC) - first.astimezone(UTC)).total_seconds()
        for first in (start.replace(fold=0), start.replace(fold=1))
        for last in (end.replace(fold=0), end.replace(fold=1))
    }
    later = [seconds for seconds in answers if seconds > 0]
    return later[0] if len(later) == 1 else None


def _one_of(header: Sequence[str], names: frozenset[str]) -> int | None:
    return next((i for i, heading in enumerate(header) if plain(heading) in names), None)


def _cell(row: Row, at: int) -> str:
    return row.cells[at].strip() if at < len(row.cells) else ""


def _both_ends(row: Row, ends: tuple[int, int]) -> str:
    """Return both ends of a session that nobody can time, for the message that refuses its row alone."""
    return " - ".join(_cell(row, at) for at in ends)


def _padded(cells: Sequence[str], width: int) -> tuple[str, ...]:
    return (*cells, *("",) * (width - len(cells)))[: max(width, len(cells))]


def _minutes(begin: str, end: str) -> str | None:
    """Return the hours, minutes and seconds between; empty where no end is told, None where they cannot be right."""
    if not end:
        return ""
    offsets = [_OFFSET.search(text) for text in (begin, end)]
    begin, end = (_OFFSET.sub("", text) for text in (begin, end))
    times = [_CLOCK.findall(text) or _CLOCK.findall(in_figures(text)) for text in (begin, end)]
    if not all(times):
        return None
    first, last = (int(h) * 3600 + int(m) * 60 + int(s or 0) for h, m, s in (found[-1] for found in times))
    if offsets[0] and offsets[1]:
        last += _east_s(offsets[0]) - _east_s(offsets[1])
    seconds = (last - first) % _DAY_S
    days = [_DAY.match(text) for text in (begin, end)]
    if days[0] and days[1] and not (offsets[0] or offsets[1]):
        is_same_day = days[0][0] == days[1][0]
        if is_same_day != (last > first):
            return None
    if not 0 < seconds <= _MAX_DURATION_S:
        return None
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _east_s(offset: re.Match[str]) -> int:
    """Return the seconds by which clocks are ahead of UTC there."""
    seconds = int(offset[2] or 0) * 3600 + int(offset[3] or 0) * 60
    return -seconds if offset[1] == "-" else seconds
