"""Every rule of the programme in words: what it does, why, and where it comes from.

The numbers in the words are fields, filled in from `NUMBERS` of `numbers.py`: there is one place for each.
"""

from backstride.programme.about import OURS, THOMEE, About
from backstride.programme.hold_texts import HOLDS
from backstride.programme.rules import Rule

ABOUT: dict[Rule, About] = HOLDS | {
    Rule.ENTRY: About(
        "Start with walks, up to {session_min} minutes: for at least {entry_days} days, and {entry_walks} that "
        "felt fine. If you run already, you can start from the running you do now.",
        "Running is a hard start for someone who sits all day.",
        OURS,
    ),
    Rule.OWN: About(
        "You can start from the running you do now after {least_runs} runs or more, in {least_weeks} of the last 4 "
        "weeks. The plan takes the middle one of your runs, and never more runs a week than you are used to. "
        "Neither is more than half above that of the four weeks before, if you ran in them. A week in which your "
        "records begin does not say how often you ran. The runs of the last seven days count. After a break of "
        "{season_off} days or less the four weeks before it count, and you begin with the share that is allowed "
        "after a break.",
        "One long run says little of what you can do each week.",
        OURS,
    ),
    Rule.SESSIONS: About(
        "At most {a_week} sessions a week, and no runs on two days in a row, unless you are used to more runs. "
        "Walk as often as you like.",
        "Legs need a day off between runs. Walks need none.",
        "three sessions of 30 minutes: Neason 2024, doi 10.1136/bjsports-2024-108245, summary read; the day between "
        "is our choice",
    ),
    Rule.OWN_DAYS: About(
        "You are used to runs on more than {apart_a_week} days a week: the plan keeps that number of days, and as "
        "many in a row as you had, but one day of seven is free. Two runs on one day count as one. The runs of the "
        "last seven days count.",
        "Giving up much of what you are used to is a change, too.",
        OURS,
    ),
    Rule.ADVANCE: About(
        "After {greens} greens in a row, and at least {step_days} days after the last step, you go up one step. "
        "Once you run, walks alone keep the step.",
        "Slow steps show early what is too much.",
        OURS,
    ),
    Rule.REPEAT: About("The same step once more.", "It is not clear yet that the next one is fine.", OURS),
    Rule.WALK_KEEPS: About(
        "The last session was a walk: the step stays.",
        "A walk that felt fine says little about a longer run.",
        OURS,
    ),
    Rule.UNRATED: About(
        "After the last session nothing was rated: the step is repeated.",
        "Without a rating nobody knows how it felt.",
        OURS,
    ),
    Rule.ABOVE_THREE: About(
        "After the last session pain was above {calm}: the step is repeated. It counts as usual in the back alone, "
        "and from {usual_from} rated days on.",
        "Nothing yet says that so much is usual for you.",
        OURS,
    ),
    Rule.RISING: About(
        "The middle rating (median) of the last seven days was higher by {weekly_rise} or more than that of the "
        "seven before: no step up. The averages on Today can differ by less.",
        "Pain that climbs from week to week is a sign to wait.",
        THOMEE,
    ),
    Rule.SPIKES: About(
        "In {spike_weeks} of the last {spike_weeks_of} weeks, or after {spike_weeks} of the last {spike_weeks_of} "
        "runs, a rating was above {calm}, and {red_rise} or more above what is usual: no step up.",
        "A body may react days after a run. High days that come back each week are a sign to wait.",
        OURS,
    ),
    Rule.DAILY_LIFE: About(
        "Your last Roland-Morris list has at least {rm_rise} ticks more than your lowest one of a year: no step up "
        "until you talk to your provider. The three weekly questions come again. It counts for {rm_days} days, or "
        "until the next list.",
        "Daily life got harder, whatever the ratings say.",
        "a fall by 5 is one that people notice: Ostelo 2008, Spine 33:90-94, summary read; the same for a rise is "
        "ours",
    ),
    Rule.AMBER: About(
        "After a session pain is above {calm}, and more than {small_rise} above your usual: repeat the step. If "
        "the last rating before the next run, a day or more later, is not down, go one back.",
        "A small rise that goes away is taken to be harmless. One that stays is a sign to do less.",
        THOMEE,
    ),
    Rule.ABOVE_FIVE: About(
        "Pain above {red_pain} after a session: no step up, whatever is usual for you. If it stays so for weeks, "
        "talk to your provider.",
        "There is a limit, even if you are used to more.",
        THOMEE,
    ),
    Rule.FLARE: About(
        "You call it a flare: no step up until a morning without one.",
        "You know your back. The next step can wait.",
        OURS,
    ),
    Rule.MEDICINE: About(
        "More pain medicine than usual after a session, or on {medicine_days} of {medicine_of} days: no step up. "
        "If you need more for a long time, talk to your provider.",
        "Medicine can hide what a run does.",
        OURS,
    ),
    Rule.LEG_NEAR: About(
        "Pain in a leg of {new_least} or more that is as strong as in your back, or {new_rise} above what was "
        "usual there: no step up. On {new_days} days on end it is a sign in a leg. It does not hold a step back if "
        "you talked to your provider, and it is below {leg_sign}, not above the back's and no worse than then.",
        "Pain that goes down a leg while the back gets better is taken for a sign to wait.",
        OURS,
    ),
    Rule.SORE: About(
        "New pain elsewhere, {new_rise} or more above what was usual there, on {new_days} days on end: no step up. "
        "The same goes for such pain, or any of {sore_from} or more, that comes and goes, or comes after "
        "{sore_runs} of the last {sore_runs_of} runs. After {sore_asked} days on end, or where it comes and goes or "
        "follows runs, you are asked about your bones.",
        "A bone that is about to break often begins with a little pain that comes each day.",
        "early pain of bone stress injuries: PMC7049623, summary read; the numbers are ours",
    ),
    Rule.CLIMB: About(
        "The last {climb_days} days are above {calm}, and {climb} or more above your best {climb_days} days since "
        "the start, or since you talked with your provider: no step up. The same goes for a rise of {climb_far} "
        "from any height. Talk to your provider.",
        "Pain that climbs slowly is easy to miss, as you get used to it.",
        THOMEE,
    ),
    Rule.NOT_RATED: About(
        "No rating of your back in the last {rated_days} days: no step up. Rate it before you run. If it is worse, "
        "walk.",
        "Without a rating nobody knows how your back is.",
        OURS,
    ),
    Rule.LONG_DAY: About(
        "More than {long_day_min} minutes on foot in one day, and more than {limit} percent above your longest of "
        "the {limit_days} days before that week: no step up, and no run on that day or the next. Rest or walk.",
        "A very long walk tires the legs and back as a run does.",
        OURS,
    ),
    Rule.LEG_ABOVE: About(
        "Your leg hurts more than your back, and no more than when you talked with your provider: the step stays. "
        "Stop if it gets worse, or if a leg goes numb or weak.",
        "People whose leg hurt more than their back did not take part in the running trial.",
        "who was left out of ASTEROID, as a copy of its registry says; the rule is ours",
    ),
    Rule.LIMIT: About(
        "No run of your own is more than {limit} percent longer than your longest run of the last {limit_days} "
        "days. After none it is half of your usual one at most. {least_run} minutes are always fine. Walks do not "
        "count.",
        "Runners got hurt more often after such a jump.",
        "Schuster Brandt Frandsen 2025, doi 10.1136/bjsports-2024-109380, abstract read: in metres, in runners who "
        "were only observed; minutes, and the start after a break, are ours",
    ),
    Rule.WEEK_LIMIT: About(
        "Seven days hold at most {limit} percent more of your own running than the best week of the four before.",
        "So that short runs do not add up to a jump.",
        "our own choice. In a trial of beginners a slow rise made no difference to injuries (Buist 2008, summary "
        "read)",
    ),
    Rule.STEP_LIMIT: About(
        "In the step plan no session goes more than one step beyond what you ran in the last {limit_days} days.",
        "The steps are not held to {limit} percent: the first one doubles the running, from very little. Then the "
        "longest run grows by half at most.",
        OURS,
    ),
    Rule.ON_FOOT: About(
        "In the step plan no session is more than {limit} percent longer than your longest of the last "
        "{limit_days} days on foot, walks counted. After more than {full_days} days without one it is the share of "
        "it that is allowed after a break. {first_walk} minutes are always fine. If you answer that {session_min} "
        "minutes of walking are fine, you begin with these.",
        "A body that has rested needs a slow start.",
        OURS,
    ),
    Rule.SHORTER: About(
        "No session on foot is on record for more than {full_days} days: in the step plan, and on walks, the next "
        "ones are shorter. They are the share of your longest one that is allowed after a break.",
        "A body that has rested needs a slow start.",
        OURS,
    ),
    Rule.LONG_BREAK: About(
        "More than {full_days} days without a run: three quarters of what you ran before. More than {month_off}: "
        "half. More than {two_months_off}: a quarter. More than {season_off}: walks first. In the step plan it is "
        "the highest step with no more running than that, and step 1 at least. Three walks in two weeks put three "
        "quarters off to {no_run_days} days. If chance drew a month for walks, and you walked, half comes after "
        "more than {block_off}.",
        "What you gained fades with time.",
        OURS,
    ),
    Rule.WALKS_ANEW: About(
        "More than {full_days} days without a session, and no run yet: what felt fine before them counts no more.",
        "What you gained fades with time.",
        OURS,
    ),
    Rule.ILLNESS: About(
        "In the first {well_days} days after an illness each session is half. Green sessions before it do not "
        "count.",
        "The body needs time after an illness.",
        OURS,
    ),
    Rule.FAR_RUN: About(
        "A run counts as far in three cases. It has {far_run} minutes or more and is over {limit} percent longer "
        "than your longest of {far_run_days} days. Or it has {double_run} or more and is more than twice as long. "
        "Or it has {long_run} or more, and in the {long_run_days} days before no run was about as long. Then there "
        "is no run on the next {far_rest_days} days, and for {far_days} days each session is half.",
        "After a race the body needs an easy week.",
        "Schuster Brandt Frandsen 2025, doi 10.1136/bjsports-2024-109380, abstract read: runners got hurt more often "
        "after such a jump, in an observational study; half, and a week, are ours",
    ),
    Rule.JUMP: About(
        "A run of yours was more than {limit} percent longer than your longest run of the {limit_days} days before "
        "it: no step up on that day and the {far_days} after it. In the step plan this is a run that goes more than "
        "one step beyond that longest run. Where those days hold no run, the rule does not count.",
        "Runners got hurt more often after such a jump.",
        "Schuster Brandt Frandsen 2025, doi 10.1136/bjsports-2024-109380, abstract read: in metres, in runners who "
        "were only observed, and of running injuries, not of the back; minutes, the step and the week are ours",
    ),
    Rule.LONG_RUN: About(
        "After a run of {long_run} minutes or more there is none on the next {far_rest_days} days, whatever is usual "
        "for you.",
        "So long a run tires bones, tendons and muscles for days.",
        OURS,
    ),
    Rule.MISSED: About("Missed days are just missed. The step waits for you.", "Life gets in the way.", OURS),
    Rule.BEYOND: About(
        "Your records of the last seven days hold more running than the plan offers. It goes on from its own steps.",
        "A watch may count the walks as running. If you did run so much, it was a jump.",
        OURS,
    ),
    Rule.DRAWN: About(
        "Sessions are on the days that chance drew, three a week. If you are used to more, that is fewer for now.",
        "This makes the answer clearer.",
        "the help page on run days by chance",
    ),
    Rule.NOT_DRAWN: About(
        "No drawn day is left in these seven days. The next drawn week has sessions again.",
        "An extra day would blur the answer.",
        OURS,
    ),
}
