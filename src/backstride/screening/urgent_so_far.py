"""Which answers asked for help at once or today, when they were given, and what was said of them since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from backstride.core.clearance import Level, Reply
from backstride.screening.follow_ups import NOT_SEEN
from backstride.screening.record import ScreeningRecord
from backstride.screening.rules import together
from backstride.screening.taps import TAPS
from backstride.screening.urgent import NOW
from backstride.screening.words_so_far import WordsSoFar, words_so_far

_FIRST_LIST = frozenset(item.key for item in NOW)


@dataclass(frozen=True, slots=True)
class UrgentAnswer:
    """A yes that asked for help at once or today, alone or beside another.

    Attributes:
        key: of the question, or of the tap on its list.
        day: of the last such yes.
        taken_back: the day of the first no after it; None where it stands.
        is_seen: whether somebody looked at it, or it was a slip, by the person's word since; None without a word.
    """

    key: str
    day: date
    taken_back: date | None
    is_seen: bool | None


def urgent_answers(times: Sequence[ScreeningRecord]) -> tuple[UrgentAnswer, ...]:
    """Return each question whose yes once asked for help at once or today, in the order of the last yes.

    Args:
        times: every time the questions were answered, in order.
    """
    last: dict[str, int] = {}
    for n, (words, time) in enumerate(zip(words_so_far(times), times, strict=True)):
        for key in urgent_signs(words, time) if is_urgent(words, time) else ():
            said = (m for m in range(n, -1, -1) if times[m].replies.get(key) is Reply.YES)
            last[key] = max(next(said, n), last.get(key, 0))
    return tuple(
        UrgentAnswer(key, times[n].day, _taken_back(times, key, n), _is_seen(times, n))
        for key, n in sorted(last.items(), key=lambda one: one[1])
    )


def is_urgent(words: WordsSoFar, time: ScreeningRecord) -> bool:
    """Whether the answers up to one time, or those of that time alone, ask for help at once or today.

    Args:
        words: what all answers up to that time say, on whatever occasion each was given.
        time: the answers of that time.
    """
    yes = _yes(words)
    rules = together(yes, agreed=words.agreed.keys())
    is_joined = any(rule.level is Level.EMERGENCY for rule in rules)
    return not yes.isdisjoint(_FIRST_LIST) or is_joined or time.clearance.level is Level.EMERGENCY


def urgent_signs(words: WordsSoFar, time: ScreeningRecord) -> frozenset[str]:
    """Return the questions whose yes, alone or together, asked for help at once or today.

    Args:
        words: what all answers up to a time say.
        time: the answers of that time.
    """
    yes = _yes(words)
    rules = together(yes, agreed=words.agreed.keys())
    joined = (yes & part for rule in rules if rule.level is Level.EMERGENCY for part in rule.among)
    taps = (
        tap.key for tap in TAPS if time.replies.get(tap.key) is Reply.YES and tap.level is Level.EMERGENCY
    )
    return (yes & _FIRST_LIST).union(taps, *joined)


def _yes(words: WordsSoFar) -> frozenset[str]:
    return frozenset(key for key, reply in words.replies.items() if reply is Reply.YES)


def _taken_back(times: Sequence[ScreeningRecord], key: str, n: int) -> date | None:
    """Return the day of the first no to a question after a yes; a tap is settled by its questions, and has none."""
    return next((time.day for time in times[n + 1 :] if time.replies.get(key) is Reply.NO), None)


def _is_seen(times: Sequence[ScreeningRecord], n: int) -> bool | None:
    words = (time.replies.get(NOT_SEEN.key, Reply.NOT_ANSWERED) for time in reversed(times[n:]))
    said = next((word for word in words if word is not Reply.NOT_ANSWERED), None)
    return None if said is None else said is Reply.NO
