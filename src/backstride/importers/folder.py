"""Importing a file, or a folder with all that is in it: one bad file never stops the others."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from backstride.core.records import CoveredSpan, Records
from backstride.core.run import Run
from backstride.core.same_run import JOIN, SameRun, merge_same_runs
from backstride.errors import BadInput, NotReadable
from backstride.importers.apps import ONE_SESSION_A_FILE
from backstride.importers.base import ImportResult, Skipped
from backstride.importers.files import content_of, files_below, is_folder, shown
from backstride.importers.fit import FIT
from backstride.importers.gpx import GPX
from backstride.importers.registry import read_content
from backstride.importers.runs_table import settled_cover, without_implied
from backstride.importers.tcx import TCX

ACTIVITY_FILES: Final = frozenset({FIT.name, GPX.name, TCX.name}) | ONE_SESSION_A_FILE
"""Readers whose files each are one recorded activity: a folder of them is the watch's whole log."""

MOST_DAYS_APART: Final = 60
"""Who leaves no activity for longer may have stopped recording: those days are unknown, not days of rest."""

_MOST_SPANS_NAMED = 3


def import_path(
    path: Path, *, zone: ZoneInfo, progress: Callable[[int, int], None] | None = None
) -> ImportResult:
    """Everything that a file or a folder holds, each run once.

    Folders are read with all folders in them; names that begin with a dot are left out. Files are taken in
    the order of their names, so that the result does not depend on the disk. Two activity files and more
    vouch for the days between them, up to 60 days; a single one may have been sent alone. Where a table of
    covered days is given, a table of runs vouches for nothing by itself.

    Args:
        path: a file, or a folder.
        zone: the person's own zone, for times that state none.
        progress: called with how many files are done, and of how many.

    Raises:
        NotReadable: there is no such file or folder, it cannot be opened, or the folder is empty.
        BadInput: `path` is a file that cannot be used at all.
    """
    if not is_folder(path):
        name = shown(Path(path.name))
        return _each_run_once(read_content(content_of(path), name=name, zone=zone)[1])
    files, unlisted = files_below(path)
    if not files and not unlisted:
        raise NotReadable(
            f"The folder {shown(path)} is empty.",
            advice="Put FIT, GPX or TCX files or tables (CSV) in it, or give another folder.",
        )
    everything = ImportResult(skipped=tuple(unlisted))
    logs: list[tuple[Run, ...]] = []
    for done, file in enumerate(files, start=1):
        result, is_activity = _one_of_many(file, name=shown(file.relative_to(path)), zone=zone)
        everything += result
        logs += [result.records.runs] if is_activity and result.records.runs else []
        if progress is not None:
            progress(done, len(files))
    vouched = _vouched(logs, source=shown(Path(path.name)))
    return _each_run_once(
        vouched + _settled(everything)
    )  # in this order: what was assumed of all is told first


def _one_of_many(file: Path, *, name: str, zone: ZoneInfo) -> tuple[ImportResult, bool]:
    """What a file gives, and whether it is an activity file; a bad one gives the reason why it was skipped."""
    try:
        reader, result = read_content(content_of(file), name=name, zone=zone)
    except BadInput as error:
        return ImportResult(skipped=(Skipped(name, str(error)),)), False
    return result, reader.name in ACTIVITY_FILES


def _settled(result: ImportResult) -> ImportResult:
    """What tables of runs vouch for by themselves gives way to a table of covered days, and their notes with it."""
    records = settled_cover(result.records)
    if records == result.records:
        return result
    return replace(result, records=records, notes=without_implied(result.notes))


def _vouched(logs: Iterable[Sequence[Run]], *, source: str) -> ImportResult:
    """The days between activity files that lie close enough to be one log, and a note saying so."""
    spans = [CoveredSpan(first, last, source=source) for first, last in _stretches(logs)]
    if not spans:
        return ImportResult()
    named = [f"{span.first_day} to {span.last_day}" for span in spans[:_MOST_SPANS_NAMED]]
    more = [f"{len(spans) - len(named)} more stretches"] if len(spans) > len(named) else []
    notes = [
        f"The activity files vouch for {', '.join(named + more)}: "
        "a day between without a run in any file counts as a day of rest."
    ]
    if len(spans) > 1:
        notes.append(
            "Nothing is assumed of the days between these: no activity was recorded for more than "
            f"{MOST_DAYS_APART} days. If they were days of rest, say so in a table of covered days."
        )
    return ImportResult(Records(covered=tuple(spans)), notes=tuple(notes))


def _stretches(logs: Iterable[Sequence[Run]]) -> Iterable[tuple[date, date]]:
    """First and last day of each row of two activity files or more, none of them over 60 days after the last."""
    files = sorted((min(days), max(days)) for days in ([run.local_day for run in runs] for runs in logs))
    while files:
        first, last = files[0]
        count = 0
        while count < len(files) and files[count][0] - last <= timedelta(days=MOST_DAYS_APART):
            last = max(last, files[count][1])
            count += 1
        if count > 1:
            yield first, last
        files = files[count:]


def _each_run_once(result: ImportResult) -> ImportResult:
    runs, merged = merge_same_runs(result.records.runs)
    return ImportResult(
        replace(result.records, runs=runs), result.skipped, (*result.notes, *_merge_notes(merged))
    )


def _merge_notes(merged: Iterable[SameRun]) -> Iterable[str]:
    for same in merged:
        names = dict.fromkeys([*same.kept.source.split(JOIN), *(other.source for other in same.others)])
        evidence = "; ".join(dict.fromkeys(same.evidence.split("; ")))
        yield f"{' and '.join(names)} are one run: {evidence}."
