"""How much of what was done before a break is open after it: one rule for the ladder, for own running, and for walks.

days off   up to 14   15 to 28         29 to 56   57 to 84    more
open       all        three quarters   half       a quarter   nothing: it begins anew, with walks

The days off are those without a run; for the time on foot they are those without a run or a walk.
"""

FULL_DAYS = 14
MONTH_DAYS = 28
TWO_MONTHS_DAYS = 56
SEASON_DAYS = 84
GRADES: tuple[tuple[int, float], ...] = (
    (FULL_DAYS, 1.0),
    (MONTH_DAYS, 0.75),
    (TWO_MONTHS_DAYS, 0.5),
    (SEASON_DAYS, 0.25),
)
"""Up to so many days off, this share is open. No trial gives these numbers: they are ours."""


def share_after(days_off: int) -> float:
    """Return the share of what was done before that is open after so many days without it; 0 where it begins anew.

    Args:
        days_off: days since the last one, so that 1 is the day after.
    """
    return next((share for days, share in GRADES if days_off <= days), 0.0)
