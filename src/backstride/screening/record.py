"""One time that the safety questions were answered, and what all those times together leave open."""

import json
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple

from backstride.core.clearance import Clearance, Level, Reply, strictest
from backstride.errors import BadValue
from backstride.screening.item import Item
from backstride.screening.items import ITEMS, NOT_SEEN, NOT_SEEN_SOON, RETIRED, SEEN_LATELY
from backstride.screening.occasions import AFTER_BIRTH, COUNTS_DAYS, QUESTIONS, Occasion, Signs, due
from backstride.screening.rules import clearance, refuse_unknown, together
from backstride.screening.soon import SOON
from backstride.screening.taps import TAPS, behind, taps_or_questions
from backstride.screening.urgent import NOW

HOLDS_FOR = timedelta(days=14)
AGREED_SOON = timedelta(days=90)
AGREED_FIRST = timedelta(days=365)
WARNED_FOR = timedelta(days=14)
"""So long before its end an agreement is named, so that there is time to ask again."""
_BY_TAP = frozenset({Occasion.WEEKLY, Occasion.FLARE})
_FIRST_LIST = frozenset(item.key for item in NOW)
_SECOND_LIST = frozenset(item.key for item in SOON)


class _Words(NamedTuple):
    """What all records up to one say together.

    Attributes:
        replies: the last reply to each question.
        agreed: the day on which each agreement of a provider was told.
        taps: the weekly taps with a yes that is not settled.
        yes_on: the day on which each yes was last said.
    """

    replies: dict[str, Reply]
    agreed: dict[str, date]
    taps: tuple[Item, ...]
    yes_on: dict[str, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningRecord:
    """What a person answered on one day.

    Attributes:
        day: the local day.
        occasion: which questions were asked.
        replies: by the key of the question; what is not in it was not answered.
        agreed: keys of questions about which a provider has agreed that the person runs.
        agreed_on: of these, the day on which it was told where it is another than `day`.
    """

    day: date
    occasion: Occasion
    replies: Mapping[str, Reply] = field(default_factory=dict)
    agreed: frozenset[str] = frozenset()
    agreed_on: Mapping[str, date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse keys that no question has."""
        refuse_unknown((*self.replies, *self.agreed))

    @property
    def clearance(self) -> Clearance:
        """What this time alone comes to."""
        return clearance(self.replies, agreed=self.agreed, asked=self.asked)

    @property
    def asked(self) -> tuple[Item, ...]:
        """The questions that counted this time."""
        return taps_or_questions(self.replies) if self.occasion in _BY_TAP else QUESTIONS[self.occasion]

    def to_text(self) -> str:
        """As JSON, for a diary; the same answers give the same text."""
        replies = {key: reply.value for key, reply in sorted(self.replies.items())}
        data = {"occasion": self.occasion.value, "replies": replies, "agreed": sorted(self.agreed)}
        if self.agreed_on:
            data["agreed_on"] = {key: day.isoformat() for key, day in sorted(self.agreed_on.items())}
        return json.dumps({"day": self.day.isoformat(), **data}, separators=(",", ":"))


def screening_record_from_text(text: str) -> ScreeningRecord:
    """Parse what `to_text` wrote.

    Raises:
        BadValue: the text holds no such answers.
    """
    try:
        data = json.loads(text)
        return ScreeningRecord(
            day=date.fromisoformat(data["day"]),
            occasion=Occasion(data["occasion"]),
            replies=_of_today({key: Reply(value) for key, value in data["replies"].items()}),
            agreed=frozenset(data["agreed"]) - RETIRED.keys(),
            agreed_on={key: date.fromisoformat(day) for key, day in data.get("agreed_on", {}).items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadValue("These are no safety answers.", advice="Answer the questions again.") from error


def current_clearance(times: Sequence[ScreeningRecord], *, today: date, signs: Signs) -> Clearance:
    """Compute today's clearance from all answers so far.

    The last answer to each question counts. A no to a weekly tap changes nothing that was said before; a yes stands
    until every question behind it is answered. Questions that are due, and were not asked yet, count as left open.

    Args:
        times: every time the questions were answered, in order.
        today: the local day.
        signs: what the diary tells of flares and new signs in a leg.
    """
    since = _since_the_start(times)
    earlier = (*_after_an_emergency(times, today), *_after_a_grave_sign(times, today))
    if not since:
        return strictest([clearance({}), *earlier])
    words = _last_words(since)
    replies, agreed, open_taps = _still_counting(words, today), words.agreed, words.taps
    lasting = frozenset(key for key, day in agreed.items() if today - day <= _lasts(key))
    said = clearance(replies, agreed=lasting, looked_at=agreed.keys())
    run_out = tuple(key for key in said.because if key in agreed.keys() - lasting)
    ends_on = tuple(
        (key, agreed[key] + _lasts(key))
        for key in said.agreed
        if agreed[key] + _lasts(key) - today < WARNED_FOR
    )
    stands = [replace(said, run_out=run_out, ends_on=ends_on), *earlier]
    if open_taps:
        stands.append(clearance(dict.fromkeys((t.key for t in open_taps), Reply.YES), asked=open_taps))
    by_tap = [time for time in since if time.occasion in _BY_TAP]
    if by_tap:
        last = by_tap[-1]
        left = tuple(tap for tap in TAPS if last.replies.get(tap.key) not in {Reply.YES, Reply.NO})
        stands.append(clearance({}, asked=left))
    missing = due(today, {time.occasion: time.day for time in since}, signs=signs)
    if missing is not None:
        stands.append(clearance({}, asked=QUESTIONS[missing]))
    return strictest(stands)


def agreed_on(times: Sequence[ScreeningRecord]) -> dict[str, date]:
    """Return the day on which each agreement of a provider was told, of those that no newer yes has taken back.

    Args:
        times: every time the questions were answered, in order.
    """
    since = _since_the_start(times)
    return _last_words(since).agreed if since else {}


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


def due_now(times: Sequence[ScreeningRecord], *, today: date, signs: Signs) -> Occasion | None:
    """Return the screening occasion due today, or None.

    After an emergency it is whether it was seen; then the start, until each of its questions has an answer; then what
    `due` says.

    Args:
        times: every time the questions were answered, in order.
        today: the local day.
        signs: what the diary tells.
    """
    since = _since_the_start(times)
    if not since:
        return Occasion.START
    if _still_to_ask(times, today):
        return Occasion.SEEN
    if _is_seen_open(times, today):
        return Occasion.SEEN_SOON
    replies = _still_counting(_last_words(since), today)
    left_open = {item.key for item in ITEMS if _is_open(replies, item)}
    for occasion in (Occasion.HEALED, Occasion.BIRTH):
        if left_open and left_open <= {item.key for item in QUESTIONS[occasion]}:
            return occasion
    if left_open:
        return Occasion.START
    return due(today, {time.occasion: time.day for time in since}, signs=signs)


def _alarm(times: Sequence[ScreeningRecord]) -> int | None:
    """Return the index of the last record that needed help at once; None where there is none."""
    urgent = [n for n, so_far in enumerate(_words(times)) if _is_emergency(so_far)]
    by_tap = [n for n, time in enumerate(times) if time.clearance.level is Level.EMERGENCY]
    return max((*urgent, *by_tap), default=None)


def _is_emergency(words: _Words) -> bool:
    """Whether the answers so far ask for help at once or today, on whatever occasion each was given."""
    yes = frozenset(key for key, reply in words.replies.items() if reply is Reply.YES)
    rules = together(yes, agreed=words.agreed.keys())
    return not yes.isdisjoint(_FIRST_LIST) or any(rule.level is Level.EMERGENCY for rule in rules)


def _last_grave(times: Sequence[ScreeningRecord]) -> tuple[int, frozenset[str]] | None:
    """Return the index of the last record at which a sign of the second list stood, and those signs; else None.

    One that a provider agreed about has been looked at.
    """
    found = None
    for n, words in enumerate(_words(times)):
        yes = (key for key in _SECOND_LIST if words.replies.get(key) is Reply.YES)
        signs = frozenset(key for key in yes if key not in words.agreed)
        found = (n, signs) if signs else found
    return found


def _after_a_grave_sign(times: Sequence[ScreeningRecord], today: date) -> list[Clearance]:
    """Return what a sign of the second list leaves that was taken back in 14 days, until somebody looked at it."""
    if not _is_taken_back(times, today):
        return []
    grave = _last_grave(times)
    word = _word_on_it(times[grave[0] :] if grave else times, NOT_SEEN_SOON)
    if word is None:
        return [clearance({}, asked=(NOT_SEEN_SOON,))]
    return [clearance({NOT_SEEN_SOON.key: word[1]}, asked=(NOT_SEEN_SOON,))]


def _is_taken_back(times: Sequence[ScreeningRecord], today: date) -> bool:
    """Whether a sign of the second list, that no provider had agreed about, was answered no within 14 days."""
    grave = _last_grave(times)
    return grave is not None and grave[0] < len(times) - 1 and today - times[grave[0]].day < HOLDS_FOR


def _is_seen_open(times: Sequence[ScreeningRecord], today: date) -> bool:
    """Whether such a sign was taken back, and nobody said today, or once with a no, whether it was looked at."""
    grave = _last_grave(times)
    if grave is None or not _is_taken_back(times, today):
        return False
    word = _word_on_it(times[grave[0] :], NOT_SEEN_SOON)
    return word is None or (word[1] is Reply.YES and word[0].day < today)


def _word_on_it(
    times: Sequence[ScreeningRecord], item: Item = NOT_SEEN
) -> tuple[ScreeningRecord, Reply] | None:
    """Return the last answer, since the last alarm, to the question whether nobody looked at it."""
    alarm = _alarm(times) if item is NOT_SEEN else None
    for time in reversed(times if alarm is None else times[alarm:]):
        said = time.replies.get(item.key, Reply.NOT_ANSWERED)
        if said is not Reply.NOT_ANSWERED:
            return time, said
    return None


def _still_to_ask(times: Sequence[ScreeningRecord], today: date) -> bool:
    """Whether an emergency was taken back, and nobody said today, or once with a no, whether it was looked at."""
    alarm = _alarm(times)
    if alarm is None or alarm == len(times) - 1:
        return False
    word = _word_on_it(times)
    return word is None or (word[1] is Reply.YES and word[0].day < today)


def _after_an_emergency(times: Sequence[ScreeningRecord], today: date) -> list[Clearance]:
    """Return the restrictions left by an emergency until it was seen, and for 14 days without a talk.

    Signs of this kind come and go, so a later no does not end it.
    """
    alarm = _alarm(times)
    if alarm is None:
        return []
    word = _word_on_it(times)
    if word is None:
        return [clearance({}, asked=(NOT_SEEN,))]
    if word[1] is Reply.YES:
        return [clearance({NOT_SEEN.key: Reply.YES}, asked=(NOT_SEEN,))]
    if today - times[alarm].day >= HOLDS_FOR:
        return []
    agreed = any(SEEN_LATELY.key in time.agreed for time in times[alarm:])
    return [
        clearance(
            {SEEN_LATELY.key: Reply.YES},
            agreed=(SEEN_LATELY.key,) if agreed else (),
            asked=(SEEN_LATELY,),
        )
    ]


def _of_today(replies: dict[str, Reply]) -> dict[str, Reply]:
    """Map replies to the current questions; a yes to a retired one answers those that replaced it."""
    current = {key: reply for key, reply in replies.items() if key not in RETIRED}
    for key in RETIRED.keys() & replies.keys():
        if replies[key] is Reply.YES:
            current |= dict.fromkeys(RETIRED[key], Reply.YES)
    return current


def _since_the_start(times: Sequence[ScreeningRecord]) -> Sequence[ScreeningRecord]:
    starts = [n for n, time in enumerate(times) if time.occasion is Occasion.START]
    return times[starts[-1] :] if starts else ()


def _last_words(times: Sequence[ScreeningRecord]) -> _Words:
    """Return the last reply to each question, when each was agreed, and the weekly taps with an unsettled yes."""
    return deque(_words(times), maxlen=1).pop()


def _words(times: Sequence[ScreeningRecord]) -> Iterator[_Words]:
    """Yield after each record the last replies since the last start, as `_last_words` returns them."""
    replies: dict[str, Reply] = {}
    agreed: dict[str, date] = {}
    unsettled: list[Item] = []
    yes_on: dict[str, date] = {}
    for time in times:
        if time.occasion is Occasion.START:
            replies, agreed, unsettled, yes_on = {}, {}, [], {}
        said = {key: reply for key, reply in time.replies.items() if reply is not Reply.NOT_ANSWERED}
        yes = tuple(tap for tap in TAPS if said.get(tap.key) is Reply.YES)
        unsettled += yes
        asked = () if time.occasion in _BY_TAP else QUESTIONS[time.occasion]
        for item in (*asked, *(item for tap in yes for item in behind(tap))):
            if replies.get(item.key) is not Reply.YES:
                replies[item.key] = (
                    Reply.NOT_ANSWERED
                )  # an old no does not answer a question that is asked anew
        if replies.get("pregnant") is Reply.YES and said.get("pregnant") is Reply.NO:
            replies |= dict.fromkeys(AFTER_BIRTH, Reply.NOT_ANSWERED)
        replies |= {item.key: said[item.key] for item in ITEMS if item.key in said}
        yes_on |= {key: time.day for key, reply in said.items() if reply is Reply.YES}
        # an agreement speaks of what was known then: a new yes to the same question needs a new one
        agreed = {key: day for key, day in agreed.items() if said.get(key) is not Reply.YES}
        agreed |= {key: time.agreed_on.get(key, time.day) for key in time.agreed}
        unsettled = [tap for tap in unsettled if any(_is_open(replies, item) for item in behind(tap))]
        yield _Words(dict(replies), dict(agreed), tuple(dict.fromkeys(unsettled)), dict(yes_on))


def _still_counting(words: _Words, today: date) -> dict[str, Reply]:
    """Return the last replies; a yes to a question that names a time is open again once that time is over."""
    over = (
        key
        for key, days in COUNTS_DAYS.items()
        if words.replies.get(key) is Reply.YES and (today - words.yes_on[key]).days > days
    )
    return words.replies | dict.fromkeys(over, Reply.NOT_ANSWERED)


def _lasts(key: str) -> timedelta:
    """How long the agreement of a provider counts: 90 days for what may change within days, and a year else."""
    return AGREED_SOON if any(item.key == key and not item.is_lasting for item in SOON) else AGREED_FIRST


def _is_open(replies: Mapping[str, Reply], item: Item) -> bool:
    return replies.get(item.key, Reply.NOT_ANSWERED) is Reply.NOT_ANSWERED
