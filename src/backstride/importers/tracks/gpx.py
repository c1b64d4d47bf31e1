"""The GPX reader: tracks of watches, apps and sites."""

import re
from dataclasses import replace
from typing import Final
from zoneinfo import ZoneInfo

from backstride.errors import BadInput, BrokenFile, UnknownFormat
from backstride.importers.base import ImportResult
from backstride.importers.recorder import Recorder
from backstride.importers.tracks.track_runs import Session, result_of, sessions_of
from backstride.importers.tracks.xml_stream import Element, iterate_elements, root_of, within

MAX_TRACKS: Final = 20_000
_TAGS: Final = ("trk", "trkseg", "trkpt", "time", "hr", "heartrate", "type", "name")
_PLANS: Final = re.compile(rb"<(?:[\w.-]+:)?(?:rte|wpt)[\s>/]")
_PLANNERS: Final = (
    "graphhopper", "brouter", "openrouteservice", "gpsies", "plotaroute", "routeyou", "bikemap",
    "trackprofiler", "routeconverter", "mapometer",
)  # fmt: skip


class GpxReader:
    """Reads GPX 1.0 and 1.1, cut-off and damaged files too."""

    name = "GPX"

    def knows(self, head: bytes, *, name: str) -> bool:  # noqa: ARG002 - the content says enough
        return root_of(head) == "gpx"

    def read(self, content: bytes, *, name: str, zone: ZoneInfo) -> ImportResult:
        """Read every recorded track as a run.

        Raises:
            UnknownFormat: a map, route or plan, in which nothing was recorded.
            BrokenFile: no track in it can be used.
        """
        reading = _Reading(zone)
        doubts = iterate_elements(reading, content, tags=_TAGS, name=name)
        if not reading.tracks:
            raise _nothing_recorded(name, damaged=bool(doubts), plans=_PLANS.search(content) is not None)
        tracks = reading.tracks
        if len(tracks) == 1:  # or else the title is that of a collection
            tracks = [replace(one, names=(*one.names, reading.title)) for one in tracks]
        if planner := _planner(reading.creator):
            doubts = (
                *doubts,
                f"it was written by {planner}, which plans ways: if you never ran it, take it away",
            )
        return result_of(sessions_of(tracks), unit="track", name=name, zone=zone, doubts=doubts)


GPX = GpxReader()


class _Reading:
    """What was met so far, and the track that is being read."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.title, self.creator = "", ""
        self.tracks: list[Session] = []
        self._zone = zone
        self._open()

    def _open(self) -> None:
        self._recorder, self._kind, self._name = Recorder(self._zone), "", ""
        self._time: str | None = None
        self._beats: str | None = None
        self._in_points = False

    def end(self, tag: str, element: Element) -> None:
        """Handle the end of an element."""
        if tag == "time":
            if self._in_points or within(element) == "trkpt":  # or else the time of the file or a place
                self._time = element.text
        elif tag == "trkpt":
            self._recorder.add(self._time, element.get("lat"), element.get("lon"), None, self._beats)
            self._time = self._beats = None
            self._in_points = True
        elif tag in ("hr", "heartrate"):
            self._beats = element.text
        elif tag == "trkseg":
            self._recorder.next_segment()
            self._in_points = False
        elif tag == "trk":
            self.creator = self.creator or _creator(element)
            if len(self._recorder):
                self._refuse_more_than_anybody_records()
                self.tracks.append(Session(self._recorder.track(), self._kind, (self._name,)))
            self._open()
        else:
            self._called(tag, (element.text or "")[:200], within(element))

    def _refuse_more_than_anybody_records(self) -> None:
        if len(self.tracks) >= MAX_TRACKS:
            raise BrokenFile(f"It holds more than {MAX_TRACKS:,} tracks.", advice="Leave it out.")

    def _called(self, tag: str, text: str, parent: str) -> None:
        if parent == "trk" and tag == "type":
            self._kind = text.strip()
        elif parent == "trk":
            self._name = text
        elif parent in ("metadata", "gpx") and tag == "name":
            self.title = text


def _creator(element: Element) -> str:
    """Return the program that wrote the file, from the outermost element."""
    around = element.getparent()
    return "" if around is None else (around.get("creator") or "")[:80]


def _planner(creator: str) -> str:
    """Return the name of a route planner, whose times are made up; empty for every other program."""
    return next((name for name in _PLANNERS if name in creator.lower()), "")


def _nothing_recorded(name: str, *, damaged: bool, plans: bool) -> BadInput:
    if damaged:
        return BrokenFile(
            f"{name} is a damaged GPX file that holds no point at all.",
            advice="Download or copy it once more.",
        )
    if not plans:
        return UnknownFormat(
            f"{name} is a GPX file in which nothing was recorded.", advice="Export the activity once more."
        )
    return UnknownFormat(
        f"{name} is a GPX file of places or a route to follow, not of an activity.",
        advice="Export the recording (the track), not the plan.",
    )
