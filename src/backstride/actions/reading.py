"""Reading files for a person who stands at a certain day: what lies in the future is left out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from backstride.core.check_in import CheckIn
from backstride.core.measurement import Measurement
from backstride.core.records import CoveredSpan, Records
from backstride.core.run import Run
from backstride.errors import BadTable
from backstride.importers.base import ImportResult, Skipped
from backstride.importers.folder import import_path

FileProgress = Callable[[int, int], None]
_A_DAY = timedelta(days=1)  # clocks of watches and phones may be ahead, and zones differ by less than a day
_Entry = TypeVar("_Entry", CheckIn, Run, Measurement)


def read_paths(
    paths: Sequence[Path],
    *,
    zone: ZoneInfo,
    now: datetime | None = None,
    progress: FileProgress | None = None,
) -> ImportResult:
    """All that the files and folders hold, without what lies in the future.

    Args:
        paths: files and folders.
        zone: the person's own zone, for times that state none.
        now: the moment that divides past from future; the clock's, unless given.
        progress: called with how many files of a folder are done, and of how many.

    Raises:
        BadInput: a path cannot be used at all.
        BadTable: nothing was left to use.
    """
    result = ImportResult()
    for path in paths:
        result += import_path(path, zone=zone, progress=progress)
    result = without_future(result, now=now or datetime.now(UTC))
    if not result.records.count:
        raise _nothing_left(paths, result.skipped)
    return result


def without_future(result: ImportResult, *, now: datetime) -> ImportResult:
    """`result` without what lies more than a day after `now`; each such thing is listed as skipped."""
    latest = now + _A_DAY
    records, skipped = result.records, list(result.skipped)
    return replace(
        result,
        records=Records(
            check_ins=_until(latest, records.check_ins, "check-in", skipped),
            runs=_until(latest, records.runs, "run", skipped),
            measurements=_until(latest, records.measurements, "measurement", skipped),
            covered=tuple(_clipped(records.covered, latest)),
        ),
        skipped=tuple(skipped),
    )


def _until(
    latest: datetime, entries: Iterable[_Entry], what: str, skipped: list[Skipped]
) -> tuple[_Entry, ...]:
    kept = []
    for entry in entries:
        moment = entry.start if isinstance(entry, Run) else entry.moment
        if moment <= latest:
            kept.append(entry)
            continue
        why = f"Its date, {moment:%Y-%m-%d}, lies in the future. Correct the date and import it again."
        skipped.append(Skipped(entry.source or what, why))
    return tuple(kept)


def _clipped(spans: Iterable[CoveredSpan], latest: datetime) -> Iterable[CoveredSpan]:
    for span in spans:
        if span.first_day <= latest.date():
            yield replace(span, last_day=min(span.last_day, latest.date()))


def _nothing_left(paths: Sequence[Path], skipped: Sequence[Skipped]) -> BadTable:
    names = " and ".join(str(path) for path in paths) or "what was given"
    why = f" For example, {skipped[0].where}: {skipped[0].why}" if skipped else ""
    return BadTable(
        f"Nothing in {names} could be used.{why}",
        advice="Mend the files, or give others: docs/diary-format.md describes the tables column by column.",
    )
