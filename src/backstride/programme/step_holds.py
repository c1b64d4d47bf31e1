"""What keeps a step from going up though no session hurt: a flare, more medicine, a leg, a climb, no rating."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from statistics import median

from backstride.core.leg_sign import LEG_SIGN_FROM
from backstride.core.new_pain import DAYS as NEW_DAYS
from backstride.core.new_pain import GAP_DAYS, LEAST, NewPainEpisode
from backstride.core.plan_step import Step
from backstride.programme.history import (
    ONE_DAY,
    TALK_DAYS,
    CompletedSession,
    History,
    Site,
    talk_days,
    talked_since,
)
from backstride.programme.lasting_signs import returning_since, sore_since
from backstride.programme.lights import (
    CALM,
    RED_PAIN,
    SMALL_RISE,
    is_rising_on,
    last_rated,
    reports_after,
)
from backstride.programme.on_foot import long_days
from backstride.programme.rules import Rule

FLARE_DAYS = 7
"""So long a flare counts that is not told of again."""
MEDICINE_DAYS = 3
MEDICINE_OF = 7
CLIMB = 1.5
CLIMB_FAR = 2.0
"""From such a climb on there are walks only; our own choice."""
RATED_DAYS = 7
"""So long a rating of the back says how it is."""
LEG_RATED_DAYS = 14
"""So long a rating of a leg counts for whether it is steady, and so long before a talk for what it was then."""
CLIMB_DAYS = 14
CLIMB_FROM = 7
"""So many days with a rating are needed for two weeks to count."""
MONTH_DAYS = 28
MONTH_FROM = 14
"""So many days with a rating are needed for 28 days to count."""
YEAR_DAYS = 365
BEGINNINGS = {Step.START: 28, Step.START_OWN: 28, Step.TALKED: CLIMB_DAYS}
"""What a climb is held against begins with these, and so many days before them."""


def why_repeat(history: History, effort: CompletedSession) -> Rule | None:
    """Return the rule by which a session must be repeated although its pain was low; None where there is none.

    Args:
        history: the check-ins so far.
        effort: the session.
    """
    after = reports_after(history, effort)
    pains = [pain for report in after for site in Site if (pain := report.at(site)) is not None]
    day = max((report.day for report in after), default=effort.day)
    held: tuple[tuple[Rule, Callable[[], bool]], ...] = (
        (Rule.ABOVE_FIVE, lambda: max(pains, default=0.0) > RED_PAIN),
        (Rule.FLARE, lambda: any(report.flare for report in after)),
        (Rule.MEDICINE, lambda: any(report.medicine == "more" for report in after)),
        (Rule.LEG_NEAR, lambda: is_leg_near(history, day)),
        (Rule.SORE, lambda: is_sore(history, day)),
    )
    return next((rule for rule, so in held if so()), None)


def no_step_up(history: History, day: date) -> Rule | None:
    """Why no step goes up on a day, by what was told until then; None where one may.

    Args:
        history: the check-ins so far.
        day: the local day.
    """
    held: tuple[tuple[Rule, Callable[[], bool]], ...] = (
        (Rule.NOT_RATED, lambda: not is_rated(history, day)),
        (Rule.FLARE, lambda: has_flare(history, day)),
        (Rule.MEDICINE, lambda: medicine_days(history, day) >= MEDICINE_DAYS),
        (Rule.LEG_NEAR, lambda: is_leg_near(history, day)),
        (Rule.SORE, lambda: is_sore(history, day)),
        (Rule.RISING, lambda: is_rising_on(history, day)),
        (
            Rule.CLIMB,
            lambda: has_climbed(history, day) or has_climbed(history, day, CLIMB_FAR, above=0.0),
        ),
        (Rule.LONG_DAY, lambda: is_after_long_day(history, day)),
    )
    return next((rule for rule, so in held if so()), None)


def new_episode(history: History, site: Site, day: date) -> NewPainEpisode | None:
    """Where new pain in a leg or elsewhere stands by the last rating of it; None where there is none of two weeks."""
    for episode in reversed(history.new_pain_episodes[site]):
        if episode.day <= day:
            return episode if (day - episode.day).days <= GAP_DAYS else None
    return None


def new_days(history: History, site: Site, day: date) -> int:
    """On how many days on end, of those with a rating, there is new pain at a site; 0 where there is none."""
    episode = new_episode(history, site, day)
    return 0 if episode is None else episode.days


def is_leg_near(history: History, day: date) -> bool:
    """Whether new or strong pain in a leg holds the step: none that is steady and that the provider knows of."""
    shown = new_days(history, Site.LEG, day) > 0 or returning_since(history, Site.LEG, day) is not None
    return shown and not is_leg_steady(history, day)


def is_sore(history: History, day: date) -> bool:
    """Whether pain elsewhere holds the step: new on three days on end, or coming back, by days or after runs."""
    is_new = new_days(history, Site.OTHER, day) >= NEW_DAYS
    since = sore_since(history, day)
    returns = returning_since(history, Site.OTHER, day) is not None
    return is_new or (returns and since is not None and not talked_since(history, since, day, Site.OTHER))


def is_leg_steady(history: History, day: date) -> bool:
    """Whether leg pain is mild and no worse than when the person talked with their provider about it.

    Mild is below 4, and not above the pain in the back. No worse is at most the highest of the two weeks up to the
    last talk of 90 days. Pain that was not rated is not known to be either.

    Args:
        history: the check-ins so far, and the talks.
        day: the local day.
    """
    talk = _last_talk(history, day, Site.LEG)
    if talk is None:
        return False
    leg, back = (last_rated(history, site, day, LEG_RATED_DAYS) for site in (Site.LEG, Site.BACK))
    then = _leg_at(history, talk)
    if leg is None or back is None or then is None:
        return False
    return leg[1] < LEG_SIGN_FROM and leg[1] <= min(back[1], then)


def is_leg_worse(history: History, day: date) -> bool:
    """Whether leg pain is clearly worse than when the person talked with their provider about it.

    Clearly worse is by more than 1, or 4 and more where it was less, or was not rated.

    Args:
        history: the check-ins so far, and the talks.
        day: the local day.
    """
    talk = _last_talk(history, day, Site.LEG)
    leg = last_rated(history, Site.LEG, day, LEG_RATED_DAYS)
    if talk is None or leg is None or leg[0].day <= talk:
        return False
    then = _leg_at(history, talk)
    is_strong = leg[1] >= LEG_SIGN_FROM and (then is None or then < LEG_SIGN_FROM)
    return is_strong or (then is not None and leg[1] > then + SMALL_RISE)


def is_leg_above(history: History, day: date) -> bool:
    """Whether leg pain that the person talked over with their provider, and that is no worse, is above the back's.

    Args:
        history: the check-ins so far, and the talks.
        day: the local day.
    """
    if _last_talk(history, day, Site.LEG) is None or is_leg_worse(history, day):
        return False
    leg, back = (last_rated(history, site, day, LEG_RATED_DAYS) for site in (Site.LEG, Site.BACK))
    return leg is not None and leg[1] >= LEAST and (back is None or leg[1] > back[1])


def _last_talk(history: History, day: date, site: Site | None = None) -> date | None:
    """Return the day of the last talk of 90 days up to a day, or None."""
    days = [talk for talk in talk_days(history, site) if talk <= day]
    return days[-1] if days and (day - days[-1]).days <= TALK_DAYS else None


def _leg_at(history: History, talk: date) -> float | None:
    """Return the highest leg pain of the two weeks up to a talk, or None."""
    near = history.reports_of_days(talk - timedelta(days=LEG_RATED_DAYS), talk)
    return max((report.leg for report in near if report.leg is not None), default=None)


def has_flare(history: History, day: date) -> bool:
    """Whether the last word on a flare, of the last seven days, was a yes."""
    near = history.reports_of_days(day - timedelta(days=FLARE_DAYS), day)
    return next((report.flare for report in reversed(near) if report.flare is not None), False)


def is_flare_now(history: History, day: date) -> bool:
    """Whether the last word on a flare was a yes, of that day or of the day before."""
    near = history.reports_of_days(day - ONE_DAY, day)
    return next((report.flare for report in reversed(near) if report.flare is not None), False)


def is_rated(history: History, day: date) -> bool:
    """Whether the back was rated in the seven days up to a day, that day counted."""
    near = history.reports_of_days(day - timedelta(days=RATED_DAYS - 1), day)
    return any(report.back is not None for report in near)


def is_after_long_day(history: History, day: date) -> bool:
    """Whether that day, or the day before, held a very long walk that the person was not used to."""
    return not long_days(history.efforts).isdisjoint({day, day - ONE_DAY})


def medicine_days(history: History, day: date) -> int:
    """On how many of the last seven days more pain medicine than usual was told of."""
    near = history.reports_of_days(day - timedelta(days=MEDICINE_OF - 1), day)
    return len({report.day for report in near if report.medicine == "more"})


def has_climbed(history: History, day: date, rise: float = CLIMB, *, above: float = CALM) -> bool:
    """Whether the back of the last two weeks is above 3, and far above the best two weeks since the start.

    The start is the last one, with the four weeks before it, or the last talk with a provider, with the two weeks
    before it. So a usual that drifts along with the pain hides nothing.

    Args:
        history: the check-ins so far.
        day: the local day.
        rise: points from which on it is far.
        above: what the two weeks must be above, 3 unless given.
    """
    now = _two_weeks(history, day)
    if now is None or now <= above:
        return False
    begun = [step for step in history.steps if step.step in BEGINNINGS and step.day <= day]
    first = history.reports[0].day
    if begun:
        first = begun[-1].day - timedelta(days=BEGINNINGS[begun[-1].step])
    ends = day - timedelta(days=CLIMB_DAYS)
    while (ends - first).days >= CLIMB_FROM - 1:
        before = _two_weeks(history, ends)
        if before is not None and now - before >= rise:
            return True
        ends -= timedelta(days=CLIMB_DAYS)
    return False


def has_climbed_for_months(history: History, day: date) -> bool:
    """Whether the back of the last 28 days is above 3, and far above the best 28 days of the past year.

    Starts and former talks hide nothing here; a talk of the last 90 days ends it.

    Args:
        history: the check-ins so far, and the talks.
        day: the local day.
    """
    now = _middle(history, day, MONTH_DAYS, MONTH_FROM)
    if now is None or now <= CALM or _last_talk(history, day) is not None:
        return False
    months = (day - timedelta(days=ago) for ago in range(MONTH_DAYS, YEAR_DAYS - MONTH_DAYS + 1, MONTH_DAYS))
    before = (_middle(history, ends, MONTH_DAYS, MONTH_FROM) for ends in months)
    return any(level is not None and now - level >= CLIMB_FAR for level in before)


def _two_weeks(history: History, ends: date) -> float | None:
    """Return the median first back rating of each of 14 days; None with fewer than seven rated days."""
    return _middle(history, ends, CLIMB_DAYS, CLIMB_FROM)


def _middle(history: History, ends: date, days: int, least: int) -> float | None:
    """Return the median first back rating of the days up to one, that counted; None with too few rated days."""
    moments, pains = history.first_ratings[Site.BACK]
    # the local days of moments in order are in order to within a day: a zone can be left behind
    noon = datetime.combine(ends, time(12), tzinfo=UTC)
    first = bisect_left(moments, noon - timedelta(days=days + 2))
    last = bisect_right(moments, noon + timedelta(days=2))
    near = [
        pain
        for moment, pain in zip(moments[first:last], pains[first:last], strict=True)
        if 0 <= (ends - moment.date()).days < days
    ]
    return median(near) if len(near) >= least else None
