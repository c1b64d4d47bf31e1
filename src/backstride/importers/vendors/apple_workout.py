"""One workout of an Apple Health export, and one weight.

Older exports state a workout's totals as attributes, newer ones as WorkoutStatistics.
"""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from lxml import etree

from backstride.core.datetimes import ZoneSource
from backstride.core.measurement import Measurement, MeasurementKind
from backstride.core.run import Activity, Run
from backstride.errors import BadValue
from backstride.importers.sport_words import Kind, kind_called
from backstride.importers.vendors.app_records import AppSession, at_text

_METRES: Final = {"km": 1000.0, "mi": 1609.344, "m": 1.0, "ft": 0.3048, "yd": 0.9144}
_SECONDS: Final = {"s": 1.0, "min": 60.0, "hr": 3600.0, "h": 3600.0}
_KG: Final = {"kg": 1.0, "lb": 0.45359237, "g": 0.001, "st": 6.35029318}
_TYPE: Final = "HKWorkoutActivityType"
_DISTANCE: Final = "HKQuantityTypeIdentifierDistance"
"""How the totals of all ways begin: on foot, by bicycle, swimming, on snow."""
_BEATS: Final = "HKQuantityTypeIdentifierHeartRate"


@dataclass(frozen=True, slots=True)
class AppleWorkout:
    """A workout as a run, and the places of its routes within the export."""

    run: Run
    routes: tuple[str, ...]


def session_of(element: etree._Element, *, zone: ZoneInfo) -> AppSession:
    """Convert a Workout element to a session.

    Raises:
        BadValue: it states no start.
    """
    said = {one.get("key", ""): one.get("value", "") for one in element.iter("MetadataEntry")}
    sums = {one.get("type", ""): one for one in element.iter("WorkoutStatistics")}
    begin, end = element.get("startDate", ""), element.get("endDate", "")
    moment = _moment(begin, said.get("HKTimeZone", ""), zone)
    elapsed = _elapsed(end, moment[0], zone)
    duration = _amount(element.get("duration"), element.get("durationUnit", "min"), _SECONDS)
    return AppSession(
        moment=moment,
        kind=_kind(element.get("workoutActivityType", ""), said),
        moving_s=duration,
        elapsed_s=elapsed if elapsed and elapsed > 0 else None,
        distance_m=_distance(element, sums),
        heart_rate=_stated(sums.get(_BEATS), "average"),
        app=element.get("sourceName", ""),
    )


def routes_of(element: etree._Element) -> tuple[str, ...]:
    """Return the paths of a workout's routes within the export."""
    return tuple(one.get("path", "").lstrip("/") for one in element.iter("FileReference") if one.get("path"))


def _elapsed(end: str, begin: datetime, zone: ZoneInfo) -> float | None:
    """Seconds until its end; nan where that is no time."""
    try:
        return (at_text(end, zone=zone)[0] - begin).total_seconds() if end else None
    except BadValue:
        return math.nan


def weight_of(element: etree._Element, *, where: str, zone: ZoneInfo) -> Measurement:
    """Convert a body-mass Record to a weight in kg.

    Raises:
        BadValue: its value, unit or time is none.
    """
    unit = element.get("unit", "kg")
    value = _amount(element.get("value"), unit, _KG)
    if value is None:
        raise BadValue(
            f"Its weight is '{(element.get('value') or '')[:20]} {unit[:10]}'.",
            advice="Type it into a table of measurements.",
        )
    moment, zone_source = at_text(element.get("startDate", ""), zone=zone)
    return Measurement(
        moment=moment, kind=MeasurementKind.WEIGHT, value=value, source=where, zone_source=zone_source
    )


def _moment(text: str, zone_name: str, zone: ZoneInfo) -> tuple[datetime, ZoneSource]:
    """When it began, told where the runner was: exports write every time at the phone's offset of today."""
    moment, source = at_text(text, zone=zone)
    if not zone_name:  # its offset is the phone's on the day of the export: in winter that of winter
        here = moment.astimezone(zone)
        is_astray = moment.utcoffset() != here.utcoffset() and moment.utcoffset() in _other_offsets(here)
        return (here, "assumed") if is_astray else (moment, source)
    try:
        return moment.astimezone(ZoneInfo(zone_name)), "stated"
    except (KeyError, ValueError, OSError, OverflowError):
        return moment, source


def _other_offsets(here: datetime) -> tuple[timedelta, ...]:
    """Return the person's UTC offsets in the other half of the year, if their clocks change."""
    half_a_year = timedelta(days=182)
    zone = here.tzinfo
    return tuple(
        (here + sign * half_a_year).astimezone(UTC).astimezone(zone).utcoffset() or timedelta()
        for sign in (-1, 1)
    )


def _kind(word: str, said: dict[str, str]) -> Kind:
    kind = kind_called(word.removeprefix(_TYPE))
    indoors = kind.activity is Activity.RUN and said.get("HKIndoorWorkout") == "1"
    return Kind(Activity.TREADMILL) if indoors else kind


def _distance(element: etree._Element, sums: dict[str, etree._Element]) -> float | None:
    total = _amount(element.get("totalDistance"), element.get("totalDistanceUnit", "km"), _METRES)
    if total:
        return total
    stated = [
        _amount(one.get("sum"), one.get("unit", "km"), _METRES)
        for kind, one in sums.items()
        if kind.startswith(_DISTANCE)
    ]
    return max((metres for metres in stated if metres), default=total)


def _stated(element: etree._Element | None, key: str) -> float | None:
    return None if element is None else _amount(element.get(key), "", {"": 1.0})


def _amount(text: str | None, unit: str, units: dict[str, float]) -> float | None:
    """Convert a number by its unit; None where either is unknown."""
    try:
        return float(text or "") * units[unit]
    except (ValueError, KeyError):
        return None
