"""A run. It needs no position: a treadmill run is a run."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal

from backstride.core.datetimes import ZoneSource, checked_moment
from backstride.errors import BadValue


class Activity(StrEnum):
    """What kind of session it was."""

    RUN = "run"
    TREADMILL = "treadmill"
    WALK = "walk"
    OTHER = "other"


KindSource = Literal["stated", "assumed", "name", "speed", "unknown"]
"""How the kind of a session is known.

stated: the source says it. assumed: it stands in a table of runs, or was recorded without a place, and nothing says
otherwise. name, speed: guessed from these. unknown: the source has a word for it that nobody here knows.
"""

MAX_HOURS = 48.0
MAX_ELAPSED_S = 14 * 86_400.0
MAX_KM = 500.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One session on foot, as one source recorded it.

    Attributes:
        start: when it began; at a fixed offset.
        moving_s: seconds in motion (timer time), the load that counts; None where nobody told how long it was. Its
            day is then one with a run, and its load is unknown: never none.
        elapsed_s: seconds from start to end, pauses included.
        distance_m: metres, or None where the source has none.
        activity: run, treadmill, walk or other.
        rpe: rating of perceived exertion, 0-10 (Foster's CR-10).
        feel_0_10: how it felt, 0 (very weak) to 10 (very strong).
        heart_rate_mean: beats a minute.
        source: where it came from, in words a person knows ("morning.fit", "runs.csv line 12").
        zone_source: how the zone of `start` is known.
        kind_source: how `activity` is known.
        kind_word: what the source calls it, where that word is not known; else empty.
    """

    start: datetime
    moving_s: float | None
    elapsed_s: float | None = None
    distance_m: float | None = None
    activity: Activity = Activity.RUN
    rpe: float | None = None
    feel_0_10: float | None = None
    heart_rate_mean: float | None = None
    source: str = ""
    zone_source: ZoneSource = "stated"
    kind_source: KindSource = "stated"
    kind_word: str = ""

    def __post_init__(self) -> None:
        """Refuse what no runner can do."""
        object.__setattr__(self, "start", checked_moment(self.start, what="a run"))
        _check("moving time in seconds", self.moving_s, 0.0, MAX_HOURS * 3600)
        _check("elapsed time in seconds", self.elapsed_s, 0.0, MAX_ELAPSED_S)
        _check("distance in metres", self.distance_m, 0.0, MAX_KM * 1000)
        _check("perceived exertion", self.rpe, 0.0, 10.0)
        _check("feel", self.feel_0_10, 0.0, 10.0)
        _check("mean heart rate", self.heart_rate_mean, 20.0, 260.0)

    @property
    def end(self) -> datetime:
        """When it ended: start plus elapsed time, or moving time where that is longer or all there is."""
        return self.start + timedelta(seconds=max(self.elapsed_s or 0.0, self.moving_s or 0.0))

    @property
    def minutes(self) -> float | None:
        """Minutes in motion; None where they are unknown."""
        return None if self.moving_s is None else self.moving_s / 60.0

    @property
    def local_day(self) -> date:
        """The calendar day on which it began, where the runner was."""
        return self.start.date()

    @property
    def is_running(self) -> bool:
        """Whether it counts as running (outdoors or treadmill)."""
        return self.activity in (Activity.RUN, Activity.TREADMILL)


def with_kinds(runs: Iterable[Run], words: Mapping[str, Activity]) -> tuple[Run, ...]:
    """Reclassify sessions of an unknown activity by what their source's word for it means.

    Args:
        runs: sessions of any kind.
        words: what each word means, in whatever letters.
    """
    known = {word.strip().casefold(): activity for word, activity in words.items()}
    return tuple(
        replace(run, activity=known[word], kind_source="stated", kind_word="")
        if run.kind_source == "unknown" and (word := run.kind_word.casefold()) in known
        else run
        for run in runs
    )


def known_minutes(runs: Iterable[Run]) -> float:
    """Sum the minutes that are known; the least where those of a session are unknown."""
    return sum(run.minutes or 0.0 for run in runs)


def total_minutes(runs: Iterable[Run]) -> float | None:
    """Sum the minutes in motion; None where those of one session are unknown."""
    each = [run.minutes for run in runs]
    return None if None in each else sum(minutes for minutes in each if minutes is not None)


def _check(what: str, value: float | None, least: float, most: float) -> None:
    if value is None:
        return
    if not math.isfinite(value) or not least <= value <= most:
        raise BadValue(
            f"A {what} of {value} is not possible.",
            advice=f"Correct it: it must lie between {least:g} and {most:g}.",
        )
