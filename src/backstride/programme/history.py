"""What the programme is told: sessions done, mornings, and what the person said about going on."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from statistics import median

from backstride.core.plan_step import PlanStep

ONE_DAY = timedelta(days=1)
USUAL_DAYS = 28
USUAL_BACK = tuple(n * ONE_DAY for n in range(USUAL_DAYS))


class Light(Enum):
    """How a session sat with the back; a missing morning leaves it unknown."""

    GREEN = "green"
    AMBER = "amber"
    UNSETTLED = "amber that stayed"
    RED = "red"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Effort:
    """One session that was done: its minutes of running and of walking, and metres."""

    day: date
    run_min: float
    walk_min: float
    metres: float


@dataclass(frozen=True, slots=True)
class Morning:
    """Pain 0-10 (the worse of back and leg) and signs in a leg, on one morning; None where not told."""

    pain: float | None
    leg_symptoms: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Everything the plan rests on, in order of days.

    Attributes:
        efforts: sessions done.
        mornings: by day.
        steps: starts, pauses and the like.
        run_days: days that chance drew for running; None where the person chooses.
    """

    efforts: tuple[Effort, ...] = ()
    mornings: dict[date, Morning] = field(default_factory=dict)
    steps: tuple[PlanStep, ...] = ()
    run_days: frozenset[date] | None = None


def usual_pain(history: History, day: date) -> float | None:
    """The median rating of the 28 mornings up to `day`."""
    told = history.mornings
    found = [
        morning.pain
        for back in USUAL_BACK
        if (morning := told.get(day - back)) is not None and morning.pain is not None
    ]
    return median(found) if found else None


def morning_light(pain: float, usual: float) -> Light:
    """Green at 3 or less, or 1 or less above usual; else red above 5 or from 3 above usual; else amber."""
    rise = pain - usual
    if pain <= 3 or rise <= 1:
        return Light.GREEN
    return Light.RED if pain > 5 or rise >= 3 else Light.AMBER


def light(history: History, day: date) -> Light:
    """How the session of `day` sat: the next morning, and the one after where the first was amber."""
    before, after = history.mornings.get(day), history.mornings.get(day + ONE_DAY)
    if after is None:
        return Light.UNKNOWN
    if after.leg_symptoms and not (before and before.leg_symptoms):
        return Light.RED
    if after.pain is None or (usual := usual_pain(history, day)) is None:
        return Light.UNKNOWN
    first = morning_light(after.pain, usual)
    later = history.mornings.get(day + 2 * ONE_DAY)
    if first is Light.AMBER and later and later.pain is not None:
        stayed = morning_light(later.pain, usual) is not Light.GREEN
        return Light.UNSETTLED if stayed else Light.AMBER
    return first


def settled(history: History, since: date, today: date, usual: float) -> bool:
    """Whether a morning after `since`, and the last one told, is green again."""
    told = [
        history.mornings[day].pain
        for n in range((today - since).days)
        if (day := today - n * ONE_DAY) in history.mornings and history.mornings[day].pain is not None
    ]
    return bool(told) and told[0] is not None and morning_light(told[0], usual) is Light.GREEN


def last_rated(history: History, today: date) -> date:
    """The day of the last rating up to `today`; `today` where there is none in four weeks."""
    days = (today - n * ONE_DAY for n in range(USUAL_DAYS))
    rated = (day for day in days if (told := history.mornings.get(day)) and told.pain is not None)
    return next(rated, today)


def leg_sign_stays(history: History, since: date, today: date) -> bool:
    """Whether a sign in a leg, new after the session of `since`, was still there when last told of.

    One that half of the last 28 mornings tell of has become usual; one not told of again is out after 28 days.
    """
    before, after = history.mornings.get(since), history.mornings.get(since + ONE_DAY)
    is_new = bool(after and after.leg_symptoms) and not (before and before.leg_symptoms)
    days = (today - n * ONE_DAY for n in range(USUAL_DAYS))
    told = [
        (day, sign)
        for day in days
        if (morning := history.mornings.get(day)) and (sign := morning.leg_symptoms) is not None
    ]
    signs = [sign for _, sign in told]
    return is_new and bool(told) and told[0][0] > since and signs[0] and sum(signs) < USUAL_DAYS // 2
