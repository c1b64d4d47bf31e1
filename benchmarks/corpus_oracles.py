"""What other readers say of a file: the totals of its sessions."""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import fitdecode
import gpxpy
from garmin_fit_sdk import Decoder, Stream

EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
SINCE_POWER_ON = 0x10000000
KINDS = {
    "running": "run", "run": "run", "walking": "walk", "hiking": "walk", "cycling": "other", "biking": "other",
    "road_biking": "other", "swimming": "other", "training": "other", "rowing": "other", "transition": "other",
    "stand_up_paddleboarding": "other", "generic": "other", "e_biking": "other", "multisport": "other",
}  # fmt: skip
"""What the words that others have for a sport stand for; of other words nothing is said."""


@dataclass(frozen=True)
class Totals:
    """Sums over the sessions of a file; None, or nothing, where the reader says nothing.

    Attributes:
        metres: covered.
        seconds: any of these is a duration that may be meant: moving, elapsed.
        start: of the first session.
        sessions: how many there are.
        kinds: of the sessions, in the order of their names: run, walk or other; empty where nothing is said.
        day: on which the first began, by the clock of whoever recorded it.
    """

    metres: float | None = None
    seconds: tuple[float, ...] = ()
    start: datetime | None = None
    sessions: int | None = None
    kinds: tuple[str, ...] = ()
    day: date | None = None


def kinds_of(words: Iterable[object]) -> tuple[str, ...]:
    """Return what words for a sport stand for; nothing where one of them is not known here."""
    found = [KINDS.get(str(word).lower()) for word in words]
    return tuple(sorted(kind for kind in found if kind)) if all(found) else ()


def by_sdk(content: bytes) -> Totals | None:
    """By garmin-fit-sdk; None where it finds no session at a known time."""
    stream = Stream.from_byte_array(bytearray(content))
    try:
        decoder = Decoder(stream)
        if not decoder.is_fit():
            return None
        messages, _ = decoder.read(
            convert_datetimes_to_dates=False,
            expand_components=False,
            expand_sub_fields=False,
            merge_heart_rates=False,
        )
    except Exception:  # noqa: BLE001 - whatever it raises, it has not read the file
        return None
    totals = _of_sessions(messages.get("session_mesgs", []))
    if totals is None or totals.start is None:
        return totals
    clocks = messages.get("activity_mesgs", [{}])[-1]
    local, stamp = clocks.get("local_timestamp"), clocks.get("timestamp")
    is_told = isinstance(local, int) and isinstance(stamp, int) and local != stamp  # many write UTC twice
    ahead = timedelta(minutes=15 * round((local - stamp) / 900)) if is_told else timedelta()
    if abs(ahead) > timedelta(hours=14):
        ahead = timedelta()
    return replace(totals, day=(totals.start + ahead).date())


def by_fitdecode(content: bytes) -> Totals | None:
    """By fitdecode, at its most forgiving; None where it finds no session at a known time."""
    sessions: list[dict[str, Any]] = []
    try:
        with fitdecode.FitReader(
            io.BytesIO(content),
            check_crc=fitdecode.CrcCheck.DISABLED,
            error_handling=fitdecode.ErrorHandling.IGNORE,
        ) as frames:
            for frame in frames:
                if isinstance(frame, fitdecode.FitDataMessage) and frame.name == "session":
                    sessions.append(
                        {
                            one.name: one.raw_value if one.name == "start_time" else one.value
                            for one in frame.fields
                        }
                    )
    except Exception:  # noqa: BLE001 - whatever it raises, it has not read the file
        return None
    return _of_sessions(sessions)


def _of_sessions(sessions: list[dict[str, Any]]) -> Totals | None:
    known = [
        one
        for one in sessions
        if isinstance(one.get("start_time"), int) and one["start_time"] >= SINCE_POWER_ON
    ]
    if not known:
        return None
    return Totals(
        metres=sum(one.get("total_distance") or 0.0 for one in known) or None,
        seconds=tuple(
            sum(one.get(key) or 0.0 for one in known) for key in ("total_timer_time", "total_elapsed_time")
        ),
        start=EPOCH + timedelta(seconds=min(one["start_time"] for one in known)),
        sessions=len(known),
        kinds=kinds_of(one.get("sport", "") for one in known),
    )


def by_gpxpy(content: bytes) -> Totals | None:
    """By gpxpy; None where it refuses the file, or finds no time in it."""
    try:
        read = gpxpy.parse(io.BytesIO(content))
        moments = [
            point.time
            for track in read.tracks
            for part in track.segments
            for point in part.points
            if point.time
        ]
        metres = read.length_2d()
    except Exception:  # noqa: BLE001 - whatever it raises, it has not read the file
        return None
    if len(moments) < 2:
        return None
    aware = [one if one.tzinfo else one.replace(tzinfo=UTC) for one in moments]
    return Totals(
        metres=metres or None,
        seconds=((max(aware) - min(aware)).total_seconds(),),
        start=min(aware),
        day=min(aware).date(),  # by the offset that it states
    )


ALL: list[tuple[str, str, Callable[[bytes], Totals | None]]] = [
    ("garmin-fit-sdk", "fit", by_sdk),
    ("fitdecode", "fit", by_fitdecode),
    ("gpxpy", "gpx", by_gpxpy),
]
