"""Importing a file, or a folder with all that is in it: one bad file never stops the others."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from backstride.core.records import CoveredSpan, Records
from backstride.core.run import Run
from backstride.core.same_run import JOIN, SameRun, merge_same_runs
from backstride.errors import BadInput, NotReadable
from backstride.importers.base import ImportResult, Skipped
from backstride.importers.files import content_of, files_below, is_folder, shown
from backstride.importers.fit import FIT
from backstride.importers.registry import read_content

ACTIVITY_FILES: Final = frozenset({FIT.name})
"""Readers whose files each are one recorded activity: a folder of them is the watch's whole log."""


def import_path(
    path: Path, *, zone: ZoneInfo, progress: Callable[[int, int], None] | None = None
) -> ImportResult:
    """Everything that a file or a folder holds, each run once.

    Folders are read with all folders in them; names that begin with a dot are left out. Files are taken in
    the order of their names, so that the result does not depend on the disk. Two activity files and more
    vouch for the days between them; a single one may have been sent alone.

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
            advice="Put FIT files or tables (CSV) in it, or give another folder.",
        )
    everything = ImportResult(skipped=tuple(unlisted))
    logs: list[tuple[Run, ...]] = []
    for done, file in enumerate(files, start=1):
        result, is_activity = _one_of_many(file, name=shown(file.relative_to(path)), zone=zone)
        everything += result
        logs += [result.records.runs] if is_activity else []
        if progress is not None:
            progress(done, len(files))
    return _each_run_once(everything + _vouched(logs, source=shown(Path(path.name))))


def _one_of_many(file: Path, *, name: str, zone: ZoneInfo) -> tuple[ImportResult, bool]:
    """What a file gives, and whether it is an activity file; a bad one gives the reason why it was skipped."""
    try:
        reader, result = read_content(content_of(file), name=name, zone=zone)
    except BadInput as error:
        return ImportResult(skipped=(Skipped(name, str(error)),)), False
    return result, reader.name in ACTIVITY_FILES


def _vouched(logs: Sequence[tuple[Run, ...]], *, source: str) -> ImportResult:
    """The days from the first to the last session of two or more activity files, and a note saying so."""
    if len(logs) < 2:
        return ImportResult()
    days = [run.local_day for runs in logs for run in runs]
    span = CoveredSpan(min(days), max(days), source=source)
    note = (
        f"The {len(logs)} activity files vouch for {span.first_day} to {span.last_day}: "
        "a day between without a run in any file counts as a day of rest."
    )
    return ImportResult(Records(covered=(span,)), notes=(note,))


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
