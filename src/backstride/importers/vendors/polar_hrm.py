"""Polar's HRM text files of older watches: sections in square brackets, the samples last.

Source: Polar's published description of the HRM format (versions 1.02 to 1.07).
"""

import math
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
_MAX_SAMPLES: Final = 700_000
_COLUMNS: Final = 2
_MIN_BEATS, _MAX_BEATS, _MAX_TENTHS = 20, 260, 1500
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
        if len(sections.get("hrdata", ())) > _MAX_SAMPLES:
            raise BrokenFile(f"{name} holds more values than any run has.", advice="Leave it out.")
        result = collected([sections], lambda one, _: _session(one, zone), name=name, unit="session")
        run = result.records.runs[0] if result.records.runs else None
        doubts = (
            [
                f"it names no sport and was taken as '{run.activity}'; if that is wrong, type it into a table of runs"
            ]
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
    beats = samples[:, 0][(samples[:, 0] >= _MIN_BEATS) & (samples[:, 0] <= _MAX_BEATS)]
    metres = _metres(sections, samples, params)
    speed = metres / length if metres and length else None
    pace = pace_of(*_way_behind(samples, params), mean_m_s=speed, moving_s=length)
    return AppSession(
        moment=at_text(f"{_day(day)}T{_clock(params.get('StartTime', ''))}", zone=zone),
        kind=kind_of("", names=(" ".join(sections.get("note", ())),), pace=pace),
        moving_s=length,
        distance_m=metres,
        heart_rate=float(beats.mean()) if len(beats) and not _is_beat_to_beat(params) else None,
    )


def _samples(lines: Sequence[str]) -> Floats:
    """Parse the first two numbers of each line, nan where there is none; lines of one length are parsed at once."""
    if not lines:
        return np.empty((0, _COLUMNS))
    try:
        found: Floats = np.loadtxt(lines, comments=None, ndmin=2)
    except ValueError:
        rows = [[*map(number_of, line.split()[:_COLUMNS]), math.nan, math.nan][:_COLUMNS] for line in lines]
        return np.array(rows)
    if found.shape[1] < _COLUMNS:
        found = np.column_stack([found, np.full(len(found), math.nan)])
    return found[:, :_COLUMNS]


def _way_behind(samples: Floats, params: dict[str, str]) -> tuple[Floats, Floats]:
    """Seconds since the start, and the metres that lay behind; both empty where no speed was recorded."""
    tenths = _tenths(samples, params)
    interval = number_of(params.get("Interval"))
    metres: Floats = np.cumsum(tenths, dtype=np.float64) / 10 * _unit(params) / 3.6 * interval
    return np.arange(len(tenths), dtype=np.float64) * interval, metres


def _tenths(samples: Floats, params: dict[str, str]) -> Floats:
    """Return the speed of each sample in tenths of the unit; empty where none was recorded."""
    interval = number_of(params.get("Interval"))
    if params.get("SMode", "")[:1] != "1" or not 0 < interval < _BEAT_TO_BEAT:
        return np.empty(0)
    speeds = samples[:, 1]
    return np.where((speeds >= 0) & (speeds < _MAX_TENTHS), speeds, 0.0)


def _unit(params: dict[str, str]) -> float:
    """Kilometres in one of the file's units of length."""
    return MILE_KM if params.get("SMode", "")[7:8] == "1" else 1.0


def _metres(sections: Sections, samples: Floats, params: dict[str, str]) -> float | None:
    """Compute the distance from sampled speed (tenths of km/h or mph), else from the trip (tenths of km or miles)."""
    tenths = _tenths(samples, params)
    if len(tenths):
        return float(tenths.sum()) / 10 * _unit(params) / 3.6 * number_of(params.get("Interval"))
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
