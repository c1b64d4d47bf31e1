"""Asking for many people: diaries in, both effects of each out as they are done."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from backstride.answer.effect import Effect
from backstride.core.records import Records, not_in_future
from backstride.diary.daily import daily_series
from backstride.errors import BackstrideError
from backstride.runtime.jit_cache import configure_numba_cache

Key = TypeVar("Key")
_AHEAD = 2
"""Diaries a worker that are read ahead of their turn."""


@dataclass(frozen=True, slots=True)
class Estimated(Generic[Key]):
    """What came of one diary.

    Attributes:
        key: by which the diary was given.
        week, season: both effects with their verdicts; None where there is an error.
        error: why there are none, for the person to read; None where there are.
    """

    key: Key
    week: Effect | None
    season: Effect | None
    error: BackstrideError | None


def estimate_many(
    people: Iterable[tuple[Key, Callable[[], Records]]],
    *,
    zone: ZoneInfo,
    seed: int,
    worthwhile: float = 1.0,
    workers: int | None = None,
    now: datetime | None = None,
) -> Iterator[Estimated[Key]]:
    """Estimate both effects of each diary, with their verdicts and without the checks that only inform.

    Diaries are taken from `people` a few at a time, so memory does not grow with their number, and each result comes
    as soon as it is there, not always in the order of the diaries. One that cannot be read or answered gives its
    error and stops no other.

    Args:
        people: a key and what reads the records of each person, called in a thread.
        zone: of days without a check-in.
        seed: each person's own, so that nobody's result depends on the others.
        worthwhile: the smallest change worth the effort of running, points.
        workers: people at a time; as many as there are processors unless given.
        now: what lies after it, two days of wrong clocks allowed, is left out; the clock's unless given.

    Yields:
        One result a diary.
    """
    configure_numba_cache()
    # the engine's folder must be named before numba is first imported
    from backstride.answer.ask import verdict_only  # noqa: PLC0415
    from backstride.model.ahead import compile_ahead  # noqa: PLC0415

    compile_ahead()
    moment = now or datetime.now(UTC)

    def estimated(key: Key, read: Callable[[], Records]) -> Estimated[Key]:
        try:
            past, _ = not_in_future(read(), now=moment)
            week, season = verdict_only(daily_series(past, zone=zone), seed=seed, worthwhile=worthwhile)
        except BackstrideError as error:
            return Estimated(key, None, None, error)
        return Estimated(key, week, season, None)

    count = workers if workers is not None else os.cpu_count() or 1
    pending: set[Future[Estimated[Key]]] = set()
    with ThreadPoolExecutor(max_workers=count) as pool:
        for key, read in people:
            pending.add(pool.submit(estimated, key, read))
            if len(pending) >= _AHEAD * count:
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        while pending:
            done, pending = wait(pending, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)
