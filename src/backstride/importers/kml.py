"""The KML and KMZ reader: maps that carry a recorded track with its times."""

import io
import zipfile
import zlib
from typing import Final
from zoneinfo import ZoneInfo

from backstride.errors import BadInput, BrokenFile, UnknownFormat
from backstride.importers.base import ImportResult
from backstride.importers.packing import MOST_BYTES
from backstride.importers.recorder import Recorder
from backstride.importers.track_runs import Session, result_of, sessions_of
from backstride.importers.xml_stream import Element, XmlStream, root_of, within

_TAGS: Final = (
    "kml",
    "Placemark",
    "MultiTrack",
    "Track",
    "when",
    "coord",
    "coordinates",
    "SimpleArrayData",
    "value",
    "name",
)
_BEATS: Final = frozenset({"heart_rate", "heartrate", "hr"})
_ZIP: Final = b"PK\x03\x04"
_MOST_ENTRIES: Final = 10_000


class KmlReader:
    """Reads KML, plain or as KMZ, with times; a mere line on a map is no recording."""

    name = "KML"

    def knows(self, head: bytes, *, name: str) -> bool:
        if head[:4] == _ZIP:
            first = head[30 : 30 + int.from_bytes(head[26:28], "little")]
            return first.lower().endswith(b".kml") or name.lower().endswith(".kmz")
        return root_of(head) == "kml"

    def read(self, content: bytes, *, name: str, zone: ZoneInfo) -> ImportResult:
        """Every recorded track as a run.

        Raises:
            UnknownFormat: a map in which nothing is timed.
            BrokenFile: no track in it can be used.
        """
        if content[:4] == _ZIP:
            content = _map_in(content, name)
        stream, reading = XmlStream(content, tags=_TAGS, name=name), _Reading(zone)
        stream.tell(reading)
        tracks = reading.recorded()
        if not tracks:
            raise _nothing_recorded(name, stream)
        named = [Session(one.track, one.kind, (*one.names, name)) for one in tracks]
        return result_of(sessions_of(named), unit="track", name=name, zone=zone, doubts=stream.doubts)


KML = KmlReader()


class _Reading:
    """What was met so far, and the track that is being read."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._sessions: list[Session] = []
        self._stamped = Recorder(zone)
        self._name = ""
        self._array = ""
        self._when: str | None = None
        self._recorder: Recorder | None = None
        self._in_track = False
        self._times: list[str | None] = []
        self._places: list[str | None] = []
        self._beats: list[str | None] = []

    def begin(self, tag: str, element: Element) -> None:
        """An element begins; its attributes are known."""
        if tag == "Track":
            self._in_track = True
            self._times, self._places, self._beats = [], [], []
            self._recorder = self._recorder or Recorder(self._zone)
        elif tag == "Placemark":
            self._recorder, self._when, self._name = None, None, ""
        elif tag == "SimpleArrayData":
            self._array = (element.get("name") or "").lower()

    def end(self, tag: str, element: Element) -> None:
        """An element is complete."""
        if tag == "when":
            self._when = element.text
            self._times += [element.text] if self._in_track else []
        elif tag == "coord":
            self._places += [element.text] if self._in_track else []
        elif tag == "value":
            self._beats += [element.text] if self._array in _BEATS else []
        elif tag == "SimpleArrayData":
            self._array = ""
        elif tag == "Track":
            self._end_track()
        elif tag == "coordinates" and within(element) == "Point":
            self._stamp(element.text)
        elif tag == "name" and within(element) == "Placemark":
            self._name = (element.text or "")[:200]
        elif tag == "Placemark":
            self._keep()

    def recorded(self) -> list[Session]:
        """The tracks; without any, the places that carry a time, in the order of the file."""
        self._keep()
        if self._sessions or len(self._stamped) < 2:
            return self._sessions
        return [Session(self._stamped.track())]

    def _keep(self) -> None:
        if self._recorder is not None and len(self._recorder):
            self._sessions.append(Session(self._recorder.track(), names=(self._name,)))
        self._recorder = None

    def _end_track(self) -> None:
        """Times and places stand in two lists; the first time belongs to the first place."""
        assert self._recorder is not None
        beats = self._beats if len(self._beats) == len(self._times) else [None] * len(self._times)
        self._recorder.next_segment()
        for time, place, beat in zip(self._times, self._places, beats, strict=False):
            longitude, latitude = _pair(place, " ")
            self._recorder.add(time, latitude=latitude, longitude=longitude, heart_rate=beat)
        self._in_track = False

    def _stamp(self, text: str | None) -> None:
        if self._when is not None:
            longitude, latitude = _pair(text, ",")
            self._stamped.add(self._when, latitude=latitude, longitude=longitude)


def _pair(place: str | None, between: str) -> tuple[str | None, str | None]:
    parts = (place or "").strip().split(between, 2)
    return (parts[0], parts[1]) if len(parts) > 1 else (None, None)


def _map_in(content: bytes, name: str) -> bytes:
    """The map in a KMZ archive: `doc.kml`, or else the first."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if entry.filename.lower().endswith(".kml")]
            if not entries or len(archive.infolist()) > _MOST_ENTRIES:
                raise UnknownFormat(
                    f"{name} is a KMZ archive without a map.", advice="Export the activity once more."
                )
            entries.sort(key=lambda entry: entry.filename.lower() != "doc.kml")
            with archive.open(entries[0]) as file:
                found = file.read(MOST_BYTES + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        RuntimeError,  # encrypted, or packed in a way that Python does not know
        ValueError,
        OverflowError,
    ) as error:
        raise BrokenFile(
            f"{name} is a KMZ archive that cannot be unpacked.", advice="Download or copy it once more."
        ) from error
    return found


def _nothing_recorded(name: str, stream: XmlStream) -> BadInput:
    if stream.doubts:
        return BrokenFile(
            f"{name} is a damaged KML file without a single timed point.",
            advice="Download or copy it once more.",
        )
    return UnknownFormat(
        f"{name} is a map without times, so nobody can tell when it was run.",
        advice="Export the recording itself, as FIT, TCX or GPX.",
    )
