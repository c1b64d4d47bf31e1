"""What a person on a study's waiting list reads: the words of consent, and where their part stands."""

from datetime import date, timedelta

from backstride.cohort.waiting_file import WaitingPart
from backstride.cohort.waiting_list import Arm
from backstride.report.amounts import long_date
from backstride.report.language import _

DAYS_SHOWN_AFTER = 28
"""How long the plan still says that the wait is over."""


def waiting_consent() -> list[str]:
    """Return the words that a person agrees to, a sentence each.

    Version 2; raise CONSENT_VERSION (waiting_list.py) with every change of these words.
    """
    return [
        _(
            "Chance decides whether you begin to run now, or in eight weeks. It is as likely one way as the other."
        ),
        _("Nobody can know it before you agree, and nobody can choose it: not you, not the study."),
        _("Until then, and during the wait, you live as you do now, and rate your back every morning."),
        _(
            "The safety questions come first, whichever way it falls. A warning sign ends the wait and the running "
            "alike."
        ),
        _(
            "The wait is a request and no ban. You may begin, stop or leave whenever you like, and need not say why."
        ),
        _("If you leave, say whether your ratings may still be counted. If not, the study deletes them."),
        _(
            "It helps you in one way alone: you learn with others whether running helps. It may be that waiting was "
            "better."
        ),
    ]


def part_lines(part: WaitingPart, *, today: date) -> list[str]:
    """Say where a person's part stands on a day, and what they can do; nothing once they left."""
    until = long_date(part.until)
    if part.ended is not None:
        return []
    if part.arm is None:
        return [
            _("You agreed on {day} that chance decides whether you begin now or in eight weeks.").format(
                day=long_date(part.agreed)
            ),
            _("Until the study says which, live as you do now, and rate your back every morning."),
        ]
    if today >= part.until:
        return [_("Your eight weeks are over. Begin or go on as you like.")]
    if part.arm is Arm.NOW:
        return [
            _("Chance said: begin now."),
            _("Please rate your back every morning until {day}, also if you do not run.").format(day=until),
        ]
    return [
        _("Chance said: wait. You begin to run on {day}.").format(day=until),
        _("Until then live as you do now, and rate your back every morning."),
        _("It is a request and no ban: you may begin or leave whenever you like."),
    ]


def plan_lines(part: WaitingPart | None, *, today: date) -> list[str]:
    """Say the same above the plan, as long as it bears on it."""
    if part is None or today >= part.until + timedelta(days=DAYS_SHOWN_AFTER):
        return []
    return part_lines(part, today=today)
