"""Signs in a leg that check-ins tell of: when one was new, and the spell of days with one that was the last."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from backstride.core.check_in import CheckIn
from backstride.core.leg_sign import leg_sign
from backstride.core.new_pain import DAYS, GAP_DAYS, SiteRating, new_pain_episodes

LEG_COUNTS = timedelta(days=7)
"""So long a sign in a leg counts after the last day on which it was told; our own choice."""


@dataclass(frozen=True, slots=True)
class LegSpell:
    """Days on which a sign in a leg was told, with no two weeks without one between them.

    Attributes:
        since: the first of them.
        last: the last of them.
    """

    since: date
    last: date


def last_new_leg_sign(check_ins: Sequence[CheckIn]) -> date | None:
    """Return the last day of a sign in a leg after none was told; a lasting one counts once.

    Args:
        check_ins: in order of their moments.
    """
    found: date | None = None
    before = False
    for day, sign in _signs_by_day(check_ins):
        if sign and not before:
            found = day
        before = sign
    return found


def last_leg_spell(check_ins: Sequence[CheckIn]) -> LegSpell | None:
    """Return the last spell of days on which a sign in a leg was told, or None.

    Args:
        check_ins: in order of their moments.
    """
    found: LegSpell | None = None
    for day, sign in _signs_by_day(check_ins):
        if not sign:
            continue
        goes_on = found is not None and (day - found.last).days <= GAP_DAYS
        found = LegSpell(found.since if found is not None and goes_on else day, day)
    return found


def _signs_by_day(check_ins: Sequence[CheckIn]) -> Iterator[tuple[date, bool]]:
    """Yield the day of each check-in that speaks of a leg, and whether it tells of a sign there.

    Pain that is new, or as strong as in the back, is one from its third day on end.
    """
    rated = (
        SiteRating(one.local_day, one.leg_pain, one.pain.pain_0_10 if one.pain else None)
        for one in check_ins
        if one.leg_pain is not None
    )
    lasting = {episode.day for episode in new_pain_episodes(rated) if episode.days >= DAYS}
    for one in check_ins:
        sign = leg_sign(one.leg_symptoms, one.leg_pain)
        if sign is not None:
            yield one.local_day, sign or one.local_day in lasting
