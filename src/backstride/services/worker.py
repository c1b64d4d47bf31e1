"""The process that reads files for another one: what a hostile file does there harms nobody else."""

import math
import os
import resource
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from select import POLLHUP, poll
from threading import Thread
from typing import Final

from backstride.errors import BadInput
from backstride.importers.backends.base import ReadBackend
from backstride.importers.backends.in_process import InProcessBackend
from backstride.runtime.process_priority import give_way
from backstride.services.read_tasks import Answer, Limits, Task, memory_error

MB: Final = 2**20


def serve(line: Connection, *, limits: Limits) -> None:
    """Do one task after the other until nobody asks any more."""
    Thread(target=_end_when_left, args=(line.fileno(),), daemon=True).start()
    give_way()
    with InProcessBackend() as backend, suppress(EOFError, OSError):
        _set_limit(resource.RLIMIT_AS, limits.memory_mb * MB)
        line.send(True)
        while True:
            task: Task = line.recv()
            used = math.ceil(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))
            _set_limit(resource.RLIMIT_CPU, used + (limits.list_cpu_s if task.is_long else limits.cpu_s))
            line.send(_run(task, backend))


def _end_when_left(line: int) -> None:
    """End this process as soon as the other one is gone, whatever is being read."""
    left = poll()
    left.register(line, POLLHUP)
    left.poll()
    os._exit(0)


def _run(task: Task, backend: ReadBackend) -> Answer:
    try:
        return task.run(backend)
    except BadInput as error:
        return error
    except MemoryError:
        return memory_error(task.name)


def _set_limit(what: int, most: int) -> None:
    """Set a limit, where the system knows it; it may be raised again."""
    with suppress(OSError, ValueError):
        resource.setrlimit(what, (most, resource.getrlimit(what)[1]))


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])), limits=Limits(*map(int, sys.argv[2:])))
