"""The year that people forget to turn in January: 31 December 2025, 1 January 2025, 2 January 2026."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from backstride.importers.clock import last_possible_day

_LATE, _EARLY = (11, 12), (1, 2)
_NEAR: Final = timedelta(days=62)


def years_turned(days: Sequence[date]) -> dict[date, date]:
    """Map days written with last year's number in January to the days that were meant; empty where unclear.

    A day of January or February that follows one of the end of the same year was meant a year later, where all
    days are then in order and no other row is as old as the days that are moved. Otherwise the row may as well be
    one that was forgotten and added at the end, and the days stay as they are written.

    Args:
        days: of the rows, from top to bottom; newest last, or newest first.
    """
    if len(days) < 3 or all(a <= b for a, b in pairwise(days)):
        return {}
    for ordered in (list(days), list(days)[::-1]):
        meant = _in_order(ordered)
        moved = {said: day for said, day in zip(ordered, meant, strict=True) if said != day}
        stays = [said for said, day in zip(ordered, meant, strict=True) if said == day]
        if moved and max(moved) < min(stays, default=date.max) and meant == sorted(meant):
            return moved if max(meant) <= last_possible_day() else {}
    return {}


def _in_order(days: Sequence[date]) -> list[date]:
    """Move each day that jumps back over the turn of a year to the year after."""
    meant: list[date] = []
    for day in days:
        before = meant[-1] if meant else day
        if day < before and day.month in _EARLY:
            later = day.replace(year=day.year + 1, day=min(day.day, 28) if day.month == 2 else day.day)
            turns = before.month in _LATE and later.year == before.year + 1 and later - before <= _NEAR
            goes_on = before.month in _EARLY and before.year == later.year and later >= before
            meant.append(
                later if turns or (goes_on and len(meant) > 1 and meant[-1] != days[len(meant) - 1]) else day
            )
        else:
            meant.append(day)
    return meant
