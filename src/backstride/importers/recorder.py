"""Collects the points of a track as a reader meets them."""

import math
import re
from array import array
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from backstride.core.datetimes import EARLIEST, LATEST
from backstride.errors import BrokenFile
from backstride.importers.tracks.track import Track

MAX_POINTS: Final = 700_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MAX_COUNTED_M: Final = 1e7
_COMMA: Final = re.compile(r"[+-]?\d{1,12},\d{1,18}")
_SINCE_1970: Final = re.compile(r"\d{10}|\d{13}")
_OTHER_WRITING: Final = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[Tt\s]+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,:](\d{1,9}))?)?"
    r"\s*([Zz]|UTC|GMT|utc|gmt|[+-]\d\d:?\d\d)?"
)
_FAR_S: Final = 8e9  # two centuries and a half from 1970: no calendar ends on the way


class Recorder:
    """The points of one track, as the file writes them."""

    def __init__(self, zone: ZoneInfo) -> None:
        """Start empty; times without a zone are read in `zone`."""
        self._zone = zone
        self._columns = tuple(array("d") for _ in range(6))
        self._unzoned: list[int] = []
        self._segment = 0
        self._offset: timedelta | None = None
        self.unread = ""

    def __len__(self) -> int:
        """How many points there are so far."""
        return len(self._columns[0])

    def next_segment(self) -> None:
        """Begin a new segment: what follows was recorded after a stop."""
        self._segment += 1

    def add(
        self,
        time: str | None,
        latitude: str | None,
        longitude: str | None,
        counted_m: str | None,
        heart_rate: str | None,
    ) -> None:
        """One point; what is no number or no time counts as not measured.

        What has neither a time nor a place is no point: a file cut off in the middle of a tag ends so.

        Raises:
            BrokenFile: there are more points than anybody records.
        """
        if time is None and latitude is None:
            return
        self._refuse_too_many(1)
        times, latitudes, longitudes, counted, beats, segments = self._columns
        times.append(self._seconds(time, row=len(self)))
        latitudes.append(number_of(latitude))
        longitudes.append(number_of(longitude))
        counted.append(math.nan if counted_m is None else number_of(counted_m))
        beats.append(math.nan if heart_rate is None else number_of(heart_rate))
        segments.append(self._segment)

    def add_all(
        self,
        times: Sequence[str | None],
        latitudes: Sequence[str | None],
        longitudes: Sequence[str | None],
        heart_rates: Sequence[str | None],
    ) -> None:
        """Add points of which each list holds one part, as `add` does one by one, in half the time.

        Raises:
            BrokenFile: there are more points than anybody records.
        """
        if None in times:
            for time, latitude, longitude, beat in zip(
                times, latitudes, longitudes, heart_rates, strict=True
            ):
                self.add(time, latitude, longitude, None, beat)
            return
        self._refuse_too_many(len(times))
        parts = (
            self._all_seconds(times),
            _numbers_of(latitudes),
            _numbers_of(longitudes),
            [math.nan] * len(times),
            _numbers_of(heart_rates),
            [float(self._segment)] * len(times),
        )
        for column, part in zip(self._columns, parts, strict=True):
            column.extend(part)

    def track(self) -> Track:
        """Build the track from what was collected; impossible positions and implausible years become missing."""
        times, latitude, longitude, counted, beats, segment = (np.array(c) for c in self._columns)
        if 0 < len(self._unzoned) < np.isfinite(times).sum():
            times[self._unzoned] = math.nan  # all others state a zone: these were cut off before theirs
        believable = (times >= EARLIEST.timestamp()) & (times < LATEST.timestamp())
        if believable.any():  # or else their year is the reason to refuse them
            times[~believable] = math.nan
        times[np.abs(times) > _FAR_S] = math.nan
        nowhere = ~((np.abs(latitude) <= 90) & (np.abs(longitude) <= 180))
        latitude[nowhere] = longitude[nowhere] = math.nan
        counted[~((counted >= 0) & (counted < _MAX_COUNTED_M))] = math.nan
        return Track(
            times,
            np.radians(latitude),
            np.radians(longitude),
            counted,
            beats,
            segment,
            self._offset,
            self.unread,
        )

    def _refuse_too_many(self, more: int) -> None:
        if len(self._columns[0]) + more > MAX_POINTS:
            raise BrokenFile(
                f"It holds a track of more than {MAX_POINTS:,} points.",
                advice="Nobody runs that long; leave it out.",
            )

    def _seconds(self, text: str | None, *, row: int) -> float:
        moment = moment_of(text)
        if moment is None:
            self.unread = self.unread or (text or "").strip()[:40]
            return math.nan
        if moment.tzinfo is UTC:
            return moment.timestamp()
        if moment.tzinfo is None:
            self._unzoned.append(row)
            return seconds_of(moment, zone=self._zone)
        if self._offset is None:
            self._offset = moment.utcoffset() or None
        return seconds_of(moment, zone=self._zone)

    def _all_seconds(self, texts: Sequence[str | None]) -> list[float]:
        """Seconds since 1970 UTC of each; the standard library alone reads them where all are of one zone."""
        moments = _usual_moments(texts)
        if moments is None:
            return [self._seconds(text, row=row) for row, text in enumerate(texts, start=len(self))]
        if self._offset is None:
            self._offset = moments[0].utcoffset() or None
        return [moment.timestamp() for moment in moments]


def _usual_moments(texts: Sequence[str | None]) -> list[datetime] | None:
    """Return the moments; None where one is no ISO 8601 time with the zone of the others."""
    try:
        moments = [datetime.fromisoformat(text or "") for text in texts]
    except ValueError:
        return None
    zones = {moment.tzinfo for moment in moments}
    lengths = set(map(len, filter(None, texts)))
    is_usual = len(zones) == 1 and None not in zones and min(lengths) > 10 and max(lengths) <= 64
    return moments if is_usual else None


def moment_of(text: str | None) -> datetime | None:
    """Parse an XML timestamp (2026-05-01T07:30:00Z); None where it is none, or a mere day."""
    if not text or len(text) > 64:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        text = text.strip()
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return _in_another_writing(text)
    return moment if len(text) > 10 else None


def _in_another_writing(text: str) -> datetime | None:
    """Parse other timestamp formats: 2026/5/2 8:00:00 GMT, 2026-05-02T24:00:00z, milliseconds since 1970."""
    if _SINCE_1970.fullmatch(text):
        return datetime.fromtimestamp(int(text) / (1000 if len(text) == 13 else 1), UTC)
    found = _OTHER_WRITING.fullmatch(text)
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    micro = int((found[7] or "0").ljust(6, "0")[:6])
    try:
        moment = datetime(year, month, day, hour % 24, minute, second, micro) + timedelta(days=hour // 24)  # noqa: DTZ001 - below
        if hour > 24 or (hour == 24 and (minute or second)):
            return None
        if (zone := (found[8] or "").upper()) in ("Z", "UTC", "GMT"):
            return moment.replace(tzinfo=UTC)
        return datetime.fromisoformat(moment.isoformat() + zone) if zone else moment
    except (ValueError, OverflowError):
        return None


def seconds_of(moment: datetime, *, zone: ZoneInfo) -> float:
    """Return seconds since 1970 UTC; a time without a zone is read in `zone`. Nan centuries away."""
    try:
        seconds = ((moment if moment.tzinfo else moment.replace(tzinfo=zone)) - _EPOCH).total_seconds()
    except OverflowError:
        return math.nan
    return seconds if abs(seconds) < _FAR_S else math.nan


def number_of(text: str | None) -> float:
    """Parse a number; nan where the text is none."""
    try:
        return float(text)  # type: ignore[arg-type]
    except TypeError:
        return math.nan
    except ValueError:
        return _with_comma(str(text))


def _numbers_of(texts: Sequence[str | None]) -> list[float]:
    """Parse numbers; nan where a text is none."""
    try:
        return [math.nan if text is None else float(text) for text in texts]
    except ValueError:
        return [number_of(text) for text in texts]


def _with_comma(text: str) -> float:
    """Parse a number with a decimal comma; nan where the text is none."""
    return float(text.replace(",", ".")) if _COMMA.fullmatch(text.strip()) else math.nan
