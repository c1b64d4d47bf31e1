"""In words: the rules that leave walks, or no session at all."""

from backstride.programme.about import OURS, THOMEE, About
from backstride.programme.rules import Rule

HOLDS: dict[Rule, About] = {
    Rule.RED: About(
        "After a session pain is above {calm} and {red_rise} or more above your usual. Or it is above {red_pain} and "
        "more than {small_rise} above it. Or a leg has a new sign. Then rest two days, and go two back. The worst of "
        "the {after_hours} hours after it counts, in back, leg or elsewhere; with no rating then, that of the day "
        "after. A change within {corrected_min} minutes corrects a slip. A lower rating later takes nothing back.",
        "That was too much for now.",
        THOMEE,
    ),
    Rule.MORNING: About(
        "The last rating is above {calm}, and more than {small_rise} above your usual: walks for now. If it is also "
        "above {red_pain}, or {red_rise} or more above your usual, there is no session until it settles.",
        "It is worse than usual today. If it is new or strong, read when to get help.",
        THOMEE,
    ),
    Rule.HIGH: About(
        "Pain of {walks_from} or more: walks at most on that day and the next, whatever is usual for you.",
        "There is a limit, even if you are used to more.",
        THOMEE,
    ),
    Rule.HIGH_STAYS: About(
        "The middle rating of the last {month_days} days is above {red_pain}: walks only. Talk to your provider "
        "before you run. A talk held while it was so high counts for {talk_days} days.",
        "Much pain for weeks is worth a look, even if you are used to it.",
        OURS,
    ),
    Rule.SPIKES_HIGH: About(
        "In {spike_weeks} of the last {spike_weeks_of} weeks, or after {spike_weeks} of the last {spike_weeks_of} "
        "runs, a rating was above {red_pain}, and {red_rise} or more above what is usual: walks only. Talk to your "
        "provider before you run. It ends when you did, or when it was so on fewer of these; you are told then.",
        "So high a day that comes back is worth a look, even where the next one is fine.",
        OURS,
    ),
    Rule.SEVERE_STAYS: About(
        "Pain of {walks_from} or more, anywhere, on {severe_days} of {severe_of} days: walks only. Have it looked "
        "at in the next few days, and talk to your provider before you run. It ends when you did, or when it was so "
        "on fewer of the last {severe_of} days; you are told then.",
        "So much pain for more than a few days needs a look, whatever the cause.",
        OURS,
    ),
    Rule.MEDICINE_STAYS: About(
        "More pain medicine than usual on {medicine_stays} of {medicine_stays_of} days: walks only. Talk to your "
        "provider before you run.",
        "A low rating says less when it takes more medicine to get there.",
        OURS,
    ),
    Rule.CLIMB_FAR: About(
        "The last {climb_days} days are above {calm}, and {climb_far} or more above your best {climb_days} days "
        "since the start, or since you talked with your provider: walks only. Talk to your provider before you run.",
        "Your back is much worse than it was. Have that looked at before you run on.",
        OURS,
    ),
    Rule.CLIMB_MONTHS: About(
        "The last {month_days} days are above {calm}, and {climb_far} or more above your best {month_days} days of "
        "the past year, whatever starts and talks lie between: walks only. Talk to your provider before you run. "
        "That counts for {talk_days} days.",
        "Pain that climbs over months is easy to get used to.",
        OURS,
    ),
    Rule.FLARE_NOW: About(
        "You called it a flare today or yesterday, and not over since: walks only.",
        "A walk is the safer choice while it is worse than usual for you.",
        OURS,
    ),
    Rule.SETTLE: About(
        "No session until pain is back at no more than {calm}, or within {small_rise} of what was usual before. "
        "Walks of your own are fine.",
        "Carrying on while it hurts more tells you nothing.",
        THOMEE,
    ),
    Rule.REST: About(
        "{rest_days} days of rest come first after that session, even where it feels fine again. Walks of your own "
        "are fine.",
        "What felt fine after a day may not be over.",
        OURS,
    ),
    Rule.STAYED: About(
        "Not back after {stayed_days} days: walks only. Talk to your provider before you run.",
        "If it stays worse, have it looked at.",
        OURS,
    ),
    Rule.LEG: About(
        "A sign in a leg: walks only until it is gone, and then for {leg_days} days after the last day with one. "
        "Pain of {leg_sign} or more in a leg is one. So is pain of {new_least} or more on {new_days} days on end "
        "that is new, or as strong as in your back. A talk since it began opens running sooner. It counts, too, "
        "where the same sign comes back within {leg_gap} days and is no stronger.",
        "Signs that go down a leg ask for more care than the back.",
        OURS,
    ),
    Rule.LEG_STAYS: About(
        "A sign in a leg for more than {leg_days} days: walks only. Talk to your provider before you run. If "
        "you say in the safety questions that your provider agrees about a leg, that is such a talk.",
        "Do not put up with a leg symptom that stays.",
        OURS,
    ),
    Rule.LEG_WORSE: About(
        "Leg pain is more than {small_rise} above what it was when you talked with your provider, or {leg_sign} or "
        "more where it was less or not rated: walks only. Talk again before you run.",
        "What was agreed was about a leg that hurt less.",
        OURS,
    ),
    Rule.LEG_RETURNS: About(
        "Pain of {new_least} or more in a leg that is new, or as strong as in your back, comes and goes: walks only. "
        "Talk to your provider before you run. It comes and goes where it is there on {return_days} days or more of "
        "{return_short} or {return_long}, one in {return_of} of those rated, in {return_spells} spells. After "
        "{sore_runs} of the last {sore_runs_of} runs it counts, too.",
        "Pain in a leg often begins as one that comes and goes.",
        OURS,
    ),
    Rule.SORE_STAYS: About(
        "Pain of {sore_from} or more elsewhere, as in a shin, knee or foot, for more than {sore_days} days, or for "
        "so long pain there that comes and goes or follows runs: walks only. Talk to your provider before you "
        "run. Pain that stays, or comes after each of {each_run} runs, asks for a talk since it does. If you say in "
        "the safety questions that your provider agrees about a sore bone or a hurt leg, that is such a talk.",
        "A bone that is sore for weeks may be about to break.",
        OURS,
    ),
    Rule.SORE_WORSE: About(
        "Pain elsewhere that lasts or comes back is more than 1 above what it was when you talked with your "
        "provider: walks only. Talk again before you run.",
        "What was agreed was about a place that hurt less.",
        OURS,
    ),
    Rule.TWO_REDS: About(
        "Two reds in {pattern_days} days: walks only. Talk to your provider first. It ends when you say that you "
        "did, or after {forgotten_days} days without a red.",
        "Twice is a pattern worth a look.",
        OURS,
    ),
    Rule.PAUSED: About(
        "No sessions while you pause, are ill, are away, or while the safety questions say so.",
        "The plan waits. The diary goes on.",
        OURS,
    ),
    Rule.WALK_ONLY: About(
        "Only walks for now. Walk each day, if you like.",
        "The reason is on this page.",
        OURS,
    ),
    Rule.SAFETY_WALKS: About(
        "Your answers to the safety questions, or those that are still open, leave walks for now.",
        "They count until you answer again.",
        "the safety questions, each with its source",
    ),
}
