"""What the laps and samples of a training log amount to, for when it states no totals."""

import math
from array import array
from collections.abc import Iterable
from typing import Final

import numpy as np

from backstride.errors import BrokenFile
from backstride.importers.recorder import number_of
from backstride.importers.tracks.track import MAX_BEATS, MIN_BEATS, Floats, Track
from backstride.importers.tracks.xml_stream import Element, within

LAPS_S, LAPS_M = "laps.seconds", "laps.metres"
MOVING_S, ELAPSED_S, WAY_M, BEATS = "samples.moving", "samples.elapsed", "samples.metres", "samples.beats"
LOCAL_CLOCK, UTC_CLOCK = "samples.local", "samples.utc"

_SAMPLES: Final = frozenset({"sample", "Sample", "pt"})
_LAPS: Final = frozenset({"Lap", "segment"})
_ROLES: Final = {
    "timeoffset": 0, "tm": 0, "Time": 0,
    "dist": 1, "Distance": 1,
    "lat": 2, "Latitude": 2,
    "lon": 3, "lng": 3, "Longitude": 3,
    "hr": 4, "HR": 4,
}  # fmt: skip
_CLOCKS: Final = {"LocalTime": LOCAL_CLOCK, "UTC": UTC_CLOCK}
_RADIANS_WITHIN: Final = 3.2
LAP_TAGS: Final = tuple(sorted(_LAPS))
SAMPLE_TAGS: Final = tuple(dict.fromkeys([*_SAMPLES, *_LAPS, *_ROLES, *_CLOCKS]))
MAX_SAMPLES: Final = 700_000
_BEATS_ROLE: Final = _ROLES["hr"]
_WIDTH: Final = max(_ROLES.values()) + 1


class LogSamples:
    """Gathers the laps and samples of one session as a reader meets them."""

    def __init__(self, *, beats_alone: bool = False) -> None:
        """Start empty; `beats_alone` reads of each sample the heart rate and nothing else, in a third of the time."""
        self._beats: array[float] | None = array("d") if beats_alone else None
        self._samples = array("d")  # five numbers each, by _ROLES
        self._open = [math.nan] * _WIDTH
        self._laps = {LAPS_S: 0.0, LAPS_M: 0.0}
        self._clocks: dict[str, str] = {}

    def add_rows(self, rows: "array[float]") -> None:
        """Add samples of five numbers each: seconds, metres, latitude, longitude, heart rate."""
        self._samples.extend(rows)

    def end(self, tag: str, element: Element) -> bool:
        """Handle the end of an element; return whether it belongs to a lap or a sample."""
        if tag in _SAMPLES:
            if self._beats is None:
                self._end_sample(element)
            else:
                self._add_beat(element.get("hr"))
            return True
        parent = within(element)
        if parent in _SAMPLES:
            if self._beats is not None and _ROLES.get(tag) == _BEATS_ROLE:
                self._add_beat(element.text)
                return True
            self._of_sample(tag, (element.text or "").strip())
            return True
        if tag in _LAPS:
            self._add(LAPS_S, element.get("DurationSeconds"))
            return True
        return self._of_lap(tag, element, parent)

    def totals(self) -> dict[str, str]:
        """Return the totals of laps and samples, by the names above; empty where there are none."""
        found = {name: repr(value) for name, value in self._laps.items() if value > 0}
        found |= self._clocks
        if self._beats:
            mean = mean_of_beats(self._beats)
            return found if mean is None else found | {BEATS: repr(mean)}
        if len(self._samples) < 2 * _WIDTH:
            return found
        times, metres, latitude, longitude, beats = np.array(self._samples).reshape(-1, _WIDTH).T
        if not (np.abs(latitude[np.isfinite(latitude)]) > _RADIANS_WITHIN).any() and self._clocks:
            latitude, longitude = np.degrees(latitude), np.degrees(longitude)  # Suunto counts in radians
        track = Track(
            times,
            np.radians(latitude),
            np.radians(longitude),
            metres,
            _in_minutes(beats),
            np.zeros(len(times)),
        )
        values = {
            MOVING_S: track.moving_s,
            ELAPSED_S: track.elapsed_s,
            WAY_M: track.distance_m,
            BEATS: track.heart_rate_mean,
        }
        return found | {name: repr(value) for name, value in values.items() if value}

    def _of_sample(self, tag: str, text: str) -> None:
        if tag in _CLOCKS:
            self._clocks.setdefault(_CLOCKS[tag], text)
        elif self._beats is None and tag in _ROLES:
            self._open[_ROLES[tag]] = number_of(text)

    def _add_beat(self, text: str | None) -> None:
        if text and self._beats is not None:
            if len(self._beats) >= MAX_SAMPLES:
                raise _too_many()
            self._beats.append(number_of(text))

    def _end_sample(self, element: Element) -> None:
        for name, text in element.items():
            if (role := _ROLES.get(name)) is not None:
                self._open[role] = number_of(text)
        if len(self._samples) >= MAX_SAMPLES * _WIDTH:
            raise _too_many()
        self._samples.extend(self._open)
        self._open = [math.nan] * _WIDTH

    def _of_lap(self, tag: str, element: Element, parent: str) -> bool:
        around = element.getparent()
        if parent == "summarydata" and around is not None:
            parent = within(around)
        if parent not in _LAPS:
            return False
        if tag in ("Distance", "dist"):
            self._add(LAPS_M, element.get("TotalMeters") or element.text)
        elif tag == "duration":
            self._add(LAPS_S, element.text)
        return True

    def _add(self, name: str, text: str | None) -> None:
        value = number_of(text)
        if math.isfinite(value) and value > 0:
            self._laps[name] += value


def mean_of_beats(beats: Iterable[float]) -> float | None:
    """Return the mean of heart rates that can be, in beats a minute; None where there is none."""
    found = _in_minutes(np.fromiter(beats, dtype=float))
    found = found[(found >= MIN_BEATS) & (found <= MAX_BEATS)]
    return float(found.mean()) if len(found) else None


def _in_minutes(beats: Floats) -> Floats:
    """Heart rates in beats a minute, those told in beats a second among them."""
    return np.where(beats < 10, 60.0 * beats, beats)


def _too_many() -> BrokenFile:
    return BrokenFile(
        f"It holds more than {MAX_SAMPLES:,} samples.", advice="Nobody runs that long; leave it out."
    )
