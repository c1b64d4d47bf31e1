"""Exports whose list of sessions refers to files beside it: each session is made of both, with the best of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from backstride.core.best_of_each import JOIN, KindFields, surest_kind
from backstride.core.run import Activity, Run
from backstride.importers.base import ImportResult

FAR_APART_S: Final = 86_400.0
"""A file that began a day from its row's time belongs to another session, whatever its name."""


@dataclass(frozen=True, slots=True)
class ActivityIndex:
    """What an export's list gave.

    Attributes:
        result: every session of it, files left aside.
        by_file: the session that a file, named by its place, was recorded of.
        files_are_routes: the files tell nothing but the way; the list knows all else better.
    """

    result: ImportResult = field(default_factory=ImportResult)
    by_file: Mapping[str, Run] = field(default_factory=dict)
    files_are_routes: bool = False

    def needs(self, name: str) -> bool:
        """Whether the file can add to its session."""
        return not (self.files_are_routes and self.by_file[name].distance_m)


def merge_with_files(
    account: ActivityIndex, files: Mapping[str, ImportResult]
) -> tuple[ImportResult, ImportResult]:
    """Complete an account's sessions with the files that belong to them; also return what else the files hold.

    Args:
        account: the list.
        files: what each file that the list names gave; several may belong to one session.

    Returns:
        The account's own sessions, completed; and what the files hold besides.
    """
    instead: dict[Run, Run] = {}
    beside = ImportResult()
    for name, result in files.items():
        listed = account.by_file[name]
        runs = result.records.runs
        if len(runs) == 1 and _apart(listed, runs[0]) < FAR_APART_S:
            instead[listed] = _completed(instead.get(listed, listed), runs[0], account)
            beside += replace(result, records=replace(result.records, runs=()))
        else:
            beside += result + ImportResult(notes=_not_joined(listed, name, runs))
    records = account.result.records
    runs = tuple(instead.get(run, run) for run in records.runs)
    return replace(account.result, records=replace(records, runs=runs)), beside


def _completed(listed: Run, recorded: Run, account: ActivityIndex) -> Run:
    if not account.files_are_routes:
        return _best_of(listed, recorded)
    return replace(listed, distance_m=listed.distance_m or recorded.distance_m)


def _apart(one: Run, other: Run) -> float:
    return abs((one.start - other.start).total_seconds())


def _not_joined(listed: Run, name: str, runs: Sequence[Run]) -> tuple[str, ...]:
    if not runs:
        return ()
    why = "holds several sessions" if len(runs) > 1 else "began at another time"
    return (f"{listed.source} names {name}, which {why}: they were compared as any two runs are.",)


def _best_of(listed: Run, recorded: Run) -> Run:
    """Merge a session: times, distance and heart rate as recorded, exertion and activity as listed.

    On a treadmill the told distance counts: nobody but the runner could read it off the machine.
    """
    by_hand = Activity.TREADMILL in (listed.activity, recorded.activity)
    first, second = (listed, recorded) if by_hand else (recorded, listed)
    return replace(
        recorded,
        moving_s=recorded.moving_s if recorded.moving_s is not None else listed.moving_s,
        **_kind(listed, recorded),
        distance_m=first.distance_m or second.distance_m,
        elapsed_s=recorded.elapsed_s or _at_least(listed.elapsed_s, recorded.moving_s or 0.0),
        rpe=listed.rpe if listed.rpe is not None else recorded.rpe,
        heart_rate_mean=recorded.heart_rate_mean or listed.heart_rate_mean,
        source=f"{listed.source}{JOIN}{recorded.source}",
    )


def _kind(listed: Run, recorded: Run) -> KindFields:
    """Return the listed activity, which the person could correct; 'treadmill' beats 'run', any beats an open one."""
    recorded_on_treadmill = (listed.activity, recorded.activity) == (Activity.RUN, Activity.TREADMILL)
    is_stated = recorded.kind_source == "stated"
    is_open = listed.activity is Activity.OTHER and listed.kind_source != "stated"
    if is_stated and (recorded_on_treadmill or is_open):
        return surest_kind([recorded])
    return surest_kind([listed, recorded] if listed.kind_source != "stated" else [listed])


def _at_least(value: float | None, least: float) -> float | None:
    return value if value is not None and value >= least else None
