"""What one process asks of another that reads files for it, and how much the reading may take."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Union
from zoneinfo import ZoneInfo

from backstride.errors import BadInput, BrokenFile
from backstride.importers.archives.zip_guard import Allowance
from backstride.importers.backends.base import FileOnDisk, Listing, MemberRef, ReadBackend, ReadResult
from backstride.services.bounded_backend import bounded

if TYPE_CHECKING:
    from backstride.diary.archive import DiaryArchive


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take.

    Attributes:
        memory_mb: addresses that the process may hold, the program in it.
        cpu_s: seconds of work on a file.
        list_cpu_s: the same for an archive's contents, and for the list of an export, which may have gigabytes.
        wait_s: seconds until an answer, work and waiting together.
    """

    memory_mb: int = 1024
    cpu_s: int = 60
    list_cpu_s: int = 600
    wait_s: float = 1200.0


@dataclass(frozen=True, slots=True)
class ListTask:
    """Asks what there is to read in a file."""

    file: FileOnDisk
    allowance: Allowance

    def run(self, backend: ReadBackend) -> Listing:
        """Run the task and return its result."""
        return backend.list_members(self.file, self.allowance)

    @property
    def name(self) -> str:
        """What is being read."""
        return self.file.name

    @property
    def is_long(self) -> bool:
        """Whether it may take its time."""
        return True


@dataclass(frozen=True, slots=True)
class ReadTask:
    """Asks what a file gives."""

    place: MemberRef
    zone: str

    def run(self, backend: ReadBackend) -> ReadResult | BadInput:
        """Run the task and return its result."""
        (outcome,) = backend.read([self.place], zone=ZoneInfo(self.zone))
        return bounded(outcome, name=self.name) if isinstance(outcome, ReadResult) else outcome

    @property
    def name(self) -> str:
        """What is being read."""
        return self.place.name

    @property
    def is_long(self) -> bool:
        """Whether it may take its time."""
        return self.place.is_list


@dataclass(frozen=True, slots=True)
class UnpackTask:
    """Asks for the whole diary in an archive, if it holds one."""

    path: Path

    def run(self, backend: ReadBackend) -> "DiaryArchive | None":  # noqa: ARG002 - every task is done at one
        """Run the task and return its result."""
        # a process that reads files of a watch need not load the store
        from backstride.services.import_archives import read_archive  # noqa: PLC0415

        return read_archive(self.path)

    @property
    def name(self) -> str:
        """What is being read."""
        return self.path.name

    @property
    def is_long(self) -> bool:
        """Whether it may take its time."""
        return False


Task = ListTask | ReadTask | UnpackTask
Answer = Union[Listing, ReadResult, "DiaryArchive", BadInput, None]


def memory_error(name: str) -> BrokenFile:
    """Return why a file that wanted all memory was given up."""
    return BrokenFile(
        f"{name} needs more memory to be read than any record of runs does.", advice="Leave it out."
    )
