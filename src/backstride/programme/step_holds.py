"""What keeps a step from going up though no session hurt: a flare, more medicine, a leg, a climb, a long run."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from itertools import takewhile

from backstride.core.datetimes import ONE_DAY
from backstride.core.leg_sign import LEG_SIGN_FROM
from backstride.core.new_pain import DAYS as NEW_DAYS
from backstride.core.new_pain import GAP_DAYS, MIN_PAIN, NewPainEpisode
from backstride.core.roland_morris import rise_on
from backstride.programme.climbs import CLIMB_FAR, has_climbed, has_spikes
from backstride.programme.far_runs import is_after_a_jump
from backstride.programme.history import CompletedSession, History, Site, last_talk, talked_since
from backstride.programme.lasting_signs import returning_since, sore_spells
from backstride.programme.lights import (
    RED_PAIN,
    SMALL_RISE,
    is_rising_on,
    last_rated,
    reports_after,
)
from backstride.programme.on_foot import long_days
from backstride.programme.rules import ASK_FOR_A_TALK, Rule

FLARE_DAYS = 7
"""So long a flare counts that is not reported again."""
MEDICINE_DAYS = 3
MEDICINE_OF = 7
RATED_DAYS = 7
"""So long a rating of the back says how it is."""
LEG_RATED_DAYS = 14
"""So long a rating of a leg counts for whether it is steady, and so long before a talk for what it was then."""


BY_THE_DAY = frozenset(
    {Rule.NOT_RATED, Rule.RISING, Rule.CLIMB, Rule.SPIKES, Rule.DAILY_LIFE, Rule.LONG_DAY, Rule.JUMP}
)
"""Rules that keep a step by what a day shows, and not by what one session left."""


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


def no_step_up(history: History, day: date, *, on_ladder: bool) -> Rule | None:
    """Why no step goes up on a day, by what was told and done until then; None where one may.

    Args:
        history: the check-ins and sessions so far.
        day: the local day.
        on_ladder: whether the plan goes by its steps, and not from the person's own running.
    """
    return next((rule for rule, so in _step_holds(history, day, on_ladder=on_ladder) if so()), None)


def talks_of_a_step(history: History, day: date) -> tuple[Rule, ...]:
    """Return the rules that keep a step and ask for a talk, whatever other rule keeps it, too.

    Args:
        history: the check-ins so far.
        day: the local day.
    """
    holds = _step_holds(history, day, on_ladder=True)
    return tuple(rule for rule, so in holds if rule in ASK_FOR_A_TALK and so())


def has_ended(rule: Rule, history: History, day: date, *, on_ladder: bool) -> bool:
    """Whether a rule kept the step once, by what was told and done until then, and does no more.

    Args:
        rule: the one that kept it; those that speak of one session never end so.
        history: the check-ins and sessions so far.
        day: the local day.
        on_ladder: whether the plan goes by its steps.
    """
    if rule not in BY_THE_DAY:
        return False
    return not any(so() for held, so in _step_holds(history, day, on_ladder=on_ladder) if held is rule)


def _step_holds(
    history: History, day: date, *, on_ladder: bool
) -> tuple[tuple[Rule, Callable[[], bool]], ...]:
    """Return the rules that keep a step on a day, each with whether it holds, the first one told first."""
    return (
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
        (Rule.SPIKES, lambda: has_spikes(history, day)),
        (Rule.DAILY_LIFE, lambda: is_daily_life_harder(history, day)),
        (Rule.LONG_DAY, lambda: is_after_long_day(history, day)),
        (Rule.JUMP, lambda: is_after_a_jump(history, day, on_ladder=on_ladder)),
    )


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
    returns = returning_since(history, Site.OTHER, day) is not None
    return is_new or (returns and bool(open_sore_spells(history, day)))


def open_sore_spells(history: History, day: date) -> tuple[date, ...]:
    """Return since when it hurts elsewhere, in each way that no talk with a provider covers.

    A talk covers the way that stood when it was held, and those that are less than it.
    """
    is_open = partial(_is_not_talked_over, history, day)
    return tuple(takewhile(is_open, sore_spells(history, day)))


def _is_not_talked_over(history: History, day: date, since: date) -> bool:
    return not talked_since(history, since, day, Site.OTHER)


def is_sore_worse(history: History, day: date) -> bool:
    """Whether lasting pain elsewhere is more than 1 above what it was when the person talked with their provider.

    Args:
        history: the check-ins so far, and the talks.
        day: the local day.
    """
    if not sore_spells(history, day):
        return False
    talk, now = _since_the_talk(history, Site.OTHER, day)
    then = None if talk is None else _highest_before(history, Site.OTHER, talk)
    return now is not None and then is not None and now > then + SMALL_RISE


def is_leg_steady(history: History, day: date) -> bool:
    """Whether leg pain is mild and no worse than when the person talked with their provider about it.

    Mild is below 4, and not above the pain in the back. No worse is at most the highest of the two weeks up to the
    last talk of 90 days. Pain that was not rated is not known to be either.

    Args:
        history: the check-ins so far, and the talks.
        day: the local day.
    """
    talk = last_talk(history, day, Site.LEG)
    if talk is None:
        return False
    leg, back = (last_rated(history, site, day, LEG_RATED_DAYS) for site in (Site.LEG, Site.BACK))
    then = _highest_before(history, Site.LEG, talk)
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
    talk, now = _since_the_talk(history, Site.LEG, day)
    if talk is None or now is None:
        return False
    then = _highest_before(history, Site.LEG, talk)
    is_strong = now >= LEG_SIGN_FROM and (then is None or then < LEG_SIGN_FROM)
    return is_strong or (then is not None and now > then + SMALL_RISE)


def is_leg_above(history: History, day: date) -> bool:
    """Whether leg pain that the person talked over with their provider, and that is no worse, is above the back's.

    Args:
        history: the check-ins so far, and the talks.
        day: the local day.
    """
    if last_talk(history, day, Site.LEG) is None or is_leg_worse(history, day):
        return False
    leg, back = (last_rated(history, site, day, LEG_RATED_DAYS) for site in (Site.LEG, Site.BACK))
    return leg is not None and leg[1] >= MIN_PAIN and (back is None or leg[1] > back[1])


def _since_the_talk(history: History, site: Site, day: date) -> tuple[date | None, float | None]:
    """Return the day of the last talk of 90 days, and the last rating of a site, where that came after it."""
    talk = last_talk(history, day, site)
    rated = last_rated(history, site, day, LEG_RATED_DAYS)
    return talk, None if talk is None or rated is None or rated[0].day <= talk else rated[1]


def _highest_before(history: History, site: Site, talk: date) -> float | None:
    """Return the highest pain at a site of the two weeks up to a talk, or None."""
    near = history.reports_of_days(talk - timedelta(days=LEG_RATED_DAYS), talk)
    return max((pain for report in near if (pain := report.at(site)) is not None), default=None)


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
    """On how many of the last seven days more pain medicine than usual was reported."""
    near = history.reports_of_days(day - timedelta(days=MEDICINE_OF - 1), day)
    return len({report.day for report in near if report.medicine == "more"})


def is_daily_life_harder(history: History, day: date) -> bool:
    """Whether the last Roland-Morris score is far above the lowest of a year, and no talk came since.

    Args:
        history: the questionnaires so far, and the talks.
        day: the local day.
    """
    since = rise_on(history.roland_morris, day)
    return since is not None and not talked_since(history, since, day)
