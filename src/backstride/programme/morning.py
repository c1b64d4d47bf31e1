"""What the last check-ins show that nobody should run on, whatever the state of the plan."""

from dataclasses import dataclass
from datetime import date

from backstride.programme.history import USUAL_DAYS, History, Site, usual
from backstride.programme.holds import LEG_DAYS, leg_returns, open_leg_signs
from backstride.programme.lights import OTHER_DAYS, WALKS_FROM, ResponseGrade, last_rated, morning_light
from backstride.programme.step_holds import is_leg_worse

BAD = frozenset({ResponseGrade.AMBER, ResponseGrade.RED})


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing that a check-in shows.

    Attributes:
        day: when it was told.
        site: where it hurts.
        pain: the worst rating of that day, 0-10; None for a sign in a leg that was told in words.
        usual: what is usual there, where that is known and the rating stands above it.
    """

    day: date
    site: Site
    pain: float | None = None
    usual: float | None = None


def shown(history: History, today: date) -> tuple[Shown, ...]:
    """Return what the last report of each site shows: pain of 7 or more, a rise above the usual, a leg symptom.

    Args:
        history: what was told, and talks with the provider: a sign in a leg that was talked over, and is no worse
            since, is none here; nothing else of the plan counts.
        today: the local day. A rating counts as long as `light_today` counts it.
    """
    is_open = _is_leg_open(history, today)
    found = [one for site in Site if (one := _pain(history, site, today, is_open=is_open)) is not None]
    in_words = _leg_in_words(history, today) if is_open else None
    return tuple(found) if in_words is None else (*found, in_words)


def knows_of_leg(history: History, today: date) -> bool:
    """Whether the last word on a leg, of a week, was a sign that a talk with the provider covers.

    Args:
        history: what was told, and the talks.
        today: the local day.
    """
    said = _leg_in_words(history, today)
    return said is not None and (today - said.day).days < LEG_DAYS and not _is_leg_open(history, today)


def _is_leg_open(history: History, today: date) -> bool:
    return bool(open_leg_signs(history, today)) or is_leg_worse(history, today) or leg_returns(history, today)


def _pain(history: History, site: Site, today: date, *, is_open: bool) -> Shown | None:
    """Return what the last ratings of a site show, or None; `is_open` says whether a leg has an open sign."""
    rated = last_rated(history, site, today, OTHER_DAYS if site is Site.OTHER else USUAL_DAYS)
    if rated is None:
        return None
    first, pain = rated
    level = usual(history, site, first.moment)
    rises = morning_light(pain, level) in BAD
    # a sign in a leg needs no usual to stand out
    is_sign = site is Site.LEG and is_open and pain > 0.0
    if pain >= WALKS_FROM or rises or is_sign:
        return Shown(first.day, site, pain, level.pain if rises else None)
    return None


def _leg_in_words(history: History, today: date) -> Shown | None:
    """Return a leg symptom reported by words where the last answer on it was yes."""
    for report in reversed(history.reports):
        if report.day > today or report.leg_symptoms is None:
            continue
        is_near = (today - report.day).days <= USUAL_DAYS
        return Shown(report.day, Site.LEG) if report.leg_symptoms and is_near else None
    return None
