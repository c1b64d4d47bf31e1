"""Reading files for a person who stands at a certain day: what lies in the future is left out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from backstride.core.records import Records, not_in_future
from backstride.core.run import Activity, with_kinds
from backstride.errors import BadTable
from backstride.importers.backends.base import ReadBackend
from backstride.importers.base import ImportResult, Skipped
from backstride.importers.folder import import_path
from backstride.importers.tables.people_in_table import refuse_several
from backstride.importers.unknown_words import with_note_anew

FileProgress = Callable[[int, int], None]


def read_paths(
    paths: Sequence[Path],
    *,
    zone: ZoneInfo,
    now: datetime | None = None,
    progress: FileProgress | None = None,
    backend: ReadBackend | None = None,
) -> ImportResult:
    """Read all that the files and folders hold, without what lies in the future.

    Args:
        paths: files and folders.
        zone: the person's own zone, for times that state none.
        now: the moment that divides past from future; the clock's, unless given.
        progress: called with how many files of a folder are done, and of how many.
        backend: where the files are read; in this process unless given.

    Raises:
        BadInput: a path cannot be used at all.
        BadTable: nothing was left to use, or the tables are those of several people.
    """
    result = ImportResult()
    for path in paths:
        result += import_path(path, zone=zone, progress=progress, backend=backend)
    refuse_several(result.people)
    result = without_future(result, now=now or datetime.now(UTC))
    if result.records == Records():
        raise _nothing_left(paths, result.skipped)
    return result


def without_future(result: ImportResult, *, now: datetime) -> ImportResult:
    """Drop what lies after `now` from `result`; each dropped record is listed as skipped."""
    records, sentences = not_in_future(result.records, now=now)
    left_out = tuple(Skipped("", sentence) for sentence in sentences)
    return replace(result, records=records, skipped=result.skipped + left_out)


def with_known_words(read: ImportResult, words: Mapping[str, Activity]) -> ImportResult:
    """Reclassify sessions called by one of these words by what it means."""
    runs = with_kinds(read.records.runs, words)
    if runs == read.records.runs:
        return read
    notes = with_note_anew(read.notes, runs)
    return replace(read, records=replace(read.records, runs=runs), notes=notes)


def _nothing_left(paths: Sequence[Path], skipped: Sequence[Skipped]) -> BadTable:
    names = " and ".join(str(path) for path in paths) or "what was given"
    error = BadTable(
        f"Nothing in {names} could be used.",
        advice="Correct the files, or choose others. The first line of a table must name its columns, such as time "
        "and pain.",
    )
    if not skipped:
        return error
    return BadTable(f"{error.problem} For example: {skipped[0].sentence}", advice=error.advice)
