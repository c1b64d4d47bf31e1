"""Sentences on a bad morning, by the rule or the place that they are about; `morning_words.py` chooses among them."""

from backstride.programme.history import Site
from backstride.programme.rules import Rule

TODAY: dict[Site, str] = {
    Site.BACK: "Your back pain is {pain} today.",
    Site.LEG: "Your leg pain is {pain} today.",
    Site.OTHER: "Your pain elsewhere is {pain} today.",
}
RATED = {"pain": Site.BACK, "leg_pain": Site.LEG, "other_pain": Site.OTHER}
"""The fields of a check-in in which a place is rated."""
BEFORE: dict[Site, str] = {
    Site.BACK: "Your back pain was {pain} on {weekday}, {day}. It counts until you rate it again.",
    Site.LEG: "Your leg pain was {pain} on {weekday}, {day}. It counts until you rate it again.",
    Site.OTHER: "Your pain elsewhere was {pain} on {weekday}, {day}. It counts until you rate it again.",
}
USUAL = "Usual for you is {usual}."
LEG_TODAY = "You said that you have pain, tingling or numbness down a leg today."
LEG_BEFORE = (
    "You said that you had pain, tingling or numbness down a leg on {weekday}, {day}. It counts until you"
    " say that it is gone."
)
HAPPENED: dict[Rule, str] = {
    Rule.RED: "After your run or walk on {weekday}, {day}, your pain rose a lot.",
    Rule.AMBER: "After your run or walk on {weekday}, {day}, it hurt more than usual, and that stayed.",
    Rule.STAYED: "Since your run or walk on {weekday}, {day}, your pain has not gone back to your usual.",
    Rule.HIGH_STAYS: "Your pain has been above {red_pain} for weeks.",
    Rule.HIGH: "Your pain was at {walks_from} or more yesterday.",
    Rule.SEVERE_STAYS: "Your pain was at {walks_from} or more on {severe_days} or more of {severe_of} days: have "
    "it looked at in the next few days.",
    Rule.SPIKES: "High days come back each week, or after each run: {red_rise} points more than usual.",
    Rule.SPIKES_HIGH: "High days come back each week, or after each run: {red_rise} points more than usual, and "
    "above {red_pain}.",
    Rule.DAILY_LIFE: "Your last Roland-Morris list has at least {rm_rise} ticks more than your lowest of a year.",
    Rule.ABOVE_FIVE: "Your pain was above {red_pain} after a run or a walk.",
    Rule.LEG_STAYS: "The trouble in your leg has been there for more than {leg_days} days.",
    Rule.LEG_NEAR: "Your leg hurts as much as your back, or more than was usual there.",
    Rule.LEG_RETURNS: "Pain, tingling or numbness in a leg has come back on many days, or after each run.",
    Rule.SORE: "It hurts elsewhere on many days, or after each run.",
    Rule.SORE_STAYS: "It has hurt elsewhere for more than {sore_days} days.",
    Rule.SORE_WORSE: "It hurts more elsewhere than when you talked with your provider.",
    Rule.CLIMB: "Your pain of the last two weeks is well above that of two earlier weeks.",
    Rule.CLIMB_FAR: "Your pain of the last two weeks is {climb_far} or more above that of two earlier weeks.",
    Rule.CLIMB_MONTHS: "Over the past year your pain has climbed by {climb_far} or more.",
    Rule.LEG_WORSE: "Your leg hurts more than when you talked with your provider.",
    Rule.LEG_ABOVE: "Your leg hurts more than your back, as it did when you talked with your provider.",
    Rule.FLARE_NOW: "You said that this is a flare.",
    Rule.NOT_RATED: "You have not rated your back for {rated_days} days.",
    Rule.MEDICINE: "You took more pain medicine than usual.",
    Rule.MEDICINE_STAYS: "You took more pain medicine than usual on {medicine_stays} or more of {medicine_stays_of} "
    "days.",
    Rule.FAR_RUN: "You ran much farther than usual in the last {far_days} days.",
    Rule.LONG_RUN: "You ran for {long_run} minutes or more in the last two days.",
    Rule.JUMP: "One run of the last {far_days} days was much longer than your longest on record of the "
    "{limit_days} days before it.",
    Rule.LONG_DAY: "You were on foot for more than {long_day_min} minutes today or yesterday.",
    Rule.SHORTER: "No session on foot is on record for more than {full_days} days.",
    Rule.TWO_REDS: "Twice in {pattern_days} days it hurt much more than usual after a run or a walk.",
}
"""What came before this morning, by the rule that it fired."""
FIRST_RATED: dict[Rule, str] = {
    Rule.RED: "Your first rating after your run or walk on {weekday}, {day} was high, or named a leg. What was "
    "before it is not known.",
    Rule.STAYED: "Since your first rating, after your run or walk on {weekday}, {day}, your pain has stayed high.",
}
"""In place of these where nothing was rated before that session: nobody knows whether it got worse."""
AFTER_WHICH = "That was after {days}."
HURT_AT: dict[Site, str] = {
    Site.BACK: "That was in your back.",
    Site.LEG: "That was in a leg: pain, tingling or numbness.",
    Site.OTHER: "That was elsewhere, as in a hip or a shin.",
}
"""Where the session that was a red, or an amber that stayed, hurt."""
NOW: dict[Rule, str] = {
    Rule.SETTLE: "There is no session until your pain is at {calm} or less, or near your usual again. Walks of your "
    "own are fine.",
    Rule.REST: "Two days of rest come first, even where it feels fine again. Walks of your own are fine.",
    Rule.RED: "When sessions begin again, the plan goes back two steps, or to its first one.",
    Rule.AMBER: "When sessions begin again, the plan goes back one step, unless it is at its first one.",
    Rule.MORNING: "Do not run until your pain is near your usual again.",
    Rule.HIGH: "Do not run while your pain is {walks_from} or more, nor on the next day.",
    Rule.SEVERE_STAYS: "Do not run. Talk to your provider first.",
    Rule.SPIKES: "The step stays. Look at what you do in the days before. If it goes on, talk to your provider.",
    Rule.SPIKES_HIGH: "Do not run. Talk to your provider first.",
    Rule.DAILY_LIFE: "Talk to your provider before you go on. No step up until then.",
    Rule.HIGH_STAYS: "Do not run. Talk to your provider first.",
    Rule.ABOVE_FIVE: "The step stays. If it stays so for weeks, talk to your provider.",
    Rule.LEG: "Do not run until the pain or tingling in your leg has been gone for {leg_days} days.",
    Rule.STAYED: "Do not run. Talk to your provider first.",
    Rule.LEG_STAYS: "Do not run. Talk to your provider first.",
    Rule.LEG_NEAR: "The step stays. Stop if it goes further down the leg, or if a leg goes numb or weak.",
    Rule.LEG_RETURNS: "Do not run. Talk to your provider first.",
    Rule.SORE: "The step stays. Run less or walk, and have it looked at if it goes on.",
    Rule.SORE_STAYS: "Do not run. Have the pain looked at, and talk to your provider first.",
    Rule.SORE_WORSE: "Do not run. Talk to your provider again first.",
    Rule.CLIMB: "Talk to your provider before you go on. No step up until then.",
    Rule.CLIMB_FAR: "Do not run. Talk to your provider first.",
    Rule.CLIMB_MONTHS: "Do not run. Talk to your provider first.",
    Rule.LEG_WORSE: "Do not run. Talk to your provider again first.",
    Rule.LEG_ABOVE: "The step stays. Stop, and talk to them again, if it gets worse, or if a leg goes numb or weak.",
    Rule.FLARE_NOW: "Do not run until the flare is over.",
    Rule.NOT_RATED: "Rate your back before you run. If it is worse than usual, walk.",
    Rule.MEDICINE: "The step stays. If you need more for a week or longer, talk to your provider before you carry "
    "on running.",
    Rule.MEDICINE_STAYS: "Do not run. Talk to your provider first.",
    Rule.FAR_RUN: "No run for {far_rest_days} days after it, and for longer where it filled the week. Each session "
    "is half as long for a week.",
    Rule.LONG_RUN: "No run for {far_rest_days} days after it. Walk, if you like.",
    Rule.JUMP: "The step stays until {far_days} days have passed.",
    Rule.LONG_DAY: "Rest today, or walk a little. The run can wait.",
    Rule.SHORTER: "So the next ones are shorter.",
    Rule.TWO_REDS: "Do not run. Talk to your provider first.",
}
"""What to do, by the rule; that walking is fine is said once, after them."""
OF_OWN_RUNNING: dict[Rule, str] = {
    Rule.RED: "When you run again, your runs are about a tenth shorter.",
    Rule.AMBER: "When you run again, your runs are a little shorter.",
}
"""In place of these on the person's own running: a step there is a twentieth of the minutes."""
