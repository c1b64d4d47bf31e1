"""Whether a person runs before the morning's check-in on the days that chance draws for a run.

A draw names a date. Whoever runs at six and rates at seven runs before that date's rating, so the run lies between
the check-ins of the day before and of its own. The draw must stand beside it there: by the date every drawn run would
count as missed, and every day of drawn rest as broken.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from backstride.core.allocation import Allocation
from backstride.core.check_in import CheckIn
from backstride.core.run import Run

MIN_RUNS = 8
MOSTLY = 0.8
"""Share of the runs on days drawn for one that begin before the check-in."""


def runs_before_rating(
    runs: Iterable[Run], allocations: Mapping[date, Allocation], mornings: Mapping[date, CheckIn]
) -> bool:
    """Return whether runs on dates drawn for one mostly come before the check-in of that date.

    Args:
        runs: sessions of any kind.
        allocations: what chance drew, by date.
        mornings: the first check-in of each date; one filled in on a later day has no time of its own.
    """
    is_early = []
    for run in runs:
        allocation, morning = allocations.get(run.local_day), mornings.get(run.local_day)
        if run.is_running and allocation and allocation.to_run and morning and not morning.filled_in_late:
            is_early.append(run.start < morning.moment)
    return len(is_early) >= MIN_RUNS and sum(is_early) >= MOSTLY * len(is_early)
