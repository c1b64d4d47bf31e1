"""What all answers to the safety questions leave open today, and which are due."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta

from backstride.core.clearance import Clearance, Freedom, Reply, strictest
from backstride.screening.follow_ups import (
    BY_CHECK_IN,
    LATELY,
    LEG_LATELY,
    NOT_SEEN,
    NOT_SEEN_SOON,
    SEEN_LATELY,
)
from backstride.screening.item import Item
from backstride.screening.items import IN_A_LEG, ITEMS
from backstride.screening.leg_signs import LEG_COUNTS, LegSpell
from backstride.screening.occasions import FACTS, QUESTIONS, Occasion, Signs, all_due, due
from backstride.screening.record import BY_TAP, ScreeningRecord
from backstride.screening.rules import clearance
from backstride.screening.soon import SOON
from backstride.screening.taps import TAPS, is_answered
from backstride.screening.urgent_so_far import is_urgent, urgent_signs
from backstride.screening.words_so_far import (
    TAKEN_BACK_IN,
    WordsSoFar,
    agreed_on,
    is_open,
    last_words,
    lasts,
    since_the_start,
    still_counting,
    words_so_far,
)

WARNED_FOR = timedelta(days=14)
"""So long before its end an agreement is named, so that there is time to ask again."""
ENDED_FOR = timedelta(days=3)
"""So long it is told that the pause after an emergency is over."""
OPEN_AFTER = (
    *(Occasion.HEALED, Occasion.BIRTH, Occasion.WEIGHT, Occasion.BONE, Occasion.ILLNESS, Occasion.LEG),
)
"""Occasions that are due once more, the shortest first, where all that is open is of them."""
_BY_LIST = tuple(item.key for item in (*ITEMS, *TAPS))
_SECOND_LIST = frozenset(item.key for item in SOON) - FACTS - {"fever"}
"""Of a fever that is over the plan knows what follows: it asks for no visit. Facts are asked again."""


def current_clearance(times: Sequence[ScreeningRecord], *, today: date, signs: Signs) -> Clearance:
    """Compute today's clearance from all answers so far.

    The last answer to each question counts. A no to a weekly tap changes nothing that was said before; a yes stands
    until every question behind it is answered. Questions that are due, and were not asked yet, count as left open.

    Args:
        times: every time the questions were answered, in order.
        today: the local day.
        signs: what the diary says of flares and new signs in a leg.
    """
    since = since_the_start(times)
    earlier = (
        *_after_an_emergency(times, today),
        *_after_a_grave_sign(times),
        *_held_for_a_while(times, today, signs.leg_spell),
    )
    if not since:
        return strictest([clearance({}), *earlier])
    words = last_words(times)
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
    before = _agreed_so_far(times)
    agreed_before = tuple((key, before[key]) for key in said.because if key in before.keys() - agreed.keys())
    held = replace(said, run_out=run_out, agreed_before=agreed_before, ends_on=ends_on, said_on=said_on)
    stands = [held, *earlier]
    if open_taps:
        stands.append(clearance(dict.fromkeys((t.key for t in open_taps), Reply.YES), asked=open_taps))
    by_tap = [time for time in since if time.occasion in BY_TAP]
    if by_tap:
        last = by_tap[-1]
        left = tuple(tap for tap in TAPS if not is_answered(tap, last.replies))
        stands.append(clearance({}, asked=left))
    missing = all_due(today, {time.occasion: time.day for time in since}, signs=signs)
    stands += [clearance({}, asked=QUESTIONS[occasion]) for occasion in missing]
    return strictest(stands)


def urgent_ended(times: Sequence[ScreeningRecord], *, today: date) -> tuple[str, ...]:
    """Return the questions whose yes had asked for help at once or today, for some days after the pause for it.

    Args:
        times: every time the questions were answered, in order.
        today: the local day.
    """
    alarm, word = _alarm(times), _word_on_it(times)
    if alarm is None or word is None or word[1] is Reply.YES:
        return ()
    if not timedelta() <= today - (times[alarm].day + TAKEN_BACK_IN) < ENDED_FOR:
        return ()
    once = _once_said(SEEN_LATELY, times[: alarm + 1], urgent_signs(_words_at(times, alarm), times[alarm]))
    return tuple(key for _, key, _ in once)


def _words_at(times: Sequence[ScreeningRecord], n: int) -> WordsSoFar:
    return list(words_so_far(times))[n]


def _agreed_so_far(times: Sequence[ScreeningRecord]) -> dict[str, date]:
    """Return the last day on which each agreement of a provider was told, whatever was answered since."""
    return {key: time.agreed_on.get(key, time.day) for time in times for key in time.agreed}


def due_besides(times: Sequence[ScreeningRecord], *, today: date, signs: Signs) -> tuple[Occasion, ...]:
    """Return what is due beside the occasion of `due_now`, to be asked on the same page."""
    first = due_now(times, today=today, signs=signs)
    found = all_due(today, {time.occasion: time.day for time in since_the_start(times)}, signs=signs)
    return found[1:] if found[:1] == (first,) else ()


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
    words = last_words(times)
    replies = still_counting(words, today)
    left_open = {item.key for item in ITEMS if is_open(replies, item)}
    if left_open and left_open <= words.taken_back:
        return Occasion.AGAIN
    for occasion in OPEN_AFTER:
        if left_open and left_open <= {item.key for item in QUESTIONS[occasion]}:
            return occasion
    if left_open:
        return Occasion.START
    return due(today, {time.occasion: time.day for time in since}, signs=signs)


def _alarm(times: Sequence[ScreeningRecord]) -> int | None:
    """Return the index of the last record that needed help at once; None where there is none."""
    so_far = zip(words_so_far(times), times, strict=True)
    return max((n for n, (words, time) in enumerate(so_far) if is_urgent(words, time)), default=None)


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


def _after_a_grave_sign(times: Sequence[ScreeningRecord]) -> list[Clearance]:
    """Return what a sign of the second list leaves that was taken back, until somebody looked at it.

    No time ends it: what nobody looked at is not fine after two weeks.
    """
    taken_back = _taken_back(times)
    if not taken_back:
        return []
    word = _word_on_it(taken_back, NOT_SEEN_SOON)
    said = {} if word is None else {NOT_SEEN_SOON.key: word[1]}
    grave = _last_grave(times)
    once = _once_said(NOT_SEEN_SOON, times, grave[1] if grave else frozenset())
    return [replace(clearance(said, asked=(NOT_SEEN_SOON,)), once_said=once)]


def _once_said(
    item: Item, times: Sequence[ScreeningRecord], keys: Collection[str]
) -> tuple[tuple[str, str, date], ...]:
    """Return what a follow-up question speaks of: each key with the day of its last yes."""
    said = {key: time.day for time in times for key in keys if time.replies.get(key) is Reply.YES}
    return tuple((item.key, key, said[key]) for key in _BY_LIST if key in said)


def _held_for_a_while(times: Sequence[ScreeningRecord], today: date, leg: LegSpell | None) -> list[Clearance]:
    """Return what is left for some days after the last yes to questions on a sore bone, or on a leg.

    A sign in a leg that a check-in reported leaves the same as one that a question did.
    """
    held = [
        replace(
            clearance({item.key: Reply.YES}, asked=(item,)),
            once_said=_once_said(item, [time for time in times if time.day > today - lasts_for], keys),
        )
        for item, (keys, lasts_for) in LATELY.items()
        if _was_lately(times, keys, today - lasts_for)
    ]
    if leg is not None and today - leg.last < LEG_COUNTS and not _has_agreed_on_a_leg(times, leg.since):
        reported = ((LEG_LATELY.key, BY_CHECK_IN, leg.last),)
        held.append(replace(clearance({LEG_LATELY.key: Reply.YES}, asked=(LEG_LATELY,)), once_said=reported))
    return held


def _has_agreed_on_a_leg(times: Sequence[ScreeningRecord], since: date) -> bool:
    """Whether a provider agreed, on a day or later, that the person runs with a sign in a leg."""
    agreed = agreed_on(times)
    return any(agreed[key] >= since for key in IN_A_LEG & agreed.keys())


def _was_lately(times: Sequence[ScreeningRecord], keys: frozenset[str], after: date) -> bool:
    """Whether one of the questions had a yes later than on a day, and none of them has one now.

    A yes with which a provider agreed to running leaves nothing to wait for.
    """
    last = {key: reply for time in times for key, reply in time.replies.items() if key in keys}
    if Reply.YES in last.values():
        return False  # the answer itself holds
    agreed = {key for time in times if time.day > after for key in time.agreed if _opens_running(key)}
    yes = {key for time in times if time.day > after for key in keys if time.replies.get(key) is Reply.YES}
    return bool(yes - agreed)


def _opens_running(key: str) -> bool:
    return any(item.key == key and item.if_agreed > Freedom.WALK for item in ITEMS)


def _taken_back(times: Sequence[ScreeningRecord]) -> Sequence[ScreeningRecord]:
    """Return the records from the last at which a grave sign stood, where it was answered no within 14 days."""
    grave = _last_grave(times)
    if grave is None or grave[0] == len(times) - 1:
        return ()
    stood, denied = times[grave[0]], times[grave[0] + 1]
    return times[grave[0] :] if denied.day - stood.day < TAKEN_BACK_IN else ()


def _is_seen_open(times: Sequence[ScreeningRecord], today: date) -> bool:
    """Whether such a sign was taken back, and nobody said today, or once with a no, whether it was looked at."""
    taken_back = _taken_back(times)
    word = _word_on_it(taken_back, NOT_SEEN_SOON)
    return bool(taken_back) and (word is None or (word[1] is Reply.YES and word[0].day < today))


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
    signs = urgent_signs(_words_at(times, alarm), times[alarm])
    if word is None or word[1] is Reply.YES:
        said = {} if word is None else {NOT_SEEN.key: Reply.YES}
        once = _once_said(NOT_SEEN, times[: alarm + 1], signs)
        return [replace(clearance(said, asked=(NOT_SEEN,)), once_said=once)]
    if today - times[alarm].day >= TAKEN_BACK_IN:
        return []
    agreed = any(SEEN_LATELY.key in time.agreed for time in times[alarm:])
    lately = clearance(
        {SEEN_LATELY.key: Reply.YES}, agreed=(SEEN_LATELY.key,) if agreed else (), asked=(SEEN_LATELY,)
    )
    return [replace(lately, once_said=_once_said(SEEN_LATELY, times[: alarm + 1], signs))]
