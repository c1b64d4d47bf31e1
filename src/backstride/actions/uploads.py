"""Files that somebody brings: read apart, in their own time, and told what became of each."""

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock
from time import monotonic
from typing import BinaryIO
from zoneinfo import ZoneInfo

from backstride.actions.bring_back import kept, parted, with_whole
from backstride.actions.clock import this_moment
from backstride.actions.desk_apart import desk_apart, unpacking
from backstride.actions.keep import SOURCE
from backstride.actions.reading import FileProgress, read_paths
from backstride.diary.diary import Added
from backstride.diary.store import Store
from backstride.diary.writing import writing_to
from backstride.errors import BackstrideError, BadInput
from backstride.importers.base import ImportResult

SECONDS_TO_READ = 1800.0
"""After which nothing more of what one person brought is read: others wait for their turn."""
MOST_FILES, LONGEST_NAME = 2000, 120


@dataclass(frozen=True, slots=True)
class Upload:
    """What became of what somebody brought.

    Attributes:
        read: what was read, skipped and assumed; None while it is being read, or where nothing could be.
        added: what of it was new.
        problem: why nothing could be used; empty where something could.
        files_done, files: how many files are read so far, and of how many; zero before the first is.
    """

    read: ImportResult | None = None
    added: Added | None = None
    problem: str = ""
    files_done: int = 0
    files: int = 0

    @property
    def is_done(self) -> bool:
        """Whether there is something to tell."""
        return self.read is not None or bool(self.problem)


class Uploads:
    """The last upload of each person; one is read at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._last: dict[int, Upload] = {}
        self._lock = Lock()
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="uploads")

    def last(self, person: int) -> Upload | None:
        """What became of the last one; None where there was none since the server began."""
        with self._lock:
            return self._last.get(person)

    def begin(self, person: int, files: Iterable[tuple[str, BinaryIO]], *, zone: ZoneInfo) -> "Future[None]":
        """Take the files and read them in the background.

        Raises:
            BadInput: no file, or too many.
            DiaryFull: there is no room for them.
        """
        folder = _kept_for_reading(files)
        self._tell(person, Upload())
        return self._threads.submit(self._work, person, folder, zone)

    def close(self) -> None:
        """Begin nothing more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _work(self, person: int, folder: Path, zone: ZoneInfo) -> None:
        now = this_moment()
        try:
            read = ImportResult()
            with desk_apart() as desk:
                wholes, others = parted(sorted(folder.iterdir()), unpack=unpacking(desk))
                if others:
                    step = self._step_of(person, _stop_after(SECONDS_TO_READ))
                    read = read_paths(_alone(folder, others), zone=zone, now=now, progress=step, desk=desk)
            added = kept(self._store.diary(person), read.records, wholes, source=SOURCE, now=now)
            self._tell(person, Upload(with_whole(read, wholes), added))
        except BackstrideError as error:
            self._tell(
                person, Upload(problem=str(error).replace(f"{folder}{os.sep}", "").replace(str(folder), "it"))
            )
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _step_of(self, person: int, stop: FileProgress) -> FileProgress:
        def step(done: int, of: int) -> None:
            self._tell(person, Upload(files_done=done, files=of))
            stop(done, of)

        return step

    def _tell(self, person: int, upload: Upload) -> None:
        with self._lock:
            self._last[person] = upload


def _alone(folder: Path, others: Sequence[Path]) -> list[Path]:
    """The folder with nothing but these files left in it."""
    for path in set(folder.iterdir()) - set(others):
        path.unlink()
    return [folder]


def _stop_after(seconds: float) -> FileProgress:
    """Called after each file, it ends the reading when its time is up."""
    end = monotonic() + seconds

    def stop(done: int, of: int) -> None:
        if monotonic() > end and done < of:
            raise BadInput(
                f"Only {done} of {of} files could be read in {seconds / 60:.0f} minutes; nothing was kept.",
                advice="Bring them in parts.",
            )

    return stop


def _kept_for_reading(files: Iterable[tuple[str, BinaryIO]]) -> Path:
    folder = Path(mkdtemp(prefix="backstride-"))
    with _removed_on_failure(folder), writing_to(folder):
        names: set[str] = set()
        for name, content in files:
            own = _own_name(name, names)
            with (folder / own).open("wb") as copy:
                shutil.copyfileobj(content, copy, 2**20)
            names.add(own)
            if len(names) > MOST_FILES:
                raise BadInput(f"These are more than {MOST_FILES} files.", advice="Bring them in parts.")
        if not names:
            raise BadInput("No file was chosen.", advice="Choose one or more, then press the button.")
    return folder


@contextmanager
def _removed_on_failure(folder: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _own_name(name: str, taken: set[str]) -> str:
    """A name that stays in the folder; a hidden or empty one, or one that is taken, gets another."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(letter for letter in last if letter.isprintable())[-LONGEST_NAME:].lstrip(".") or "file"
    return plain if plain not in taken else f"{len(taken)}-{plain}"
