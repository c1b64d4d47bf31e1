"""Every rule of the programme in words: what it does, why, and where it comes from.

The numbers in the words are fields, filled in from `NUMBERS` of `numbers.py`: there is one place for each.
"""

from dataclasses import dataclass

from backstride.programme.rules import Rule


@dataclass(frozen=True, slots=True)
class About:
    """What a rule does, why, and where it comes from."""

    does: str
    why: str
    source: str


_OURS = "our own choice; no trial gives the number"
_THOMEE = (
    "the idea is that of Thomee 1997 and Silbernagel 2007, for knees and tendons; they rate pain in and after a "
    "session. It was not tested in backs. The numbers are ours"
)
ABOUT: dict[Rule, About] = {
    Rule.ENTRY: About(
        "Start with walks, up to {session_min} minutes: for at least {entry_days} days, and {entry_walks} that felt "
        "fine. If you run already, you may start from your own running.",
        "Running is a hard start for someone who sits all day.",
        _OURS,
    ),
    Rule.OWN: About(
        "Own running counts from {least_runs} runs in {least_weeks} of the last 4 weeks on. It takes the middle one "
        "of your runs, and never more runs a week than you are used to. Neither is more than half above that of the "
        "four weeks before, where you ran in them. The runs of the last seven days count.",
        "One long run says little of what you can do each week.",
        _OURS,
    ),
    Rule.SESSIONS: About(
        "At most {a_week} sessions a week, and no runs on two days in a row, but where you are used to more runs. "
        "Walk as often as you like.",
        "Legs need a day between runs. Walks need none.",
        "three sessions of 30 minutes: Neason 2024, doi 10.1136/bjsports-2024-108245; the day between is ours",
    ),
    Rule.OWN_DAYS: About(
        "You are used to more than {apart_a_week} runs a week: the plan keeps your number, and as many days in a row "
        "as you had, but one day of seven is free. The runs of the last seven days count.",
        "To stop much of what you are used to is a change, too.",
        _OURS,
    ),
    Rule.ADVANCE: About(
        "After {greens} greens in a row, and at least {step_days} days from step to step, you go one up. Once "
        "you run, walks alone keep the step.",
        "Slow steps show early what is too much.",
        _OURS,
    ),
    Rule.REPEAT: About("The same step once more.", "It is not clear yet that the next one is fine.", _OURS),
    Rule.RISING: About(
        "The last seven days were worse by {weekly_rise} or more than the seven before: no step up.",
        "Pain that climbs from week to week is a sign to wait.",
        _THOMEE,
    ),
    Rule.AMBER: About(
        "After a session pain is above {calm}, and more than {small_rise} above your usual: repeat the step. If the "
        "last rating before the next run, a day or more later, is not down, go one back.",
        "A small rise that goes away is taken as no harm. One that stays is a sign to do less.",
        _THOMEE,
    ),
    Rule.RED: About(
        "After a session pain is above {calm} and {red_rise} or more above your usual. Or it is above {red_pain} and "
        "more than {small_rise} above it. Or a leg has a new sign. Then rest two days, and go two back. The worst of "
        "the {after_hours} hours after it counts, in back, leg or elsewhere; with no rating then, that of the day "
        "after.",
        "That was too much for now.",
        _THOMEE,
    ),
    Rule.MORNING: About(
        "The last rating is above {calm}, and more than {small_rise} above your usual: walks for now. If it is also "
        "above {red_pain}, or {red_rise} or more above your usual, there is no session until it settles.",
        "It is worse than usual today. If it is new or strong, read when to get help.",
        _THOMEE,
    ),
    Rule.HIGH: About(
        "Pain of {walks_from} or more: walks at most, whatever is usual for you.",
        "There is a limit, even if you are used to more.",
        _THOMEE,
    ),
    Rule.HIGH_STAYS: About(
        "The middle rating of the last {month_days} days is above {red_pain}: walks only. Talk to your provider "
        "before you run. That counts for {talk_days} days.",
        "Much pain for weeks is worth a look, even if you are used to it.",
        _OURS,
    ),
    Rule.ABOVE_FIVE: About(
        "Pain above {red_pain} after a session: no step goes up, whatever is usual for you. If it stays so for "
        "weeks, talk to your provider.",
        "There is a limit, even if you are used to more.",
        _THOMEE,
    ),
    Rule.FLARE: About(
        "You call it a flare: no step goes up until a morning that is none.",
        "You know your back. The next step can wait.",
        _OURS,
    ),
    Rule.MEDICINE: About(
        "More pain medicine than usual after a session, or on {medicine_days} of {medicine_of} days: no step goes "
        "up. If you need more for long, talk to your provider.",
        "Medicine can hide what a run does.",
        _OURS,
    ),
    Rule.MEDICINE_STAYS: About(
        "More pain medicine than usual on {medicine_stays} of {medicine_stays_of} days: walks only. Talk to your "
        "provider before you run.",
        "A low rating says less when it takes more medicine to get there.",
        _OURS,
    ),
    Rule.LEG_NEAR: About(
        "Pain in a leg of {new_least} or more that is as strong as in your back, or {new_rise} above what was usual "
        "there: no step goes up. On {new_days} days on end it is a sign in a leg. It holds no step where you talked "
        "with your provider, and it is below {leg_sign}, not above the back's and no worse than then.",
        "Pain that goes down a leg while the back gets better is a sign to wait.",
        "pain that moves away from the back goes with a slower course: May and Aina 2012, "
        "doi 10.1016/j.math.2012.05.003, from memory, not read for this; the numbers are ours",
    ),
    Rule.SORE: About(
        "New pain elsewhere, {new_rise} or more above what was usual there, on {new_days} days on end: no step goes "
        "up. So it is with such pain, or any of {sore_from} or more, that comes and goes or follows {sore_runs} runs "
        "in a row. After {sore_asked} days on end, or where it comes and goes, you are asked about your bones.",
        "A bone that is about to break often begins with a little pain that comes each day.",
        "early pain of bone stress injuries: PMC7049623, summary read; the numbers are ours",
    ),
    Rule.CLIMB: About(
        "The last {climb_days} days are above {calm}, and {climb} or more above your best {climb_days} days since "
        "the start, or since you talked with your provider: no step goes up. So it is with a rise of {climb_far} "
        "from any height. Talk to your provider.",
        "Pain that climbs slowly hides behind what is usual.",
        _THOMEE,
    ),
    Rule.CLIMB_FAR: About(
        "The last {climb_days} days are above {calm}, and {climb_far} or more above your best {climb_days} days "
        "since the start, or since you talked with your provider: walks only. Talk to your provider before you run.",
        "Your back is much worse than it was. Have that looked at before you run on.",
        _OURS,
    ),
    Rule.CLIMB_MONTHS: About(
        "The last {month_days} days are above {calm}, and {climb_far} or more above your best {month_days} days of "
        "the past year, whatever starts and talks lie between: walks only. Talk to your provider before you run. "
        "That counts for {talk_days} days.",
        "Pain that climbs over months is easy to get used to.",
        _OURS,
    ),
    Rule.FLARE_NOW: About(
        "You called it a flare today or yesterday, and not over since: walks only.",
        "A walk is the safer choice while it is worse than usual for you.",
        _OURS,
    ),
    Rule.NOT_RATED: About(
        "Your back has no rating of the last {rated_days} days: no step goes up. Rate it before you run. If it is "
        "worse than usual, walk.",
        "Without a rating nobody knows how your back is.",
        _OURS,
    ),
    Rule.LONG_DAY: About(
        "More than {long_day_min} minutes on foot in one day, and more than {limit} percent above your longest of "
        "the {limit_days} days before that week: no step goes up, and no run on that day or the next. Rest, or walk "
        "a little.",
        "A very long walk tires the legs and back as a run does.",
        _OURS,
    ),
    Rule.SETTLE: About(
        "No session until pain is back at no more than {calm}, or within {small_rise} of what was usual before. "
        "Walks of your own are fine.",
        "Carrying on while it hurts more tells you nothing.",
        _THOMEE,
    ),
    Rule.STAYED: About(
        "Not back after {stayed_days} days: walks only. Talk to your provider before you run.",
        "If it stays worse, have it looked at.",
        _OURS,
    ),
    Rule.LEG: About(
        "A sign in a leg: walks only until it is gone. Pain of {leg_sign} or more in a leg is one. So is pain of "
        "{new_least} or more on {new_days} days on end that is new, or as strong as in your back.",
        "Signs that go down a leg ask for more care than the back.",
        _OURS,
    ),
    Rule.LEG_STAYS: About(
        "A sign in a leg for more than {leg_days} days: walks only. Talk to your provider before you run. If "
        "you say in the safety questions that your provider agrees about a leg, that is such a talk.",
        "Do not get used to a sign that stays in a leg.",
        _OURS,
    ),
    Rule.LEG_WORSE: About(
        "Leg pain is more than {small_rise} above what it was when you talked with your provider, or {leg_sign} or "
        "more where it was less or not rated: walks only. Talk again before you run.",
        "What was agreed was about a leg that hurt less.",
        _OURS,
    ),
    Rule.LEG_ABOVE: About(
        "Your leg hurts more than your back, and no more than when you talked with your provider: the step stays. "
        "Stop if it gets worse, or if a leg goes numb or weak.",
        "Those whose leg hurt more than the back did not take part in the running trial.",
        "who was left out of ASTEROID, as told by a copy of its registry; the rule is ours",
    ),
    Rule.LEG_RETURNS: About(
        "Pain of {new_least} or more in a leg that is new, or as strong as in your back, comes and goes: walks only. "
        "Talk to your provider before you run. It comes and goes where it is there on {return_days} days or more of "
        "{return_short} or {return_long}, one in {return_of} of those rated, in {return_spells} spells. After "
        "{sore_runs} runs in a row it counts, too.",
        "Pain in a leg often begins as one that comes and goes.",
        _OURS,
    ),
    Rule.SORE_STAYS: About(
        "Pain of {sore_from} or more elsewhere, as in a shin, knee or foot, for more than {sore_days} days, or for "
        "so long pain there that comes and goes or follows each run: walks only. Talk to your provider before you "
        "run. If you say in the safety questions that your provider agrees about a sore bone or a hurt leg, that is "
        "such a talk.",
        "A bone that is sore for weeks may be about to break.",
        _OURS,
    ),
    Rule.TWO_REDS: About(
        "Two reds in {pattern_days} days: walks only. Talk to your provider first. It ends when you say that you "
        "did, or after {forgotten_days} days without a red.",
        "Twice is a pattern worth a look.",
        _OURS,
    ),
    Rule.LIMIT: About(
        "No run of your own is more than {limit} percent longer than your longest run of the last {limit_days} days. "
        "After none it is half of your usual one at most. {least_run} minutes are always open. Walks do not count.",
        "Runners got hurt more often after such a jump.",
        "Schuster Brandt Frandsen 2025, doi 10.1136/bjsports-2024-109380: metres of runners, a study that only "
        "watched; minutes, and the start after a gap, are ours",
    ),
    Rule.WEEK_LIMIT: About(
        "Seven days hold at most {limit} percent more of your own running than the best week of the four before.",
        "So that short runs do not add up to a jump.",
        "our own choice; a slow build-up by the week kept nobody from harm in a trial of beginners (Buist 2008)",
    ),
    Rule.STEP_LIMIT: About(
        "On the ladder no session goes more than one step beyond the minutes that you ran in the last {limit_days} "
        "days.",
        "The steps are not held to {limit} percent: the first one doubles the running, from very little. Then the "
        "longest run grows by half at most.",
        _OURS,
    ),
    Rule.ON_FOOT: About(
        "On the ladder no session is more than {limit} percent longer than your longest of the last {limit_days} "
        "days on foot, walks counted. After more than {full_days} days without one it is the share of it that is "
        "open after a break. {first_walk} minutes are always open. Where you answer that {session_min} minutes of "
        "walking are fine, you begin with these.",
        "A body that has rested needs a slow start.",
        _OURS,
    ),
    Rule.LONG_BREAK: About(
        "More than {full_days} days without a run: three quarters of what you ran before. More than {month_off}: "
        "half. More than {two_months_off}: a quarter. More than {season_off}: walks first. On the ladder it is the "
        "highest step with no more running than that, and step 1 at least. Three walks in two weeks put three "
        "quarters off to {no_run_days} days. Where chance drew a month for walks, and you walked, half comes after "
        "more than {block_off}.",
        "What you gained fades with time.",
        _OURS,
    ),
    Rule.ILLNESS: About(
        "In the first {well_days} days after an illness each session is half. Greens from before it do not count.",
        "The body needs time after an illness.",
        _OURS,
    ),
    Rule.FAR_RUN: About(
        "A run of {far_run} minutes or more that is over {limit} percent longer than your longest of {far_run_days} "
        "days, or one of {double_run} or more that is more than twice as long: no run on the next "
        "{far_rest_days} days, and for {far_days} days each session is half.",
        "After a race the body needs an easy week.",
        "Schuster Brandt Frandsen 2025, doi 10.1136/bjsports-2024-109380: runners got hurt more often after such a "
        "jump, in a study that only watched; half, and a week, are ours",
    ),
    Rule.MISSED: About(
        "Missed days are just missed. The step waits for you.", "Life gets in the way.", _OURS
    ),
    Rule.PAUSED: About(
        "No sessions while you pause, are ill, are away, or while the safety questions say so.",
        "The plan waits. The diary goes on.",
        _OURS,
    ),
    Rule.WALK_ONLY: About(
        "Only walks for now. Walk each day, if you like.",
        "The safety questions, a morning, or one of the rules here asks for it.",
        _OURS,
    ),
    Rule.DRAWN: About(
        "Sessions lie on the days that chance drew, three a week. If you are used to more runs, it is less for now.",
        "So the answer is clearer.",
        "docs/draws.md",
    ),
    Rule.NOT_DRAWN: About(
        "No drawn day is left in these seven days. The next drawn week has sessions again.",
        "A day more than was drawn would blur the answer.",
        _OURS,
    ),
}
