"""One time that the safety questions were answered, and what all those times together leave open."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from backstride.core.clearance import Clearance, Reply, strictest
from backstride.errors import BadValue
from backstride.screening.item import Item
from backstride.screening.items import ITEMS
from backstride.screening.occasions import QUESTIONS, Occasion, Signs, due
from backstride.screening.rules import clearance, refuse_unknown
from backstride.screening.taps import TAPS, behind, taps_or_questions

_BY_TAP = frozenset({Occasion.WEEKLY, Occasion.FLARE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """What a person answered on one day.

    Attributes:
        day: the local day.
        occasion: which questions were asked.
        replies: by the key of the question; what is not in it was not answered.
        agreed: keys of questions about which a provider has agreed that the person runs.
    """

    day: date
    occasion: Occasion
    replies: Mapping[str, Reply] = field(default_factory=dict)
    agreed: frozenset[str] = frozenset()

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
        told = {"occasion": self.occasion.value, "replies": replies, "agreed": sorted(self.agreed)}
        return json.dumps({"day": self.day.isoformat(), **told}, separators=(",", ":"))


def screened_from_text(text: str) -> Screened:
    """What `to_text` wrote.

    Raises:
        BadValue: the text holds no such answers.
    """
    try:
        told = json.loads(text)
        return Screened(
            day=date.fromisoformat(told["day"]),
            occasion=Occasion(told["occasion"]),
            replies={key: Reply(value) for key, value in told["replies"].items()},
            agreed=frozenset(told["agreed"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadValue("These are no safety answers.", advice="Answer the questions again.") from error


def standing(times: Sequence[Screened], *, today: date, signs: Signs) -> Clearance:
    """What all answers so far leave open today.

    The last answer to each question counts. A no to a weekly tap changes nothing that was said before; a yes stands
    until every question behind it is answered. Questions that are due, and were not asked yet, count as left open.

    Args:
        times: every time the questions were answered, in order.
        today: the local day.
        signs: what the diary tells of flares and new signs in a leg.
    """
    since = _since_the_start(times)
    if not since:
        return clearance({})
    replies, agreed, open_taps = _last_words(since)
    stands = [clearance(replies, agreed=agreed)]
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


def _since_the_start(times: Sequence[Screened]) -> Sequence[Screened]:
    starts = [n for n, time in enumerate(times) if time.occasion is Occasion.START]
    return times[starts[-1] :] if starts else ()


def _last_words(times: Sequence[Screened]) -> tuple[dict[str, Reply], frozenset[str], tuple[Item, ...]]:
    """The last reply to each question, what was agreed, and the taps whose yes is not settled."""
    replies: dict[str, Reply] = {}
    agreed: frozenset[str] = frozenset()
    unsettled: list[Item] = []
    for time in times:
        said = {key: reply for key, reply in time.replies.items() if reply is not Reply.NOT_ANSWERED}
        yes = tuple(tap for tap in TAPS if said.get(tap.key) is Reply.YES)
        unsettled += yes
        asked = () if time.occasion in _BY_TAP else QUESTIONS[time.occasion]
        for item in (*asked, *(item for tap in yes for item in behind(tap))):
            if replies.get(item.key) is not Reply.YES:
                replies[item.key] = (
                    Reply.NOT_ANSWERED
                )  # an old no does not answer a question that is asked anew
        replies |= {item.key: said[item.key] for item in ITEMS if item.key in said}
        # an agreement speaks of what was known then: a new yes to the same question needs a new one
        agreed = (agreed - {key for key, reply in said.items() if reply is Reply.YES}) | time.agreed
        unsettled = [tap for tap in unsettled if any(_is_open(replies, item) for item in behind(tap))]
    return replies, agreed, tuple(dict.fromkeys(unsettled))


def _is_open(replies: Mapping[str, Reply], item: Item) -> bool:
    return replies.get(item.key, Reply.NOT_ANSWERED) is Reply.NOT_ANSWERED
