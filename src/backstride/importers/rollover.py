"""Watches whose count of weeks has run over: their days lie 1024 weeks before those that were meant."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from backstride.core.run import Run
from backstride.importers.base import ImportResult, Skipped

_WEEKS: Final = timedelta(weeks=1024)
_MIN_OTHERS: Final = 2


def without_rolled_over(result: ImportResult) -> ImportResult:
    """Drop runs dated 1024 weeks too early by a GPS rollover, where the true days lie between other runs.

    Such a run is told, and the day on which it was meant is left open.
    """
    runs = result.records.runs
    latest = max((run.local_day for run in runs), default=None)
    if latest is None:
        return result
    old = {run for run in runs if latest - run.local_day > _WEEKS / 2}
    days = sorted(run.local_day for run in runs if run not in old)
    rolled = [run for run in old if days[0] <= run.local_day + _WEEKS <= days[-1]]
    if not rolled or len(days) < _MIN_OTHERS or len(rolled) < len(old):
        return result
    remaining = tuple(run for run in runs if run not in rolled)
    said = tuple(map(_skipped, sorted(rolled, key=lambda run: run.start)))
    return replace(result, records=replace(result.records, runs=remaining), skipped=(*result.skipped, *said))


def _skipped(run: Run) -> Skipped:
    meant = run.local_day + _WEEKS
    why = (
        f"Its day is {run.local_day}, 1024 weeks before {meant}: the watch's count of weeks seems to have run over. "
        "Type this run into a table of runs, with its right day."
    )
    return Skipped(run.source, why, is_session=True, day=meant)
