"""The KML and KMZ reader: maps that carry a recorded track with its times."""

import io
import zipfile
import zlib
from typing import Final
from zoneinfo import ZoneInfo

from backstride.errors import BadInput, BrokenFile, UnknownFormat
from backstride.importers.base import ImportResult
from backstride.importers.packing import MAX_BYTES
from backstride.importers.recorder import Recorder
from backstride.importers.tracks.track_runs import Session, result_of, sessions_of
from backstride.importers.tracks.xml_stream import Element, iterate_elements, root_of, within

_TAGS: Final = ("Placemark", "Track", "when", "coord", "coordinates", "SimpleArrayData", "value", "name")
_BEATS: Final = frozenset({"heart_rate", "heartrate", "hr"})
_ZIP: Final = b"PK\x03\x04"
_MAX_ENTRIES: Final = 10_000


class KmlReader:
    """Reads KML, plain or as KMZ, with times; a mere line on a map is no recording."""

    name = "KML"

    def knows(self, head: bytes, *, name: str) -> bool:
        if head[:4] == _ZIP:
            first = head[30 : 30 + int.from_bytes(head[26:28], "little")]
            return first.lower().endswith(b".kml") or name.lower().endswith(".kmz")
        return root_of(head) == "kml"

    def read(self, content: bytes, *, name: str, zone: ZoneInfo) -> ImportResult:
        """Read every recorded track as a run.

        Raises:
            UnknownFormat: a map in which nothing is timed.
            BrokenFile: no track in it can be used.
        """
        if content[:4] == _ZIP:
            content = _map_in(content, name)
        reading = _Reading(zone)
        doubts = iterate_elements(reading, content, tags=_TAGS, name=name)
        tracks = reading.recorded()
        if not tracks:
            raise _nothing_recorded(name, damaged=bool(doubts), is_map=reading.is_map)
        return result_of(sessions_of(tracks), unit="track", name=name, zone=zone, doubts=doubts)


KML = KmlReader()


class _Reading:
    """What was met so far, and the track that is being read."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._sessions: list[Session] = []
        self._stamped: list[tuple[str | None, str | None]] = []
        self.is_map = False
        self._open()
        self._open_track()

    def _open(self) -> None:
        self._recorder = Recorder(self._zone)
        self._name = ""
        self._stamp: str | None = None

    def _open_track(self) -> None:
        self._times: list[str | None] = []
        self._places: list[str | None] = []
        self._values: list[str | None] = []
        self._beats: list[str | None] = []

    def end(self, tag: str, element: Element) -> None:
        """Handle the end of an element."""
        if tag == "coord":
            self._places.append(element.text)
        elif tag == "when":
            self._timed(element.text, within(element))
        elif tag == "value":
            self._values.append(element.text)
        elif tag == "SimpleArrayData":
            self._beats = self._values if (element.get("name") or "").lower() in _BEATS else self._beats
            self._values = []
        elif tag == "Track":
            self._end_track()
        elif tag == "Placemark":
            self._end_placemark()
        elif tag == "coordinates":
            self.is_map = True
            if within(element) == "Point":
                self._stamped.append((self._stamp, element.text))
        elif tag == "name" and within(element) == "Placemark":
            self._name = (element.text or "")[:200]

    def recorded(self) -> list[Session]:
        """Return the tracks, or without any the placemarks from the first to the last with a time, in file order.

        Those between without a time count for the way.
        """
        self._end_placemark()
        timed = [i for i, (stamp, _) in enumerate(self._stamped) if stamp is not None]
        if self._sessions or len(timed) < 2:
            return self._sessions
        recorder = Recorder(self._zone)
        for stamp, place in self._stamped[timed[0] : timed[-1] + 1]:
            longitude, latitude = _pair(place)
            recorder.add(stamp, latitude, longitude, None, None)
        return [Session(recorder.track())]

    def _timed(self, text: str | None, parent: str) -> None:
        if parent == "Track":
            self._times.append(text)
        else:
            self._stamp = text

    def _end_track(self) -> None:
        """Pair the two lists of times and positions of a track."""
        count = min(len(self._times), len(self._places))
        beats = self._beats if len(self._beats) == len(self._times) else [None] * len(self._times)
        parts = [(place or "").split(None, 2) for place in self._places[:count]]
        longitudes = [part[0] if len(part) > 1 else None for part in parts]
        latitudes = [part[1] if len(part) > 1 else None for part in parts]
        self._recorder.add_all(self._times[:count], latitudes, longitudes, beats[:count])
        self._recorder.next_segment()
        self._open_track()

    def _end_placemark(self) -> None:
        if len(self._recorder):
            self._sessions.append(Session(self._recorder.track(), names=(self._name,)))
        self._open()


def _pair(place: str | None) -> tuple[str | None, str | None]:
    parts = (place or "").strip().split(",", 2)
    return (parts[0], parts[1]) if len(parts) > 1 else (None, None)


def _map_in(content: bytes, name: str) -> bytes:
    """Return the map in a KMZ archive: `doc.kml`, or else the first."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if entry.filename.lower().endswith(".kml")]
            if not entries or len(archive.infolist()) > _MAX_ENTRIES:
                raise UnknownFormat(
                    f"{name} is a KMZ archive without a map.", advice="Export the activity once more."
                )
            entries.sort(key=lambda entry: entry.filename.lower() != "doc.kml")
            with archive.open(entries[0]) as file:
                found = file.read(MAX_BYTES + 1)
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


def _nothing_recorded(name: str, *, damaged: bool, is_map: bool) -> BadInput:
    if damaged:
        return BrokenFile(
            f"{name} is a damaged KML file without a single timed point.",
            advice="Download or copy it once more.",
        )
    if not is_map:
        return UnknownFormat(
            f"{name} is a KML file in which nothing was recorded.", advice="Export the activity once more."
        )
    return UnknownFormat(
        f"{name} is a map without times, so nobody can tell when it was run.",
        advice="Export the recording itself, as FIT, TCX or GPX.",
    )
