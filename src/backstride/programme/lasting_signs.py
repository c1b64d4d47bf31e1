"""Since when a sign lasts: pain that comes and goes, that follows runs, or that stays; and more pain medicine."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import takewhile
from statistics import median

from backstride.core.new_pain import GAP_DAYS, SORE_FROM
from backstride.core.plan_step import TALK_DAYS
from backstride.programme.history import History, MorningReport, Site
from backstride.programme.lights import RED_PAIN, WALKS_FROM, reports_after

FORGOTTEN_DAYS = 28
HIGH_DAYS = 28
HIGH_FROM = 14
"""So many of these days need a rating."""
MEDICINE_STAYS = 6
MEDICINE_STAYS_OF = 14
"""More pain medicine on so many of so many days asks for a talk; our own choice."""
MEDICINE_GAP_DAYS = 7
"""So many days without a word of more medicine, and it is not the same need any more."""
SEVERE_DAYS = 5
SEVERE_OF = 14
"""Pain of 7 or more on so many of so many days asks for a look in the next days; our own choice."""
SORE_RUNS = 3
SORE_RUNS_OF = 6
"""Pain after so many of the last so many runs is tied to running; our own choice."""
EACH_RUN = 4
"""Pain after each of so many runs on end is more than pain after half of them; our own choice."""
SORE_RUNS_DAYS = 28
"""So long the last of these runs counts."""
RUNS_BACK_DAYS = TALK_DAYS + 7
"""Older runs say nothing more: a talk about what they left has run out."""


def returning_since(history: History, site: Site, day: date) -> date | None:
    """Return since when pain in a leg, or elsewhere, comes and goes, or follows the runs; None where neither.

    Args:
        history: the check-ins and sessions so far.
        site: a leg, or elsewhere.
        day: the local day.
    """
    if not history.painful_days[site]:
        return None
    days = history.returning_pain[site]
    so_far = bisect_right(days, day, key=lambda one: one.day)
    rated = days[so_far - 1] if so_far and (day - days[so_far - 1].day).days <= GAP_DAYS else None
    after_runs = follows_runs(history, site, day)
    found = (rated.since if rated is not None else None, after_runs[0] if after_runs else None)
    return min((since for since in found if since is not None), default=None)


def sore_spells(history: History, today: date) -> tuple[date, ...]:
    """Return the days since which it hurts elsewhere (a shin, a foot), one for each way in which it does.

    The strongest comes first: pain of 3 or more without a break; after each run; that comes and goes, or follows the
    runs. A talk about one of them covers those that come after it, and none before it.
    """
    without_a_break = reported_since(
        history, today, lambda report: None if report.other is None else report.other >= SORE_FROM
    )
    each_run = follows_each_run(history, Site.OTHER, today)
    found = (without_a_break, each_run, returning_since(history, Site.OTHER, today))
    return tuple(since for since in found if since is not None)


def reported_since(
    history: History, today: date, sign: Callable[[MorningReport], bool | None]
) -> date | None:
    """Return the day since which something is reported without a break; None after a last answer of no.

    What is not reported again is out after four weeks.

    Args:
        history: the check-ins so far.
        today: the local day.
        sign: whether a check-in reports it; None where it says nothing on it.
    """
    since = None
    for report in reversed(history.reports):
        shown = None if report.day > today else sign(report)
        if shown is None:
            continue
        if not shown or (since is None and (today - report.day).days > FORGOTTEN_DAYS):
            break
        since = report.day
    return since


def high_since(history: History, day: date) -> date | None:
    """Return the first of the last 28 days where the back was usually above 5 in these; None where it was not.

    Args:
        history: the check-ins so far.
        day: the local day.
    """
    moments, pains = history.first_ratings[Site.BACK]
    near = [
        (moment.date(), pain)
        for moment, pain in zip(moments, pains, strict=True)
        if 0 <= (day - moment.date()).days < HIGH_DAYS
    ]
    if len(near) < HIGH_FROM or median(pain for _, pain in near) <= RED_PAIN:
        return None
    return near[0][0]


def severe_since(history: History, day: date) -> date | None:
    """Return since when it hurts by 7 or more, anywhere, where it does on five of the last 14 days; else None.

    Args:
        history: the check-ins so far.
        day: the local day.
    """
    days = sorted({one.day for one in history.reports if one.day <= day and _is_severe(one)})
    return _since(days, day, least=SEVERE_DAYS, of=SEVERE_OF, gap=GAP_DAYS)


def _since(days: Sequence[date], day: date, *, least: int, of: int, gap: int) -> date | None:
    """Return when a spell of days began; None where fewer than `least` of the last `of` days are among them.

    Args:
        days: the days that count, in order, none after `day`.
        day: the local day.
        least, of: so many days of the last so many.
        gap: the spell goes on over this many days at most.
    """
    if sum((day - one).days < of for one in days) < least:
        return None
    first = days[-1]
    for one in reversed(days):
        if (first - one).days > gap:
            break
        first = one
    return first


def _is_severe(report: MorningReport) -> bool:
    return any((pain := report.at(site)) is not None and pain >= WALKS_FROM for site in Site)


def follows_runs(history: History, site: Site, day: date) -> tuple[date, date] | None:
    """Return since when pain at a site follows the runs, and the day on which that first showed; or None.

    It follows them where it came after half of the last six runs or more, and for as long as it does. A run after
    which the site was not rated is not known to have left any, nor to have left none.

    Args:
        history: the check-ins and sessions so far.
        site: a leg, or elsewhere.
        day: the local day.
    """
    since: tuple[date, date] | None = None
    runs = _rated_runs(history, site, day)
    for n in range(len(runs)):
        near = runs[max(n + 1 - SORE_RUNS_OF, 0) : n + 1]
        hurt = [(ran, shown) for ran, shown in near if shown is not None]
        if len(hurt) < SORE_RUNS:
            since = None
        elif since is None:
            since = hurt[0][0], hurt[-1][1]
    return since


def follows_each_run(history: History, site: Site, day: date) -> date | None:
    """Return since when pain at a site comes after each run, four at least, and came after none before; or None.

    It is worse than pain after half of the runs, so a talk about that does not count for it. A run after which the
    site was not rated does not count.

    Args:
        history: the check-ins and sessions so far.
        site: a leg, or elsewhere.
        day: the local day.
    """
    runs = _rated_runs(history, site, day)
    row = list(takewhile(lambda run: run[1] is not None, reversed(runs)))
    return row[-1][0] if EACH_RUN <= len(row) < len(runs) else None


def _rated_runs(history: History, site: Site, day: date) -> list[tuple[date, date | None]]:
    """Return the days of the runs that a site was rated after, each with the day on which it hurt then, or None.

    They are none where the last of them is long ago.
    """
    painful = history.painful_days[site]
    if not painful:
        return []
    first = bisect_left(history.efforts, day - timedelta(days=RUNS_BACK_DAYS), key=lambda effort: effort.day)
    so_far = bisect_right(history.efforts, day, key=lambda effort: effort.day)
    runs: list[tuple[date, date | None]] = []
    for effort in history.efforts[first:so_far]:
        if not effort.run_min:
            continue
        days = [one.day for one in reports_after(history, effort) if one.day <= day and _rates(one, site)]
        if days:
            runs.append((effort.day, next((one for one in days if one in painful), None)))
    return runs if runs and (day - runs[-1][0]).days <= SORE_RUNS_DAYS else []


def _rates(report: MorningReport, site: Site) -> bool:
    return (report.leg_sign if site is Site.LEG else report.at(site)) is not None


def more_medicine_since(history: History, day: date) -> date | None:
    """Return the day since which more pain medicine than usual is reported; None where it is on few of 14 days.

    Args:
        history: the check-ins so far.
        day: the local day.
    """
    days = sorted({one.day for one in history.reports if one.medicine == "more" and one.day <= day})
    return _since(days, day, least=MEDICINE_STAYS, of=MEDICINE_STAYS_OF, gap=MEDICINE_GAP_DAYS)
