"""The record stream of a FIT file: what was noted every second or so, for when the totals are missing."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from backstride.importers.fit.beats import Beats, merged
from backstride.importers.fit.developer import Described, described, stand_in
from backstride.importers.fit.layout import Floats
from backstride.importers.fit.messages import FitPart, Messages
from backstride.importers.tracks.forgotten_stop import stood_seconds
from backstride.importers.tracks.stationary import stationary_steps
from backstride.importers.tracks.track import steps_between

EVENT, RECORD = 21, 20
SINCE_POWER_ON = 0x10000000  # times below count from when the device was switched on
WEEK_S = 7 * 86_400
PAUSE_S = 60.0
_PACKED = 8  # compressed_speed_distance
_TIMER, _START, _STOPS = 0, 0, (1, 4, 8, 9)


@dataclass(frozen=True, slots=True)
class Stream:
    """Records in order of time; every array has shape (records,), nan where not measured.

    Attributes:
        times: seconds since 1989-12-31 UTC, ascending.
        distance_m: metres since the beginning of the file.
        latitude, longitude: radians.
        heart_rate: beats a minute.
        pauses: times at which the timer stopped and started again, shape (pauses, 2).
    """

    times: Floats
    distance_m: Floats
    latitude: Floats
    longitude: Floats
    heart_rate: Floats
    pauses: Floats

    def __len__(self) -> int:
        """How many records there are."""
        return len(self.times)

    def between(self, begin: float, end: float) -> "Stream":
        """Select the records from `begin` to `end`, both included."""
        inside = (self.times >= begin) & (self.times <= end)
        return Stream(
            times=self.times[inside],
            distance_m=self.distance_m[inside],
            latitude=self.latitude[inside],
            longitude=self.longitude[inside],
            heart_rate=self.heart_rate[inside],
            pauses=self.pauses,
        )

    @property
    def elapsed_s(self) -> float | None:
        """Seconds from the first record to the last; None without two."""
        return float(self.times[-1] - self.times[0]) if len(self) > 1 else None

    @property
    def moving_s(self) -> float | None:
        """Elapsed time less the timer's pauses, or less every gap of a minute and more; None without two."""
        if len(self) < 2:
            return None
        if len(self.pauses):
            inside = np.clip(self.pauses, self.times[0], self.times[-1])
            return float(self.times[-1] - self.times[0] - np.diff(inside, axis=1).sum())
        steps = np.diff(self.times)
        moved = (steps <= PAUSE_S) & ~stationary_steps(
            self.times, self.latitude, self.longitude, self.distance_m
        )
        return float(steps[moved].sum())

    @property
    def stood_s(self) -> float:
        """Seconds at one place."""
        return stood_seconds(
            self.times,
            self.latitude,
            self.longitude,
            self.distance_m,
            lambda: steps_between(self.latitude, self.longitude),
        )

    @property
    def way_behind(self) -> tuple[Floats, Floats]:
        """Times and the metres that lay behind at each; both empty where no way is known."""
        known = ~np.isnan(self.distance_m)
        if known.any():
            return self.times[known], np.maximum.accumulate(self.distance_m[known])
        known = ~(np.isnan(self.latitude) | np.isnan(self.longitude))
        if known.sum() < 2:
            return np.empty(0), np.empty(0)
        steps = steps_between(self.latitude[known], self.longitude[known])
        return self.times[known], np.concatenate([[0.0], np.cumsum(steps)])

    @property
    def distance_covered_m(self) -> float | None:
        """Metres by the distance field, else along the positions; None without either."""
        if not np.isnan(self.distance_m).all():
            return float(np.nanmax(self.distance_m) - min(np.nanmin(self.distance_m), 0.0))
        return _along(self.latitude, self.longitude)

    @property
    def heart_rate_mean(self) -> float | None:
        """Mean of what was measured, beats a minute; None where nothing was."""
        beats = self.heart_rate[self.heart_rate > 0]
        return float(beats.mean()) if len(beats) else None

    @property
    def middle_degrees(self) -> tuple[float, float] | None:
        """Latitude and longitude of the middle record that has both; None without positions."""
        known = np.flatnonzero(~(np.isnan(self.latitude) | np.isnan(self.longitude)))
        if not len(known):
            return None
        middle = known[len(known) // 2]
        return float(np.degrees(self.latitude[middle])), float(np.degrees(self.longitude[middle]))

    @property
    def solar_hours(self) -> float | None:
        """Longitude as hours ahead of Greenwich; None without positions."""
        known = self.longitude[~np.isnan(self.longitude)]
        return float(np.median(known)) * 12.0 / np.pi if len(known) else None


def stream_of(part: FitPart, *, beats: Beats) -> Stream:
    """Read all records of one FIT file whose time can be believed, with the beats that a strap handed over."""
    records, fields = part.messages(RECORD), described(part)
    to_radians = np.pi / 2**31
    rows = np.flatnonzero(_believable(records.times))
    rows = rows[np.argsort(records.times[rows], kind="stable")]
    times = records.times[rows]
    recorded = _else(records.column(3), stand_in(fields, records, message=RECORD, field=3))[rows]
    return Stream(
        times=times,
        distance_m=_distance(fields, records)[rows],
        latitude=records.column(0)[rows] * to_radians,
        longitude=records.column(1)[rows] * to_radians,
        heart_rate=merged(times, recorded, beats),
        pauses=_pauses(part),
    )


def _distance(fields: Iterable[Described], records: Messages) -> Floats:
    """Metres since the beginning: by the known field, by an app's field for it, or by the packed one.

    The packed field holds speed and distance in 12 bits each; the distance counts 1/16 m and rolls over at 256 m.
    """
    metres = _else(records.column(5) / 100.0, stand_in(fields, records, message=RECORD, field=5))
    if not records.has(_PACKED) or not np.isnan(metres).all():
        return metres
    packed = [three[1] >> 4 | three[2] << 4 if len(three) == 3 else -1 for three in records.bytes_of(_PACKED)]
    sixteenths = np.array(packed, dtype=np.int64)
    known = np.flatnonzero((sixteenths >= 0) & (sixteenths < 0xFFF))
    metres[known] = (
        np.concatenate([np.zeros(min(len(known), 1)), np.cumsum(np.diff(sixteenths[known]) % 0x1000)]) / 16
    )
    return metres


def _else(known: Floats, otherwise: Floats) -> Floats:
    return np.where(np.isnan(known), otherwise, known)


def _believable(times: Floats) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which times are absolute and within a week of their middle: damaged records lie anywhere."""
    good = times >= SINCE_POWER_ON
    middle = np.median(times[good]) if good.any() else 0.0
    return np.asarray(good & (np.abs(times - middle) <= WEEK_S), dtype=np.bool_)


def _pauses(part: FitPart) -> Floats:
    """When the timer stopped and started again, shape (pauses, 2), by the timer events."""
    events = part.messages(EVENT)
    timer = (events.column(0) == _TIMER) & ~np.isnan(events.times)
    timer_events = sorted(zip(events.times[timer].tolist(), events.column(1)[timer].tolist(), strict=True))
    pauses: list[tuple[float, float]] = []
    stopped: float | None = None
    for time, kind in timer_events:
        if kind in _STOPS and stopped is None:
            stopped = time
        elif kind == _START and stopped is not None:
            pauses.append((stopped, time))
            stopped = None
    return np.array(pauses, dtype=np.float64).reshape(-1, 2)


def _along(latitude: Floats, longitude: Floats) -> float | None:
    """Metres along the positions, great circles on a sphere; None without two."""
    known = ~(np.isnan(latitude) | np.isnan(longitude))
    lat, lon = latitude[known], longitude[known]
    if len(lat) < 2:
        return None
    return float(steps_between(lat, lon).sum())
