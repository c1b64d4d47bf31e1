"""The weekly three taps: one question stands for a whole group."""

from collections.abc import Mapping

from backstride.core.clearance import Freedom, Reply
from backstride.screening.item import Group, Item, first, now, soon
from backstride.screening.items import ITEMS
from backstride.screening.sources import OWN

TAPS: tuple[Item, ...] = (
    now(
        "tap_now",
        "Since you last answered: is there anything new on the list 'get help at once'?",
        OWN,
    ),
    soon(
        "tap_soon",
        "Is there anything new on the list 'stop running, see a clinician in the next few days'?",
        "Stop running. Go through the questions one by one.",
        OWN,
    ),
    first(
        "tap_first",
        "Is there anything new on the list 'talk to your provider first'?",
        "Go through the questions one by one before you run.",
        OWN,
        if_agreed=Freedom.WALK,
    ),
)
"""No talk lifts a tap: after a yes the questions behind it are asked one by one, and they count."""

BEHIND: dict[str, Group] = {"tap_now": Group.NOW, "tap_soon": Group.SOON, "tap_first": Group.FIRST}


def behind(tap: Item) -> tuple[Item, ...]:
    """Return the questions that a weekly tap stands for."""
    return tuple(item for item in ITEMS if item.group is BEHIND[tap.key])


def is_answered(tap: Item, answers: Mapping[str, Reply]) -> bool:
    """Whether a tap has an answer, or every question that it stands for has one."""
    questions = (tap.key, *(item.key for item in behind(tap)))
    has_one = [answers.get(key, Reply.NOT_ANSWERED) is not Reply.NOT_ANSWERED for key in questions]
    return has_one[0] or all(has_one[1:])


def taps_or_questions(answers: Mapping[str, Reply]) -> tuple[Item, ...]:
    """Return the items that count this week: taps, or the questions behind a tap with a yes once all are answered."""
    counted: list[Item] = []
    for tap in TAPS:
        questions = behind(tap)
        answered = all(answers.get(q.key, Reply.NOT_ANSWERED) is not Reply.NOT_ANSWERED for q in questions)
        counted += questions if answers.get(tap.key) is Reply.YES and answered else [tap]
    return tuple(counted)
