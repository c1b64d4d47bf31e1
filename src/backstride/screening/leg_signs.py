"""Signs in a leg that check-ins report: when one was new, and the spell of days with one that was the last."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from backstride.core.check_in import CheckIn
from backstride.core.leg_sign import LegReport, is_as_at_the_talk, leg_sign
from backstride.core.new_pain import DAYS, GAP_DAYS, SiteRating, new_pain_episodes
from backstride.core.plan_step import TALK_DAYS

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


def last_new_leg_sign(check_ins: Sequence[CheckIn], talks: Collection[date] = ()) -> date | None:
    """Return the last day of a sign in a leg after none was told; a lasting one counts once.

    One that a provider knows of, and that comes back as it was, is none.

    Args:
        check_ins: in order of their moments.
        talks: the days of talks with a provider.
    """
    found: date | None = None
    before = False
    reports = [LegReport(one.local_day, one.leg_symptoms, one.leg_pain) for one in check_ins]
    for day, sign in _signs_by_day(check_ins):
        is_new = sign and not before and not _is_known(reports, talks, day)
        found = day if is_new else found
        before = sign and (before or is_new)
    return found


def _is_known(reports: Sequence[LegReport], talks: Collection[date], day: date) -> bool:
    """Whether the last talk of 90 days before a day was about the sign of that day."""
    near = [talk for talk in talks if 0 < (day - talk).days <= TALK_DAYS]
    return bool(near) and is_as_at_the_talk(reports, talk=max(near), day=day)


def last_open_leg_spell(check_ins: Sequence[CheckIn], talks: Collection[date] = ()) -> LegSpell | None:
    """Return the last spell of days on which a sign in a leg was told; None where a talk came since it began.

    Args:
        check_ins: in order of their moments.
        talks: the days of talks with a provider.
    """
    found: LegSpell | None = None
    for day, sign in _signs_by_day(check_ins):
        if not sign:
            continue
        goes_on = found is not None and (day - found.last).days <= GAP_DAYS
        found = LegSpell(found.since if found is not None and goes_on else day, day)
    return None if found is None or any(talk >= found.since for talk in talks) else found


def _signs_by_day(check_ins: Sequence[CheckIn]) -> Iterator[tuple[date, bool]]:
    """Yield the day of each check-in that speaks of a leg, and whether it reports a sign there.

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
