"""One diary answered, wherever the work is done: what goes to a worker, and what comes back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import metadata
from typing import Any
from zoneinfo import ZoneInfo

from backstride.cohort.store import StoredAnswer, StoredPerson, unpacked
from backstride.errors import BackstrideError, BadValue
from backstride.runtime.answer_code import NUMBERS, code_of
from backstride.runtime.jit_cache import configure_numba_cache

MAX_DRAWS = 800
"""Draws of both effects that are kept of a person: 6 kB."""
ANSWERING = (
    *NUMBERS,
    "cohort/answer_columns.py",
    "cohort/columns.py",
    "cohort/person_answer.py",
    "cohort/store.py",
    "diary/serialization.py",
)
"""The code that a row comes from: an answer that other code made is worked out again."""


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
    """One diary to be answered: all that a worker needs, and no name.

    Attributes:
        key: of its answer.
        fingerprint: of its records.
        zone: in which its days are cut.
        code: by which it is to be answered.
        packed: its records.
    """

    key: str
    fingerprint: str
    zone: str
    code: str
    packed: bytes = field(repr=False)


def task_of(person: StoredPerson, settings: AnswerSettings) -> Task:
    """Create the task of one person, under the key of what it answers."""
    return Task(
        answer_key(person, settings), person.fingerprint, person.zone, code_of(ANSWERING), person.packed
    )


def answer_key(person: StoredPerson, settings: AnswerSettings) -> str:
    """Compute a key that changes whenever the records, the settings or the code that answers do."""
    of = (person.fingerprint, person.zone, settings, code_of(ANSWERING))
    return sha256(repr(of).encode()).hexdigest()


def answer_tasks(tasks: Sequence[Task], settings: AnswerSettings) -> list[StoredAnswer]:
    """Answer diaries one after another; one that cannot be answered gives its sentence.

    Raises:
        BadValue: this worker has other code than the one that submitted the tasks.
    """
    if any(task.code != code_of(ANSWERING) for task in tasks):
        raise BadValue(
            "This worker's backstride is another one than yours.",
            advice="Install the same on all machines.",
        )
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
        "answer_code": task.code,
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
