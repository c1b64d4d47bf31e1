"""What the programme is told: sessions done, check-ins, and what the person said about going on."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from functools import cached_property
from itertools import accumulate
from statistics import median

from backstride.core.check_in import Medicine
from backstride.core.leg_sign import LEG_SIGN_FROM, LegReport, is_as_at_the_talk, leg_sign
from backstride.core.new_pain import (
    SORE_FROM,
    NewPainEpisode,
    ReturningPain,
    SiteRating,
    new_pain_episodes,
    returning_pain,
)
from backstride.core.plan_step import TALK_DAYS, PlanStep, Step

USUAL_DAYS = 28
RECENT_DAYS = 14
USUAL_FROM = 14
RECENT_FROM = 3


class Site(Enum):
    """Where it hurts: the back, down a leg, or anywhere else, such as a knee or a shin."""

    BACK = "back"
    LEG = "leg"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class CompletedSession:
    """What was done on one day.

    Attributes:
        start, end: of the day's running; of its walking where there was no running.
        run_min, walk_min: minutes of running and of walking.
        longest_min: minutes of the longest single run.
    """

    start: datetime
    end: datetime
    run_min: float
    walk_min: float
    longest_min: float

    @property
    def day(self) -> date:
        """The local day on which it began."""
        return self.start.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class MorningReport:
    """One check-in, as far as the plan reads it; None where not said.

    Attributes:
        moment: the moment of which it speaks.
        back, leg, other: pain 0-10 in the back, down a leg, and elsewhere.
        leg_symptoms: pain, tingling or numbness down a leg.
        flare: whether the person calls this a flare.
        medicine: pain medicine since yesterday, held against what is usual.
        lived_on: the local day that it belongs to, where the hours after midnight are still the day before; None:
            the date of its moment.
    """

    moment: datetime
    back: float | None = None
    leg: float | None = None
    other: float | None = None
    leg_symptoms: bool | None = None
    flare: bool | None = None
    medicine: Medicine | None = None
    lived_on: date | None = None

    @property
    def day(self) -> date:
        """The local day."""
        return self.lived_on or self.moment.date()

    @property
    def leg_sign(self) -> bool | None:
        """Whether it reports a sign in a leg: said in words, or pain of 4 or more; None where neither was said."""
        return leg_sign(self.leg_symptoms, self.leg)

    def at(self, site: Site) -> float | None:
        """Return the pain rating at one site."""
        if site is Site.BACK:
            return self.back
        return self.leg if site is Site.LEG else self.other


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual at a site.

    Attributes:
        pain: the lower of the medians of 14 and of 28 days; None where nothing was told.
        is_known: whether it is of the back and rests on 14 days or more; else a rise shows against it, and nothing
            is excused by it: a shin that is sore each day may be a bone that is about to break.
    """

    pain: float | None
    is_known: bool


@dataclass(frozen=True, kw_only=True)
class History:
    """Everything the plan rests on.

    Attributes:
        efforts: what was done, one a day, in order.
        reports: check-ins, in order of their moments.
        steps: starts, pauses and the like, in order.
        run_days: days that chance drew for running; None where the person chooses.
        walk_days: days of weeks that chance gave to walking.
        unmeasured: days of which it is known that there was a run, and not how long it was.
        walks_well: the day of the last answer that 30 minutes of walking are not too much; None where there is none.
        fever_over: the day of the last answer that a fever is over; None where there is none.
        agreed: days on which a provider agreed, by the safety answers, that the person runs with a sign at a site.
        roland_morris: the day and the score, 0 to 24, of each Roland-Morris questionnaire, in order.
    """

    efforts: tuple[CompletedSession, ...] = ()
    reports: tuple[MorningReport, ...] = ()
    steps: tuple[PlanStep, ...] = ()
    run_days: frozenset[date] | None = None
    walk_days: frozenset[date] = frozenset()
    unmeasured: frozenset[date] = frozenset()
    walks_well: date | None = None
    fever_over: date | None = None
    agreed: Mapping[Site, tuple[date, ...]] = field(default_factory=dict)
    roland_morris: tuple[tuple[date, int], ...] = ()

    @cached_property
    def timestamps(self) -> list[datetime]:
        """The moments of the check-ins."""
        return [report.moment for report in self.reports]

    @cached_property
    def _report_days(self) -> tuple[list[date], list[date]]:
        """Of each check-in the last day so far and the first to come: who flies west has a day twice."""
        days = [report.day for report in self.reports]
        return list(accumulate(days, max)), list(accumulate(reversed(days), min))[::-1]

    @cached_property
    def run_starts(self) -> list[datetime]:
        """When the running of each day began."""
        return [effort.start for effort in self.efforts if effort.run_min]

    @cached_property
    def first_ratings(self) -> dict[Site, tuple[list[datetime], list[float]]]:
        """At each site the first rating of each day, with its moment: what the usual rests on."""
        found: dict[Site, tuple[list[datetime], list[float]]] = {site: ([], []) for site in Site}
        rated_last: dict[Site, date] = {}
        for report in self.reports:
            for site, (moments, pains) in found.items():
                pain = report.at(site)
                if pain is not None and rated_last.get(site) != report.day:
                    rated_last[site] = report.day
                    moments.append(report.moment)
                    pains.append(pain)
        return found

    @cached_property
    def new_pain_episodes(self) -> dict[Site, list[NewPainEpisode]]:
        """Of each day on which a leg, or another place, was rated: how long new pain has lasted there."""
        leg, other = self._ratings
        return {Site.LEG: list(new_pain_episodes(leg)), Site.OTHER: list(new_pain_episodes(other))}

    @cached_property
    def returning_pain(self) -> dict[Site, list[ReturningPain]]:
        """Of each day on which a leg, or another place, was rated: since when pain comes and goes there.

        A sign in a leg that was told in words counts as one that was rated.
        """
        signs = ((one, one.leg_sign) for one in self.reports)
        leg = (
            SiteRating(one.day, max(one.leg or 0.0, LEG_SIGN_FROM if sign else 0.0), one.back)
            for one, sign in signs
            if sign is not None
        )
        return {
            Site.LEG: list(returning_pain(leg, least=LEG_SIGN_FROM)),
            Site.OTHER: list(returning_pain(self._ratings[1], least=SORE_FROM)),
        }

    @cached_property
    def painful_days(self) -> dict[Site, frozenset[date]]:
        """The days on which a leg, or another place, hurt as `returning_pain` counts it."""
        return {
            site: frozenset(one.day for one in days if one.counts)
            for site, days in self.returning_pain.items()
        }

    @property
    def _ratings(self) -> tuple[list[SiteRating], list[SiteRating]]:
        """The ratings of a leg and those of other places, in order."""
        return (
            [SiteRating(one.day, one.leg, one.back) for one in self.reports if one.leg is not None],
            [SiteRating(one.day, one.other) for one in self.reports if one.other is not None],
        )

    def reports_of_days(self, first: date, last: date) -> tuple[MorningReport, ...]:
        """Return the check-ins of these local days, both counted."""
        so_far, to_come = self._report_days
        near = self.reports[bisect_left(so_far, first) : bisect_right(to_come, last)]
        return tuple(report for report in near if first <= report.day <= last)

    def reports_between(self, after: datetime, until: datetime) -> tuple[MorningReport, ...]:
        """Return the check-ins after one timestamp, up to and including another."""
        return self.reports[bisect_right(self.timestamps, after) : bisect_right(self.timestamps, until)]

    def reports_before(self, moment: datetime) -> Iterator[MorningReport]:
        """Yield the check-ins up to a timestamp, latest first, back to 28 days before it."""
        for report in reversed(self.reports[: bisect_right(self.timestamps, moment)]):
            if (moment.date() - report.day).days > USUAL_DAYS:
                return
            yield report


def usual(history: History, site: Site, before: datetime) -> Usual:
    """Summarise the usual pain at `site` from the first rating of each of the 28 days before a timestamp."""
    moments, pains = history.first_ratings[site]
    end = bisect_left(moments, before)
    begin, today = max(end - USUAL_DAYS, 0), before.date()
    near = [
        (age, pain)
        for moment, pain in zip(moments[begin:end], pains[begin:end], strict=True)
        if (age := (today - moment.date()).days) <= USUAL_DAYS
    ]
    if not near:
        return Usual(None, is_known=False)
    recent = [pain for age, pain in near if age <= RECENT_DAYS]
    level = median(pain for _, pain in near)
    if len(recent) >= RECENT_FROM:
        level = min(level, median(recent))
    return Usual(level, is_known=site is Site.BACK and len(near) >= USUAL_FROM)


def talk_days(history: History, site: Site | None = None) -> list[date]:
    """Return the days of talks with a provider: those told to the plan, and agreements on signs at a site.

    Args:
        history: the talks, and what was agreed by the safety answers.
        site: where the sign is; None for what no safety question asks about.
    """
    said = [step.day for step in history.steps if step.step is Step.TALKED]
    return sorted([*said, *(history.agreed.get(site, ()) if site else ())])


def talked_since(history: History, since: date, today: date, site: Site | None = None) -> bool:
    """Whether the person talked with their provider on `since` or later, and at most 90 days ago."""
    days = talk_days(history, site)
    return any(since <= day <= today and (today - day).days <= TALK_DAYS for day in days)


def is_leg_talked_over(history: History, since: date, today: date) -> bool:
    """Whether a talk with a provider covers a sign in a leg: held since it began, or about the same one before.

    Args:
        history: the check-ins and the talks.
        since: the first day on end of the sign.
        today: the local day.
    """
    talk = last_talk(history, today, Site.LEG)
    if talk is None or talk >= since:
        return talk is not None
    reports = [LegReport(one.day, one.leg_symptoms, one.leg) for one in history.reports]
    return is_as_at_the_talk(reports, talk=talk, day=today)


def last_talk(history: History, day: date, site: Site | None = None) -> date | None:
    """Return the day of the last talk of 90 days up to a day, or None."""
    days = [talk for talk in talk_days(history, site) if talk <= day]
    return days[-1] if days and (day - days[-1]).days <= TALK_DAYS else None


def well_again(history: History, today: date) -> date | None:
    """Return the last day up to `today` on which an illness was over, as resumed from or as a fever, or None."""
    is_ill, found = False, None
    for step in history.steps:
        if step.day > today:
            break
        if step.step is Step.ILL:
            is_ill = True
        elif is_ill and step.step in {Step.RESUME, Step.START, Step.START_OWN}:
            is_ill, found = False, step.day
    over = history.fever_over
    return max((day for day in (found, over) if day is not None and day <= today), default=None)
