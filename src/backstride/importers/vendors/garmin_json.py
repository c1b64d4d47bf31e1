"""Garmin Connect as JSON: the activities of a full account export, of one activity, and body weights.

The account export counts milliseconds and centimetres; what the site itself hands out counts seconds and metres.
"""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from backstride.core.measurement import Measurement, MeasurementKind
from backstride.errors import BadValue
from backstride.importers.base import ImportResult
from backstride.importers.recorder import moment_of
from backstride.importers.sport_words import kind_called
from backstride.importers.vendors.app_records import (
    AppSession,
    Moment,
    at_seconds,
    at_text,
    collected,
    finish_import,
)
from backstride.importers.vendors.json_stream import JsonObject, JsonRecords, inner, keys_in, real, text

EXPORT: Final = "summarizedActivitiesExport"
_LIST: Final = "activityList"
_HUNDRED_TIMES: Final = 100.0
"""Elapsed times that exceed the duration so often are in milliseconds, as old lists have them."""


class GarminJson:
    """Reads activities of Garmin Connect."""

    name = "Garmin JSON"

    def knows(self, head: bytes, *, name: str) -> bool:  # noqa: ARG002 - the content says enough
        keys = keys_in(head)
        return EXPORT in keys or ("activityId" in keys and bool(keys & {"summaryDTO", "activityType"}))

    def read(self, content: bytes, *, name: str, zone: ZoneInfo) -> ImportResult:
        """Read every activity as a run.

        Raises:
            BrokenFile: none of them can be used.
        """
        keys = keys_in(content[:4096])
        is_export = EXPORT in keys
        within = EXPORT if is_export else _LIST if _LIST in keys else ""
        records = JsonRecords(content, name=name, within=within)
        make = _exported if is_export else _shown
        result = collected(records, lambda one, _: make(one, zone), name=name, unit="activity")
        return finish_import(result, name=name, doubts=records.doubts, is_log=is_export)


class GarminWeights:
    """Reads body weights of a full account export (userBioMetrics)."""

    name = "Garmin weights"

    def knows(self, head: bytes, *, name: str) -> bool:  # noqa: ARG002 - the content says enough
        return {"metaData", "calendarDate", "weight"} <= keys_in(head)

    def read(self, content: bytes, *, name: str, zone: ZoneInfo) -> ImportResult:
        """Read every weight; entries of other measures are passed over.

        Raises:
            BrokenFile: there is none.
        """
        records = JsonRecords(content, name=name)
        result = collected(
            records, lambda one, where: _weight(one, where, zone), name=name, unit="entry", are_sessions=False
        )
        return finish_import(result, name=name, doubts=records.doubts)


GARMIN_JSON = GarminJson()
GARMIN_WEIGHTS = GarminWeights()


def _exported(one: JsonObject, zone: ZoneInfo) -> AppSession:
    """Convert an activity of the account export."""
    begin, local = real(one, "beginTimestamp", "startTimeGmt"), real(one, "startTimeLocal")
    if begin is None:
        raise _no_start()
    east = None if local is None else (local - begin) / 1000
    return AppSession(
        moment=at_seconds(begin / 1000, zone=zone, east_s=east),
        kind=kind_called(text(one, "activityType", "sportType")),
        moving_s=_share(real(one, "duration"), 1000),
        elapsed_s=_share(real(one, "elapsedDuration"), 1000),
        distance_m=_share(real(one, "distance"), 100),
        rpe=_share(real(one, "workoutRpe", "directWorkoutRpe"), 10),
        feel_0_10=_share(real(one, "workoutFeel", "directWorkoutFeel"), 10),
        heart_rate=real(one, "avgHr"),
    )


def _shown(one: JsonObject, zone: ZoneInfo) -> AppSession:
    """Convert an activity as the web site returns it, alone or in a list."""
    totals = inner(one, "summaryDTO") or one
    kind = inner(one, "activityTypeDTO", "activityType")
    moving, elapsed = real(totals, "duration"), real(totals, "elapsedDuration")
    if moving and elapsed and elapsed > _HUNDRED_TIMES * moving:
        elapsed /= 1000
    return AppSession(
        moment=_start(totals, zone),
        kind=kind_called(text(kind, "typeKey")),
        moving_s=moving,
        elapsed_s=elapsed,
        distance_m=real(totals, "distance"),
        rpe=_share(real(totals, "directWorkoutRpe"), 10),
        feel_0_10=_share(real(totals, "directWorkoutFeel"), 10),
        heart_rate=real(totals, "averageHR"),
    )


def _start(totals: JsonObject, zone: ZoneInfo) -> Moment:
    """Return the start, at the offset by which local and absolute time differ."""
    absolute, local = text(totals, "startTimeGMT", "startTimeGmt"), text(totals, "startTimeLocal")
    utc, wall = _plain(absolute), _plain(local)
    if utc is None:
        return at_text(local, zone=zone)
    east = None if wall is None else (wall - utc).total_seconds()
    return at_text(f"{utc.isoformat()}Z", zone=zone, east_s=east)


def _plain(written: str) -> datetime | None:
    moment = moment_of(written)
    return None if moment is None else moment.replace(tzinfo=None)


def _weight(one: JsonObject, where: str, zone: ZoneInfo) -> Measurement | None:
    stated_weight = inner(one, "weight")
    grams = real(stated_weight, "weight")
    if not grams:
        return None
    stamp = (
        text(stated_weight, "timestampGMT") and f"{text(stated_weight, 'timestampGMT').removesuffix('Z')}Z"
    )
    moment = at_text(stamp or text(inner(one, "metaData"), "calendarDate"), zone=zone)
    return Measurement(
        moment=moment[0], zone_source=moment[1], kind=MeasurementKind.WEIGHT, value=grams / 1000, source=where
    )


def _share(value: float | None, units: float) -> float | None:
    return None if value is None else value / units


def _no_start() -> BadValue:
    return BadValue("It has no start.", advice="Type this session into a table of runs.")
