"""Days of a life as the product's own schedule draws them."""

from datetime import timedelta

import numpy as np

from backstride.core.allocation import Allocation, AllocationScheme
from backstride.programme.schedule import allocate
from calibration.lives import Floats
from calibration.written_down import FIRST_DAY


def drawn_by_schedule(
    law: AllocationScheme, *, days: int, after: int, seed: int
) -> tuple[tuple[Allocation, ...], Floats]:
    """Return the draws of whole weeks from day `after` on, and (days,) 1 run, 0 rest, nan where nothing was drawn."""
    flags = np.full(days, np.nan)
    if law is AllocationScheme.OWN:
        return (), flags
    draws = allocate(law, first_day=FIRST_DAY + timedelta(days=after), weeks=(days - after) // 7, seed=seed)
    flags[after : after + len(draws)] = [float(bool(draw.to_run)) for draw in draws]
    return draws, flags
