"""How a rating stands against what is usual, and how a session sat with the body.

rise  = pain - usual
green   pain <= 3, or rise <= 1 and pain <= 5 where the usual is known
high    rise <= 1, and pain too high, or the usual not known, for a step up
amber   1 < rise < 3, and pain <= 5
red     rise >= 3, or rise > 1 and pain > 5
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from statistics import median

from backstride.core.datetimes import ONE_DAY
from backstride.programme.history import (
    USUAL_DAYS,
    CompletedSession,
    History,
    MorningReport,
    Site,
    Usual,
    usual,
)

CALM = 3.0
SMALL_RISE = 1.0
RED_RISE = 3.0
RED_PAIN = 5.0
WALKS_FROM = 7.0
AFTER = timedelta(hours=36)
LATER = timedelta(hours=24)
WEEK = timedelta(days=7)
WEEK_FROM = 3
WEEKLY_RISE = 1.0
OTHER_DAYS = 7


class ResponseGrade(Enum):
    """How a session sat with the body; without a word about it that is not known."""

    UNKNOWN = "unknown"
    GREEN = "green"
    HIGH = "high"
    AMBER = "amber"
    UNSETTLED = "amber that stayed"
    RED = "red"


_WORSE = list(ResponseGrade)


@dataclass(frozen=True, slots=True)
class HardSession:
    """A session that was a red, or an amber that stayed, and the worst that was rated after it.

    Attributes:
        day: the local day on which it began.
        run_min, walk_min: minutes of running and of walking.
        site: where it hurt most.
        pain: how much there; None for a sign in a leg that was not rated.
        before: how much there by the last rating of the 36 hours before it; None where there was none.
    """

    day: date
    run_min: float
    walk_min: float
    site: Site
    pain: float | None
    before: float | None = None


def morning_light(pain: float, level: Usual) -> ResponseGrade:
    """One rating against what is usual."""
    if pain <= CALM:
        return ResponseGrade.GREEN
    if level.pain is None:
        return ResponseGrade.HIGH
    rise = pain - level.pain
    if rise >= RED_RISE or (rise > SMALL_RISE and pain > RED_PAIN):
        return ResponseGrade.RED
    if rise > SMALL_RISE:
        return ResponseGrade.AMBER
    return ResponseGrade.GREEN if pain <= RED_PAIN and level.is_known else ResponseGrade.HIGH


def light(history: History, effort: CompletedSession) -> ResponseGrade:
    """How a session sat: the worst rating of the 36 hours after it, and of the day after those where it was amber."""
    after = reports_after(history, effort)
    if _is_new_leg_sign(history, effort, after):
        return ResponseGrade.RED
    return max((_site_light(history, effort, after, site) for site in Site), key=_WORSE.index)


def red_sites(history: History, effort: CompletedSession) -> tuple[Site, ...]:
    """Return where a session that was a red, or an amber that stayed, hurt so.

    Args:
        history: the check-ins so far.
        effort: the session.
    """
    after = reports_after(history, effort)
    bad = {ResponseGrade.RED, ResponseGrade.UNSETTLED}
    return tuple(
        site
        for site in Site
        if _site_light(history, effort, after, site) in bad
        or (site is Site.LEG and _is_new_leg_sign(history, effort, after))
    )


def hard_session(history: History, effort: CompletedSession) -> HardSession:
    """Say what was done in a session that was a red, or an amber that stayed, and what was rated after it.

    Args:
        history: the check-ins so far.
        effort: the session.
    """
    after = reports_after(history, effort)
    rated = [
        (pain, site)
        for site in red_sites(history, effort)
        for report in after
        if (pain := report.at(site)) is not None
    ]
    pain, site = max(rated, key=lambda one: one[0], default=(None, Site.LEG))
    earlier = (one for one in history.reports_before(effort.start) if effort.start - one.moment <= AFTER)
    before = next((rating for one in earlier if (rating := one.at(site)) is not None), None)
    return HardSession(effort.day, effort.run_min, effort.walk_min, site, pain, before)


def is_first_rated(history: History, effort: CompletedSession) -> bool:
    """Whether nothing was rated before a session that was a red, wherever it hurt after it.

    Args:
        history: the check-ins so far.
        effort: the session.
    """
    sites = red_sites(history, effort)
    return bool(sites) and all(usual(history, site, effort.start).pain is None for site in sites)


def reports_after(history: History, effort: CompletedSession) -> tuple[MorningReport, ...]:
    """Return the check-ins that show the response to a session; those after the next run belong to that one.

    Where nothing was told in these hours, what is told on the day after them counts: whoever rates on every other
    morning and runs in the evening has no rating sooner.
    """
    until = effort.end + AFTER
    soon = _before_the_next_run(history, effort, until) or history.reports_between(effort.start, until)
    return soon or _before_the_next_run(history, effort, until + LATER)


def _before_the_next_run(
    history: History, effort: CompletedSession, until: datetime
) -> tuple[MorningReport, ...]:
    """Return the check-ins after a session up to a timestamp, and before the next run."""
    reports = history.reports_between(effort.start, until)
    starts = history.run_starts
    next_run = bisect_right(starts, effort.start)
    if next_run == len(starts):
        return reports
    return tuple(one for one in reports if one.moment <= starts[next_run])


def _is_new_leg_sign(history: History, effort: CompletedSession, after: tuple[MorningReport, ...]) -> bool:
    """Whether a sign in a leg shows after a session, and none was reported when last asked before it."""
    before = next((t.leg_sign for t in history.reports_before(effort.start) if t.leg_sign is not None), False)
    return not before and any(report.leg_sign for report in after)


def _site_light(
    history: History, effort: CompletedSession, after: tuple[MorningReport, ...], site: Site
) -> ResponseGrade:
    pains = [pain for report in after if (pain := report.at(site)) is not None]
    if not pains:
        return ResponseGrade.UNKNOWN
    if max(pains) <= CALM:
        return ResponseGrade.GREEN
    level = usual(history, site, effort.start)
    if level.pain is None:
        return ResponseGrade.RED if max(pains) > RED_PAIN else morning_light(max(pains), level)
    first = morning_light(max(pains), level)
    if first is not ResponseGrade.AMBER:
        return first
    if _stays_up(history, effort, site, level):
        return ResponseGrade.UNSETTLED
    return first


def _stays_up(history: History, effort: CompletedSession, site: Site, level: Usual) -> bool:
    """Whether the last rating before the next run, told a day or more after a session, is still above the usual."""
    reports = _before_the_next_run(history, effort, effort.end + AFTER + LATER)
    later = [one for one in reports if one.moment > effort.end + LATER and one.at(site) is not None]
    pain = later[-1].at(site) if later else None
    return pain is not None and morning_light(pain, level) in {ResponseGrade.AMBER, ResponseGrade.RED}


def last_rated(
    history: History, site: Site, today: date, days: int = USUAL_DAYS
) -> tuple[MorningReport, float] | None:
    """Return the first check-in of the last day that rates a site, and the worst rating of that day.

    Args:
        history: what was told.
        site: where.
        today: the last day that counts.
        days: how many days back a rating still counts.
    """
    rated: list[MorningReport] = []
    for report in reversed(history.reports_of_days(today - timedelta(days=days), today)):
        if rated and report.day != rated[-1].day:
            break
        if report.at(site) is not None:
            rated.append(report)
    if not rated:
        return None
    return rated[-1], max(pain for report in rated if (pain := report.at(site)) is not None)


def light_today(history: History, today: date) -> tuple[ResponseGrade, float]:
    """Return the worst response grade over the last rating of each site, and the highest of these ratings.

    Other sites are asked about less often than the back: what was reported of them counts for seven days.
    """
    found, most = ResponseGrade.UNKNOWN, 0.0
    for site in Site:
        rated = last_rated(history, site, today, OTHER_DAYS if site is Site.OTHER else USUAL_DAYS)
        if rated is not None:
            first, pain = rated
            shown = morning_light(pain, usual(history, site, first.moment))
            found, most = max(found, shown, key=_WORSE.index), max(most, pain)
    return found, most


def is_resolved(history: History, red: CompletedSession, today: date) -> bool:
    """Whether, on some day since a red last showed, all that was rated since was at 3 or less, or within 1 of usual.

    The usual is that of before the session. What settled once is over; a later bad morning is one of its own.
    """
    shown = history.reports_between(red.start, red.end + AFTER + LATER)
    bad = [report.day for report in shown if report.leg_sign or _is_bad(history, red, report)]
    day = max(bad, default=red.day)
    while day <= today:
        if _is_back_on(history, red, day):
            return True
        day += ONE_DAY
    return False


def _is_bad(history: History, red: CompletedSession, report: MorningReport) -> bool:
    pains = ((site, report.at(site)) for site in Site)
    return any(pain is not None and not _is_calm(history, red, site, pain) for site, pain in pains)


def _is_back_on(history: History, red: CompletedSession, day: date) -> bool:
    last = {site: last_rated(history, site, day) for site in Site}
    since = {site: rated for site, rated in last.items() if rated is not None and rated[0].day >= red.day}
    reports = history.reports_between(red.start, red.start + (day - red.day + ONE_DAY))
    if Site.BACK not in since or all(one.back is None for one in reports):
        return False
    return all(_is_calm(history, red, site, pain) for site, (_, pain) in since.items())


def _is_calm(history: History, red: CompletedSession, site: Site, pain: float) -> bool:
    level = usual(history, site, red.start)
    if level.pain is None:
        return pain <= RED_PAIN
    return morning_light(pain, level) in {ResponseGrade.GREEN, ResponseGrade.HIGH}


def is_rising_on(history: History, day: date) -> bool:
    """Whether the back of the week up to a day was worse by 1 or more than in the week before, and above 3."""
    moments, pains = history.first_ratings[Site.BACK]
    ages = [(day - moment.date()).days for moment in moments]
    near = [pain for age, pain in zip(ages, pains, strict=True) if 0 <= age < 7]
    before = [pain for age, pain in zip(ages, pains, strict=True) if 7 <= age < 14]
    if min(len(near), len(before)) < WEEK_FROM:
        return False
    return median(near) > CALM and median(near) - median(before) >= WEEKLY_RISE
