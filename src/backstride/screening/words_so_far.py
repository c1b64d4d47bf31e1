"""What all answers to the safety questions say together: the last word on each, and what was agreed."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from backstride.core.clearance import Reply
from backstride.screening.item import Item
from backstride.screening.items import ITEMS
from backstride.screening.occasions import (
    AFTER_BIRTH,
    COUNTS_DAYS,
    EVER,
    FACTS,
    NEVER_OVER,
    QUESTIONS,
    Occasion,
)
from backstride.screening.record import ONE_BY_ONE, ScreeningRecord
from backstride.screening.soon import SOON
from backstride.screening.taps import TAPS, behind

AGREED_SOON = timedelta(days=90)
AGREED_FIRST = timedelta(days=365)
TAKEN_BACK_IN = timedelta(days=14)
"""A no so soon after a yes takes it back; later the body may have changed."""


class WordsSoFar(NamedTuple):
    """What all records up to one say together.

    Attributes:
        replies: the last reply to each question.
        agreed: the day on which each agreement of a provider was told.
        taps: the weekly taps with a yes that is not settled.
        yes_on: the day on which each yes was last said.
        taken_back: what two weeks do not change, where a no followed a yes sooner, and nothing was said since: it is
            open.
    """

    replies: dict[str, Reply]
    agreed: dict[str, date]
    taps: tuple[Item, ...]
    yes_on: dict[str, date]
    taken_back: frozenset[str]


def last_words(times: Sequence[ScreeningRecord]) -> WordsSoFar:
    """Return the last reply to each question, when each was agreed, and the weekly taps with an unsettled yes."""
    return deque(words_so_far(times), maxlen=1).pop()


def words_so_far(times: Sequence[ScreeningRecord]) -> Iterator[WordsSoFar]:
    """Yield after each record the last replies since the last start, as `last_words` returns them."""
    replies: dict[str, Reply] = {}
    agreed: dict[str, date] = {}
    unsettled: list[Item] = []
    yes_on: dict[str, date] = {}
    unconfirmed: dict[str, date] = {}
    taken_back: frozenset[str] = frozenset()
    for time in times:
        agreed_before = agreed.keys()
        if time.occasion is Occasion.START:
            replies, agreed, unsettled, yes_on = {}, {}, [], {}
        said = {key: reply for key, reply in time.replies.items() if reply is not Reply.NOT_ANSWERED}
        yes = tuple(tap for tap in TAPS if said.get(tap.key) is Reply.YES)
        unsettled += yes
        asked = () if time.occasion in ONE_BY_ONE else QUESTIONS[time.occasion]
        for item in (*asked, *(item for tap in yes for item in behind(tap))):
            if replies.get(item.key) is not Reply.YES:
                replies[item.key] = (
                    Reply.NOT_ANSWERED
                )  # an old no does not answer a question that is asked anew
        if replies.get("pregnant") is Reply.YES and said.get("pregnant") is Reply.NO:
            replies |= dict.fromkeys(AFTER_BIRTH, Reply.NOT_ANSWERED)
        replies |= {item.key: said[item.key] for item in ITEMS if item.key in said}
        denied = frozenset(key for key in unconfirmed.keys() & said.keys() if said[key] is Reply.NO)
        sooner = frozenset(
            key for key in denied if key in EVER or time.day - unconfirmed[key] < TAKEN_BACK_IN
        )
        taken_back = (taken_back - said.keys()) | (sooner - (agreed_before - NEVER_OVER))
        replies |= dict.fromkeys(taken_back & said.keys(), Reply.NOT_ANSWERED)
        unconfirmed = {key: day for key, day in unconfirmed.items() if key not in denied}
        unconfirmed |= {key: time.day for key in FACTS if said.get(key) is Reply.YES}
        yes_on |= {key: time.day for key, reply in said.items() if reply is Reply.YES}
        # an agreement speaks of what was known then: a new yes to the same question needs a new one
        agreed = {key: day for key, day in agreed.items() if said.get(key) is not Reply.YES}
        agreed |= {key: time.agreed_on.get(key, time.day) for key in time.agreed}
        unsettled = [tap for tap in unsettled if any(is_open(replies, item) for item in behind(tap))]
        taps = tuple(dict.fromkeys(unsettled))
        yield WordsSoFar(dict(replies), dict(agreed), taps, dict(yes_on), taken_back)


def since_the_start(times: Sequence[ScreeningRecord]) -> Sequence[ScreeningRecord]:
    """Return the records since all questions were last asked; none where they never were."""
    starts = [n for n, time in enumerate(times) if time.occasion is Occasion.START]
    return times[starts[-1] :] if starts else ()


def still_counting(words: WordsSoFar, today: date) -> dict[str, Reply]:
    """Return the last replies; a yes to a question that names a time is open again once that time is over."""
    over = (
        key
        for key, days in COUNTS_DAYS.items()
        if words.replies.get(key) is Reply.YES and (today - words.yes_on[key]).days > days
    )
    return words.replies | dict.fromkeys(over, Reply.NOT_ANSWERED)


def lasts(key: str) -> timedelta:
    """How long the agreement of a provider counts: 90 days for what may change within days, and a year else."""
    return AGREED_SOON if any(item.key == key and not item.is_lasting for item in SOON) else AGREED_FIRST


def is_open(replies: Mapping[str, Reply], item: Item) -> bool:
    """Whether a question has no answer."""
    return replies.get(item.key, Reply.NOT_ANSWERED) is Reply.NOT_ANSWERED


def agreed_on(times: Sequence[ScreeningRecord]) -> dict[str, date]:
    """Return the day on which each agreement of a provider was told, of those that no newer yes has taken back.

    Args:
        times: every time the questions were answered, in order.
    """
    since = since_the_start(times)
    return last_words(since).agreed if since else {}


def no_on(times: Sequence[ScreeningRecord], key: str) -> date | None:
    """Return the day of the last answer to a question, where that was a no; else None.

    Args:
        times: every time the questions were answered, in order.
        key: of the question.
    """
    said = [(time.day, time.replies[key]) for time in times if key in time.replies]
    answered = [(day, reply) for day, reply in said if reply is not Reply.NOT_ANSWERED]
    return answered[-1][0] if answered and answered[-1][1] is Reply.NO else None


def fever_over_on(times: Sequence[ScreeningRecord]) -> date | None:
    """Return the day on which a fever was first answered no after its last yes; None where it stands, or never was.

    Args:
        times: every time the questions were answered, in order.
    """
    had, over = False, None
    for time in times:
        said = time.replies.get("fever")
        if said is Reply.YES:
            had, over = True, None
        elif said is Reply.NO and had:
            had, over = False, time.day
    return over
