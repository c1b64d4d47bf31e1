"""What holds back running, or every session: an open red, a morning, a sign in a leg, two reds."""

from datetime import date, timedelta
from itertools import pairwise

from backstride.core.datetimes import ONE_DAY
from backstride.core.leg_sign import leg_sign
from backstride.core.new_pain import DAYS as NEW_DAYS
from backstride.core.plan_step import TALK_DAYS
from backstride.programme.climbs import CLIMB_FAR, has_climbed, has_climbed_for_months, spikes_since
from backstride.programme.history import (
    CompletedSession,
    History,
    MorningReport,
    Site,
    is_leg_talked_over,
    talk_days,
    talked_since,
)
from backstride.programme.lasting_signs import (
    FORGOTTEN_DAYS,
    follows_runs,
    high_since,
    more_medicine_since,
    reported_since,
    returning_since,
    severe_since,
)
from backstride.programme.lights import WALKS_FROM, ResponseGrade, is_resolved, light_today
from backstride.programme.rules import ASK_FOR_A_TALK, Rule, without_weaker
from backstride.programme.state import PATTERN_DAYS, ProgrammeState
from backstride.programme.step_holds import (
    is_flare_now,
    is_leg_worse,
    is_sore_worse,
    new_episode,
    open_sore_spells,
    talks_of_a_step,
)

REST = timedelta(days=3)
"""From a red session to the first day after 48 hours of rest."""
STAYED_DAYS = 14
LEG_DAYS = 7
SORE_DAYS = 14


def rests(now: ProgrammeState, history: History, today: date) -> tuple[Rule, ...]:
    """Why no session is offered at all; nothing where one is."""
    near = [red for red in _open_reds(now, history, today) if (today - red.day).days <= STAYED_DAYS]
    if near:
        is_red = any(red in now.reds for red in near)
        is_down = all(is_resolved(history, red, today) for red in near)
        return (Rule.RED if is_red else Rule.AMBER, Rule.REST if is_down else Rule.SETTLE)
    if light_today(history, today)[0] is ResponseGrade.RED and not _has_stayed(now, history, today):
        return (Rule.MORNING, Rule.SETTLE)
    return ()


def held_by(now: ProgrammeState, history: History, today: date) -> CompletedSession | None:
    """Return the session that holds others, a red before an amber that stayed; else the last of these, or None.

    Args:
        now: where the person stands.
        history: the check-ins and sessions so far.
        today: the local day.
    """
    still_open = _open_reds(now, history, today)
    holding = [red for red in still_open if red in now.reds] or still_open
    return holding[-1] if holding else now.red


def first_day_after_rest(now: ProgrammeState, history: History, today: date) -> date | None:
    """Return the day on which rest after a red ends, where the pain is down again; None where that is not known.

    Args:
        now: where the person stands.
        history: the check-ins and sessions so far.
        today: the local day; on it `rests` says that there is no session.
    """
    reds = _open_reds(now, history, today)
    is_bad = light_today(history, today)[0] is ResponseGrade.RED
    if is_bad or not reds or not all(is_resolved(history, red, today) for red in reds):
        return None
    return max(red.day for red in reds) + REST


def walks_only(now: ProgrammeState, history: History, today: date) -> tuple[Rule, ...]:
    """Why no running is offered; nothing where it is."""
    shown, most = light_today(history, today)
    legs = open_leg_signs(history, today)
    is_long = bool(legs) and (today - min(legs)).days > LEG_DAYS
    medicine = more_medicine_since(history, today)
    is_sore = any((today - since).days > SORE_DAYS for since in open_sore_spells(history, today))
    is_far = has_climbed(history, today, CLIMB_FAR)
    held = (
        (Rule.MORNING, shown in {ResponseGrade.AMBER, ResponseGrade.RED}),
        (Rule.HIGH, most >= WALKS_FROM or is_strong_on(history, today - ONE_DAY)),
        (Rule.HIGH_STAYS, stays_high(history, today)),
        (Rule.SEVERE_STAYS, _is_open(history, severe_since(history, today), today)),
        (Rule.SPIKES_HIGH, _is_open(history, spikes_since(history, today), today)),
        (Rule.LEG, bool(legs) and not is_long),
        (Rule.LEG_STAYS, is_long),
        (Rule.LEG_WORSE, not is_long and is_leg_worse(history, today)),
        (Rule.LEG_RETURNS, not is_long and leg_returns(history, today)),
        (Rule.SORE_STAYS, is_sore),
        (Rule.SORE_WORSE, not is_sore and is_sore_worse(history, today)),
        (Rule.MEDICINE_STAYS, _is_open(history, medicine, today)),
        (Rule.STAYED, _has_stayed(now, history, today)),
        (Rule.TWO_REDS, two_reds(now, history, today)),
        (Rule.CLIMB_FAR, is_far),
        (Rule.CLIMB_MONTHS, not is_far and has_climbed_for_months(history, today)),
        (Rule.FLARE_NOW, is_flare_now(history, today)),
    )
    return tuple(rule for rule, so in held if so)


def talks_due(now: ProgrammeState, history: History, today: date) -> tuple[Rule, ...]:
    """Return the rules that ask for a talk with a provider today, whatever the state of the plan.

    Args:
        now: where the person stands.
        history: the check-ins and sessions so far.
        today: the local day.
    """
    held = (rule for rule in walks_only(now, history, today) if rule in ASK_FOR_A_TALK)
    return without_weaker((*held, *talks_of_a_step(history, today)))


def is_strong_on(history: History, day: date) -> bool:
    """Whether pain was rated at 7 or more, anywhere, on a day: one calmer morning does not show that it is over."""
    return any(
        (pain := report.at(site)) is not None and pain >= WALKS_FROM
        for report in history.reports_of_days(day, day)
        for site in Site
    )


def leg_returns(history: History, today: date) -> bool:
    """Whether pain in a leg comes and goes, or follows the runs, and no talk with a provider covers it.

    That a sign follows the runs is news, although the sign itself is the one of the talk.
    """
    since = returning_since(history, Site.LEG, today)
    if since is None or talked_since(history, since, today, Site.LEG):
        return False
    return follows_runs(history, Site.LEG, today) is not None or not is_leg_talked_over(history, since, today)


def stays_high(history: History, today: date) -> bool:
    """Whether the back is high for weeks, and no talk with a provider of 90 days was held while it was.

    A talk of a time at which it was not so high was about something else.
    """
    since = high_since(history, today)
    if since is None:
        return False
    talks = (day for day in talk_days(history) if 0 <= (today - day).days <= TALK_DAYS)
    return not any(day >= since or high_since(history, day) is not None for day in talks)


def _is_open(history: History, since: date | None, today: date) -> bool:
    """Whether something began on a day, and no talk with a provider came after it."""
    return since is not None and not talked_since(history, since, today)


def two_reds(now: ProgrammeState, history: History, today: date) -> bool:
    """Whether two reds fell within 14 days, with no talk and no four weeks since."""
    days = [effort.day for effort in now.reds]
    pairs = [two for one, two in pairwise(days) if (two - one).days <= PATTERN_DAYS]
    if not pairs or (today - days[-1]).days > FORGOTTEN_DAYS:
        return False
    return not talked_since(history, pairs[-1] + ONE_DAY, today)


def open_leg_signs(history: History, today: date) -> list[date]:
    """Return the days since which signs in a leg are reported that no talk with a provider covers."""
    signs = (leg_sign_since(history, today), leg_near_since(history, today))
    return [since for since in signs if since is not None and not is_leg_talked_over(history, since, today)]


def leg_sign_since(history: History, today: date) -> date | None:
    """Return the day since which leg symptoms are reported without a break; None after a last answer of no.

    One that is not reported again is out after four weeks. A yes in words ends by a no in words alone: a leg without
    pain may tingle or be numb.
    """
    said = reported_since(history, today, lambda report: report.leg_symptoms)
    rated = reported_since(history, today, _leg_sign_rated)
    return min((day for day in (said, rated) if day is not None), default=None)


def _leg_sign_rated(report: MorningReport) -> bool | None:
    """Whether the pain in a leg is as strong as a sign; a no in words ends one that was rated, too."""
    return leg_sign(False if report.leg_symptoms is False else None, report.leg)


def leg_near_since(history: History, today: date) -> date | None:
    """Return the day since which leg pain is new or as strong as back pain; None before its third day."""
    episode = new_episode(history, Site.LEG, today)
    return episode.since if episode is not None and episode.days >= NEW_DAYS else None


def _open_reds(now: ProgrammeState, history: History, today: date) -> list[CompletedSession]:
    """Return the sessions after which rest is not over, or the pain not down: the last one, and reds of four weeks.

    A later one closes no earlier one: what was usual before the earlier one may have been lower.
    """
    near = [red for red in now.reds if (today - red.day).days <= FORGOTTEN_DAYS]
    reds = [*near, *([now.red] if now.red and now.red not in near else [])]
    return [red for red in reds if today < red.day + REST or not is_resolved(history, red, today)]


def _has_stayed(now: ProgrammeState, history: History, today: date) -> bool:
    """Whether a red is open for more than two weeks, and nobody talked about it since."""
    return any(
        (today - red.day).days > STAYED_DAYS and not talked_since(history, red.day + REST, today)
        for red in _open_reds(now, history, today)
    )
