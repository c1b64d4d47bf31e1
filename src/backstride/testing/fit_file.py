"""FIT activity files of runs that were made up: what a watch would have written."""

import struct
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final, Literal

from backstride.core.best_of_each import lasted
from backstride.core.run import Activity, Run

EPOCH: Final = datetime(1989, 12, 31, tzinfo=UTC)

_FILE_ID, _SESSION, _LAP, _RECORD, _EVENT, _ACTIVITY = 0, 18, 19, 20, 21, 34
_ACTIVITY_FILE, _OF_NO_MAKER = 4, 255
_TIMER, _START, _STOP_ALL = 0, 0, 4
_SPORTS = {
    Activity.RUN: (1, 0),
    Activity.TREADMILL: (1, 1),
    Activity.WALK: (11, 0),
    Activity.OTHER: (10, 0),
}

# name of a FIT base type -> its number, its struct code, and what stands for 'not measured'
_TYPES = {
    "enum": (0x00, "B", 0xFF),
    "uint8": (0x02, "B", 0xFF),
    "uint16": (0x84, "H", 0xFFFF),
    "uint32": (0x86, "I", 0xFFFFFFFF),
    "sint32": (0x85, "i", 0x7FFFFFFF),
}
Field = tuple[int, str, float | None]


def write_fit(run: Run, *, records_every_s: int = 10) -> bytes:
    """Encode a run as a FIT activity file with valid checksums.

    Where elapsed time exceeds moving time there is one pause, in the middle. A run whose zone is only
    assumed is written without its local time. No positions are written. Heart rate is rounded to whole beats,
    feel and exertion to tenths.

    Args:
        run: any session; its start is written to the second.
        records_every_s: seconds of motion between two records.
    """
    start = int((run.start - EPOCH).total_seconds())
    end = start + round(lasted(run))
    body = b"".join(
        (
            message(_FILE_ID, _file_id(start)),
            message(_EVENT, _timer_event(start, _START)),
            *_records(run, start, records_every_s),
            message(_EVENT, _timer_event(end, _STOP_ALL)),
            message(_LAP, _lap(run, start, end)),
            message(_SESSION, _session(run, start, end)),
            message(_ACTIVITY, _activity(run, end)),
        )
    )
    return sealed(body)


def sealed(body: bytes) -> bytes:
    """Messages with the header and the checksums that make a FIT file of them."""
    header = struct.pack("<BBHI4s", 14, 0x20, 2132, len(body), b".FIT")
    header += struct.pack("<H", checksum(header))
    return header + body + struct.pack("<H", checksum(header + body))


def checksum(content: bytes) -> int:
    """CRC-16 with polynomial 0xA001, bit by bit."""
    crc = 0
    for byte in content:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0xA001 if crc & 1 else 0)
    return crc


def message(number: int, fields: Iterable[Field], *, order: Literal["<", ">"] = "<") -> bytes:
    """Encode a definition message and one data message after it, both as local message 0.

    Args:
        number: the global message number (18 is a session).
        fields: number, base type and value of each field; the value is as stored, None is 'not measured'.
        order: "<" for little-endian, ">" for big-endian.
    """
    layout = list(fields)
    described = b"".join(
        bytes((field, struct.calcsize(_TYPES[kind][1]), _TYPES[kind][0])) for field, kind, _ in layout
    )
    definition = struct.pack(order + "BBBHB", 0x40, 0, order == ">", number, len(layout)) + described
    return definition + _data(layout, order)


def _data(fields: Iterable[Field], order: Literal["<", ">"] = "<") -> bytes:
    values = b"".join(
        struct.pack(order + _TYPES[kind][1], _TYPES[kind][2] if value is None else round(value))
        for _, kind, value in fields
    )
    return b"\x00" + values


def _records(run: Run, start: int, every_s: int) -> Iterator[bytes]:
    """One definition, then a record every so often; the pause in the middle between two timer events."""
    moving = round(run.moving_s or 0.0)
    pause = max(0, round(run.elapsed_s or 0) - moving)
    paused = False
    for moved in sorted({*range(0, moving, every_s), moving}):
        late = pause > 0 and moved > moving / 2
        if late and not paused:
            stop = start + moving // 2
            yield message(_EVENT, _timer_event(stop, _STOP_ALL))
            yield message(_EVENT, _timer_event(stop + pause, _START))
        fields = _record(run, start + moved + pause * late, moved / max(moving, 1))
        yield message(_RECORD, fields) if moved == 0 or late != paused else _data(fields)
        paused = late


def _record(run: Run, time: int, share: float) -> list[Field]:
    metres = None if run.distance_m is None else run.distance_m * share
    return [(253, "uint32", time), (5, "uint32", _times(metres, 100)), (3, "uint8", run.heart_rate_mean)]


def _file_id(start: int) -> list[Field]:
    return [(0, "enum", _ACTIVITY_FILE), (1, "uint16", _OF_NO_MAKER), (2, "uint16", 0), (4, "uint32", start)]


def _timer_event(time: int, kind: int) -> list[Field]:
    return [(253, "uint32", time), (0, "enum", _TIMER), (1, "enum", kind)]


def _totals(run: Run, start: int, end: int) -> list[Field]:
    """Return the fields that laps and sessions share."""
    return [
        (253, "uint32", end),
        (2, "uint32", start),
        (7, "uint32", _times(lasted(run), 1000)),
        (8, "uint32", _times(run.moving_s, 1000)),
        (9, "uint32", _times(run.distance_m, 100)),
    ]


def _lap(run: Run, start: int, end: int) -> list[Field]:
    sport, sub_sport = _SPORTS[run.activity]
    return [*_totals(run, start, end), (25, "enum", sport), (39, "enum", sub_sport)]


def _session(run: Run, start: int, end: int) -> list[Field]:
    sport, sub_sport = _SPORTS[run.activity]
    return [
        *_totals(run, start, end),
        (5, "enum", sport),
        (6, "enum", sub_sport),
        (16, "uint8", run.heart_rate_mean),
        (192, "uint8", _times(run.feel_0_10, 10)),
        (193, "uint8", _times(run.rpe, 10)),
    ]


def _activity(run: Run, end: int) -> list[Field]:
    offset = run.start.utcoffset()
    stated = offset is not None and run.zone_source == "stated"
    local = end + offset.total_seconds() if offset is not None and stated else None
    return [
        (253, "uint32", end),
        (0, "uint32", _times(run.moving_s, 1000)),
        (1, "uint16", 1),
        (5, "uint32", local),
    ]


def _times(value: float | None, scale: int) -> float | None:
    return None if value is None else value * scale
