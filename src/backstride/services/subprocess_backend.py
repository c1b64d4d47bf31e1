"""Reading in processes of their own, with limits: a file that breaks one is refused, and the others go on."""

import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from socket import socketpair
from time import monotonic
from types import TracebackType
from typing import Final, Self
from zoneinfo import ZoneInfo

from backstride.diary.archive import DiaryArchive
from backstride.errors import BadInput, BrokenFile, NotReadable
from backstride.importers.archives.zip_guard import Allowance
from backstride.importers.backends.base import FileOnDisk, Listing, MemberRef, ReadBackend, ReadResult
from backstride.importers.backends.in_process import InProcessBackend
from backstride.services.import_archives import Unpack as Unpacking
from backstride.services.import_archives import read_archive
from backstride.services.read_tasks import Answer, Limits, ListTask, ReadTask, Task, UnpackTask

FILES_A_WORKER: Final = 300
"""A further process pays its start only where there is much to read."""
MAX_WORKERS: Final = 4
_LIMITS: Final = Limits()
_PROGRAM: Final = ("-m", "backstride.services.worker")
_START_S: Final = 120.0


def default_backend(*, most_workers: int = MAX_WORKERS) -> AbstractContextManager[ReadBackend]:
    """Return where files of unknown origin are read: in processes of their own, where the system knows limits."""
    return InProcessBackend() if sys.platform == "win32" else SubprocessBackend(most_workers=most_workers)


def archive_reader(backend: ReadBackend) -> Unpacking:
    """Return how archives of diaries are read: in the processes of `backend` where it has any."""
    return backend.unpack if isinstance(backend, SubprocessBackend) else read_archive


class SubprocessBackend:
    """Reads in other processes, as many as there are cores for. Use it in a `with` statement.

    Args:
        limits: what reading one file may take.
        program: what Python runs to read.
        most_workers: how many processes at the most.
    """

    def __init__(
        self,
        *,
        limits: Limits = _LIMITS,
        program: Sequence[str] = _PROGRAM,
        most_workers: int = MAX_WORKERS,
    ) -> None:
        self._limits, self._program, self._most_workers = limits, program, most_workers
        self._workers: list[_Worker] = [_Worker(program, limits)]  # starts while others still load

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._workers:
            self._workers.pop().end()

    @property
    def processes(self) -> tuple[int, ...]:
        """The numbers that the system gave to those that read."""
        return tuple(worker.process for worker in self._workers)

    def list_members(self, file: FileOnDisk, allowance: Allowance) -> Listing:
        """List the readable members of a file.

        Raises:
            BadInput: it cannot be opened at all, or harmed the process that tried.
        """
        ((_, answer),) = self._run_tasks([ListTask(file, allowance)])
        if isinstance(answer, BadInput):
            raise answer
        assert isinstance(answer, Listing)
        return answer

    def read(self, places: Sequence[MemberRef], *, zone: ZoneInfo) -> Iterator[ReadResult | BadInput]:
        """Yield the result of each member, or the error that made it unreadable, in the order of `places`."""
        early: dict[int, Answer] = {}
        following = 0
        for number, answer in self._run_tasks([ReadTask(place, zone.key) for place in places]):
            early[number] = answer
            while following in early:
                outcome = early.pop(following)
                assert isinstance(outcome, ReadResult | BadInput)
                yield outcome
                following += 1

    def unpack(self, path: Path) -> DiaryArchive | BadInput | None:
        """Read a diary archive of ours, or return why it cannot be used; None for every other file."""
        ((_, answer),) = self._run_tasks([UnpackTask(path)])
        assert answer is None or isinstance(answer, DiaryArchive | BadInput)
        return answer

    def interrupt(self) -> None:
        """Kill the processes, whatever they read; the tasks they were on are refused."""
        for worker in tuple(self._workers):
            worker.interrupt()

    def _run_tasks(self, tasks: Sequence[Task]) -> Iterator[tuple[int, Answer]]:
        """Every task's number and answer, as they come."""
        waiting = deque(enumerate(tasks))
        self._spawn(1 + len(tasks) // FILES_A_WORKER)
        at_work: dict[_Worker, int] = {}
        while waiting or at_work:
            for worker in [worker for worker in self._workers if worker not in at_work][: len(waiting)]:
                number, task = waiting.popleft()
                at_work[worker] = number
                worker.begin(task)
            for worker in _first_ready(at_work):
                yield at_work.pop(worker), worker.answer()

    def _spawn(self, wanted: int) -> None:
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        while len(self._workers) < min(wanted, cores, self._most_workers):
            self._workers.append(_Worker(self._program, self._limits))


def _first_ready(at_work: dict["_Worker", int]) -> list["_Worker"]:
    """Those that have an answer, have died, or have had their time; there is at least one."""
    by_line = {worker.line: worker for worker in at_work}
    left = min(worker.deadline for worker in at_work) - monotonic()
    ready = [by_line[line] for line in wait(list(by_line), max(left, 0.0)) if isinstance(line, Connection)]
    return ready or [min(at_work, key=lambda worker: worker.deadline)]


class _Worker:
    """One process that reads, begun anew whenever it was lost."""

    def __init__(self, program: Sequence[str], limits: Limits) -> None:
        self._program, self._limits = program, limits
        self._task: Task | None = None
        self.deadline = 0.0
        self._start()

    @property
    def process(self) -> int:
        """The number that the system gave to it."""
        return self._process.pid

    def begin(self, task: Task) -> None:
        """Give it something to do."""
        if self._process.poll() is not None:
            self._restart()
        self._task = task
        with suppress(OSError):  # it was lost this moment, and `answer` tells so
            self._be_ready()
            self.line.send(task)
        self.deadline = monotonic() + self._limits.wait_s

    def answer(self) -> Answer:
        """Return the worker's result, or an error sentence where the process was lost or timed out."""
        assert self._task is not None
        name, self._task = self._task.name, None
        try:
            if self.line.poll():
                answer: Answer = self.line.recv()
                return answer
            why = _timeout_error(name)
        except (EOFError, OSError):
            self._process.wait()
            out_of_time = self._process.returncode == -getattr(signal, "SIGXCPU", 0)
            why = _timeout_error(name) if out_of_time else _crash_error(name)
        self._restart()
        return why

    def interrupt(self) -> None:
        """Kill it; whoever waits for its answer hears that it is gone."""
        self._process.kill()

    def end(self) -> None:
        """End it, whatever it does."""
        self.line.close()
        self._process.kill()
        self._process.wait()

    def _start(self) -> None:
        ours, theirs = socketpair()
        limits = (self._limits.memory_mb, self._limits.cpu_s, self._limits.list_cpu_s)
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, *self._program, str(theirs.fileno()), *map(str, limits)],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_worker_environment(),
        )
        theirs.close()
        self.line = Connection(ours.detach())
        self._is_ready = False

    def _restart(self) -> None:
        self.end()
        self._start()

    def _be_ready(self) -> None:
        """Wait until it is there.

        Raises:
            NotReadable: it never was.
        """
        if self._is_ready:
            return
        try:
            self._is_ready = self.line.poll(_START_S) and bool(self.line.recv())
        except (EOFError, OSError):
            self._is_ready = False
        if not self._is_ready:
            raise NotReadable(
                "The process that reads files could not be started.",
                advice="Check that there is memory left, then try again.",
            )


def _worker_environment() -> dict[str, str]:
    """Build a worker's environment: the same import path, and one BLAS thread, since each thread costs memory."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "OPENBLAS_NUM_THREADS": "1"}


def _timeout_error(name: str) -> BrokenFile:
    return BrokenFile(
        f"{name} takes longer to be read than any record of runs does.",
        advice="Leave it out; if it is a true recording, export it once more.",
    )


def _crash_error(name: str) -> BrokenFile:
    return BrokenFile(
        f"{name} stopped the process that was reading it.",
        advice="Leave it out; if it is a true recording, try once more or export it again.",
    )
