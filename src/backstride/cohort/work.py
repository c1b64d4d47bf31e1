"""Distributing the work of a cohort: a few diaries ahead of the workers, and every answer kept as it comes."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from dataclasses import dataclass, field
from itertools import islice

from backstride.cohort.engines import Engine, running
from backstride.cohort.person_answer import AnswerSettings, Task, answer_tasks, task_of
from backstride.cohort.store import CohortStore, StoredAnswer

Progress = Callable[[int, int], None]
"""Called with how many diaries have their answer, and of how many."""
Work = Callable[[list[Task], AnswerSettings], list[StoredAnswer]]
MAX_TRIES = 3
_AHEAD = 2
"""Tasks a worker that are submitted ahead of their turn."""


@dataclass(slots=True)
class _WorkState:
    """What is known of the work so far.

    Attributes:
        store, settings, engine, work: as `work_out` takes them.
        lost: how often the work on a diary was lost, by the key of its answer.
        made: how many answers were kept.
        done: called whenever one is.
    """

    store: CohortStore
    settings: AnswerSettings
    engine: Engine
    work: Work
    done: Callable[[int], None]
    lost: Counter[str] = field(default_factory=Counter)
    made: int = 0

    def tasks(self, *, lost_before: bool) -> Iterator[Task]:
        """Yield the tasks without an answer yet; people with the same records share one."""
        submitted: set[str] = set()
        for person in self.store.people():
            if person.error:
                continue
            task = task_of(person, self.settings)
            wanted = 0 < self.lost[task.key] < MAX_TRIES if lost_before else self.lost[task.key] == 0
            if wanted and task.key not in submitted and not self.store.has_answer(task.key):
                submitted.add(task.key)
                yield task

    def keep(self, future: Future[list[StoredAnswer]], tasks: list[Task]) -> bool:
        """Keep what a worker gave; whether the workers can go on."""
        error = CancelledError() if future.cancelled() else future.exception()
        if error is None:
            for answer in future.result():
                self.store.put_answer(answer)
            self.made += len(tasks)
            self.done(self.made)
            return True
        for task in tasks:
            self.lost[task.key] += 1
            if self.lost[task.key] == MAX_TRIES:
                self.store.put_lost(task.key, _sentence(error))
        return not isinstance(error, BrokenExecutor | CancelledError)


def work_out(
    store: CohortStore,
    settings: AnswerSettings,
    engine: Engine,
    *,
    progress: Progress | None = None,
    work: Work = answer_tasks,
) -> int:
    """Answer every diary of the store that has no answer yet under these settings.

    Diaries go out a few ahead of the workers, so memory does not grow with their number. A worker that dies takes
    the diaries in hand with it; these go out again, each alone, so that one that ends its worker is known for it and
    stops no other. After three losses it is listed with a sentence, and tried anew at the next call.

    Args:
        store: holds people and answers.
        settings: the same for everybody.
        engine: where the work is done.
        progress: told how far it is.
        work: what a worker does; for tests.

    Returns:
        How many were answered now.
    """
    total, there = store.count(), 0
    if progress is not None:
        there = sum(store.has_answer(task_of(person, settings).key) for person in store.people())

    def done(made: int) -> None:
        if progress is not None:
            progress(there + made, total)

    done(0)
    store.forget_lost()
    state = _WorkState(store, settings, engine, work, done)
    while True:
        before = state.lost.total()
        if next(state.tasks(lost_before=False), None) or next(state.tasks(lost_before=True), None):
            _one_round(state)
        if state.lost.total() == before:
            return state.made


def _one_round(state: _WorkState) -> None:
    """Submit what is left until all is done, or the workers cannot go on."""
    with running(state.engine) as executor:
        for task in state.tasks(lost_before=True):
            if not _alone(state, executor, task):
                return
        pending: dict[Future[list[StoredAnswer]], list[Task]] = {}
        tasks = state.tasks(lost_before=False)
        goes_on = True
        while goes_on and (chunk := list(islice(tasks, state.engine.chunk))):
            goes_on = _submit(state, executor, chunk, pending)
            if len(pending) >= _AHEAD * state.engine.count:
                goes_on &= _collect(state, pending)
        while pending:
            _collect(state, pending)


def _alone(state: _WorkState, executor: Executor, task: Task) -> bool:
    """Work on one diary while nothing else is under way; whether the workers can go on."""
    pending: dict[Future[list[StoredAnswer]], list[Task]] = {}
    return _submit(state, executor, [task], pending) and _collect(state, pending)


def _submit(
    state: _WorkState,
    executor: Executor,
    tasks: list[Task],
    pending: dict[Future[list[StoredAnswer]], list[Task]],
) -> bool:
    try:
        pending[executor.submit(state.work, tasks, state.settings)] = tasks
    except BrokenExecutor:
        return False  # it was not begun, so it is not lost: the next round submits it
    return True


def _collect(state: _WorkState, pending: dict[Future[list[StoredAnswer]], list[Task]]) -> bool:
    """Wait for some of what is under way, and keep it; whether the workers can go on."""
    done, _ = wait(pending, return_when=FIRST_COMPLETED)
    return all([state.keep(future, pending.pop(future)) for future in done])  # noqa: C419 - each is to be kept


def _sentence(error: BaseException) -> str:
    what = f"{type(error).__name__}: {error}".split("\n", maxsplit=1)[0][:200]
    return (
        f"The work on this diary was lost {MAX_TRIES} times, alone at last ({what}). "
        "See whether there is enough memory, and ask again."
    )
