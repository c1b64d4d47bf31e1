"""A run or a walk that no watch recorded, typed in."""

from datetime import datetime

from backstride.core.records import Records
from backstride.core.run import Activity, Run
from backstride.diary.diary import Diary
from backstride.errors import BadValue
from backstride.runtime.clock import utc_now

SOURCE = "by hand"


def add_run(
    diary: Diary,
    *,
    start: datetime,
    minutes: float | None,
    activity: str,
    km: float | None = None,
    now: datetime | None = None,
) -> Run:
    """Keep a session that was typed in. A watch's record of it, imported later, takes its place.

    Args:
        diary: whose.
        start: about when it began, with its zone.
        minutes: in motion; None where they are not known.
        activity: a value of `Activity`.
        km: kilometres, where they are known.
        now: the moment; the clock's unless given.

    Raises:
        BadValue: a value that is not possible, or a run in the future.
        DiaryError: it was not stored.
    """
    moment = now or utc_now()
    if activity not in {each.value for each in Activity}:
        raise BadValue("This kind of session is not known.", advice="Choose one from the list.")
    if minutes is not None and not minutes > 0:
        raise BadValue("A run takes at least a minute.", advice="Type its minutes, then save.")
    if start > moment:
        raise BadValue("This run has not begun yet.", advice="Choose a time that is over, then save.")
    run = Run(
        start=start,
        moving_s=None if minutes is None else 60.0 * minutes,
        distance_m=None if km is None else 1000.0 * km,
        activity=Activity(activity),
        source=SOURCE,
    )
    diary.add(Records(runs=(run,)), source=SOURCE, now=moment)
    return run
