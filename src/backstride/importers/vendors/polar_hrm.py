"""Polar's HRM text files of older watches: sections in square brackets, the samples last.

Source: Polar's published description of the HRM format (versions 1.02 to 1.07).
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from backstride.errors import BadValue, BrokenFile
from backstride.importers.base import ImportResult
from backstride.importers.recorder import number_of
from backstride.importers.spans import seconds_in
from backstride.importers.tracks.track import Floats
from backstride.importers.tracks.track_kind import kind_of, pace_of
from backstride.importers.vendors.app_records import AppSession, at_text, collected, finish_import

MILE_KM: Final = 1.609344
_HEADED: Final = re.compile(rb"\s*\[Params\]", re.IGNORECASE)
_SECTION: Final = re.compile(r"^\[([\w-]+)\]\s*$", re.MULTILINE)
_MOST_SAMPLES: Final = 700_000
_BEAT_TO_BEAT: Final = 238.0  # the interval that stands for one row a heartbeat

Sections = dict[str, list[str]]


class PolarHrm:
    """Reads a session."""

    name = "Polar HRM"

    def knows(self, head: bytes, *, name: str) -> bool:  # noqa: ARG002 - the content says enough
        return _HEADED.match(head) is not None

    def read(self, content: bytes, *, name: str, zone: ZoneInfo) -> ImportResult:
        """Read the session as a run; the format names no sport, so its note or its speed decides.

        Raises:
            BrokenFile: it cannot be used.
        """
        sections = _sections(content)
        if len(sections.get("hrdata", ())) > _MOST_SAMPLES:
            raise BrokenFile(f"{name} holds more values than any run has.", advice="Leave it out.")
        result = collected([sections], lambda one, _: _session(one, zone), name=name, unit="session")
        run = result.records.runs[0] if result.records.runs else None
        doubts = (
            [f"the format names no sport; by its note or speed it is taken as '{run.activity}'"]
            if run
            else []
        )
        return finish_import(result, name=name, doubts=doubts)


POLAR_HRM = PolarHrm()


def _sections(content: bytes) -> Sections:
    """Return the non-empty lines of every section, by its name."""
    text = content.decode("cp1252", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    parts = _SECTION.split(text)[1:]
    named = zip(parts[::2], parts[1::2], strict=False)
    return {name.lower(): [line for line in body.split("\n") if line.strip()] for name, body in named}


def _session(sections: Sections, zone: ZoneInfo) -> AppSession:
    params = dict(line.split("=", 1) for line in sections.get("params", ()) if "=" in line)
    day, length = params.get("Date", "").strip(), seconds_in(params.get("Length", "").strip(), what="length")
    samples = _samples(sections.get("hrdata", ()))
    beats = [row[0] for row in samples if row and 20 <= row[0] <= 260]
    metres = _metres(sections, samples, params)
    speed = metres / length if metres and length else None
    pace = pace_of(*_way_behind(samples, params), mean_m_s=speed, moving_s=length)
    return AppSession(
        moment=at_text(f"{_day(day)}T{_clock(params.get('StartTime', ''))}", zone=zone),
        kind=kind_of("", names=(" ".join(sections.get("note", ())),), pace=pace),
        moving_s=length,
        distance_m=metres,
        heart_rate=sum(beats) / len(beats) if beats and not _is_beat_to_beat(params) else None,
    )


def _samples(lines: Sequence[str]) -> list[list[float]]:
    """Parse the numbers of each line, falling back to a tolerant parser."""
    rows = [line.split() for line in lines]
    try:
        return [[*map(float, row)] for row in rows]
    except ValueError:
        return [[*map(number_of, row)] for row in rows]


def _way_behind(samples: list[list[float]], params: dict[str, str]) -> tuple[Floats, Floats]:
    """Seconds since the start, and the metres that lay behind; both empty where no speed was recorded."""
    tenths = np.array(_tenths(samples, params))
    interval = number_of(params.get("Interval"))
    metres: Floats = np.cumsum(tenths, dtype=np.float64) / 10 * _unit(params) / 3.6 * interval
    return np.arange(len(tenths), dtype=np.float64) * interval, metres


def _tenths(samples: list[list[float]], params: dict[str, str]) -> list[float]:
    """Return the speed of each sample in tenths of the unit; empty where none was recorded."""
    interval = number_of(params.get("Interval"))
    if params.get("SMode", "")[:1] != "1" or not 0 < interval < _BEAT_TO_BEAT:
        return []
    return [row[1] if len(row) > 1 and 0 <= row[1] < 1500 else 0.0 for row in samples]


def _unit(params: dict[str, str]) -> float:
    """Kilometres in one of the file's units of length."""
    return MILE_KM if params.get("SMode", "")[7:8] == "1" else 1.0


def _metres(sections: Sections, samples: list[list[float]], params: dict[str, str]) -> float | None:
    """Compute the distance from sampled speed (tenths of km/h or mph), else from the trip (tenths of km or miles)."""
    tenths = _tenths(samples, params)
    if tenths:
        return sum(tenths) / 10 * _unit(params) / 3.6 * number_of(params.get("Interval"))
    trip = sections.get("trip", [])
    return number_of(trip[0]) * 100 * _unit(params) if trip else None


def _is_beat_to_beat(params: dict[str, str]) -> bool:
    return number_of(params.get("Interval")) == _BEAT_TO_BEAT


def _day(digits: str) -> str:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])).isoformat()
    except ValueError as error:
        raise BadValue(
            f"Its day is '{digits[:20]}'.", advice="Type this session into a table of runs."
        ) from error


def _clock(text: str) -> str:
    """Format a time of day with a two-digit hour and without fractions of a second."""
    return text.strip().partition(".")[0].rjust(8, "0")
