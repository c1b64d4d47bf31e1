"""The TCX reader: activities of Garmin's Training Center and of all that export to it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from backstride.core.datetimes import EARLIEST, LATEST
from backstride.errors import BadInput, BrokenFile, UnknownFormat
from backstride.importers.base import ImportResult
from backstride.importers.recorder import Recorder, moment_of, number_of, seconds_of
from backstride.importers.tracks.track import Track
from backstride.importers.tracks.track_runs import Session, result_of, sessions_of
from backstride.importers.tracks.xml_stream import Element, iterate_elements, root_of, within

_ROOT: Final = "TrainingCenterDatabase"
_TAGS: Final = (
    "Activity",
    "Course",
    "Workout",
    "Id",
    "Lap",
    "Track",
    "Trackpoint",
    "Time",
    "LatitudeDegrees",
    "LongitudeDegrees",
    "DistanceMeters",
    "Value",
    "TotalTimeSeconds",
)
MAX_LAP_S: Final = 48 * 3600.0
MAX_LAP_M: Final = 1e6


@dataclass(frozen=True, slots=True)
class Lap:
    """A lap's own totals; None where it states none, or an impossible one."""

    start: float | None
    seconds: float | None
    metres: float | None
    heart_rate: float | None


class TcxReader:
    """Reads TCX, cut-off and damaged files too."""

    name = "TCX"

    def knows(self, head: bytes, *, name: str) -> bool:  # noqa: ARG002 - the content says enough
        return root_of(head) == _ROOT

    def read(self, content: bytes, *, name: str, zone: ZoneInfo) -> ImportResult:
        """Read every activity as a run; a multisport session gives one for each sport.

        Raises:
            UnknownFormat: a course or a workout to follow.
            BrokenFile: no activity in it can be used.
        """
        reading = _Reading(zone)
        doubts = iterate_elements(reading, content, tags=_TAGS, name=name)
        if not reading.sessions:
            raise _nothing_recorded(name, damaged=bool(doubts) or reading.activities > 0, plans=reading.plans)
        return result_of(reading.sessions, unit="activity", name=name, zone=zone, doubts=doubts)


TCX = TcxReader()


class _Reading:
    """What was met so far, and the activity, lap and point that are being read."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.sessions: list[Session] = []
        self.activities = 0
        self.plans = False
        self._zone = zone
        self._point: dict[str, str | None] = {}
        self._open()

    def _open(self) -> None:
        self._id: str | None = None
        self._recorder = Recorder(self._zone)
        self._laps: list[Lap] = []
        self._lap: dict[str, float] = {}
        self._stopped = False

    def end(self, tag: str, element: Element) -> None:
        """Handle the end of an element."""
        if tag in ("Value", "DistanceMeters", "TotalTimeSeconds"):
            self._measured(tag, element.text, within(element))
        elif tag == "Trackpoint":
            self._end_point()
        elif tag == "Track":
            self._stopped = True
        elif tag == "Lap":
            self._end_lap(element.get("StartTime"))
        elif tag == "Activity":
            self.activities += 1
            self._end_activity(element.get("Sport") or "")
        elif tag in ("Course", "Workout"):  # their points were never run
            self.plans = True
            self._open()
        elif tag == "Id":
            self._id = element.text
        else:
            self._point[tag] = element.text

    def _measured(self, tag: str, text: str | None, parent: str) -> None:
        """Store a number under what its parent element says it is."""
        if parent in ("Trackpoint", "HeartRateBpm"):
            self._point[tag] = text
        elif parent in ("Lap", "AverageHeartRateBpm"):
            self._lap[tag] = number_of(text)

    def _end_point(self) -> None:
        if self._stopped:  # a further track of the same lap
            self._recorder.next_segment()
            self._stopped = False
        get = self._point.get
        self._recorder.add(
            get("Time"), get("LatitudeDegrees"), get("LongitudeDegrees"), get("DistanceMeters"), get("Value")
        )
        self._point.clear()

    def _end_lap(self, start: str | None) -> None:
        get = self._lap.get
        self._laps.append(
            Lap(
                start=_seconds(start, self._zone),
                seconds=_within(get("TotalTimeSeconds"), 0.0, MAX_LAP_S),
                metres=_within(get("DistanceMeters"), 0.0, MAX_LAP_M),
                heart_rate=_within(get("Value"), 20.0, 260.0),
            )
        )
        self._lap, self._stopped = {}, False  # the next lap follows without a stop

    def _end_activity(self, sport: str) -> None:
        """Build the activity's session; several where it has no totals and long silences."""
        track = self._recorder.track()
        indoors = sport.lower() == "running" and len(track) > 0 and not track.has_positions
        moving = _sum(lap.seconds for lap in self._laps)
        begin, end = _span(self._laps, _seconds(self._id, self._zone))
        if begin is not None and _is_believable(begin):
            track = track if _any_believable(track) else track.without_times()  # a clock that began in 1970
        whole = Session(
            track,
            sport,
            (),
            moving,
            _sum(lap.metres for lap in self._laps),
            _mean_heart_rate(self._laps),
            begin,
            end,
            nowhere=indoors,
        )
        if moving:
            self.sessions.append(whole)
        elif len(track):
            self.sessions += sessions_of([replace(whole, begin=None, end=None)])
        self._open()


def _is_believable(seconds: float) -> bool:
    return EARLIEST.timestamp() <= seconds < LATEST.timestamp()


def _any_believable(track: Track) -> bool:
    known = track.times[np.isfinite(track.times)]
    return bool(((known >= EARLIEST.timestamp()) & (known < LATEST.timestamp())).any())


def _span(laps: Sequence[Lap], began: float | None) -> tuple[float | None, float | None]:
    """From the first lap's start to the last lap's end."""
    starts = [(lap.start, lap.seconds or 0.0) for lap in laps if lap.start is not None]
    if not starts:
        return began, None
    return min(starts)[0], sum(max(starts))


def _mean_heart_rate(laps: Sequence[Lap]) -> float | None:
    """Mean over the laps, each by its length."""
    known = [(lap.seconds, lap.heart_rate) for lap in laps if lap.seconds and lap.heart_rate]
    total = sum(seconds for seconds, _ in known)
    return sum(seconds * beats for seconds, beats in known) / total if total else None


def _sum(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _within(value: float | None, least: float, most: float) -> float | None:
    return value if value is not None and least <= value <= most else None


def _seconds(text: str | None, zone: ZoneInfo) -> float | None:
    moment = moment_of(text)
    seconds = math.nan if moment is None else seconds_of(moment, zone=zone)
    return None if math.isnan(seconds) else seconds


def _nothing_recorded(name: str, *, damaged: bool, plans: bool) -> BadInput:
    if damaged:
        return BrokenFile(
            f"{name} is a TCX file that holds neither how long it took nor a point of the way.",
            advice="Download or copy it once more, or type this run into a table of runs.",
        )
    if not plans:
        return UnknownFormat(
            f"{name} is a TCX file in which nothing was recorded.", advice="Export the activity once more."
        )
    return UnknownFormat(
        f"{name} is a TCX file of a course or a workout to follow, not of an activity.",
        advice="Export the recorded activity.",
    )
