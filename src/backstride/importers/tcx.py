"""The TCX reader: activities of Garmin's Training Center and of all that export to it."""

import math
from typing import Final
from zoneinfo import ZoneInfo

from backstride.core.run import Activity
from backstride.errors import BadInput, BrokenFile, UnknownFormat
from backstride.importers.base import ImportResult
from backstride.importers.recorder import Recorder, moment_of, number_of, seconds_of
from backstride.importers.track_runs import Session, result_of, sessions_of
from backstride.importers.xml_stream import Element, XmlStream, root_of, within

_TAGS: Final = (
    "TrainingCenterDatabase",
    "Activity",
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
_MOST_LAP_S: Final = 48 * 3600.0


class TcxReader:
    """Reads TCX, cut-off and damaged files too."""

    name = "TCX"

    def knows(self, head: bytes, *, name: str) -> bool:  # noqa: ARG002 - the content says enough
        return root_of(head) == _TAGS[0]

    def read(self, content: bytes, *, name: str, zone: ZoneInfo) -> ImportResult:
        """Every activity as a run; a multisport session gives one for each sport.

        Raises:
            UnknownFormat: a course or a workout to follow.
            BrokenFile: no activity in it can be used.
        """
        stream, reading = XmlStream(content, tags=_TAGS, name=name), _Reading(zone)
        stream.tell(reading)
        if not reading.sessions:
            raise _nothing_recorded(name, stream, reading)
        return result_of(reading.sessions, unit="activity", name=name, zone=zone, doubts=stream.doubts)


TCX = TcxReader()


class _Reading:
    """What was met so far, and the activity, lap and point that are being read."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.sessions: list[Session] = []
        self.activities = 0
        self._zone = zone
        self._activity: _Activity | None = None
        self._point: dict[str, str | None] = {}

    def begin(self, tag: str, element: Element) -> None:
        """An element begins; its attributes are known."""
        if tag == "Trackpoint":
            self._point = {}
        elif tag == "Activity":
            self.activities += 1
            self._activity = _Activity(element.get("Sport") or "", self._zone)
        elif self._activity is None:
            return
        elif tag == "Lap":
            self._activity.open_lap(element.get("StartTime"))
        elif tag == "Track":
            self._activity.open_track()

    def end(self, tag: str, element: Element) -> None:
        """An element is complete."""
        if self._activity is None:  # a course or a workout
            return
        if tag == "Trackpoint":
            self._add_point(self._activity.recorder)
        elif tag == "Activity":
            self.sessions += self._activity.sessions()
            self._activity = None
        elif tag == "Id":
            self._activity.id = element.text
        elif tag in ("Value", "DistanceMeters", "TotalTimeSeconds"):
            self._measured(tag, element.text, within(element), self._activity)
        else:
            self._point[tag] = element.text

    def _add_point(self, recorder: Recorder) -> None:
        point = self._point
        recorder.add(
            point.get("Time"),
            latitude=point.get("LatitudeDegrees"),
            longitude=point.get("LongitudeDegrees"),
            counted_m=point.get("DistanceMeters"),
            heart_rate=point.get("HeartRateBpm"),
        )

    def _measured(self, tag: str, text: str | None, parent: str, activity: "_Activity") -> None:
        if parent == "Lap":
            activity.total(tag, number_of(text))
        elif tag == "Value" and parent == "HeartRateBpm":
            self._point["HeartRateBpm"] = text
        elif tag == "Value" and parent == "AverageHeartRateBpm":
            activity.total("AverageHeartRateBpm", number_of(text))
        elif parent == "Trackpoint":
            self._point[tag] = text


class _Activity:
    """One activity: its laps' totals and its points."""

    def __init__(self, sport: str, zone: ZoneInfo) -> None:
        self.id: str | None = None
        self.recorder = Recorder(zone)
        self._sport = sport
        self._zone = zone
        self._laps: list[dict[str, float]] = []
        self._first_track = True

    def open_lap(self, start: str | None) -> None:
        """A lap begins; its first track follows the lap before without a stop."""
        self._laps.append({"StartTime": self._seconds(start)})
        self._first_track = True

    def open_track(self) -> None:
        """A track begins; a second one in the same lap tells of a stop."""
        if not self._first_track:
            self.recorder.next_segment()
        self._first_track = False

    def total(self, tag: str, value: float) -> None:
        """A total of the lap being read."""
        if self._laps:
            self._laps[-1][tag] = value

    def sessions(self) -> list[Session]:
        """The activity as a session; as several where it has no totals and long silences."""
        track = self.recorder.track()
        moving, distance = self._sum("TotalTimeSeconds", _MOST_LAP_S), self._sum("DistanceMeters", 1e6)
        indoors = self._sport.lower() == "running" and len(track) and not track.has_positions
        kind = Activity.TREADMILL.value if indoors else self._sport
        if not len(track) and not moving:
            return []
        if moving is None:
            return sessions_of([Session(track, kind, distance_m=distance, heart_rate=self._heart_rate())])
        begin, end = self._span()
        return [Session(track, kind, (), moving, distance, self._heart_rate(), begin, end)]

    def _sum(self, tag: str, most: float) -> float | None:
        values = [lap[tag] for lap in self._laps if 0 <= lap.get(tag, math.nan) <= most]
        return sum(values) if values else None

    def _heart_rate(self) -> float | None:
        """Mean over the laps, each by its length."""
        laps = [
            (lap.get("TotalTimeSeconds", math.nan), lap.get("AverageHeartRateBpm", math.nan))
            for lap in self._laps
        ]
        known = [
            (seconds, beats) for seconds, beats in laps if 0 < seconds <= _MOST_LAP_S and 20 <= beats <= 260
        ]
        total = sum(seconds for seconds, _ in known)
        return sum(seconds * beats for seconds, beats in known) / total if total else None

    def _span(self) -> tuple[float | None, float | None]:
        """From the first lap's start to the last lap's end."""
        starts = [(lap["StartTime"], lap) for lap in self._laps if not math.isnan(lap["StartTime"])]
        if not starts:
            begin = self._seconds(self.id)
            return (None, None) if math.isnan(begin) else (begin, None)
        last, lap = max(starts, key=lambda one: one[0])
        seconds = lap.get("TotalTimeSeconds", math.nan)
        return min(start for start, _ in starts), last + seconds if 0 <= seconds <= _MOST_LAP_S else None

    def _seconds(self, text: str | None) -> float:
        moment = moment_of(text)
        return math.nan if moment is None else seconds_of(moment, zone=self._zone)


def _nothing_recorded(name: str, stream: XmlStream, reading: _Reading) -> BadInput:
    if stream.doubts or reading.activities:
        return BrokenFile(
            f"{name} is a TCX file whose activity holds neither a duration nor a recorded point.",
            advice="Download or copy it once more, or type this run into a table of runs.",
        )
    return UnknownFormat(
        f"{name} is a TCX file of a course or a workout to follow, not of an activity.",
        advice="Export the recorded activity.",
    )
