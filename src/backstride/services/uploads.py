"""Files that somebody brings: read apart, in turns with what others bring, and told what became of each."""

import os
import shutil
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event, Lock
from time import monotonic
from typing import Final
from zoneinfo import ZoneInfo

from backstride.core.run import Activity
from backstride.diary.archive import DiaryArchive
from backstride.diary.io_errors import translate_os_errors
from backstride.diary.store import Store
from backstride.errors import BackstrideError, BadInput, NotNow, StillHeld
from backstride.importers.backends.base import ReadBackend
from backstride.importers.base import ImportResult, Skipped
from backstride.importers.note_order import in_order
from backstride.importers.unknown_words import unknown_words
from backstride.runtime.clock import utc_now
from backstride.runtime.incoming import Incoming
from backstride.runtime.logs import defects_logged
from backstride.runtime.scratch import Scratch
from backstride.runtime.turns import Turns
from backstride.services.bounded_backend import BoundedBackend
from backstride.services.day_start import day_start, with_day_starts
from backstride.services.import_archives import split_archives, store_all
from backstride.services.import_files import SOURCE
from backstride.services.left_over_runs import notes_on_left_over
from backstride.services.plainly import plainly
from backstride.services.read_files import FileProgress, read_paths, with_known_words
from backstride.services.run_words import MAX_WORDS, known_words
from backstride.services.subprocess_backend import SubprocessBackend, archive_reader, default_backend
from backstride.services.upload_result import Read, Upload

SECONDS_TO_READ: Final = 1800.0
"""After which nothing more of what one person brought is read: others wait for their turn."""
MAX_BYTES: Final = 512 * 2**20
MAX_BYTES_AT_ONCE: Final = 4 * MAX_BYTES
"""That all uploads together may take on the disk, on their way in, waiting or being read."""
OPEN_AT_ONCE: Final = 4
"""Uploads that are being read; each has a process of its own, and pays for it in memory."""
READ_AT_ONCE: Final = 2
MAX_LISTED: Final = 1000


@dataclass(eq=False, slots=True)
class _Job:
    """One upload from its first byte on; `size` is what it may take on the disk."""

    person: int
    size: int
    ended: Event = field(default_factory=Event)
    done: "Future[None] | None" = None
    backend: ReadBackend | None = None

    def end(self) -> None:
        """Stop reading, also in the middle of a file."""
        self.ended.set()
        if isinstance(self.backend, SubprocessBackend):
            self.backend.interrupt()


class Uploads:
    """The last upload of each person: one of each at a time, read in turns.

    Args:
        store: takes what was read.
        scratch: where files lie until they are read.
    """

    def __init__(self, store: Store, scratch: Scratch | None = None) -> None:
        self._store = store
        self._scratch = scratch or Scratch()
        self._last: dict[int, Upload] = {}
        self._jobs: dict[int, _Job] = {}
        self._lock = Lock()
        self._turns = Turns(at_once=READ_AT_ONCE)
        self._threads = ThreadPoolExecutor(OPEN_AT_ONCE, thread_name_prefix="uploads")
        self._scratch.remove_left_over()

    def last(self, person: int) -> Upload | None:
        """Return the result of the last upload; None where there was none since the server began."""
        with self._lock:
            return self._last.get(person)

    def expect(self, person: int, *, size: int) -> Incoming:
        """Return where the files of a person go that are on their way in.

        Args:
            person: whose diary they are for.
            size: the bytes that will come, files and what is around them.

        Raises:
            NotNow: what they brought before is not read yet, or all room is taken.
            DiaryFull: there is no room on the disk.
        """
        with self._lock:
            if person in self._jobs:
                raise NotNow(
                    "The files that you imported before are still being read.",
                    advice="Wait until they are, then import these.",
                )
            if size + sum(job.size for job in self._jobs.values()) > MAX_BYTES_AT_ONCE:
                raise NotNow(
                    "Others are importing a lot of files at this moment.",
                    advice="Import yours in a few minutes.",
                )
            job = self._jobs[person] = _Job(person, size)
        try:
            with translate_os_errors(Path("The folder for temporary files")):
                return Incoming(self._scratch.folder(), lambda: self._end(job))
        # BaseException: whatever it was, it must not block this person's next upload; it is raised on
        except BaseException:
            self._end(job)
            raise

    def begin(self, person: int, incoming: Incoming, *, zone: ZoneInfo) -> "Future[None]":
        """Read the files in the background.

        Raises:
            BadInput: there is no file.
        """
        folder = incoming.handed_over()
        self._report(person, Upload())
        job = self._jobs[person]
        job.done = self._threads.submit(self._work, job, folder, zone)
        return job.done

    def wait(self) -> None:
        """Until everything that was begun is done; for tests and scripts."""
        with self._lock:
            waiting = [job.done for job in self._jobs.values() if job.done is not None]
        for done in waiting:
            done.result()

    def remove(self, person: int) -> None:
        """Delete again what the last upload of a person added to the diary, and put back what it changed.

        Where there is none, or it was removed before, as after a double tap, nothing is done.

        Raises:
            DiaryError: nothing was deleted, and it can be tried again.
            StillHeld: all is deleted, but another program still holds what was written before.
        """
        with self._lock:
            upload = self._last.get(person)
            if upload is None or upload.added is None or not upload.can_be_removed:
                return
            self._last[person] = replace(upload, removed=0)  # a second tap meanwhile does nothing
        diary = self._store.diary(person)
        removed: int | None = None
        restored = 0
        try:
            restored = diary.undo_corrections(upload.added.corrections)
            removed = diary.erase_entries(upload.added.ids) if upload.added.ids else 0
        except StillHeld:
            removed = upload.added.new
            raise
        finally:
            self._report(person, replace(upload, removed=removed, restored=upload.restored + restored))

    def forget(self, person: int) -> None:
        """Give up what this person brought: nothing of it is stored, and nothing said of it."""
        with self._lock:
            job = self._jobs.get(person)
            self._last.pop(person, None)
        if job is not None:
            job.end()

    def close(self) -> None:
        """Begin nothing more, and remove every file."""
        with self._lock:
            jobs = list(self._jobs.values())
        for job in jobs:
            job.end()
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._scratch.close()

    @defects_logged()
    def _work(self, job: _Job, folder: Path, zone: ZoneInfo) -> None:
        upload = Upload(problem=_DEFECT)
        try:
            with self._turns.taken():
                upload = self._read(job, folder, zone)
        except BackstrideError as error:
            said = str(plainly(error)).replace(f"{folder}{os.sep}", "").replace(str(folder), "what was given")
            upload = Upload(problem=said)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            self._end(job)
            if not job.ended.is_set():
                self._report(job.person, upload)

    def _read(self, job: _Job, folder: Path, zone: ZoneInfo) -> Upload:
        now, read = utc_now(), ImportResult()
        with default_backend(most_workers=1 if len(self._jobs) > 1 else 2) as apart:
            job.backend, backend = apart, BoundedBackend(apart)
            _stop_if(job.ended)
            wholes, others = split_archives(sorted(folder.iterdir()), unpack=archive_reader(apart))
            if others:
                step = self._step_of(job, _stop_after(SECONDS_TO_READ))
                read = read_paths(_alone(folder, others), zone=zone, now=now, progress=step, backend=backend)
        _stop_if(job.ended)
        read = with_known_words(read, known_words(self._store, job.person))
        records = with_day_starts(read.records, day_start(self._store, job.person))
        diary = self._store.diary(job.person)
        added = store_all(diary, records, wholes, source=SOURCE, now=now)
        read = replace(read, notes=(*read.notes, *notes_on_left_over(diary, records.runs)))
        return Upload(_summed_up(read, wholes), added)

    def _step_of(self, job: _Job, stop: FileProgress) -> FileProgress:
        def step(done: int, of: int) -> None:
            _stop_if(job.ended)
            self._report(job.person, Upload(files_done=done, files=of))
            stop(done, of)
            self._turns.pass_on()

        return step

    def _report(self, person: int, upload: Upload) -> None:
        with self._lock:
            self._last[person] = upload

    def _end(self, job: _Job) -> None:
        with self._lock:
            if self._jobs.get(job.person) is job:
                del self._jobs[job.person]


_DEFECT = "Something went wrong that should not have; nothing was kept. Bring the files in parts."


def _summed_up(read: ImportResult, wholes: Sequence[DiaryArchive]) -> Read:
    kinds = [entry.kind for whole in wholes for entry in whole.entries]
    counted = ("check_in", "run", "measurement", "covered")
    records = read.records
    others = (records.allocations, records.plan, records.pain_before, records.roland_morris)
    left_out = tuple(Skipped("", sentence) for whole in wholes for sentence in whole.left_out)
    return Read(
        len(read.records.check_ins) + kinds.count("check_in"),
        len(read.records.runs) + kinds.count("run"),
        len(read.records.measurements) + kinds.count("measurement"),
        (read.skipped + left_out)[:MAX_LISTED],
        in_order(read.notes)[:MAX_LISTED],
        unknown_words(read.records.runs)[:MAX_WORDS],
        sum(map(len, others)) + sum(kind not in counted for kind in kinds),
        walks=sum(run.activity is Activity.WALK for run in records.runs),
        other_sports=sum(run.activity is Activity.OTHER for run in records.runs),
        unsorted=kinds.count("run"),
    )


def _alone(folder: Path, others: Sequence[Path]) -> list[Path]:
    """Delete everything in the folder but these files."""
    for path in set(folder.iterdir()) - set(others):
        path.unlink()
    return [folder]


def _stop_if(ended: Event) -> None:
    if ended.is_set():
        raise BadInput("These files were given up; nothing was kept.", advice="Import them again.")


def _stop_after(seconds: float) -> FileProgress:
    """Create a progress callback that aborts the reading when its time is up."""
    end = monotonic() + seconds

    def stop(done: int, of: int) -> None:
        if monotonic() > end and done < of:
            raise BadInput(
                f"Only {done} of {of} files could be read in {seconds / 60:.0f} minutes; nothing was kept.",
                advice="Import them in parts.",
            )

    return stop
