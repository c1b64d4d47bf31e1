"""The safety questions: answers in, a clearance out; a note for the provider where one is wanted."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from backstride.core.clearance import Clearance, Reply
from backstride.core.datetimes import day_lived
from backstride.errors import BadValue, BrokenFile, DiaryFull, NotReadable, UnknownAnswer
from backstride.report.safety_note import provider_note
from backstride.runtime.clock import utc_now
from backstride.runtime.timezone import default_timezone
from backstride.screening.item import Item
from backstride.screening.items import ITEMS
from backstride.screening.occasions import QUESTIONS, Occasion
from backstride.screening.rules import clearance
from backstride.screening.taps import taps_or_questions

AGREED = "agreed"
MAX_BYTES = 1_000_000
_REPLIES: dict[object, Reply] = {
    "yes": Reply.YES,
    "no": Reply.NO,
    "not answered": Reply.NOT_ANSWERED,
    "": Reply.NOT_ANSWERED,
}


@dataclass(frozen=True, slots=True)
class SafetyAnswers:
    """What a person said: replies by the key of the question, and what a provider has agreed to."""

    replies: Mapping[str, Reply]
    agreed: frozenset[str] = frozenset()


def screen(answered: SafetyAnswers, *, occasion: Occasion = Occasion.START) -> Clearance:
    """Compute the clearance that follows from safety answers. Nothing is stored.

    Args:
        answered: replies; a question without one counts as not answered.
        occasion: which questions were asked. After a yes to a weekly tap the questions behind it take its place,
            once all of them are answered.

    Raises:
        BadValue: a key that no question has.
    """
    asked = questions(answered.replies, occasion=occasion)
    return clearance(answered.replies, agreed=answered.agreed, asked=asked)


def questions(replies: Mapping[str, Reply], *, occasion: Occasion) -> tuple[Item, ...]:
    """Return the questions that count on this occasion."""
    if occasion in {Occasion.WEEKLY, Occasion.FLARE}:
        return taps_or_questions(replies)
    if occasion is Occasion.AGAIN:
        return tuple(item for item in ITEMS if item.key in replies)
    return QUESTIONS[occasion]


def read_answers(path: Path) -> SafetyAnswers:
    """Read answers from a JSON file: `{"leg_injury": "no", ..., "agreed": ["spinal_surgery"]}`.

    Raises:
        NotReadable: the file cannot be opened, or is far too long.
        BrokenFile: it is not JSON, or not an object.
        BadValue: an answer is none of yes, no, not answered.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise NotReadable(f"{path} cannot be opened.", advice="Check the name of the file.") from error
    if len(data) > MAX_BYTES:
        raise NotReadable(f"{path} is too long for answers.", advice="Name the file of your answers.")
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BrokenFile(f"{path} is not JSON.", advice="Write it as in docs/safety.md.") from error
    if not isinstance(content, dict):
        raise BrokenFile(f"{path} holds no answers.", advice="Write it as in docs/safety.md.")
    return _answered(content)


def read_replies(form: Mapping[str, str]) -> SafetyAnswers:
    """Parse the answers of a form: yes, no, or nothing, by the key of the question.

    Raises:
        UnknownAnswer: an answer is none of yes, no, not answered.
    """
    return SafetyAnswers({key: _reply(key, value) for key, value in form.items()})


def today() -> date:
    """Return the day that is lived here: until three at night, still the one before."""
    return day_lived(utc_now().astimezone(default_timezone().zone))


def write_note(cleared: Clearance, path: Path, *, day: date | None = None) -> None:
    """Write the note for the provider.

    Args:
        cleared: what the answers came to.
        path: where to; an existing file is replaced.
        day: the day of the answers; today, where the person lives, unless given.

    Raises:
        DiaryFull: the file cannot be written.
    """
    text = provider_note(cleared, day=day or today())
    try:
        path.touch(mode=0o600)  # what it says is about health: nobody else reads it
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise DiaryFull(f"{path} cannot be written.", advice="Name a file in a folder of yours.") from error


def _answered(data: dict[str, object]) -> SafetyAnswers:
    agreed = data.get(AGREED, [])
    if not (isinstance(agreed, list) and all(isinstance(key, str) for key in agreed)):
        raise BadValue("What was agreed is not a list of questions.", advice='Write it as "agreed": ["key"].')
    replies = {key: _reply(key, value) for key, value in data.items() if key != AGREED}
    return SafetyAnswers(replies, _names(agreed))


def _names(keys: Collection[str]) -> frozenset[str]:
    return frozenset(keys)


def _reply(key: str, value: object) -> Reply:
    if isinstance(value, bool):
        return Reply.YES if value else Reply.NO
    if value is None:
        return Reply.NOT_ANSWERED
    reply = _REPLIES.get(value.strip().lower()) if isinstance(value, str) else None
    if reply is None:
        raise UnknownAnswer(
            f"The answer to '{key[:40]}' is neither yes nor no.",
            advice="Write yes, no, or not answered. If you are not sure about one on the first list, write yes.",
        )
    return reply
