"""Rules of the programme in a word or two, for who reads of them from outside."""

from backstride.programme.rules import Rule

HELD: dict[Rule, str] = {
    Rule.AMBER: "more pain after a session",
    Rule.RED: "much more pain after a session",
    Rule.ABOVE_FIVE: "high pain after a session",
    Rule.FLARE: "a flare",
    Rule.MEDICINE: "more pain medicine than usual",
    Rule.LEG_NEAR: "pain in a leg as strong as in the back, or new",
    Rule.MEDICINE_STAYS: "more pain medicine than usual for weeks",
    Rule.SORE: "new pain elsewhere",
    Rule.CLIMB: "pain that climbs slowly",
    Rule.CLIMB_FAR: "pain that climbed by 2 or more",
    Rule.CLIMB_MONTHS: "pain that climbed by 2 or more in a year",
    Rule.FLARE_NOW: "a flare now",
    Rule.NOT_RATED: "no rating for a week",
    Rule.LONG_DAY: "a very long day on foot",
    Rule.RISING: "pain that rose from week to week",
    Rule.MORNING: "a morning worse than usual",
    Rule.HIGH: "high pain",
    Rule.HIGH_STAYS: "a lot of pain for weeks",
    Rule.SEVERE_STAYS: "pain of 7 or more on many days",
    Rule.SPIKES: "high days in most weeks",
    Rule.SPIKES_HIGH: "days above 5 that come back",
    Rule.DAILY_LIFE: "a Roland-Morris count that rose",
    Rule.REST: "rest after a session with more pain",
    Rule.UNRATED: "no rating after a session",
    Rule.ABOVE_THREE: "pain above 3 after a session",
    Rule.SAFETY_WALKS: "the safety answers",
    Rule.BEYOND: "more running than the plan offers",
    Rule.SETTLE: "pain that has not settled yet",
    Rule.STAYED: "pain that stayed up",
    Rule.LEG: "a sign in a leg",
    Rule.LEG_STAYS: "a sign in a leg that stays",
    Rule.LEG_WORSE: "a leg that hurts more than when it was talked over",
    Rule.LEG_RETURNS: "pain in a leg that comes and goes",
    Rule.LEG_ABOVE: "a leg that hurts more than the back, as when it was talked over",
    Rule.SORE_STAYS: "pain elsewhere that stays",
    Rule.SORE_WORSE: "pain elsewhere that is worse than when it was talked over",
    Rule.TWO_REDS: "two sessions with much more pain",
    Rule.LONG_BREAK: "a long break",
    Rule.WALKS_ANEW: "a long time without walks",
    Rule.ILLNESS: "an illness",
    Rule.FAR_RUN: "a run far beyond those before it",
    Rule.LONG_RUN: "a run of two hours or more",
    Rule.JUMP: "a run longer than those of the month before",
    Rule.MISSED: "sessions that were left out",
    Rule.PAUSED: "a pause",
    Rule.WALK_ONLY: "only walks for now",
}
"""Rules that hold the programme back, in a word or two."""
USUAL = frozenset(
    {
        *(Rule.ENTRY, Rule.OWN, Rule.SESSIONS, Rule.ADVANCE, Rule.REPEAT, Rule.WALK_KEEPS),
        *(Rule.DRAWN, Rule.NOT_DRAWN),
        *(Rule.OWN_DAYS, Rule.LIMIT, Rule.WEEK_LIMIT, Rule.STEP_LIMIT, Rule.ON_FOOT, Rule.SHORTER),
    }
)
"""Rules of its usual course, which the report does not name."""
