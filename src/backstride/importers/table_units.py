"""The units of a person's own table of runs: minutes and kilometres, unless nobody could run so.

Many write seconds or metres into a column that only says 'duration' or 'distance'. Distance over time tells which.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Final

from backstride.core.run import Run
from backstride.errors import BadInput
from backstride.importers.cell_values import rough, seconds
from backstride.importers.columns import Cells, Table

_SLOWEST_M_S, _FASTEST_M_S = 0.9, 7.0
"""Between these the usual session on foot lies."""
_DOUBTED_M_S: Final = 0.3
_DOUBTED_S: Final = 8 * 3600.0
_OTHERS: Final = ((1 / 60, 1000), (1.0, 1), (1 / 60, 1))
"""What else a table may mean: seconds, metres, or both."""
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Units:
    """How the numbers of a table are to be read.

    Attributes:
        of_time: by what its minutes are multiplied: 1, or 1/60 where they are seconds.
        metres: in one of its distances.
    """

    of_time: float = 1.0
    metres: int = 1000

    def notes(self, name: str, runs: Iterable[Run]) -> Iterable[str]:
        """What was assumed, and what is doubted."""
        if self != Units():
            time = "seconds" if self.of_time < 1 else "minutes"
            way = "metres" if self.metres == 1 else "kilometres"
            yield f"{name}: durations are read as {time} and distances as {way}: nobody runs so else."
        doubted = sum(map(_is_doubted, runs))
        if doubted:
            yield (
                f"{name}: runs that last over 8 hours, or are slower than 0.3 metres a second: {doubted}. "
                "Durations are minutes: are these seconds?"
            )


def units_of(table: Table) -> Units:
    """Minutes and kilometres; others where these give no pace on foot, and just one of them does."""
    pairs = [pair for pair in map(_numbers, table.rows) if pair is not None]
    if not pairs:
        return Units()
    paces = [kilometres * 1000 / minutes_s for minutes_s, kilometres in pairs]
    if _is_on_foot(median(paces)):
        return Units()
    fitting = [
        Units(time, metres) for time, metres in _OTHERS if _is_on_foot(median(paces) * metres / 1000 / time)
    ]
    return fitting[0] if len(fitting) == 1 else Units()


def _numbers(cells: Cells) -> tuple[float, float] | None:
    """Seconds and kilometres of a row as the table says them; None where one is missing, or has colons."""
    distance = rough(cells["distance_km"], what="distance")
    if not distance or math.isnan(distance) or not _NUMBER.fullmatch(cells["moving_min"]):
        return None
    try:
        moving = seconds(cells["moving_min"], what="moving time")
    except BadInput:
        return None
    return (moving, distance) if moving else None


def _is_on_foot(metres_a_second: float) -> bool:
    return _SLOWEST_M_S <= metres_a_second <= _FASTEST_M_S


def _is_doubted(run: Run) -> bool:
    slow = run.distance_m is not None and 0 < run.distance_m / max(run.moving_s, 1.0) < _DOUBTED_M_S
    return run.is_running and (slow or run.moving_s > _DOUBTED_S)
