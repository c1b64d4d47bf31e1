"""What other readers say of a file: the totals of its sessions."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import fitdecode
import gpxpy
from garmin_fit_sdk import Decoder, Stream

EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
SINCE_POWER_ON = 0x10000000


@dataclass(frozen=True)
class Totals:
    """Sums over the sessions of a file; None, or nothing, where the reader says nothing.

    Attributes:
        metres: covered.
        seconds: any of these is a duration that may be meant: moving, elapsed.
        start: of the first session.
        sessions: how many there are.
    """

    metres: float | None = None
    seconds: tuple[float, ...] = ()
    start: datetime | None = None
    sessions: int | None = None


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
    return _of_sessions(messages.get("session_mesgs", []))


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
        metres=metres or None, seconds=((max(aware) - min(aware)).total_seconds(),), start=min(aware)
    )


ALL: list[tuple[str, str, Callable[[bytes], Totals | None]]] = [
    ("garmin-fit-sdk", "fit", by_sdk),
    ("fitdecode", "fit", by_fitdecode),
    ("gpxpy", "gpx", by_gpxpy),
]
