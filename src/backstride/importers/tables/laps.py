"""Tables that give a row to each lap of a session."""

from collections.abc import Sequence
from dataclasses import replace

from backstride.core.run import Activity, Run
from backstride.importers.tables.columns import Table


def with_laps_joined(table: Table, runs: Sequence[Run]) -> list[Run]:
    """Join the rows of one session that count its laps: at one start, each with another number."""
    laps = {cells.where: cells["lap"] for cells in table.rows if cells["lap"]}
    by_start: dict[tuple[object, Activity], list[Run]] = {}
    for run in runs:
        if laps.get(run.source, "").isdigit():
            by_start.setdefault((run.start, run.activity), []).append(run)
    joined: dict[str, Run | None] = {}
    for group in by_start.values():
        if len(group) == 1 or len({laps[run.source] for run in group}) < len(group):
            continue
        first, *others = group
        seconds = [run.moving_s for run in group]
        metres = [run.distance_m for run in group]
        joined |= dict.fromkeys((run.source for run in others), None)
        joined[first.source] = replace(
            first,
            moving_s=None if None in seconds else sum(filter(None, seconds)),
            elapsed_s=None,
            distance_m=None if None in metres else sum(filter(None, metres)),
        )
    found = (joined.get(run.source, run) for run in runs)
    return [run for run in found if run is not None]
