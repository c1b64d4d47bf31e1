"""Results on disk, one line each, so that a run that was cut off goes on where it was.

They lie in a folder named after the source of everything that they depend on: a change of the engine, of the answer's
rules or of the simulators starts afresh.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Task = tuple[str, Any]

ROOT = Path(__file__).parents[2]
_SOURCES = (
    "src/backstride/model/*.py",
    "src/backstride/core/*.py",
    "src/backstride/diary/{daily,series,standardise}.py",
    "src/backstride/answer/{deltas,design,tier,verdict}.py",
    "benchmarks/calibration/{prior_people,plain_effect,ranks,lives,lived_truth,written_down,usual_ways,asked,jobs}.py",
)


def fingerprint() -> str:
    """Return a short name of the source that the results depend on."""
    digest = hashlib.sha256()
    for path in sorted(p for pattern in _SOURCES for p in _matching(pattern)):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _matching(pattern: str) -> Iterator[Path]:
    if "{" not in pattern:
        yield from ROOT.glob(pattern)
        return
    head, rest = pattern.split("{")
    names, tail = rest.split("}")
    yield from (ROOT / f"{head}{name}{tail}" for name in names.split(","))


class Store:
    """Rows of one job, by key; appended to and flushed as they come."""

    def __init__(self, path: Path) -> None:
        """Read what is there; a last line that was cut off does not count."""
        self.path = path
        self.rows: dict[str, Row] = {}
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            whole = path.read_bytes().rpartition(b"\n")[0]
            for line in whole.splitlines():
                row = json.loads(line)
                self.rows[row["key"]] = row
            if len(whole) + 1 < path.stat().st_size:
                path.write_bytes(whole + b"\n" if whole else b"")

    def add(self, rows: Iterable[Row]) -> None:
        """Keep `rows`."""
        with self.path.open("a", encoding="utf-8") as file:
            for row in rows:
                file.write(json.dumps(row) + "\n")
                self.rows[row["key"]] = row


def work_off(
    store: Store,
    tasks: list[Task],
    work: Callable[[Any], list[Row]],
    *,
    workers: int,
    tell: Callable[[int, int], None],
    patience_s: float = 900.0,
) -> None:
    """Do every task whose key is not in the store, on `workers` processes.

    A task is (key, argument); `work(argument)` gives rows, the first of them under the task's key. Where nothing
    comes for `patience_s`, the tasks under way are put down as stuck, their processes ended, and the rest goes on.
    """
    left = [task for task in tasks if task[0] not in store.rows]
    done = len(tasks) - len(left)
    while left:
        pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
        under_way: dict[Future[list[Row]], Task] = {}
        try:
            while left or under_way:
                while left and len(under_way) < workers + 1:
                    task = left.pop(0)
                    under_way[pool.submit(work, task[1])] = task
                finished, _ = wait(under_way, timeout=patience_s, return_when=FIRST_COMPLETED)
                if not finished:
                    store.add({"key": key, "stuck": True} for key, _ in under_way.values())
                    break
                for future in finished:
                    store.add(future.result())
                    del under_way[future]
                    done += 1
                tell(done, len(tasks))
        finally:
            for process in list((pool._processes or {}).values()) if under_way else ():
                process.kill()
            pool.shutdown(wait=not under_way, cancel_futures=True)
