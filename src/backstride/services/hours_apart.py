"""What was reported of a day hours apart: each is a rating of its own, whatever the day's check-in shows at last.

The app keeps one check-in a day. Changed at noon or in the evening, a morning's 9 becomes a 2 after tablets, and an
evening's 8 after a run stands at seven in the morning. The answer compares mornings, and is right to; what holds a
session back must hear both.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby, pairwise

from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.diary.diary import Diary
from backstride.diary.rows import Entry

APART = timedelta(hours=3)
"""A change within these is a correction."""


def with_ratings_hours_apart(diary: Diary, records: Records, *, today: date) -> Records:
    """Add what check-ins so far said before, or were changed to, hours apart on the same day.

    A check-in that is changed on another day is corrected: the last word holds alone. What was first rated in the
    evening is of the evening alone: in the morning, before a run, nobody said it.

    Args:
        diary: whose.
        records: all of theirs.
        today: the local day.
    """
    edited = [tuple(versions) for _, versions in groupby(diary.edited(), key=lambda entry: entry.id)]
    apart = [(versions[-1].record, _hours_apart(versions)) for versions in edited]
    given = [rating for _, ratings in apart for rating in ratings if rating.local_day <= today]
    # records that were handed on may hold them already
    more = [rating for rating in given if rating not in records.check_ins]
    if not more:
        return records
    first_said = {
        shown: _as_first_said(shown, ratings) for shown, ratings in apart if isinstance(shown, CheckIn)
    }
    shown = (first_said.get(one, one) for one in records.check_ins)
    # sorting is stable, so that the check-in as it is shown stays the first of its moment
    return replace(records, check_ins=tuple(sorted((*shown, *more), key=lambda c: c.moment)))


def _as_first_said(shown: CheckIn, apart: Sequence[CheckIn]) -> CheckIn:
    """Return a check-in as it is shown, without ratings that it got hours after it was first saved."""
    if len(apart) < 2:
        return shown
    first = apart[0]
    return replace(
        shown,
        pain=None if first.pain is None else shown.pain,
        leg_pain=None if first.leg_pain is None else shown.leg_pain,
        other_pain=None if first.other_pain is None else shown.other_pain,
        leg_symptoms=None if first.leg_symptoms is None else shown.leg_symptoms,
        flare=None if first.flare is None else shown.flare,
    )


def _hours_apart(versions: Sequence[Entry]) -> list[CheckIn]:
    """Return the ratings that were given hours before or after the others, each at its own moment."""
    given = []
    for version in versions:
        check_in = version.record
        if not isinstance(check_in, CheckIn) or check_in.filled_in_late:
            return []
        moment = (version.recorded_at or version.stored_at).astimezone(check_in.moment.tzinfo)
        if replace(check_in, moment=moment).local_day == check_in.local_day:
            given.append(replace(check_in, moment=moment))
    if len({_ratings(check_in) for check_in in given}) < 2:
        return []
    last_of_each = [one for one, following in pairwise(given) if following.moment - one.moment >= APART]
    later = [one for one in given[-1:] if one.moment - given[0].moment >= APART]
    return last_of_each + later


def _ratings(check_in: CheckIn) -> tuple[object, ...]:
    return (check_in.pain, check_in.leg_pain, check_in.other_pain, check_in.leg_symptoms, check_in.flare)
