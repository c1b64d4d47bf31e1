"""Polar Flow's account export: one training-session-*.json a session, with the sports in it as exercises."""

import math
import re
from collections.abc import Iterator
from typing import Final
from zoneinfo import ZoneInfo

from backstride.importers.base import ImportResult
from backstride.importers.sport_words import kind_called
from backstride.importers.vendors.app_records import AppSession, at_text, collected, finish_import
from backstride.importers.vendors.json_stream import (
    JsonObject,
    JsonRecords,
    inner,
    keys_in,
    listed,
    real,
    text,
)

_SPAN: Final = re.compile(r"P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?")


class PolarJson:
    """Reads a training session."""

    name = "Polar JSON"

    def knows(self, head: bytes, *, name: str) -> bool:  # noqa: ARG002 - the content says enough
        keys = keys_in(head)
        return "startTime" in keys and "duration" in keys and bool(keys & {"exercises", "exportVersion"})

    def read(self, content: bytes, *, name: str, zone: ZoneInfo) -> ImportResult:
        """Read every exercise of the session as a run.

        Raises:
            BrokenFile: none of them can be used.
        """
        records = JsonRecords(content, name=name)
        result = collected(
            _exercises(records),
            lambda one, _: _session(one, zone),
            name=name,
            unit="session",
        )
        return finish_import(result, name=name, doubts=records.doubts)


POLAR_JSON = PolarJson()


def _exercises(records: JsonRecords) -> Iterator[JsonObject]:
    """Yield the exercises, each with the fields that only the session around them has."""
    for session in records:
        inside = listed(session, "exercises")
        around = {key: session[key] for key in ("timeZoneOffset", "timezoneOffset") if key in session}
        if len(inside) == 1:
            yield {**session, **{k: v for k, v in inside[0].items() if v is not None}}
        else:
            yield from ({**around, **one} for one in inside or [session])


def _session(one: JsonObject, zone: ZoneInfo) -> AppSession:
    east = real(one, "timezoneOffset", "timeZoneOffset")
    return AppSession(
        moment=at_text(text(one, "startTime"), zone=zone, east_s=None if east is None else 60 * east),
        kind=kind_called(text(one, "sport") or text(inner(one, "sport"), "name")),
        moving_s=_seconds(text(one, "duration")),
        distance_m=real(one, "distance"),
        heart_rate=real(one, "averageHeartRate") or real(inner(one, "heartRate"), "avg"),
    )


def _seconds(written: str) -> float:
    """Seconds in PT1H2M3.5S; nan in anything else."""
    found = _SPAN.fullmatch(written)
    if not found or not any(found.groups()):
        return math.nan
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
