"""Which safety answers leave walks alone, in words that stand beside the plan each day."""

from datetime import date

from backstride.core.clearance import Clearance, Freedom
from backstride.report.amounts import day_month
from backstride.report.clearance_words import follow_up_line, open_sentence, together_lines
from backstride.report.language import _
from backstride.report.safety_words import BY_KEY, SAID_OF_A_YES_BEFORE, question
from backstride.screening.item import Item


def held_lines(clearance: Clearance) -> tuple[str, ...]:
    """Name each answer that leaves walks alone, with its day and what to do; nothing where more, or less, is open.

    Args:
        clearance: what the answers leave open today.
    """
    if clearance.freedom is not Freedom.WALK:
        return ()
    days = dict(clearance.said_on)
    held = [
        follow_up_line(clearance, key)
        if key in SAID_OF_A_YES_BEFORE
        else _held_line(key, days.get(key), is_agreed=key in clearance.agreed)
        for key in clearance.because
        if key not in clearance.run_out and _leaves_walks(BY_KEY[key], is_agreed=key in clearance.agreed)
    ]
    return (*held, *together_lines(clearance), *open_sentence(clearance))


def _leaves_walks(item: Item, *, is_agreed: bool) -> bool:
    return (item.if_agreed if is_agreed else item.freedom) <= Freedom.WALK


def _held_line(key: str, day: date | None, *, is_agreed: bool) -> str:
    item = BY_KEY[key]
    action = _("The plan offers only walks, whoever agrees.") if is_agreed else _(item.action)
    if day is None:
        return _("You said yes to this: {question} {action}").format(question=question(item), action=action)
    return _("On {day} you said yes to this: {question} {action} It counts until you answer again.").format(
        day=day_month(day), question=question(item), action=action
    )
