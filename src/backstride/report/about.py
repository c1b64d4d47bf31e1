"""What the report is and is not, and the list that is the same for everyone."""

from backstride.report.language import _
from backstride.report.safety_words import question
from backstride.screening.item import Item
from backstride.screening.soon import SOON
from backstride.screening.urgent import NOW


def purpose() -> str:
    """State what the product is meant for and what not, one sentence each, for every first page."""
    return _(
        "For adults who have decided for themselves to walk or run. It keeps a diary and compares your days. It is "
        "not meant to find, watch over or ease any illness or injury, nor to decide on care."
    )


def about_sentences() -> tuple[str, ...]:
    """State what this is, what it is not, and who decides."""
    return (
        purpose(),
        _("This is your diary, and an experiment on yourself. It is about your records and nobody else's."),
        _(
            "It does not know what is wrong with your back. It cannot replace someone who looks at it. Check with "
            "your own provider, and show them this page if you like. You choose."
        ),
        meaning_of_provider(),
        _(
            "You know on which days you ran. So hope or fear can move a rating, even where chance drew the days."
        ),
        _("Keeping a diary has not been shown to lower pain. It only helps you to see."),
    )


def meaning_of_provider() -> str:
    """State who is meant by the provider, wherever a person is sent to one for the first time."""
    return _("Your provider is the person you ask about your back: a doctor, a nurse or a physio.")


def stop_heading() -> str:
    """Return the heading of the static list of warning signs."""
    return _("When to stop and get help")


def stop_note() -> str:
    """State that the list says nothing about the reader."""
    return _("This list is the same for everyone. It was not made from your records.")


def at_once() -> tuple[str, tuple[str, ...]]:
    """Return heading and questions of the signs that need help the same day."""
    return _("Get help at once if you would say yes to any of these:"), _questions(NOW)


def within_days() -> tuple[str, tuple[str, ...]]:
    """Return heading and questions of the signs that need a visit soon."""
    heading = _("Stop running and see a clinician in the next few days if you would say yes to any of these:")
    return heading, _questions(SOON)


def _questions(items: tuple[Item, ...]) -> tuple[str, ...]:
    return tuple(question(item) for item in items)
