"""Where the work of a cohort is done: processes of this machine, a Dask cluster, or jobs of Slurm.

Each is a `concurrent.futures.Executor`, so that what hands out the work knows nothing of them. Processes end with the
one that started them, also where that was killed and could clean up nothing.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any, Literal, ParamSpec, TypeVar

from backstride.errors import BadValue

P = ParamSpec("P")
T = TypeVar("T")
Way = Literal["local", "dask", "slurm"]
_LOOK_AGAIN_S = 1.0
_CHUNK_FAR = 20


@dataclass(frozen=True, slots=True)
class Engine:
    """Where the work is done.

    Attributes:
        way: local processes, a Dask scheduler, or Slurm.
        address: of the scheduler, where there is one.
        workers: diaries, or jobs, at a time; as many as there are processors unless given.
        chunk: diaries a task: more where handing out a task costs more.
        folder: where Slurm's jobs leave their logs and results; on a disk that all machines see.
        cluster: what submitit calls the cluster; "local" runs its jobs on this machine.
    """

    way: Way = "local"
    address: str = ""
    workers: int | None = None
    chunk: int = 1
    folder: Path = Path("slurm")
    cluster: str = "slurm"

    @property
    def count(self) -> int:
        """Tasks at a time."""
        return self.workers if self.workers is not None else os.cpu_count() or 1


def engine_from_text(text: str, *, workers: int | None, folder: Path) -> Engine:
    """Parse the engine that `--engine` names: local, tcp://host:8786, or slurm.

    Raises:
        BadValue: it names none.
    """
    if workers is not None and workers < 1:
        raise BadValue(f"{workers} workers cannot work.", advice="Give 1 or more.")
    if text == "local":
        return Engine(workers=workers)
    if text.startswith(("tcp://", "tls://", "ucx://", "ws://", "wss://")):
        return Engine("dask", text, workers, _CHUNK_FAR)
    if text == "slurm":
        return Engine("slurm", "", workers if workers is not None else 100, _CHUNK_FAR, folder)
    raise BadValue(
        f"There is no engine '{text[:60]}'.",
        advice="Give local, the address of a Dask scheduler (tcp://host:8786), or slurm.",
    )


@contextmanager
def running(engine: Engine) -> Iterator[Executor]:
    """Start an executor of this engine; pending work is cancelled at the end.

    Raises:
        BadValue: what it needs is not installed, or it cannot be reached.
    """
    makers: dict[Way, Callable[[Engine], Any]] = {"local": _processes, "dask": _dask, "slurm": _slurm}
    with makers[engine.way](engine) as executor:
        yield executor


@contextmanager
def _processes(engine: Engine) -> Iterator[Executor]:
    pool = ProcessPoolExecutor(engine.count, mp_context=get_context("spawn"), initializer=end_with_parent)
    try:
        yield pool
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def end_with_parent() -> None:
    """End this process as soon as the one that started it is gone, killed or not."""
    parent = parent_process()

    def wait_for_end() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    Thread(target=wait_for_end, daemon=True).start()


@contextmanager
def _dask(engine: Engine) -> Iterator[Executor]:
    try:
        from distributed import Client  # noqa: PLC0415 - the extra [cluster]
    except ImportError as error:
        raise _not_installed("Dask") from error
    try:
        client = Client(engine.address, timeout="20s")
    except (OSError, TimeoutError, ValueError) as error:
        raise BadValue(
            f"No Dask scheduler answers at {engine.address} ({error}).",
            advice="Start one with `dask scheduler`, and workers that have the same backstride installed.",
        ) from error
    with client:
        # a task whose worker dies is given to another by the scheduler itself
        executor = client.get_executor(pure=False, retries=2)
        try:
            yield executor
        finally:
            executor.shutdown(wait=False)  # which calls off what is not done


@contextmanager
def _slurm(engine: Engine) -> Iterator[Executor]:
    try:
        import submitit  # noqa: PLC0415 - the extra [cluster]
    except ImportError as error:
        raise _not_installed("submitit") from error
    maker = submitit.AutoExecutor(folder=engine.folder, cluster=engine.cluster)
    maker.update_parameters(name="backstride", timeout_min=60)
    if engine.cluster == "slurm":
        maker.update_parameters(cpus_per_task=1, mem_gb=2, slurm_array_parallelism=engine.count)
    jobs = _JobExecutor(maker)
    try:
        yield jobs
    finally:
        jobs.shutdown(wait=False, cancel_futures=True)


def _not_installed(what: str) -> BadValue:
    return BadValue(
        f"{what} is not installed here.", advice="Install it with: pip install 'backstride[cluster]'"
    )


class _JobExecutor(Executor):
    """Jobs of a batch system as futures; a thread looks for their results.

    Args:
        maker: an executor of submitit, whose `submit` gives a job with `done`, `result` and `cancel`.
    """

    def __init__(self, maker: Any) -> None:  # noqa: ANN401 - submitit is not typed here
        self._maker = maker
        self._open: list[tuple[Any, Future[Any]]] = []
        self._lock = Lock()
        self._closed = Event()
        self._watch = Thread(target=self._look, daemon=True)
        self._watch.start()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        job = self._maker.submit(fn, *args, **kwargs)
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()
        with self._lock:
            self._open.append((job, future))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if wait:
            for _, future in list(self._open):
                future.exception()
        self._closed.set()
        self._watch.join()
        if cancel_futures:
            for job, _ in self._open:
                job.cancel()

    def _look(self) -> None:
        while not self._closed.wait(_LOOK_AGAIN_S):
            with self._lock:
                done = [(job, future) for job, future in self._open if job.done()]
                self._open = [pair for pair in self._open if pair not in done]
            for job, future in done:
                error = job.exception()
                if error is not None:
                    future.set_exception(error)
                else:
                    future.set_result(job.result())
