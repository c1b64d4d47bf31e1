"""Fitbit, as its own export and Google Takeout hand it out: exercises and weights, a hundred to a file."""

import math
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from backstride.core.measurement import Measurement, MeasurementKind
from backstride.errors import BadValue
from backstride.importers.base import ImportResult
from backstride.importers.sport_words import kind_called
from backstride.importers.vendors.app_records import AppSession, Moment, at_text, collected, finish_import
from backstride.importers.vendors.json_stream import JsonObject, JsonRecords, inner, keys_in, real, text

METRES: Final = {"kilometer": 1000.0, "kilometers": 1000.0, "km": 1000.0, "mile": 1609.344, "miles": 1609.344}
POUND_KG: Final = 0.45359237
_TALL_M: Final = (1.40, 2.10)
_IN_UTC: Final = (
    "its times are read as UTC, as real exports have them; if your days look shifted, give a table of runs"
)


class FitbitExercises:
    """Reads exercise-*.json."""

    name = "Fitbit exercises"

    def knows(self, head: bytes, *, name: str) -> bool:  # noqa: ARG002 - the content says enough
        return {"logId", "activityName"} <= keys_in(head)

    def read(self, content: bytes, *, name: str, zone: ZoneInfo) -> ImportResult:
        """Read every exercise as a run.

        Raises:
            BrokenFile: none of them can be used.
        """
        records = JsonRecords(content, name=name)
        result = collected(records, lambda one, _: _exercise(one, zone), name=name, unit="entry")
        return finish_import(result, name=name, doubts=[_IN_UTC, *records.doubts], is_log=True)


class FitbitWeights:
    """Reads weight-*.json."""

    name = "Fitbit weights"

    def knows(self, head: bytes, *, name: str) -> bool:  # noqa: ARG002 - the content says enough
        return {"logId", "weight", "bmi", "date"} <= keys_in(head)

    def read(self, content: bytes, *, name: str, zone: ZoneInfo) -> ImportResult:
        """Read every weight, in the unit under which weight and body mass index belong to a person's height.

        Raises:
            BrokenFile: none of them can be used.
        """
        records = JsonRecords(content, name=name)
        result = collected(
            records, lambda one, where: _weight(one, where, zone), name=name, unit="entry", are_sessions=False
        )
        return finish_import(result, name=name, doubts=records.doubts)


FITBIT_EXERCISES = FitbitExercises()
FITBIT_WEIGHTS = FitbitWeights()


def _exercise(one: JsonObject, zone: ZoneInfo) -> AppSession:
    active, whole = real(one, "activeDuration", "duration"), real(one, "duration", "activeDuration")
    return AppSession(
        moment=_utc(text(one, "startTime"), zone),
        kind=kind_called(text(one, "activityName")),
        moving_s=None if active is None else active / 1000,
        elapsed_s=None if whole is None else whole / 1000,
        distance_m=_metres(one),
        heart_rate=real(one, "averageHeartRate"),
        app=" ".join(filter(None, (text(inner(one, "source"), "name"), text(one, "logType")))),
    )


def _metres(one: JsonObject) -> float | None:
    distance = real(one, "distance")
    if not distance:
        return None
    unit = METRES.get(text(one, "distanceUnit").strip().lower())
    return math.nan if unit is None else distance * unit  # a unit that is not known here


def _utc(written: str, zone: ZoneInfo) -> Moment:
    """Parse 2019-11-01 14:56:32, or 11/01/19 14:56:32, as UTC."""
    try:
        return at_text(f"{datetime.strptime(written, '%m/%d/%y %H:%M:%S').isoformat()}Z", zone=zone)  # noqa: DTZ007 - Z
    except ValueError:
        return at_text(f"{written.strip().removesuffix('Z')}Z", zone=zone)


def _weight(one: JsonObject, where: str, zone: ZoneInfo) -> Measurement:
    weight, index = real(one, "weight"), real(one, "bmi")
    if not weight:
        raise BadValue("It has no weight.", advice="Type it into a table of measurements.")
    day = f"{text(one, 'date')} {text(one, 'time') or '07:00:00'}"
    try:
        moment = at_text(datetime.strptime(day, "%m/%d/%y %H:%M:%S").isoformat(), zone=zone)  # noqa: DTZ007 - local
    except ValueError:
        moment = at_text(day, zone=zone)
    value = weight * _kilograms(weight, index)
    return Measurement(
        moment=moment[0], zone_source=moment[1], kind=MeasurementKind.WEIGHT, value=value, source=where
    )


def _kilograms(weight: float, index: float | None) -> float:
    """Kilograms in the unit of the weight: the export never names it, but height = sqrt(kg / index) tells."""
    if not index or index < 0 or weight < 0:
        return POUND_KG
    pounds, kilos = math.sqrt(weight * POUND_KG / index), math.sqrt(weight / index)
    tall = [_TALL_M[0] <= height <= _TALL_M[1] for height in (pounds, kilos)]
    return 1.0 if tall == [False, True] else POUND_KG
