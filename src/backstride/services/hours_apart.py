"""What was reported of a day at different times: each is a rating of its own, whatever the check-in shows at last.

The app keeps one check-in a day. Changed at noon or in the evening, a morning's 9 becomes a 2 after tablets, and an
evening's 8 after a run stands at seven in the morning. The answer compares mornings, and is right to; what holds a
session back must hear both.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby, pairwise

from backstride.core.check_in import CORRECTED_WITHIN, CheckIn, with_answers, without_answers
from backstride.core.records import Records
from backstride.diary.diary import Diary
from backstride.diary.rows import Entry

HEARD = ("pain", "leg_pain", "other_pain", "leg_symptoms", "flare", "medicine")
"""The answers that what holds a session back rests on."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What a day's check-in said at one time, slips corrected.

    Attributes:
        first: when it was first told.
        last: when it was last corrected.
        check_in: as it stood then.
    """

    first: datetime
    last: datetime
    check_in: CheckIn


def with_ratings_hours_apart(diary: Diary, records: Records, *, today: date) -> Records:
    """Add what check-ins so far were changed to later on the same day, and show them as they were first said.

    What stands unchanged was not rated anew. A check-in that is changed on another day is corrected: what it said
    last holds no more. What was first rated in the evening is of the evening alone: in the morning, before a run,
    nobody said it.

    Args:
        diary: whose.
        records: all of theirs.
        today: the local day.
    """
    starts = sorted(run.start for run in records.runs)
    first_said: dict[CheckIn, CheckIn] = {}
    given: list[CheckIn] = []
    for _, versions in groupby(diary.edited(), key=lambda entry: entry.id):
        entries = tuple(versions)
        shown = entries[-1].record
        later = _changed_later(said := _said_of_a_day(entries, starts))
        if later and isinstance(shown, CheckIn):
            first_said[shown] = with_answers(shown, _heard(said[0].check_in))
            given += [rating for rating in later if rating.local_day <= today]
    # records that were handed on may hold them already
    more = [rating for rating in given if rating not in records.check_ins]
    if not more:
        return records
    begun = (first_said.get(one, one) for one in records.check_ins)
    # sorting is stable, so that what was first said stays the first of its moment
    return replace(records, check_ins=tuple(sorted((*begun, *more), key=lambda c: c.moment)))


def _said_of_a_day(versions: Sequence[Entry], starts: Sequence[datetime]) -> list[_Said]:
    """Return what a check-in said at each time of its day, in order.

    Args:
        versions: of one entry.
        starts: when each run began, in order.
    """
    said: list[_Said] = []
    for moment, check_in in _in_order(versions):
        if replace(check_in, moment=moment).local_day != check_in.local_day or check_in.filled_in_late:
            if said and _heard(check_in) != _heard(said[-1].check_in):
                said[-1] = replace(said[-1], check_in=check_in)
        elif (
            said
            and moment - said[-1].first < CORRECTED_WITHIN
            and not _ran_between(starts, said[-1].last, moment)
        ):
            said[-1] = replace(said[-1], last=moment, check_in=check_in)
        else:
            said.append(_Said(moment, moment, check_in))
    return said


def _in_order(versions: Sequence[Entry]) -> list[tuple[datetime, CheckIn]]:
    """Return when each version of a check-in was told, and what it said, in the order of telling."""
    words = [
        ((one.recorded_at or one.stored_at).astimezone(one.record.moment.tzinfo), one.version, one.record)
        for one in versions
        if isinstance(one.record, CheckIn)
    ]
    return [(moment, check_in) for moment, _, check_in in sorted(words, key=lambda one: one[:2])]


def _ran_between(starts: Sequence[datetime], after: datetime, until: datetime) -> bool:
    return bisect_left(starts, after) < bisect_left(starts, until)


def _changed_later(said: Sequence[_Said]) -> list[CheckIn]:
    """Return what was changed after the first time, each at its own moment, and of each what changed alone."""
    later = []
    for before, after in pairwise(said):
        known = _heard(before.check_in)
        changed = {name: value for name, value in _heard(after.check_in).items() if value != known[name]}
        if changed:
            then = replace(after.check_in, moment=after.last)
            later.append(with_answers(without_answers(then), changed))
    return later


def _heard(check_in: CheckIn) -> dict[str, object]:
    return {name: getattr(check_in, name) for name in HEARD}
