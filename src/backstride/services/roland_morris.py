"""The Roland-Morris questionnaire: keeping it, and when it is due again."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from backstride.core.records import Records
from backstride.core.roland_morris import RolandMorris
from backstride.diary.diary import Diary
from backstride.runtime.clock import utc_now

SOURCE: Final = "questionnaire"
AGAIN_AFTER: Final = timedelta(weeks=4)


def keep_roland_morris(
    diary: Diary, ticked: Iterable[int], *, zone: tzinfo, now: datetime | None = None
) -> RolandMorris:
    """Keep one questionnaire of now.

    Args:
        diary: whose.
        ticked: the numbers of the ticked sentences, 1 to 24, in any order.
        zone: the person's own.
        now: the moment of filling it in; the clock's unless given.

    Raises:
        BadValue: a number that no sentence has.
        DiaryError: it was not stored.
    """
    moment = now or utc_now()
    numbers = tuple(sorted(set(ticked)))
    questionnaire = RolandMorris(
        time=moment.astimezone(zone).replace(microsecond=0),
        score=len(numbers),
        ticked=numbers,
        source=SOURCE,
    )
    diary.add(Records(roland_morris=(questionnaire,)), source=SOURCE, now=moment)
    return questionnaire


def roland_morris_so_far(diary: Diary) -> tuple[RolandMorris, ...]:
    """Return every questionnaire of the diary, the first one first."""
    return diary.records().roland_morris


def due_from(questionnaires: tuple[RolandMorris, ...], *, today: date) -> date:
    """Return the first day on which the questionnaire is due: four weeks after the last one, or today."""
    return max(questionnaires[-1].local_day + AGAIN_AFTER, today) if questionnaires else today
