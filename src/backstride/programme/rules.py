"""The rules of the programme by name, and which of them ask for a talk or stand beside when to get help.

What each does, and why, stands in `rule_texts.py`.
"""

from collections.abc import Iterable
from enum import StrEnum


class Rule(StrEnum):
    """The rules by name."""

    ENTRY = "walk first"
    OWN = "own running"
    SESSIONS = "three sessions"
    OWN_DAYS = "own days"
    ADVANCE = "three greens"
    REPEAT = "repeat"
    WALK_KEEPS = "a walk keeps the step"
    UNRATED = "session not rated"
    ABOVE_THREE = "above three"
    RISING = "rising"
    SPIKES = "high days that come back"
    SPIKES_HIGH = "very high days that come back"
    DAILY_LIFE = "daily life"
    AMBER = "amber"
    RED = "red"
    MORNING = "morning"
    HIGH = "high pain"
    HIGH_STAYS = "high pain stays"
    SEVERE_STAYS = "severe pain stays"
    ABOVE_FIVE = "above five"
    FLARE = "flare"
    MEDICINE = "more medicine"
    LEG_NEAR = "leg pain near the back's"
    SORE = "new sore spot"
    CLIMB = "slow climb"
    CLIMB_FAR = "far climb"
    CLIMB_MONTHS = "climb over months"
    FLARE_NOW = "flare now"
    NOT_RATED = "not rated"
    LONG_DAY = "long day on foot"
    SETTLE = "settle"
    REST = "rest"
    STAYED = "not settled"
    LEG = "leg"
    LEG_STAYS = "leg stays"
    LEG_WORSE = "leg worse"
    LEG_RETURNS = "leg returns"
    LEG_ABOVE = "leg above the back"
    SORE_STAYS = "sore stays"
    SORE_WORSE = "sore worse"
    MEDICINE_STAYS = "medicine stays"
    TWO_REDS = "two reds"
    LIMIT = "110 percent"
    WEEK_LIMIT = "week limit"
    STEP_LIMIT = "one step"
    ON_FOOT = "time on foot"
    SHORTER = "shorter after days off"
    LONG_BREAK = "long break"
    WALKS_ANEW = "walks anew"
    ILLNESS = "after illness"
    FAR_RUN = "after a far run"
    LONG_RUN = "after a long run"
    JUMP = "after a longer run"
    MISSED = "missed"
    PAUSED = "paused"
    WALK_ONLY = "walk only"
    SAFETY_WALKS = "safety walks"
    BEYOND = "more than the plan"
    DRAWN = "drawn"
    NOT_DRAWN = "not drawn"


TALK_BEFORE_RUNNING = frozenset(
    {
        *(Rule.STAYED, Rule.LEG_STAYS, Rule.LEG_WORSE, Rule.LEG_RETURNS, Rule.SORE_STAYS),
        *(Rule.SORE_WORSE,),
        *(Rule.HIGH_STAYS, Rule.SEVERE_STAYS, Rule.SPIKES_HIGH, Rule.MEDICINE_STAYS, Rule.TWO_REDS),
        *(Rule.CLIMB_FAR, Rule.CLIMB_MONTHS),
    }
)
"""Rules that leave walks until the person says that they talked with their provider."""
ASK_FOR_A_TALK = TALK_BEFORE_RUNNING | {Rule.CLIMB, Rule.DAILY_LIFE}
"""Rules that end when the person says so."""
WEAKER = {
    Rule.CLIMB: {Rule.CLIMB_FAR, Rule.CLIMB_MONTHS},
    Rule.SORE: {Rule.SORE_STAYS, Rule.SORE_WORSE},
    Rule.SPIKES: {Rule.SPIKES_HIGH},
    Rule.ABOVE_FIVE: {Rule.HIGH_STAYS, Rule.SEVERE_STAYS},
    Rule.HIGH: {Rule.SEVERE_STAYS},
    Rule.HIGH_STAYS: {Rule.SEVERE_STAYS},
    Rule.MEDICINE: {Rule.MEDICINE_STAYS},
    Rule.JUMP: {Rule.FAR_RUN},
}
"""Rules that are not told beside a stronger one on the same thing."""
WORSE = frozenset({Rule.RED, Rule.MORNING, Rule.HIGH, Rule.LEG, Rule.FLARE_NOW, *ASK_FOR_A_TALK})
"""Rules beside which stands when to get help."""


def without_weaker(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return the rules in their order, each once, without those that a stronger one on the same thing is beside."""
    found = tuple(dict.fromkeys(rules))
    return tuple(rule for rule in found if WEAKER.get(rule, set()).isdisjoint(found))
