"""What can be chosen: the settings of a person, and which values each of them takes.

Forms and archives are held to the same list, so that nothing is kept that no page can show.
"""

import re
from collections.abc import Callable
from functools import partial

from backstride.cohort.contribution_file import read_contribution
from backstride.cohort.prior_file import read_prior
from backstride.cohort.waiting_file import read_part
from backstride.core.pain_since import PainSince
from backstride.diary.schema import SAFETY
from backstride.errors import BadInput
from backstride.report.language import LANGUAGES
from backstride.runtime.timezone import default_timezone
from backstride.screening.record import screening_record_from_text
from backstride.services.day_start import CHOICE as DAY_START
from backstride.services.day_start import HOURS
from backstride.services.run_words import CHOICES, words_from_text

WORTHWHILE = ("0.5", "1", "1.5", "2")
WORTHWHILE_UNLESS_CHOSEN = 1.0
THEMES = ("", "light", "dark")
REMINDER = "reminder"
"""The choice that holds the time of day of the reminders in the calendar, as in 07:30; empty for none."""
GOAL = "goal"
"""The choice that holds what somebody wants to do here."""
RUN_ALREADY, BEGIN_TO_RUN, KEEP_A_DIARY = "run", "begin", "diary"
CONTRIBUTION, COHORT, WAITING = "contribution", "cohort", "waiting"
"""The settings that hold a contribution, a study's file, and a part in a waiting list; empty where there is none."""
GOALS = (RUN_ALREADY, BEGIN_TO_RUN, KEEP_A_DIARY)


def can_be_chosen(name: str, value: str) -> bool:
    """Whether a page offers this value for the choice called `name`."""
    if name == "worthwhile":
        return value in WORTHWHILE
    if name == "pain_since":
        return not value or value in list(PainSince)
    if name == GOAL:
        return value in GOALS
    if name == REMINDER:
        return not value or re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value, re.ASCII) is not None
    if name == "theme":
        return value in THEMES
    if name == "language":
        return not value or value in LANGUAGES
    if name == DAY_START:
        return value in map(str, HOURS)
    if name == "zone":
        return not value or _is(default_timezone, value)
    if name == CONTRIBUTION:
        return _is(partial(read_contribution, name=name), value)
    if name == COHORT:
        return not value or _is(partial(read_prior, name=name), value)
    if name == WAITING:
        return _is(partial(read_part, name=name), value)
    if name in CHOICES.values():
        return bool(words_from_text(value))
    return name == SAFETY and _is(screening_record_from_text, value)


def worthwhile_of(value: str | None) -> float:
    """Parse the worthwhile change of pain; one point where it is missing or unreadable."""
    return float(value) if value in WORTHWHILE else WORTHWHILE_UNLESS_CHOSEN


def pain_since_of(value: str | None) -> PainSince | None:
    """Return how long a person said their back has hurt; None where they did not say."""
    return PainSince(value) if value in list(PainSince) else None


def _is(read: Callable[[str], object], value: str) -> bool:
    try:
        read(value)
    except BadInput:
        return False
    return True
