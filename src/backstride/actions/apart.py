"""Work in a process of its own: a hostile file or a long sum harms nobody else, and is ended when its time is up."""

import resource
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from backstride.errors import BackstrideError, BadInput

Given = TypeVar("Given")
Made = TypeVar("Made")

_WAIT_FOR_END_S = 5


def apart(
    work: Callable[[Given], Made], given: Given, *, seconds: float, memory_mb: int | None = None
) -> Made:
    """Do `work(given)` in another process and return what it makes.

    Args:
        work: a function of a module; it, what it takes and what it makes can be pickled.
        given: its argument.
        seconds: after which it is ended.
        memory_mb: the most memory it may ask for.

    Raises:
        BadInput: it took too long, or ended without a word.
        BackstrideError: what the work itself raises.
    """
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_do, args=(theirs, work, given, memory_mb), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            raise BadInput("This took too long and was stopped.", advice="Try again with less at a time.")
        made, error = ours.recv()
    except EOFError as silent:
        raise BadInput(
            "This could not be worked through and was stopped.", advice="Try again with less at a time."
        ) from silent
    finally:
        process.kill()
        process.join(_WAIT_FOR_END_S)
        ours.close()
    if error is not None:
        raise _same_error(*error)
    return made  # type: ignore[no-any-return]


def _do(answer: Connection, work: Callable[[Any], Any], given: Any, memory_mb: int | None) -> None:  # noqa: ANN401
    if memory_mb is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory_mb * 2**20, memory_mb * 2**20))
    try:
        answer.send((work(given), None))
    except BackstrideError as error:
        answer.send((None, (type(error), error.problem, error.advice)))


def _same_error(kind: type[BackstrideError], problem: str, advice: str) -> BackstrideError:
    return kind(problem, advice=advice)
