"""Runs of the diary that an import leaves in doubt: gone from their own table, or the same run at another time."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from backstride.core.at_once import is_equally_long_and_far
from backstride.core.datetimes import ONE_DAY
from backstride.core.run import Run
from backstride.core.same_run import merge_same_runs, origins_of
from backstride.diary.diary import Diary

_MAX_NAMED: Final = 3
_ROW: Final = " line "


def notes_on_left_over(diary: Diary, read: Sequence[Run]) -> tuple[str, ...]:
    """Say which runs of the diary an import, stored already, no longer holds, or holds at another time.

    Args:
        diary: what holds the import now.
        read: the runs of the import.
    """
    if not read:
        return ()
    days = [run.local_day for run in read]
    by_day: defaultdict[date, list[Run]] = defaultdict(list)
    for run in read:
        by_day[run.local_day].append(run)
    shown = diary.between(min(days), max(days)).runs
    missing = [run for run in shown if run.is_running and not _is_among(run, by_day)]
    equal = [
        (run, other)
        for run in missing
        for other in by_day[run.local_day]
        if other.is_running and is_equally_long_and_far(run, other)
    ]
    doubled = {id(run) for run, _ in equal}
    spans = _spans(read)
    gone = [run for run in missing if id(run) not in doubled and _is_in_its_table(run, spans)]
    return (*_on_equal(equal), *_on_gone(gone))


def _is_among(run: Run, by_day: defaultdict[date, list[Run]]) -> bool:
    near = [one for day in (-1, 0, 1) for one in by_day.get(run.local_day + day * ONE_DAY, ())]
    return len(merge_same_runs([run, *near])[0]) <= len(near)


def _spans(read: Iterable[Run]) -> dict[str, tuple[date, date]]:
    """Return the first and the last day of each table."""
    spans: dict[str, tuple[date, date]] = {}
    for run in read:
        if _ROW in run.source:
            for origin in origins_of(run.source):
                first, last = spans.get(origin, (run.local_day, run.local_day))
                spans[origin] = min(first, run.local_day), max(last, run.local_day)
    return spans


def _is_in_its_table(run: Run, spans: dict[str, tuple[date, date]]) -> bool:
    known = (
        [spans[origin] for origin in origins_of(run.source) if origin in spans] if _ROW in run.source else []
    )
    return any(first <= run.local_day <= last for first, last in known)


def _on_equal(pairs: Sequence[tuple[Run, Run]]) -> Iterable[str]:
    for run, other in pairs[:_MAX_NAMED]:
        yield (
            f"The run of {run.local_day} {run.start:%H:%M} ({run.source}) was in the diary, and the one at "
            f"{other.start:%H:%M} ({other.source}) is equally long and far. Both count. If they are one, delete the "
            "wrong one on the page of that day."
        )
    if len(pairs) > _MAX_NAMED:
        yield f"Runs that are alike on one day, and both count: {len(pairs) - _MAX_NAMED} more."


def _on_gone(gone: Sequence[Run]) -> Iterable[str]:
    if gone:
        named = ", ".join(f"{run.local_day} {run.start:%H:%M}" for run in gone[:_MAX_NAMED])
        more = " ..." if len(gone) > _MAX_NAMED else ""
        yield (
            f"Runs that are in the diary and no longer in their table: {len(gone)} ({named}{more}). They "
            "still count. If one is wrong, delete it on the page of its day."
        )
