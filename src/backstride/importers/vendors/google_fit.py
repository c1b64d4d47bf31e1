"""Google Fit sessions of Google Takeout: one JSON file a session."""

from typing import Final
from zoneinfo import ZoneInfo

from backstride.importers.base import ImportResult
from backstride.importers.sport_words import kind_called
from backstride.importers.vendors.app_records import AppSession, Moment, at_text, collected, finish_import
from backstride.importers.vendors.json_stream import JsonObject, JsonRecords, keys_in, listed, real, text

_DISTANCE: Final = "com.google.distance.delta"
_HEART_RATE: Final = "com.google.heart_rate.summary"


class GoogleFit:
    """Reads a session."""

    name = "Google Fit"

    def knows(self, head: bytes, *, name: str) -> bool:  # noqa: ARG002 - the content says enough
        return {"fitnessActivity", "startTime", "endTime"} <= keys_in(head)

    def read(self, content: bytes, *, name: str, zone: ZoneInfo) -> ImportResult:
        """Read the session as a run.

        Raises:
            BrokenFile: it cannot be used.
        """
        records = JsonRecords(content, name=name)
        result = collected(records, lambda one, _: _session(one, zone), name=name, unit="session")
        return finish_import(result, name=name, doubts=records.doubts)


GOOGLE_FIT = GoogleFit()


def _session(one: JsonObject, zone: ZoneInfo) -> AppSession:
    begin, end = (at_text(text(one, which), zone=zone) for which in ("startTime", "endTime"))
    elapsed = (end[0] - begin[0]).total_seconds()
    return AppSession(
        moment=begin,
        kind=kind_called(text(one, "fitnessActivity")),
        moving_s=_moving(one, begin, zone) or elapsed,
        elapsed_s=elapsed,
        distance_m=_total(one, _DISTANCE),
        heart_rate=_total(one, _HEART_RATE),
    )


def _moving(one: JsonObject, begin: Moment, zone: ZoneInfo) -> float | None:
    """Active time: as stated ("674.186s"), else the sum of the segments of the session's own kind."""
    stated = text(one, "duration").removesuffix("s")
    if stated:
        return real({"duration": stated}, "duration")
    own = text(one, "fitnessActivity")
    parts = [part for part in listed(one, "segment") if text(part, "fitnessActivity") == own]
    ends = [(at_text(text(p, "startTime"), zone=zone), at_text(text(p, "endTime"), zone=zone)) for p in parts]
    return sum((end[0] - max(start[0], begin[0])).total_seconds() for start, end in ends) or None


def _total(one: JsonObject, metric: str) -> float | None:
    found = [part for part in listed(one, "aggregate") if text(part, "metricName") == metric]
    return real(found[0], "floatValue", "intValue") if found else None
