"""Files that somebody brings: read apart, in their own time, and told what became of each."""

import os
import shutil
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock
from typing import BinaryIO
from zoneinfo import ZoneInfo

from backstride.actions.apart import apart
from backstride.actions.clock import this_moment
from backstride.actions.keep import SOURCE
from backstride.actions.reading import read_paths
from backstride.diary.diary import Added
from backstride.diary.store import Store
from backstride.diary.writing import writing_to
from backstride.errors import BackstrideError, BadInput
from backstride.importers.base import ImportResult

SECONDS_TO_READ = 300
MEMORY_TO_READ_MB = 4096  # of addresses: numpy asks for many that it never uses
MOST_FILES, LONGEST_NAME = 2000, 120


@dataclass(frozen=True, slots=True)
class Upload:
    """What became of what somebody brought.

    Attributes:
        read: what was read, skipped and assumed; None while it is being read, or where nothing could be.
        added: what of it was new.
        problem: why nothing could be used; empty where something could.
    """

    read: ImportResult | None = None
    added: Added | None = None
    problem: str = ""

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
            errand = Errand(folder, zone.key, now)
            read = apart(read_folder, errand, seconds=SECONDS_TO_READ, memory_mb=MEMORY_TO_READ_MB)
            added = self._store.diary(person).add(read.records, source=SOURCE, now=now)
            self._tell(person, Upload(read, added))
        except BackstrideError as error:
            self._tell(
                person, Upload(problem=str(error).replace(f"{folder}{os.sep}", "").replace(str(folder), "it"))
            )
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _tell(self, person: int, upload: Upload) -> None:
        with self._lock:
            self._last[person] = upload


@dataclass(frozen=True, slots=True)
class Errand:
    """What to read, for whom it is this moment in this zone."""

    folder: Path
    zone: str
    now: datetime


def read_folder(errand: Errand) -> ImportResult:
    """Everything in the folder; runs in a process of its own."""
    return read_paths([errand.folder], zone=ZoneInfo(errand.zone), now=errand.now)


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
