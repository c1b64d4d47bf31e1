"""Which backups stay: many of the last days, fewer of the weeks and months before."""

from collections.abc import Callable, Collection, Hashable
from datetime import datetime

DAYS, WEEKS, MONTHS = 7, 5, 12


def worth_keeping(made_at: Collection[datetime]) -> frozenset[datetime]:
    """Choose the backups to keep: the newest of each of the last 7 days, 5 weeks and 12 months that has one.

    Days without a backup are not counted: whoever was away for a year still finds all of those from before.

    Args:
        made_at: when each backup was made, in one zone.
    """
    newest_first = sorted(made_at, reverse=True)
    return frozenset(
        _newest_of_each(newest_first, datetime.date, DAYS)
        | _newest_of_each(newest_first, _week, WEEKS)
        | _newest_of_each(newest_first, _month, MONTHS)
    )


def _newest_of_each(
    newest_first: list[datetime], span: Callable[[datetime], Hashable], most: int
) -> set[datetime]:
    newest: dict[Hashable, datetime] = {}
    for moment in newest_first:
        newest.setdefault(span(moment), moment)
    return set(list(newest.values())[:most])


def _week(moment: datetime) -> Hashable:
    return moment.isocalendar()[:2]


def _month(moment: datetime) -> Hashable:
    return moment.year, moment.month
