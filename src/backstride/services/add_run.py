"""A run or a walk that no watch recorded, typed in."""

from datetime import datetime, timedelta

from backstride.core.records import Records
from backstride.core.run import Activity, Run
from backstride.diary.added import Added
from backstride.diary.diary import Diary
from backstride.errors import BadValue
from backstride.runtime.clock import utc_now

SOURCE = "by hand"
CLOCKS_DIFFER_BY = timedelta(minutes=5)
"""A run that ended just now, by a clock that goes a little ahead, is over."""
MAX_AGE = timedelta(days=3653)
"""A run of so long ago is a slip of the year."""


def add_run(
    diary: Diary,
    *,
    start: datetime,
    minutes: float | None,
    activity: str,
    km: float | None = None,
    now: datetime | None = None,
) -> Added:
    """Keep a session that was typed in. A watch's record of it, imported later, takes its place.

    Args:
        diary: whose.
        start: about when it began, with its zone.
        minutes: in motion; None where they are not known.
        activity: a value of `Activity`.
        km: kilometres, where they are known.
        now: the moment; the clock's unless given.

    Returns:
        What was stored.

    Raises:
        BadValue: a value that is not possible, a run that is not over or is ten years old, or one of the kind and
            time of another that was typed in.
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
    if minutes is not None and start + timedelta(minutes=minutes) > moment + CLOCKS_DIFFER_BY:
        raise BadValue("This session is not over yet.", advice="Look at its time and its minutes, then save.")
    if moment - start > MAX_AGE:
        raise BadValue("This run is more than ten years ago.", advice="Look at the year, then save.")
    if _is_there(diary, run):
        raise BadValue(
            "One that began at that time was added already.",
            advice="Change that one, or choose another time, then save.",
        )
    return diary.add(Records(runs=(run,)), source=SOURCE, now=moment)


def _is_there(diary: Diary, run: Run) -> bool:
    """Whether another session of its kind was typed in for the same minute; the time of a run and a walk is rough."""
    near = diary.between(run.local_day, run.local_day).runs
    typed = [each for each in near if each.source == SOURCE and each != run]
    return any((each.start, each.activity) == (run.start, run.activity) for each in typed)
