"""How the day is greeted."""

from backstride.report.language import _

AFTERNOON_FROM_H = 12
EVENING_FROM_H = 18


def greeting(hour: int, *, day_starts_h: int) -> str:
    """Greet somebody by the hour of the day on their own clock.

    Args:
        hour: 0 to 23, where they are.
        day_starts_h: hour at which their day starts; what comes before it belongs to the evening.
    """
    if day_starts_h <= hour < AFTERNOON_FROM_H:
        return _("Good morning")
    if AFTERNOON_FROM_H <= hour < EVENING_FROM_H:
        return _("Good afternoon")
    return _("Good evening")
