"""When a check-in reports a sign in a leg: pain, tingling or numbness that comes down it.

A talk with a provider covers a sign that comes back as it was: no two weeks without one lie between, pain is no
higher than in the two weeks up to the talk, and words for it were used then, too.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from backstride.core.new_pain import GAP_DAYS, MIN_PAIN

LEG_SIGN_FROM = 4.0
"""Pain in a leg, 0-10, from which on it is a sign; our own choice."""


def leg_sign(symptoms: bool | None, pain: float | None) -> bool | None:
    """Whether there is a sign in a leg.

    Args:
        symptoms: pain, tingling or numbness down a leg; None where nobody said.
        pain: pain in a leg, 0-10; None where it was not rated.

    Returns:
        Whether it was said in words, or rated at 4 or more; None where neither was said.
    """
    if symptoms is None and pain is None:
        return None
    return bool(symptoms) or (pain is not None and pain >= LEG_SIGN_FROM)


class LegReport(NamedTuple):
    """What one check-in says of a leg: a yes or no in words, and pain 0-10; None where not said."""

    day: date
    symptoms: bool | None
    pain: float | None


def is_as_at_the_talk(reports: Sequence[LegReport], *, talk: date, day: date) -> bool:
    """Whether every sign in a leg since a talk with a provider is the one of then, come back and no worse.

    Args:
        reports: what the check-ins say of a leg, in order.
        talk: the day of the talk.
        day: the last day that counts.

    Returns:
        False, too, where no sign stood at the talk, or where a leg was not rated, then or on a day with a sign: of
        what was not rated nobody knows whether it is worse.
    """
    then = [one for one in reports if 0 <= (talk - one.day).days <= GAP_DAYS]
    pains = [one.pain for one in then if one.pain is not None]
    stood = [one.day for one in then if _is_there(one)]
    if not pains or not stood:
        return False
    was_said, highest, last = any(one.symptoms for one in then), max(pains), stood[-1]
    rated = {one.day for one in reports if one.pain is not None}
    for one in reports:
        if not talk < one.day <= day or not _is_there(one):
            continue
        is_stronger = one.pain is not None and one.pain >= MIN_PAIN and one.pain > highest
        is_other = bool(one.symptoms) and not was_said
        if is_stronger or is_other or one.day not in rated or (one.day - last).days > GAP_DAYS:
            return False
        last = one.day
    return True


def _is_there(one: LegReport) -> bool:
    return bool(one.symptoms) or (one.pain is not None and one.pain >= MIN_PAIN)
