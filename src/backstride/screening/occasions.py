"""When the safety questions are asked: at the start, weekly in three taps, and after what the diary tells."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from backstride.core.check_in import CheckIn
from backstride.core.measurement import Measurement, MeasurementKind
from backstride.core.new_pain import (
    ASKED_DAYS,
    SORE_FROM,
    SiteRating,
    new_pain_episodes,
    returning_pain,
)
from backstride.core.plan_step import PlanStep, Step
from backstride.core.roland_morris import RolandMorris
from backstride.screening.before import TALK
from backstride.screening.flares import EVERY, FlareSign, last_flares
from backstride.screening.follow_ups import NOT_SEEN, NOT_SEEN_SOON
from backstride.screening.item import Item
from backstride.screening.items import ITEMS
from backstride.screening.leg_signs import LegSpell, last_new_leg_sign, last_open_leg_spell
from backstride.screening.taps import TAPS


class Occasion(StrEnum):
    """Why the questions are asked now."""

    START = "start"
    WEEKLY = "weekly"
    FLARE = "flare"
    LEG = "leg"
    BONE = "bone"
    ILLNESS = "illness"
    WEIGHT = "weight"
    SEEN = "seen"
    SEEN_SOON = "seen soon"
    BIRTH = "birth"
    HEALED = "healed"
    AGAIN = "again"


AFTER_ILLNESS = (
    *("chest_pain", "hard_breathing", "fever", "fever_and_ill", "light_effort"),
    *("new_after_infection", "calf_swollen", "fever_weak_defence"),
)
"""Fever, the heart, an infection of the spine, a clot: asked once more when somebody goes on after an illness."""
IN_A_LEG = (
    "calf_swollen",
    "cold_leg",
    "spot_on_bone",
    "bone_at_night",
    "ache_on_impact",
    "leg_injury",
    "calves_cramp",
)
"""Asked beside the questions on nerves: whoever rates a leg may mean its calf, its vessels or a bone."""
AFTER_BIRTH = ("birth_12_weeks", "birth_year", "pelvic_floor", "recent_surgery")
"""Asked anew where somebody is pregnant no more."""
HEALING = ("leg_injury", "recent_surgery", "thirty_minutes")
COUNTS_DAYS = {
    "birth_12_weeks": 84,
    "birth_year": 365,
    "leg_injury": 42,
    "recent_surgery": 92,
    "thirty_minutes": 28,
}
"""So long a yes to a question counts that names a time, or that walks may have made untrue; then it is asked anew."""
NEVER_OVER = frozenset({"under_18", "cancer_ever"})
"""What a provider's agreement to running does not end: a no after it is asked again, too."""
EVER = frozenset({*NEVER_OVER, "spinal_surgery", "new_joint", "spine_bone"})
"""Once so, always so: a no is asked again however long after the yes it comes."""
FACTS = frozenset({*(item.key for item in TALK), *NEVER_OVER})
"""What two weeks do not change: where a no follows a yes so soon, one of them is untrue, and it is asked again."""
ON_BONES = ("spot_on_bone", "bone_at_night", "ache_on_impact")
"""Asked where new pain elsewhere lasts for more than a week."""
ON_WEIGHT = ("weight_loss", "missed_periods", "eats_too_little")
"""Asked where the scale shows a fast loss."""
WEIGHT_FALLS = ((timedelta(days=28), 0.05), (timedelta(days=182), 0.10))
"""A loss of so large a share within so long is fast; our own choice."""
WEIGHT_AGAIN = timedelta(days=28)
"""So long a loss that goes on asks no second time."""
QUESTIONS: dict[Occasion, tuple[Item, ...]] = {
    Occasion.START: ITEMS,
    Occasion.WEEKLY: TAPS,
    Occasion.FLARE: TAPS,
    Occasion.LEG: tuple(item for item in ITEMS if item.on_legs or item.key in IN_A_LEG),
    Occasion.BONE: tuple(item for item in ITEMS if item.key in ON_BONES),
    Occasion.ILLNESS: tuple(item for item in ITEMS if item.key in AFTER_ILLNESS),
    Occasion.WEIGHT: tuple(item for item in ITEMS if item.key in ON_WEIGHT),
    Occasion.SEEN: (NOT_SEEN,),
    Occasion.SEEN_SOON: (NOT_SEEN_SOON,),
    Occasion.BIRTH: tuple(
        item for item in ITEMS if item.key in ("late_in_pregnancy", "pregnant", *AFTER_BIRTH)
    ),
    Occasion.HEALED: tuple(item for item in ITEMS if item.key in HEALING),
    Occasion.AGAIN: tuple(item for item in ITEMS if item.key in FACTS),
}
SINGLE = frozenset({Occasion.SEEN, Occasion.SEEN_SOON, Occasion.AGAIN})
"""Occasions of single questions: they say nothing of the three lists, and put off no week's questions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What the diary tells that calls for the questions.

    Attributes:
        flare: the last day on which a flare was reported, or shows in the ratings, or pain elsewhere was strong; or
            None.
        flares: the last day of each of these.
        new_leg_symptom: the last day on which a sign in a leg was told that was not there before, or on which pain
            in a leg was new, or as strong as in the back, for the third day on end; or None.
        leg_spell: the last days on which such a sign was told and that no talk with a provider came after, or None.
        sore: the last day on which new pain elsewhere had lasted for a week, or on which it first showed that pain
            there comes and goes, or follows runs; or None.
        well_again: the last day on which somebody went on after an illness, or None.
        lost_weight: the last day on which the scale showed a fast loss, or None.
    """

    flare: date | None = None
    flares: Mapping[FlareSign, date] = field(default_factory=dict, compare=False)
    new_leg_symptom: date | None = None
    leg_spell: LegSpell | None = None
    sore: date | None = None
    well_again: date | None = None
    lost_weight: date | None = None


def latest_red_flags(
    check_ins: Sequence[CheckIn],
    steps: Sequence[PlanStep] = (),
    *,
    measurements: Sequence[Measurement] = (),
    questionnaires: Sequence[RolandMorris] = (),
    agreed: Collection[date] = (),
) -> Signs:
    """Find the latest day of each warning sign.

    Args:
        check_ins: all of them, in any order.
        steps: what was said about going on.
        measurements: what was measured; the weights count here.
        questionnaires: the Roland-Morris questionnaires.
        agreed: days on which a provider agreed, by the answers, to running with a sign in a leg.
    """
    talks = {*agreed, *(step.day for step in steps if step.step is Step.TALKED)}
    in_order = sorted(check_ins, key=lambda check_in: check_in.moment)
    flares = last_flares(in_order, questionnaires)
    return Signs(
        flare=max(flares.values(), default=None),
        flares=flares,
        new_leg_symptom=last_new_leg_sign(in_order, talks),
        leg_spell=last_open_leg_spell(in_order, talks),
        sore=_last_sore(in_order),
        well_again=_well_again(steps),
        lost_weight=_last_loss(measurements),
    )


def _last_sore(check_ins: Sequence[CheckIn]) -> date | None:
    """Return the last day on which new pain elsewhere reached a week, or came and went; each counts once."""
    rated = (SiteRating(one.local_day, one.other_pain) for one in check_ins if one.other_pain is not None)
    ratings = list(rated)
    reached = {
        episode.since: episode.day
        for episode in reversed(list(new_pain_episodes(ratings)))
        if episode.days and (episode.day - episode.since).days >= ASKED_DAYS
    }
    returned = {
        one.since: one.day for one in reversed(list(returning_pain(ratings, least=SORE_FROM))) if one.since
    }
    return max((*reached.values(), *returned.values()), default=None)


def _last_loss(measurements: Sequence[Measurement]) -> date | None:
    """Return the last day on which a weight was far below an earlier one; one that goes on asks every four weeks."""
    found: date | None = None
    before: list[tuple[date, float]] = []
    for one in sorted(measurements, key=lambda one: one.moment):
        if one.kind is not MeasurementKind.WEIGHT:
            continue
        day = one.local_day
        lost = any(
            day - then <= within and one.value <= (1.0 - share) * weight
            for within, share in WEIGHT_FALLS
            for then, weight in before
        )
        if lost and (found is None or day - found >= WEIGHT_AGAIN):
            found = day
        before.append((day, one.value))
    return found


def _well_again(steps: Sequence[PlanStep]) -> date | None:
    is_ill, found = False, None
    for step in sorted(steps, key=lambda step: step.day):
        if step.step is Step.ILL:
            is_ill = True
        elif is_ill and step.step in {Step.RESUME, Step.START, Step.START_OWN}:
            is_ill, found = False, step.day
    return found


def due(today: date, asked: Mapping[Occasion, date], *, signs: Signs) -> Occasion | None:
    """Return the screening occasion due today, the most urgent first, or None.

    Args:
        today: the local day.
        asked: the day on which each occasion was last answered.
        signs: what the diary tells. A sign asks for answers of its own day or later.
    """
    return next(iter(all_due(today, asked, signs=signs)), None)


def all_due(today: date, asked: Mapping[Occasion, date], *, signs: Signs) -> tuple[Occasion, ...]:
    """Return every occasion due today, the most urgent first; that of the week only where nothing else is due.

    Args:
        today: the local day.
        asked: the day on which each occasion was last answered.
        signs: what the diary tells. A sign asks for answers of its own day or later.
    """
    if Occasion.START not in asked:
        return (Occasion.START,)
    start = asked[Occasion.START]
    by_sign = (
        (signs.new_leg_symptom, Occasion.LEG),
        (signs.well_again, Occasion.ILLNESS),
        (signs.sore, Occasion.BONE),
        (signs.lost_weight, Occasion.WEIGHT),
        (signs.flare, Occasion.FLARE),
    )
    found = tuple(
        occasion
        for sign, occasion in by_sign
        if sign is not None and max(asked.get(occasion, start), start) < sign
    )
    last = max(day for occasion, day in asked.items() if occasion not in SINGLE)
    return found or ((Occasion.WEEKLY,) if today - last >= EVERY else ())
