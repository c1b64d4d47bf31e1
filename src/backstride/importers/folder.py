"""Importing a file, or a folder with all that is in it: one bad file never stops the others."""

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from backstride.core.records import CoveredSpan, Records
from backstride.core.run import Run
from backstride.core.same_run import JOIN, SameRun, merge_same_runs
from backstride.errors import BadInput, NotReadable
from backstride.importers.base import ImportResult, Skipped
from backstride.importers.fit import FIT
from backstride.importers.packing import MOST_BYTES
from backstride.importers.registry import read_content

ACTIVITY_FILES: Final = frozenset({FIT.name})
"""Readers whose files each are one recorded activity: a folder of them is the watch's whole log."""

_SIDE_FOLDERS = frozenset({"__MACOSX"})


def import_path(
    path: Path, *, zone: ZoneInfo, progress: Callable[[int, int], None] | None = None
) -> ImportResult:
    """Everything that a file or a folder holds, each run once.

    Folders are read with all folders in them; names that begin with a dot are left out. Files are taken in
    the order of their names, so that the result does not depend on the disk.

    Args:
        path: a file, or a folder.
        zone: the person's own zone, for times that state none.
        progress: called with how many files are done, and of how many.

    Raises:
        NotReadable: there is no such file or folder, it cannot be opened, or the folder is empty.
        BadInput: `path` is a file that cannot be used at all.
    """
    if not path.is_dir():
        return _each_run_once(_read(path, name=path.name, zone=zone)[1])
    names, skipped = _names_below(path)
    if not names and not skipped:
        raise NotReadable(
            f"The folder {path} is empty.",
            advice="Put FIT files or tables (CSV) in it, or give another folder.",
        )
    everything = ImportResult(skipped=tuple(skipped))
    activities: list[Run] = []
    files = 0
    for done, name in enumerate(names, start=1):
        try:
            reader_name, result = _read(path / name, name=name, zone=zone)
        except BadInput as error:
            result = ImportResult(skipped=(Skipped(name, str(error)),))
        else:
            if reader_name in ACTIVITY_FILES:
                files += 1
                activities += result.records.runs
        everything += result
        if progress is not None:
            progress(done, len(names))
    return _each_run_once(everything + _vouched(activities, files, path.name))


def _names_below(folder: Path) -> tuple[list[str], list[Skipped]]:
    """The files in a folder and those below it, by name in order, and what could not be looked into."""
    skipped: list[Skipped] = []

    def closed(error: OSError) -> None:
        if error.filename == os.fspath(folder):
            raise _not_readable(folder, error)
        skipped.append(Skipped(Path(error.filename).relative_to(folder).as_posix(), _cannot_open(error)))

    names = []
    for here, folders, files in os.walk(folder, onerror=closed):
        folders[:] = [name for name in folders if _is_shown(name)]
        names += [(Path(here) / name).relative_to(folder).as_posix() for name in files if _is_shown(name)]
    return sorted(names), skipped


def _is_shown(name: str) -> bool:
    return not name.startswith(".") and name not in _SIDE_FOLDERS


def _read(path: Path, *, name: str, zone: ZoneInfo) -> tuple[str, ImportResult]:
    """By which reader, and what, one file gives.

    Raises:
        BadInput: it cannot be opened, or cannot be used.
    """
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for without end
            raise NotReadable(f"{name} is neither a file nor a folder.", advice="Give a file or a folder.")
        if path.stat().st_size > MOST_BYTES:
            raise NotReadable(
                f"{name} is larger than {MOST_BYTES // 2**20} MB.",
                advice="No record of runs is; leave it out.",
            )
        content = path.read_bytes()
    except OSError as error:
        raise _not_readable(path, error) from error
    reader, result = read_content(content, name=name, zone=zone)
    return reader.name, result


def _not_readable(path: Path, error: OSError) -> NotReadable:
    return NotReadable(
        f"{path} cannot be opened ({_reason(error)}).", advice="Check the name and whether you may read it."
    )


def _cannot_open(error: OSError) -> str:
    return f"It cannot be opened ({_reason(error)}). Check whether you may read it."


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


def _vouched(runs: Sequence[Run], files: int, folder: str) -> ImportResult:
    """The days from the first to the last session of two or more activity files, and a note saying so."""
    if files < 2:
        return ImportResult()
    days = [run.local_day for run in runs]
    span = CoveredSpan(min(days), max(days), source=folder)
    note = (
        f"The {files} activity files vouch for {span.first_day} to {span.last_day}: "
        "a day between without a run in any file counts as a day of rest."
    )
    return ImportResult(Records(covered=(span,)), notes=(note,))


def _each_run_once(result: ImportResult) -> ImportResult:
    runs, merged = merge_same_runs(result.records.runs)
    records = Records(result.records.check_ins, runs, result.records.measurements, result.records.covered)
    return ImportResult(records, result.skipped, result.notes + tuple(_merge_notes(merged)))


def _merge_notes(merged: Iterable[SameRun]) -> Iterable[str]:
    for same in merged:
        names = dict.fromkeys([*same.kept.source.split(JOIN), *(other.source for other in same.others)])
        yield f"{' and '.join(names)} are one run: {same.evidence}."
