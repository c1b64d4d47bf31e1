"""A recorded track: points in time and space, and what they amount to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backstride.importers.tracks.forgotten_stop import silences, stood_seconds
from backstride.importers.tracks.order_statistics import differences, median
from backstride.importers.tracks.stationary import stationary_steps

Floats = NDArray[np.float64]
Rows = NDArray[np.intp] | NDArray[np.bool_]

EARTH_RADIUS_M: Final = 6_371_008.8
PAUSE_S: Final = 30.0
UNKNOWN_PAUSE_S: Final = 60.0
"""A gap in which nobody knows whether there was movement is a pause only from here on."""
STATIONARY_M_S: Final = 0.5
FASTEST_RUNNER_M_S: Final = 12.5
FASTEST_M_S: Final = 150.0
TIMES_THE_USUAL: Final = 4.0
"""Where the usual speed is that of a vehicle, a step is a jump from so many times that speed on."""
MIN_BEATS: Final = 20.0
MAX_BEATS: Final = 260.0
"""Beats a minute between which a measured heart rate can be right."""
CATCH_UP_M: Final = 200.0
"""A shorter jump that stays where it went is a device that had lost its place and found it again."""


@dataclass(frozen=True, eq=False)
class Track:
    """Points in the order of the file; every array has shape (points,), nan where not measured.

    What several totals need is worked out once and kept: a short recording would else take longer than its parsing.

    Attributes:
        times: seconds since 1970 UTC.
        latitude, longitude: radians.
        counted_m: metres since the beginning, as the device counted them.
        heart_rate: beats a minute.
        segment: number of the stretch, recorded without a stop, that the point belongs to.
        offset: the zone that the file states beside its times, if it does.
        unread: the first time that could not be read, as the file writes it.
    """

    times: Floats
    latitude: Floats
    longitude: Floats
    counted_m: Floats
    heart_rate: Floats
    segment: Floats
    offset: timedelta | None = None
    unread: str = ""

    def __len__(self) -> int:
        """How many points there are."""
        return len(self.times)

    def taken(self, rows: Rows) -> "Track":
        """Select points, in the order of `rows`; the track itself where they are all of them."""
        if rows.dtype == np.bool_ and rows.all():
            return self
        return replace(
            self,
            times=self.times[rows],
            latitude=self.latitude[rows],
            longitude=self.longitude[rows],
            counted_m=self.counted_m[rows],
            heart_rate=self.heart_rate[rows],
            segment=self.segment[rows],
        )

    def without_times(self) -> "Track":
        """Return the points with all times missing, where none can be believed."""
        return replace(self, times=np.full(len(self), np.nan))

    @cached_property
    def timed(self) -> "Track":
        """The points with a known time, in order of time."""
        if (self.gaps_s >= 0).all() and np.isfinite(self.times[-1:]).all():  # nan is not >= 0
            return self
        known = np.flatnonzero(np.isfinite(self.times))
        return self.taken(known[np.argsort(self.times[known], kind="stable")])

    @cached_property
    def placed(self) -> "Track":
        """The points with a known position."""
        return self.taken(np.isfinite(self.latitude) & np.isfinite(self.longitude))

    @cached_property
    def gaps_s(self) -> Floats:
        """Seconds from each point to the next, shape (points - 1,)."""
        return differences(self.times)

    @cached_property
    def recorded(self) -> NDArray[np.bool_]:
        """Which steps lie within one segment, shape (points - 1,)."""
        return np.asarray(differences(self.segment) == 0, dtype=np.bool_)

    @cached_property
    def is_counted(self) -> bool:
        """Whether the device counted metres."""
        return bool(np.isfinite(self.counted_m).any())

    @cached_property
    def steps_m(self) -> Floats:
        """Metres from each point to the next along the positions, shape (points - 1,)."""
        return steps_between(self.latitude, self.longitude)

    @cached_property
    def jumps(self) -> NDArray[np.bool_]:
        """Which steps nobody makes: too fast for a runner, and for the vehicle that it seems to be."""
        steps, seconds = self.steps_m, np.abs(self.gaps_s)
        elapsed = np.where(np.isnan(seconds), PAUSE_S, np.maximum(seconds, 1.0))  # clocks tick in seconds
        jumped = np.asarray(steps > FASTEST_RUNNER_M_S * elapsed, dtype=np.bool_)
        if not jumped.any():  # then none is faster than a vehicle, either
            return jumped
        inside = self.recorded & (steps > 0) & (seconds > 0)
        usual = median(steps[inside] / seconds[inside]) if inside.any() else 0.0
        fastest = min(max(TIMES_THE_USUAL * usual, FASTEST_RUNNER_M_S), FASTEST_M_S)
        return np.asarray(steps > fastest * elapsed, dtype=np.bool_)

    @property
    def has_positions(self) -> bool:
        """Whether it knows where it was."""
        return bool(np.isfinite(self.latitude).any())

    @property
    def middle_degrees(self) -> tuple[float, float] | None:
        """Latitude and longitude of its middle point; None without positions."""
        placed = self.placed
        if not len(placed):
            return None
        middle = len(placed) // 2
        return float(np.degrees(placed.latitude[middle])), float(np.degrees(placed.longitude[middle]))

    @property
    def heart_rate_mean(self) -> float | None:
        """Mean of what was measured, beats a minute; None where nothing was."""
        beats = self.heart_rate[(self.heart_rate >= MIN_BEATS) & (self.heart_rate <= MAX_BEATS)]
        return float(beats.mean()) if len(beats) else None

    @property
    def elapsed_s(self) -> float | None:
        """Seconds from the first point to the last; None without two times."""
        known = self.times[np.isfinite(self.times)]
        return float(known.max() - known.min()) if len(known) > 1 else None

    @property
    def moving_s(self) -> float | None:
        """Elapsed time less the stops between segments and long gaps without movement; None without two times."""
        track = self.timed
        if len(track) < 2:
            return None
        gaps = track.gaps_s
        covered = np.abs(differences(track.counted_m)) if track.is_counted else track.steps_m
        if track.is_counted and (uncounted := np.isnan(covered)).any():
            covered = np.where(uncounted, track.steps_m, covered)
        pause = ~track.recorded | ((gaps > UNKNOWN_PAUSE_S) & np.isnan(covered))
        pause |= silences(gaps)
        with np.errstate(invalid="ignore"):
            pause |= (gaps > PAUSE_S) & (covered < STATIONARY_M_S * gaps)
        pause |= stationary_steps(track.times, track.latitude, track.longitude, track.counted_m)
        return float(gaps[~pause].sum())

    @property
    def stood_s(self) -> float:
        """Seconds at one place."""
        track = self.timed
        return stood_seconds(
            track.times, track.latitude, track.longitude, track.counted_m, lambda: track.steps_m
        )

    def way_behind(self, *, keep_jumps: bool = False) -> tuple[Floats, Floats]:
        """Return ascending times and the cumulative metres at each; both empty without any distance.

        Args:
            keep_jumps: whether steps that are too fast for a runner count, too.

        Returns:
            Times in seconds since 1970 UTC; and metres, of the same shape.
        """
        track = self.timed.placed
        if keep_jumps or self.is_counted or len(track) < 2 or not track.jumps.any():
            return self._way
        return track.times, _cumulated(track.steps_m, counts=track.recorded & ~track.jumps)

    @cached_property
    def _way(self) -> tuple[Floats, Floats]:
        """What `way_behind` returns, with the jumps."""
        track = self.timed
        if track.is_counted:
            track = track.taken(np.isfinite(track.counted_m))
            return track.times, np.maximum.accumulate(track.counted_m)
        track = track.placed
        if len(track) < 2:
            return np.empty(0), np.empty(0)
        return track.times, _cumulated(track.steps_m, counts=track.recorded)

    @property
    def distance_m(self) -> float | None:
        """Metres, as the device counted them, else along the positions; None without either."""
        return self.counted_distance_m or self.along_m

    @property
    def counted_distance_m(self) -> float | None:
        """Metres as the device counted them, from 0 again after each reset; None where it counted none."""
        if not self.is_counted:
            return None
        counted = self.counted_m[np.isfinite(self.counted_m)]
        resets = np.flatnonzero(counted[1:] < 0.5 * counted[:-1])
        return float(sum(part.max() for part in np.split(counted, resets + 1)))

    @property
    def along_m(self) -> float | None:
        """Metres along the positions, jumps left out; None without two.

        Where times go back the order of the file counts, or that of the times, whichever is the shorter way.
        """
        track = self.placed
        if len(track) < 2:
            return None
        if not (track.gaps_s < 0).any():
            return _along(track)
        once = track.taken(_first_of_each(track))
        ways = [way for way in (_along(once), _along(once.timed)) if way is not None]
        return min(ways, default=None)


def _cumulated(steps_m: Floats, *, counts: NDArray[np.bool_]) -> Floats:
    """Metres behind each point, of the steps that count, shape (points,)."""
    return np.concatenate([[0.0], np.cumsum(np.where(counts, steps_m, 0.0))])


def _first_of_each(track: Track) -> NDArray[np.intp]:
    """Rows without those that repeat an earlier point, place and time."""
    points = np.column_stack([track.times, track.latitude, track.longitude])
    return np.sort(np.unique(points, axis=0, return_index=True)[1])


def steps_between(latitude: Floats, longitude: Floats) -> Floats:
    """Compute the metres from each point to the next, great circles on a sphere; shape (points - 1,).

    Args:
        latitude, longitude: radians, shape (points,).
    """
    north, east = differences(latitude), differences(longitude)
    cosines = np.cos(latitude)
    chord = np.sin(north / 2) ** 2 + cosines[1:] * cosines[:-1] * np.sin(east / 2) ** 2
    steps: Floats = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0)))
    return steps


def _along(track: Track) -> float | None:
    """Metres along all positions; a single point far off is left out, else the jump itself if it is long."""
    jumps = track.jumps
    alone = 1 + np.flatnonzero(jumps[:-1] & jumps[1:])
    if len(alone):
        track = track.taken(np.setdiff1d(np.arange(len(track)), alone))
        jumps = track.jumps
    steps = track.steps_m
    counted = track.recorded & ~(jumps & (steps > CATCH_UP_M))
    counted &= ~silences(np.abs(track.gaps_s))
    return float(steps[counted].sum()) if counted.any() else None


def one_after_another(tracks: Sequence[Track]) -> Track:
    """Join all to one, with a stop between each and the next; the first one's zone counts."""
    segments: list[Floats] = []
    counted: list[Floats] = []
    stretch, base = 0.0, 0.0
    for track in tracks:
        segments.append(stretch + track.segment)
        counted.append(base + track.counted_m)
        stretch += float(track.segment.max() if len(track) else 0.0) + 1.0
        base = float(np.nanmax(counted[-1], initial=base))
    return Track(
        np.concatenate([track.times for track in tracks]),
        np.concatenate([track.latitude for track in tracks]),
        np.concatenate([track.longitude for track in tracks]),
        np.concatenate(counted),
        np.concatenate([track.heart_rate for track in tracks]),
        np.concatenate(segments),
        tracks[0].offset,
    )
