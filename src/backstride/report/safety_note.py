"""A note for the provider: what a person was asked, what they said, and what they would like to know."""

from datetime import date
from textwrap import wrap

from backstride.core.clearance import Clearance
from backstride.report.amounts import long_date
from backstride.report.language import _
from backstride.report.safety_words import BY_KEY, question, same_for_everyone

WIDTH = 79


def provider_note(clearance: Clearance, *, day: date) -> str:
    """One page of plain text to print and take along; nothing in it that the person did not say.

    Args:
        clearance: what the answers came to.
        day: the day on which they were given.
    """
    parts = [
        _("For my provider"),
        _("{day}. I keep a diary of my back pain and of my runs.").format(day=long_date(day)),
        *_asks(),
        *_listed(_("I said yes to:"), clearance.because, clearance.agreed),
        *_listed(_("I left open:"), clearance.left_open, ()),
        _("What do you think? (please tick)"),
        *(f"[ ] {choice}" for choice in _choices()),
        _("Remarks:"),
        "_" * (WIDTH - 1),
        "_" * (WIDTH - 1),
        same_for_everyone(),
    ]
    return "\n\n".join("\n".join(_wrapped(part)) for part in parts) + "\n"


def _wrapped(part: str) -> list[str]:
    return wrap(part, WIDTH, subsequent_indent="  " if part.startswith("- ") else "")


def _asks() -> tuple[str, ...]:
    return (
        _(
            "I would like to find out if running helps my back. The plan is three sessions a week of 30 minutes. "
            "They start with walking, then a few seconds of easy running at a time. I go on only while pain "
            "settles by the next day."
        ),
    )


def _choices() -> tuple[str, ...]:
    return (
        _("go on as planned"),
        _("walk for now, no running"),
        _("no sessions until: "),
        _("come and see me first"),
    )


def _listed(heading: str, keys: tuple[str, ...], agreed: tuple[str, ...]) -> tuple[str, ...]:
    if not keys:
        return ()
    told = _("(a provider has agreed that I run)")
    return (heading, *(f"- {question(BY_KEY[key])} {told if key in agreed else ''}".rstrip() for key in keys))
