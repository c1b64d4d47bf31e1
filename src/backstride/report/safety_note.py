"""A note for the provider: what a person was asked, what they said, and what they would like to know."""

from dataclasses import dataclass
from datetime import date
from textwrap import wrap

from backstride.core.clearance import Clearance
from backstride.core.roland_morris import RolandMorris
from backstride.report.amounts import day_month, long_date
from backstride.report.language import _
from backstride.report.roland_morris_words import first_and_last
from backstride.report.safety_words import BY_KEY, question, same_for_everyone
from backstride.report.said_of_lists import SAID_OF_A_LIST
from backstride.screening.items import ITEMS

WIDTH = 79
MAX_LISTED = 12
"""Of open questions more than these are counted, not listed: the note is a page."""


@dataclass(frozen=True, slots=True)
class Note:
    """The note in its parts, for paper and for a page alike.

    Attributes:
        heading: what it is.
        opening: when it was written, by whom, and what they would like to find out.
        lists: what was said, each with its heading; none that is empty.
        asks: the provider's own question to answer, and the choices to tick.
        remarks: the heading of the room for remarks.
        closing: what the questions are not.
    """

    heading: str
    opening: tuple[str, ...]
    lists: tuple[tuple[str, tuple[str, ...]], ...]
    asks: tuple[str, tuple[str, ...]]
    remarks: str
    closing: str


def note_parts(clearance: Clearance, *, day: date, questionnaires: tuple[RolandMorris, ...] = ()) -> Note:
    """Build the note for a provider from nothing but the person's answers.

    Args:
        clearance: what the answers came to.
        day: the day on which they were given.
        questionnaires: the Roland-Morris ones of the diary, the first one first.
    """
    too_many = len(clearance.left_open) > MAX_LISTED
    lists = (
        (_("I said yes to:"), _yes_lines(clearance)),
        (_("I did not answer:"), _listed(clearance.left_open, ()) if not too_many else ()),
        (_("The Roland-Morris sheet. I ticked:"), first_and_last(questionnaires)),
    )
    return Note(
        heading=_("For my provider"),
        opening=(
            _("{day}. I keep a diary of my back pain and of my runs.").format(day=long_date(day)),
            *_would_like(),
            *((_left_open_line(len(clearance.left_open)),) if too_many else ()),
        ),
        lists=tuple((heading, lines) for heading, lines in lists if lines),
        asks=(_("What do you think? (please tick)"), choices()),
        remarks=_("Remarks:"),
        closing=same_for_everyone(),
    )


def provider_note(clearance: Clearance, *, day: date) -> str:
    """One page of plain text to print and take along.

    Args:
        clearance: what the answers came to.
        day: the day on which they were given.
    """
    note = note_parts(clearance, day=day)
    parts = [note.heading, *note.opening]
    for heading, lines in note.lists:
        parts += [heading, *(f"- {line}" for line in lines)]
    parts += [note.asks[0], *(f"[ ] {choice}" for choice in note.asks[1])]
    parts += [note.remarks, *["_" * (WIDTH - 1)] * 2, note.closing]
    return "\n\n".join("\n".join(_wrapped(part)) for part in parts) + "\n"


def _wrapped(part: str) -> list[str]:
    return wrap(part, WIDTH, subsequent_indent="  " if part.startswith("- ") else "")


def _would_like() -> tuple[str, ...]:
    return (
        _(
            "I would like to find out if running helps my back. The plan I would follow has three "
            "sessions a week of 30 minutes. They start with walking, then a few seconds of easy running at a time. "
            "I go on only while pain settles by the next day."
        ),
    )


def _left_open_line(count: int) -> str:
    if count == len(ITEMS):
        return _("I have not answered the safety questions yet.")
    return _("I have not answered {n} of the {all} safety questions yet.").format(n=count, all=len(ITEMS))


def choices() -> tuple[str, ...]:
    """List the boxes that a provider may tick."""
    return (
        _("go on as planned"),
        _("walk for now, no running"),
        _("no sessions until: "),
        _("come and see me first"),
    )


def _yes_lines(clearance: Clearance) -> tuple[str, ...]:
    """Name each yes; of what follows from one that is a no since, the question itself with its day."""
    once: dict[str, list[str]] = {follow_up: [] for follow_up, _said, _day in clearance.once_said}
    for follow_up, said, day in clearance.once_said:
        if said in BY_KEY and said not in SAID_OF_A_LIST:
            line = _("{question} (yes on {day}, no since)")
            once[follow_up].append(line.format(question=question(BY_KEY[said]), day=day_month(day)))
        else:
            once[follow_up].append(_(SAID_OF_A_LIST[said]).format(day=day_month(day)))
    lines: list[str] = []
    for key in clearance.because:
        lines += once.get(key) or _listed((key,), clearance.agreed)
    return tuple(lines)


def _listed(keys: tuple[str, ...], agreed: tuple[str, ...]) -> tuple[str, ...]:
    lines = _("(a provider has agreed that I run)")
    return tuple(f"{question(BY_KEY[key])} {lines if key in agreed else ''}".rstrip() for key in keys)
