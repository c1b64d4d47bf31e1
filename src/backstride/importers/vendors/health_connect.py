"""Android's Health Connect export: an SQLite database, opened read-only from memory, a table at a time.

Sessions, distances, heart rates and weights stand in tables of their own; a session's distance is what the same
app noted within its time.
"""

import sqlite3
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from itertools import accumulate
from typing import Final
from zoneinfo import ZoneInfo

from backstride.core.measurement import Measurement, MeasurementKind
from backstride.core.run import Activity
from backstride.errors import BadValue, BrokenFile, UnknownFormat
from backstride.importers.base import ImportResult
from backstride.importers.sport_words import Kind
from backstride.importers.vendors.app_records import AppSession, at_seconds, collected, finish_import

SPORTS: Final = {33: Activity.RUN, 34: Activity.TREADMILL, 53: Activity.WALK, 21: Activity.WALK}
"""Android's published numbers of sports: running, treadmill, walking, hiking."""

MAX_ROWS: Final = 200_000
_MAX_STEPS: Final = 200_000_000
_STEPS_A_LOOK: Final = 1_000_000
_SESSIONS: Final = "exercise_session_record_table"
_WEIGHTS: Final = "weight_record_table"
_DISTANCES: Final = "distance_record_table"
_APPS: Final = "application_info_table"
_MAGIC: Final = b"SQLite format 3\x00"
_HEADER_BYTES: Final = 100
Row = dict[str, object]


class _Noted:
    """What one app noted of distances: pairs of begin (milliseconds since 1970) and metres, in order."""

    def __init__(self, pairs: list[tuple[float, float]]) -> None:
        self._begins = [begin for begin, _ in pairs]
        self._sums = [0.0, *accumulate(metres for _, metres in pairs)]

    def between(self, begin: float, end: float) -> float | None:
        """Metres noted from `begin` on, before `end`; None where nothing was."""
        first, last = bisect_left(self._begins, begin), bisect_left(self._begins, end)
        return self._sums[last] - self._sums[first] if last > first else None


Distances = dict[object, _Noted]


class HealthConnect:
    """Reads an export."""

    name = "Health Connect"

    def knows(self, head: bytes, *, name: str) -> bool:  # noqa: ARG002 - the content says enough
        return head.startswith(_MAGIC) and len(head) >= _HEADER_BYTES

    def read(self, content: bytes, *, name: str, zone: ZoneInfo) -> ImportResult:
        """Read every session as a run, and every weight.

        Raises:
            UnknownFormat: it is another database.
            BrokenFile: it is damaged, or holds nothing that can be used.
        """
        try:
            with closing(sqlite3.connect(":memory:")) as connection:
                return _read(connection, content, name, zone)
        except (sqlite3.Error, MemoryError, OverflowError, UnicodeDecodeError) as error:
            raise BrokenFile(
                f"{name} is a database that cannot be read to its end.",
                advice="Make the export of Health Connect once more.",
            ) from error


HEALTH_CONNECT = HealthConnect()


def _read(connection: sqlite3.Connection, content: bytes, name: str, zone: ZoneInfo) -> ImportResult:
    _open_within_limits(connection, content)
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables & {_SESSIONS, _WEIGHTS}:
        raise UnknownFormat(
            f"{name} is a database, but no export of Health Connect.",
            advice="Leave it out, or export the runs from the app that made it.",
        )
    distances = _distances(connection) if _DISTANCES in tables else {}
    apps = _apps(connection) if _APPS in tables else {}

    def session(row: Row, _: str) -> AppSession:
        return _session(row, distances, apps, zone)

    result = ImportResult()
    if _SESSIONS in tables:
        result += collected(_rows(connection, _SESSIONS), session, name=name, unit="session")
    if _WEIGHTS in tables:
        weights = _rows(connection, _WEIGHTS)
        result += collected(
            weights,
            lambda row, where: _weight(row, where, zone),
            name=name,
            unit="weight",
            are_sessions=False,
        )
    return finish_import(result, name=name, is_log=True)


def _open_within_limits(connection: sqlite3.Connection, content: bytes) -> None:
    """Take in the bytes, from which nothing is run; a query that goes on and on is stopped."""
    left = [_MAX_STEPS // _STEPS_A_LOOK]

    def goes_on() -> int:
        left[0] -= 1
        return left[0] < 0

    if content[18:20] == b"\x02\x02":  # a write-ahead log that was not exported: read as it stands
        content = content[:18] + b"\x01\x01" + content[20:]
    connection.deserialize(content)
    connection.text_factory = lambda raw: raw.decode("utf-8", errors="replace")
    connection.execute("PRAGMA query_only = 1")
    connection.execute("PRAGMA trusted_schema = 0")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 10_000_000)
    connection.set_progress_handler(goes_on, _STEPS_A_LOOK)


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[Row]:
    """Return the rows of a table by column names."""
    cursor = connection.execute(f'SELECT * FROM "{table}" LIMIT {MAX_ROWS}')  # noqa: S608 - names of our own
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def _distances(connection: sqlite3.Connection) -> Distances:
    """Every app's noted distances, in order of their begin."""
    noted: defaultdict[object, list[tuple[float, float]]] = defaultdict(list)
    for row in _rows(connection, _DISTANCES):
        with suppress(BadValue):
            noted[row.get("app_info_id")].append((_real(row, "start_time"), _real(row, "distance")))
    return {app: _Noted(sorted(pairs)) for app, pairs in noted.items()}


def _apps(connection: sqlite3.Connection) -> dict[object, str]:
    """Map each writing app of the export to its name."""
    rows = _rows(connection, _APPS)
    return {row.get("row_id"): str(row.get("app_name") or row.get("package_name") or "") for row in rows}


def _session(row: Row, distances: Distances, apps: Mapping[object, str], zone: ZoneInfo) -> AppSession:
    begin, end = _real(row, "start_time"), _real(row, "end_time")
    kind = row.get("exercise_type")
    noted = distances.get(row.get("app_info_id"))
    return AppSession(
        moment=at_seconds(begin / 1000, zone=zone, east_s=_east(row, "start_zone_offset")),
        kind=Kind(SPORTS.get(kind, Activity.OTHER) if isinstance(kind, int) else Activity.OTHER),
        moving_s=(end - begin) / 1000,
        elapsed_s=(end - begin) / 1000,
        distance_m=noted.between(begin, end) if noted else None,
        app=apps.get(row.get("app_info_id"), str(row.get("app_info_id") or "")),
    )


def _weight(row: Row, where: str, zone: ZoneInfo) -> Measurement:
    moment, known = at_seconds(_real(row, "time") / 1000, zone=zone, east_s=_east(row, "zone_offset"))
    grams = _real(row, "weight")
    return Measurement(
        moment=moment, zone_source=known, kind=MeasurementKind.WEIGHT, value=grams / 1000, source=where
    )


def _real(row: Row, name: str) -> float:
    value = row.get(name)
    if not isinstance(value, int | float):
        raise BadValue(f"It has no {name.replace('_', ' ')}.", advice="Type it into a table.")
    return float(value)


def _east(row: Row, name: str) -> float | None:
    value = row.get(name)
    return float(value) if isinstance(value, int | float) else None
