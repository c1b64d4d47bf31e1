"""Importing: files in, the diary richer by what is new in them."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from backstride.core.run import Activity
from backstride.diary.added import Added
from backstride.diary.opening import open_store
from backstride.diary.schema import OWNER
from backstride.importers.backends.base import ReadBackend
from backstride.importers.base import ImportResult
from backstride.runtime.paths import default_diary_location
from backstride.services.day_start import choose_day_start, day_start, with_day_starts
from backstride.services.diary_zone import remember_zone
from backstride.services.import_archives import merge_archives, split_archives, store_all
from backstride.services.left_over_runs import notes_on_left_over
from backstride.services.read_files import FileProgress, read_paths, with_known_words
from backstride.services.run_words import known_words, remember_words
from backstride.services.subprocess_backend import archive_reader, default_backend

SOURCE = "import"


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What was read, what of it was new, and which diary holds it now."""

    read: ImportResult
    added: Added
    diary: str


def import_paths(
    paths: Sequence[Path],
    *,
    zone: ZoneInfo,
    diary: str | None = None,
    now: datetime | None = None,
    progress: FileProgress | None = None,
    backend: ReadBackend | None = None,
    runs: Sequence[str] = (),
    remembers_zone: bool = False,
    day_starts_h: int | None = None,
) -> ImportSummary:
    """Read files and folders and keep all that is new in the diary, or nothing where the store fails.

    Nothing is stored before everything was read: where this is stopped on the way, the diary is as it was, and the
    same files can be given again.

    Args:
        paths: files and folders.
        zone: the person's own zone, for times that state none.
        diary: its path or URL; the person's own unless given.
        now: the moment of the import; the clock's unless given.
        progress: called with how many files of a folder are done, and of how many.
        backend: where the files are read; in a process of its own unless given.
        runs: words of the sources that mean a run, and that no list knows; they are remembered.
        remembers_zone: whether the person told the zone, so that the diary keeps the first one.
        day_starts_h: the hour at which the person's day starts; the diary keeps it.

    Raises:
        BadInput: a path cannot be used, or nothing in it can.
        DiaryError: the diary cannot be opened, or cannot hold more; nothing was stored.
    """
    moment = now or datetime.now(UTC)
    read = ImportResult()
    with ExitStack() as held:
        reading = backend or held.enter_context(default_backend())
        wholes, others = split_archives(paths, unpack=archive_reader(reading))
        if others:
            read = read_paths(others, zone=zone, now=moment, progress=progress, backend=reading)
    with open_store(diary or default_diary_location()) as store:
        book = store.diary(OWNER)
        if remembers_zone:
            remember_zone(store, zone, now=moment)
        remember_words(store, OWNER, runs, Activity.RUN, now=moment)
        read = with_known_words(read, known_words(store, OWNER))
        if day_starts_h is not None:
            choose_day_start(store, OWNER, day_starts_h, now=moment)
        records = with_day_starts(read.records, day_start(store, OWNER))
        read = replace(read, records=records)
        added = store_all(book, records, wholes, source=SOURCE, now=moment)
        read = replace(read, notes=(*read.notes, *notes_on_left_over(book, records.runs)))
        return ImportSummary(merge_archives(read, wholes), added, book.name)
