"""GoldenCheetah's own JSON of one activity: tags that a person filled in, and samples."""

from datetime import datetime
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from backstride.importers.base import ImportResult
from backstride.importers.sport_words import kind_called
from backstride.importers.vendors.app_records import AppSession, Moment, at_text, collected, finish_import
from backstride.importers.vendors.json_stream import (
    JsonObject,
    JsonRecords,
    inner,
    keys_in,
    listed,
    real,
    text,
)

_PAUSE_S: Final = 30.0


class GoldenCheetah:
    """Reads an activity."""

    name = "GoldenCheetah JSON"

    def knows(self, head: bytes, *, name: str) -> bool:  # noqa: ARG002 - the content says enough
        return {"RIDE", "STARTTIME"} <= keys_in(head)

    def read(self, content: bytes, *, name: str, zone: ZoneInfo) -> ImportResult:
        """Read the activity as a run.

        Raises:
            BrokenFile: it cannot be used.
        """
        records = JsonRecords(content, name=name)
        result = collected(
            records,
            lambda one, _: _session(inner(one, "RIDE"), zone),
            name=name,
            unit="activity",
        )
        return finish_import(result, name=name, doubts=records.doubts)


GOLDEN_CHEETAH = GoldenCheetah()


def _session(ride: JsonObject, zone: ZoneInfo) -> AppSession:
    tags, samples = inner(ride, "TAGS"), listed(ride, "SAMPLES")
    times = [time for time in (real(sample, "SECS") for sample in samples) if time is not None]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    beats = [rate for rate in (real(sample, "HR") for sample in samples) if rate]
    metres = [1000 * km for km in (real(sample, "KM") for sample in samples) if km is not None]
    exertion = real({"RPE": text(tags, "RPE").strip()}, "RPE")
    return AppSession(
        moment=_start(text(ride, "STARTTIME"), zone),
        kind=kind_called(text(tags, "Sport")),
        moving_s=sum(gap for gap in gaps if 0 <= gap <= _PAUSE_S) + (real(ride, "RECINTSECS") or 0.0) or None,
        elapsed_s=max(times) - min(times) + (real(ride, "RECINTSECS") or 0.0) if times else None,
        distance_m=max(metres, default=None),
        rpe=exertion,
        heart_rate=sum(beats) / len(beats) if beats else None,
    )


def _start(written: str, zone: ZoneInfo) -> Moment:
    """Parse a timestamp like '2012/01/11 11:51:01 UTC '."""
    bare = written.strip()
    try:
        moment = datetime.strptime(bare.removesuffix(" UTC"), "%Y/%m/%d %H:%M:%S")  # noqa: DTZ007 - zone below
    except ValueError:
        return at_text(bare, zone=zone)
    return at_text(moment.isoformat() + ("Z" if bare.endswith("UTC") else ""), zone=zone)
