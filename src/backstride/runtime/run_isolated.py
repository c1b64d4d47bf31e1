"""Work in a process of its own: a hostile file or a long sum harms nobody else, and is ended when its time is up."""

import logging
import os
import select
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Event, Thread
from time import monotonic
from typing import Any, TypeVar

from backstride.errors import BackstrideError, WorkFailed, WorkLost
from backstride.runtime.logs import error_places
from backstride.runtime.process_priority import give_way

Given = TypeVar("Given")
Made = TypeVar("Made")

_WAIT_FOR_END_S = 5
_LOOK_AGAIN_S = 0.5
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Defect:
    """An error that no work raises on purpose, without its words: they may quote what a person wrote.

    Attributes:
        places: its kind, and where it was raised.
        may_pass: whether it comes from the machine, as full memory or a full disk do.
    """

    places: str
    may_pass: bool


def run_in_subprocess(
    func: Callable[[Given], Made],
    arg: Given,
    *,
    timeout_s: float,
    memory_mb: int | None = None,
    cancelled: Event | None = None,
    gives_way: bool = True,
) -> Made:
    """Run `func(arg)` in a subprocess.

    Args:
        func: A function of a module. It, its argument and its result must be picklable.
        arg: Its only argument.
        timeout_s: Kill the subprocess after this many seconds.
        memory_mb: Limit of its address space in MiB, where the system supports one.
        cancelled: Kill the subprocess as soon as this event is set.
        gives_way: Lower its priority; false where a person waits for the result.

    Returns:
        What `func` returned.

    Raises:
        WorkLost: On timeout, on cancellation, if the subprocess exits without a result (killed for memory, say), or
            if memory or disk were full.
        WorkFailed: `func` raised an error that is none of ours. The log says where.
        BackstrideError: Whatever `func` raised.
    """
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_call, args=(theirs, func, arg, memory_mb, gives_way), daemon=True)
    process.start()
    theirs.close()
    try:
        if not _is_there(ours, timeout_s, cancelled or Event()):
            raise WorkLost("This took too long and was stopped.", advice="It is tried again later.")
        made, error = ours.recv()
    except (EOFError, OSError) as silent:
        raise WorkLost("This was interrupted.", advice="It is tried again in a moment.") from silent
    finally:
        process.kill()
        process.join(_WAIT_FOR_END_S)
        ours.close()
    if isinstance(error, _Defect):
        _LOG.error("Work in a process of its own failed: %s.", error.places)
        if error.may_pass:
            raise WorkLost("This was interrupted.", advice="It is tried again in a moment.")
        raise WorkFailed(
            "The program met an error of its own.",
            advice="Your records are safe. Ask who runs this server for the newest version of backstride.",
        )
    if error is not None:
        raise _same_error(*error)
    return made  # type: ignore[no-any-return]


def _is_there(line: Connection, seconds: float, cancelled: Event) -> bool:
    """Wait for something on the line; whether it came."""
    end = monotonic() + seconds
    while not cancelled.is_set():
        left = end - monotonic()
        if left <= 0 or line.poll(min(left, _LOOK_AGAIN_S)):
            return left > 0
    return False


def _call(
    answer: Connection,
    func: Callable[[Any], Any],
    arg: Any,  # noqa: ANN401
    memory_mb: int | None,
    gives_way: bool,
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the server, which ends this process itself
    _say_nothing()
    if gives_way:
        give_way()
    if hasattr(select, "poll"):
        Thread(target=_end_when_left, args=(answer.fileno(),), daemon=True).start()
    if memory_mb is not None and sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has none

        resource.setrlimit(resource.RLIMIT_AS, (memory_mb * 2**20, memory_mb * 2**20))
    with suppress(BrokenPipeError):  # nobody waits any more
        try:
            answer.send((func(arg), None))
        except BackstrideError as error:
            answer.send((None, (type(error), error.problem, error.advice)))
        except Exception as error:  # any defect of `func`: the parent has to learn of it, and it is raised on
            may_pass = isinstance(error, MemoryError | OSError)
            answer.send((None, _Defect(error_places(error), may_pass)))
            raise  # ends the process; Python prints its words where nobody reads them


def _say_nothing() -> None:
    """Print nothing more from this process: libraries quote what they work on, and no log would leave that out."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _end_when_left(line: int) -> None:
    """End this process as soon as nobody waits for its answer any more."""
    left = select.poll()
    left.register(line, select.POLLERR | select.POLLHUP)
    left.poll()
    os._exit(0)


def _same_error(kind: type[BackstrideError], problem: str, advice: str) -> BackstrideError:
    return kind(problem, advice=advice)
