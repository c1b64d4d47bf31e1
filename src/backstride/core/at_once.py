"""Sessions that overlap: nobody runs twice at once, so that each pair is told."""

from collections.abc import Iterable

from backstride.core.best_of_each import canonical
from backstride.core.run import Activity, Run

_OVERLAP_S = 60.0
_LONGEST_S = 24 * 3600.0


def at_once(runs: Iterable[Run]) -> tuple[tuple[Run, Run], ...]:
    """Pairs of sessions on foot, or of an unknown kind, that overlap by more than a minute; one of each is a run."""
    on_foot = sorted((run for run in runs if _may_be_on_foot(run)), key=canonical)
    pairs = []
    for i, one in enumerate(on_foot):
        for other in on_foot[i + 1 :]:
            if (one.end - other.start).total_seconds() <= _OVERLAP_S:
                if (other.start - one.start).total_seconds() > _LONGEST_S:
                    break
                continue
            if (one.is_running or other.is_running) and (
                other.end - other.start
            ).total_seconds() > _OVERLAP_S:
                pairs.append((one, other))
    return tuple(pairs)


def _may_be_on_foot(run: Run) -> bool:
    return run.activity is not Activity.OTHER or run.kind_source == "unknown"
