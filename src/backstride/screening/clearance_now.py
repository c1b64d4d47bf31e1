"""What all answers to the safety questions leave open today, and which are due."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from backstride.core.clearance import Clearance, Level, Reply, strictest
from backstride.screening.item import Item
from backstride.screening.items import ITEMS, NOT_SEEN, NOT_SEEN_SOON, SEEN_LATELY, SORE_BONES, SORE_LATELY
from backstride.screening.occasions import QUESTIONS, Occasion, Signs, due
from backstride.screening.record import BY_TAP, ScreeningRecord
from backstride.screening.rules import clearance, together
from backstride.screening.soon import SOON
from backstride.screening.taps import TAPS, is_answered
from backstride.screening.urgent import NOW
from backstride.screening.words_so_far import (
    WordsSoFar,
    is_open,
    last_words,
    lasts,
    since_the_start,
    still_counting,
    words_so_far,
)

HOLDS_FOR = timedelta(days=14)
WARNED_FOR = timedelta(days=14)
"""So long before its end an agreement is named, so that there is time to ask again."""
_FIRST_LIST = frozenset(item.key for item in NOW)
_SECOND_LIST = frozenset(item.key for item in SOON) - {"fever"}
"""Of a fever that is over the plan knows what follows: it asks for no visit."""


def current_clearance(times: Sequence[ScreeningRecord], *, today: date, signs: Signs) -> Clearance:
    """Compute today's clearance from all answers so far.

    The last answer to each question counts. A no to a weekly tap changes nothing that was said before; a yes stands
    until every question behind it is answered. Questions that are due, and were not asked yet, count as left open.

    Args:
        times: every time the questions were answered, in order.
        today: the local day.
        signs: what the diary tells of flares and new signs in a leg.
    """
    since = since_the_start(times)
    earlier = (
        *_after_an_emergency(times, today),
        *_after_a_grave_sign(times, today),
        *_after_a_sore_bone(times, today),
    )
    if not since:
        return strictest([clearance({}), *earlier])
    words = last_words(since)
    replies, agreed, open_taps = still_counting(words, today), words.agreed, words.taps
    lasting = frozenset(key for key, day in agreed.items() if today - day <= lasts(key))
    said = clearance(replies, agreed=lasting, looked_at=agreed.keys())
    run_out = tuple(key for key in said.because if key in agreed.keys() - lasting)
    ends_on = tuple(
        (key, agreed[key] + lasts(key))
        for key in said.agreed
        if agreed[key] + lasts(key) - today < WARNED_FOR
    )
    said_on = tuple((key, words.yes_on[key]) for key in said.because)
    stands = [replace(said, run_out=run_out, ends_on=ends_on, said_on=said_on), *earlier]
    if open_taps:
        stands.append(clearance(dict.fromkeys((t.key for t in open_taps), Reply.YES), asked=open_taps))
    by_tap = [time for time in since if time.occasion in BY_TAP]
    if by_tap:
        last = by_tap[-1]
        left = tuple(tap for tap in TAPS if not is_answered(tap, last.replies))
        stands.append(clearance({}, asked=left))
    missing = due(today, {time.occasion: time.day for time in since}, signs=signs)
    if missing is not None:
        stands.append(clearance({}, asked=QUESTIONS[missing]))
    return strictest(stands)


def due_now(times: Sequence[ScreeningRecord], *, today: date, signs: Signs) -> Occasion | None:
    """Return the screening occasion due today, or None.

    After an emergency it is whether it was seen; then the start, until each of its questions has an answer; then what
    `due` says.

    Args:
        times: every time the questions were answered, in order.
        today: the local day.
        signs: what the diary tells.
    """
    since = since_the_start(times)
    if not since:
        return Occasion.START
    if _still_to_ask(times, today):
        return Occasion.SEEN
    if _is_seen_open(times, today):
        return Occasion.SEEN_SOON
    replies = still_counting(last_words(since), today)
    left_open = {item.key for item in ITEMS if is_open(replies, item)}
    for occasion in (Occasion.HEALED, Occasion.BIRTH):
        if left_open and left_open <= {item.key for item in QUESTIONS[occasion]}:
            return occasion
    if left_open:
        return Occasion.START
    return due(today, {time.occasion: time.day for time in since}, signs=signs)


def _alarm(times: Sequence[ScreeningRecord]) -> int | None:
    """Return the index of the last record that needed help at once; None where there is none."""
    urgent = [n for n, so_far in enumerate(words_so_far(times)) if _is_emergency(so_far)]
    by_tap = [n for n, time in enumerate(times) if time.clearance.level is Level.EMERGENCY]
    return max((*urgent, *by_tap), default=None)


def _is_emergency(words: WordsSoFar) -> bool:
    """Whether the answers so far ask for help at once or today, on whatever occasion each was given."""
    yes = frozenset(key for key, reply in words.replies.items() if reply is Reply.YES)
    rules = together(yes, agreed=words.agreed.keys())
    return not yes.isdisjoint(_FIRST_LIST) or any(rule.level is Level.EMERGENCY for rule in rules)


def _last_grave(times: Sequence[ScreeningRecord]) -> tuple[int, frozenset[str]] | None:
    """Return the index of the last record at which a sign of the second list stood, and those signs; else None.

    One that a provider agreed about has been looked at.
    """
    found = None
    for n, words in enumerate(words_so_far(times)):
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


def _after_a_sore_bone(times: Sequence[ScreeningRecord], today: date) -> list[Clearance]:
    """Return the walks that are left for 14 days after the last yes to a question on a sore bone."""
    last = {key: reply for time in times for key, reply in time.replies.items() if key in SORE_BONES}
    if Reply.YES in last.values():
        return []  # the answer itself holds
    said = any(
        today - time.day < HOLDS_FOR and any(time.replies.get(key) is Reply.YES for key in SORE_BONES)
        for time in times
    )
    return [clearance({SORE_LATELY.key: Reply.YES}, asked=(SORE_LATELY,))] if said else []


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
