"""One time that the safety questions were answered."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from backstride.core.clearance import Clearance, Reply
from backstride.errors import BadValue
from backstride.screening.item import Item
from backstride.screening.items import ITEMS, RETIRED
from backstride.screening.occasions import QUESTIONS, Occasion
from backstride.screening.rules import clearance, refuse_unknown
from backstride.screening.taps import taps_or_questions

BY_TAP = frozenset({Occasion.WEEKLY, Occasion.FLARE})
"""Occasions on which three taps stand for the lists."""
ONE_BY_ONE = BY_TAP | {Occasion.AGAIN}
"""Occasions on which a question that got no answer was not asked."""


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
        if self.occasion in BY_TAP:
            return taps_or_questions(self.replies)
        if self.occasion is Occasion.AGAIN:
            return tuple(item for item in ITEMS if item.key in self.replies)
        return QUESTIONS[self.occasion]

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


def _of_today(replies: dict[str, Reply]) -> dict[str, Reply]:
    """Map replies to the current questions; a yes to a retired one answers those that replaced it."""
    current = {key: reply for key, reply in replies.items() if key not in RETIRED}
    for key in RETIRED.keys() & replies.keys():
        if replies[key] is Reply.YES:
            current |= dict.fromkeys(RETIRED[key], Reply.YES)
    return current
