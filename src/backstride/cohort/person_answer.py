"""One diary answered, wherever the work is done: what goes to a worker, and what comes back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import metadata
from typing import Any
from zoneinfo import ZoneInfo

from backstride.cohort.store import StoredAnswer, StoredPerson, unpacked
from backstride.errors import BackstrideError
from backstride.runtime.jit_cache import configure_numba_cache

MAX_DRAWS = 800
"""Draws of both effects that are kept of a person: 6 kB."""


@dataclass(frozen=True, slots=True)
class AnswerSettings:
    """What is the same for everybody.

    Attributes:
        seed: of each fit; the same for all, so that nobody's answer depends on the others.
        worthwhile: smallest worthwhile change, in points.
        with_checks: whether the checks are run, which about doubles the work.
    """

    seed: int = 1
    worthwhile: float = 1.0
    with_checks: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One diary to be answered: all that a worker needs, and no name."""

    key: str
    fingerprint: str
    zone: str
    packed: bytes = field(repr=False)


def task_of(person: StoredPerson, settings: AnswerSettings) -> Task:
    """Create the task of one person, under the key of what it answers."""
    return Task(answer_key(person, settings), person.fingerprint, person.zone, person.packed)


def answer_key(person: StoredPerson, settings: AnswerSettings) -> str:
    """Compute a key that changes whenever the records, the settings or the engine do."""
    from backstride.answer.answer import VERSION  # noqa: PLC0415 - see `answer_tasks`

    of = (person.fingerprint, person.zone, settings, f"answer {VERSION}", metadata.version("backstride"))
    return sha256(repr(of).encode()).hexdigest()


def answer_tasks(tasks: Sequence[Task], settings: AnswerSettings) -> list[StoredAnswer]:
    """Answer diaries one after another; one that cannot be answered gives its sentence."""
    configure_numba_cache()
    # the engine's folder must be named before numba is first imported
    from backstride.model.ahead import compile_ahead  # noqa: PLC0415

    compile_ahead()
    return [_answered(task, settings) for task in tasks]


def _answered(task: Task, settings: AnswerSettings) -> StoredAnswer:
    from backstride.answer.ask import verdicts  # noqa: PLC0415 - see above
    from backstride.diary.daily import daily_series  # noqa: PLC0415

    versions = _versions(task, settings)
    try:
        series = daily_series(unpacked(task.packed), zone=ZoneInfo(task.zone))
        found = verdicts(
            series, seed=settings.seed, worthwhile=settings.worthwhile, with_checks=settings.with_checks
        )
    except BackstrideError as error:
        return StoredAnswer(task.key, task.fingerprint, {"error": str(error), **versions})
    numbers, draws = _numbers(found)
    return StoredAnswer(task.key, task.fingerprint, {**numbers, **versions}, draws)


def _versions(task: Task, settings: AnswerSettings) -> dict[str, Any]:
    from backstride.answer.answer import VERSION  # noqa: PLC0415 - see above

    return {
        "seed": settings.seed,
        "worthwhile": settings.worthwhile,
        "answer_version": VERSION,
        "backstride_version": metadata.version("backstride"),
        "numba_version": metadata.version("numba"),
        "records": task.fingerprint,
    }


def _numbers(found: Any) -> tuple[dict[str, Any], bytes]:  # noqa: ANN401 - `Verdicts`, which must not be imported yet
    """Return the columns of one person, and their latent draws."""
    import numpy as np  # noqa: PLC0415 - with the engine

    from backstride.cohort.answer_columns import numbers_of, standard_draws  # noqa: PLC0415 - see above

    draws = standard_draws(found.fitted)
    keep = np.linspace(0, len(draws) - 1, min(MAX_DRAWS, len(draws))).astype(int)
    return numbers_of(found, draws), draws[keep].astype("<f4").tobytes()
