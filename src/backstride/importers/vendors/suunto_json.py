"""The Suunto app's JSON of one session: the watch's own log, in SI units."""

from typing import Final
from zoneinfo import ZoneInfo

from backstride.core.run import Activity
from backstride.importers.base import ImportResult
from backstride.importers.sport_words import Kind
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

SPORTS: Final[dict[float, Activity]] = {
    3: Activity.RUN,
    11: Activity.WALK,
    12: Activity.WALK,
    82: Activity.RUN,
    93: Activity.TREADMILL,
}
"""The app's numbers of sports: running, trekking, walking, trail running, treadmill."""


class SuuntoJson:
    """Reads a session."""

    name = "Suunto JSON"

    def knows(self, head: bytes, *, name: str) -> bool:  # noqa: ARG002 - the content says enough
        return "DeviceLog" in keys_in(head)

    def read(self, content: bytes, *, name: str, zone: ZoneInfo) -> ImportResult:
        """Read the session as a run.

        Raises:
            BrokenFile: it cannot be used.
        """
        records = JsonRecords(content, name=name)
        result = collected(records, lambda one, _: _session(one, zone), name=name, unit="session")
        return finish_import(result, name=name, doubts=records.doubts)


SUUNTO_JSON = SuuntoJson()


def _session(one: JsonObject, zone: ZoneInfo) -> AppSession:
    log = inner(one, "DeviceLog")
    header = inner(log, "Header")
    duration, pause = real(header, "Duration"), real(header, "PauseDuration") or 0.0
    feeling = real(header, "Feeling")
    return AppSession(
        moment=at_text(text(header, "DateTime"), zone=zone),
        kind=Kind(SPORTS.get(real(header, "ActivityType") or 0.0, Activity.OTHER)),
        moving_s=duration,
        elapsed_s=None if duration is None else duration + pause,
        distance_m=real(header, "Distance"),
        feel_0_10=2.5 * (feeling - 1) if feeling and 1 <= feeling <= 5 else None,
        heart_rate=_beats(listed(log, "Samples")),
    )


def _beats(samples: list[JsonObject]) -> float | None:
    """Mean heart rate, beats a minute; samples tell it in beats a second."""
    rates = [rate for rate in (real(sample, "HR") for sample in samples) if rate]
    return 60.0 * sum(rates) / len(rates) if rates else None
