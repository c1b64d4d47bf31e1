"""Two tables that rate the same mornings differently are two people's: nobody's diary is made of both."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import combinations
from pathlib import PurePosixPath
from typing import Final

from backstride.core.check_in import CheckIn
from backstride.errors import BadTable

_MIN_SHARED: Final = 5
_MIN_SHARED_OF_ONE_NAME: Final = 3
"""Tables of one name in two folders, as in anna/pain.csv and ben/pain.csv."""
_HOURS_APART: Final = 3.0
_Ratings = Mapping[date, tuple[float, float]]
"""A day -> the hour of its first rating, and its place on the 0-10 scale."""


def refuse_two_raters(tables: Mapping[str, Iterable[CheckIn]]) -> None:
    """Refuse tables of check-ins that can only be several people's.

    One person may keep a table for mornings and one for evenings, or give the same table twice, corrected here and
    there. Two tables that rate five mornings or more within three hours of each other, and most of them otherwise,
    are two people's. So are tables of one name in two folders that rate three mornings or more, and all of them
    otherwise.

    Args:
        tables: the check-ins of each file, by its name.

    Raises:
        BadTable: two of them are so.
    """
    rated = {
        name: found
        for name, check_ins in tables.items()
        if len(found := _ratings(check_ins)) >= _MIN_SHARED_OF_ONE_NAME
    }
    for (one, mine), (other, theirs) in combinations(rated.items(), 2):
        shared = [
            day for day in mine.keys() & theirs.keys() if abs(mine[day][0] - theirs[day][0]) <= _HOURS_APART
        ]
        differ = sum(mine[day][1] != theirs[day][1] for day in shared)
        is_same_name = PurePosixPath(one).name == PurePosixPath(other).name
        few = is_same_name and len(shared) >= _MIN_SHARED_OF_ONE_NAME and differ == len(shared)
        if few or (len(shared) >= _MIN_SHARED and 2 * differ > len(shared)):
            raise BadTable(
                f"{one} and {other} rate the same mornings otherwise on {differ} of {len(shared)} days, "
                "as two people do.",
                advice=(
                    "A diary is one person's. Give the files of one of them. A study of many people is read as a "
                    "cohort, not here."
                ),
            )


def _ratings(check_ins: Iterable[CheckIn]) -> _Ratings:
    first: dict[date, tuple[float, float]] = {}
    for check_in in sorted(check_ins, key=lambda each: each.moment, reverse=True):
        if check_in.pain is not None:
            at = check_in.moment
            first[check_in.local_day] = (at.hour + at.minute / 60.0, check_in.pain.pain_0_10)
    return first
