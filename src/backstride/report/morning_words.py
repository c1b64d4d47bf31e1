"""A bad morning in words: what hurts and how much, what to do now, and what the plan does. It names no disease."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from enum import Enum

from backstride.core.datetimes import DAY_STARTS_H
from backstride.core.leg_sign import LEG_SIGN_FROM
from backstride.programme import lights
from backstride.programme.history import Site
from backstride.programme.morning import Shown
from backstride.programme.rules import ASK_FOR_A_TALK, TALK_BEFORE_RUNNING, WORSE, Rule
from backstride.report.amounts import day_month, number, weekday
from backstride.report.language import _
from backstride.report.plan_words import in_numbers


class HeldBy(Enum):
    """What holds back beside the safety answers."""

    CHECK_INS = "check-ins"
    EFFORT = "effort"
    STEP = "step"


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
    Rule.RED: "After what you did on {weekday}, {day}, it got much worse.",
    Rule.AMBER: "After what you did on {weekday}, {day}, it hurt more than usual, and that stayed.",
    Rule.STAYED: "Since what you did on {weekday}, {day}, your pain has not gone back to your usual.",
    Rule.HIGH_STAYS: "Your pain has been above {red_pain} for weeks.",
    Rule.HIGH: "Your pain was at {walks_from} or more yesterday.",
    Rule.SEVERE_STAYS: "Your pain was at {walks_from} or more on {severe_days} or more of {severe_of} days: have "
    "it looked at in the next few days.",
    Rule.SPIKES: "High days come back each week, or after each run: {red_rise} points more than usual.",
    Rule.SPIKES_HIGH: "High days come back each week, or after each run: {red_rise} points more than usual, and "
    "above {red_pain}.",
    Rule.DAILY_LIFE: "Your last Roland-Morris list has at least {rm_rise} ticks more than your lowest of a year.",
    Rule.ABOVE_FIVE: "Your pain was above {red_pain} after what you did.",
    Rule.LEG_STAYS: "The trouble in your leg has been there for more than {leg_days} days.",
    Rule.LEG_RETURNS: "Pain, tingling or numbness in a leg has come back on many days, or after each run.",
    Rule.SORE: "It hurts elsewhere on many days, or after each run.",
    Rule.SORE_STAYS: "It has hurt elsewhere for more than {sore_days} days.",
    Rule.SORE_WORSE: "It hurts more elsewhere than when you talked with your provider.",
    Rule.CLIMB: "Your pain has climbed since the start, or since you last talked with your provider.",
    Rule.CLIMB_FAR: "Your pain has climbed by {climb_far} or more since the start, or since you last talked with "
    "your provider.",
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
    Rule.LONG_DAY: "You were on foot for more than {long_day_min} minutes today or yesterday.",
    Rule.TWO_REDS: "Twice in {pattern_days} days it hurt much more than usual after a run or a walk.",
}
"""What came before this morning, by the rule that it fired."""
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
    Rule.RED: "After that the plan goes back two steps, or to its first one.",
    Rule.AMBER: "After that the plan goes back one step, unless it is at its first one.",
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
    Rule.LEG_RETURNS: "Do not run. Talk to your provider first.",
    Rule.SORE: "The step stays. Run less or walk, and have it looked at if it goes on.",
    Rule.SORE_STAYS: "Do not run. Have it looked at, and talk to your provider first.",
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
    Rule.LONG_DAY: "Rest today, or walk a little. The run can wait.",
    Rule.TWO_REDS: "Do not run. Talk to your provider first.",
}
"""What to do, by the rule; that walking is fine is said once, after them."""
OF_OWN_RUNNING: dict[Rule, str] = {
    Rule.RED: "After that your runs are about a tenth shorter.",
    Rule.AMBER: "After that your runs are a little shorter.",
}
"""In place of these on the person's own running: a step there is a twentieth of the minutes."""
WALKING_IS_FINE = TALK_BEFORE_RUNNING | {Rule.MORNING, Rule.HIGH, Rule.LEG, Rule.FLARE_NOW}
"""Rules beside which walks are."""
WALKING = "Walking is fine if it feels all right."
SHOWN_ON_TOP = frozenset(
    {
        *(Rule.AMBER, Rule.SETTLE, Rule.NOT_RATED, Rule.LONG_DAY, Rule.LEG_ABOVE, Rule.MEDICINE),
        *(Rule.SORE, Rule.FAR_RUN, Rule.ABOVE_FIVE, Rule.REST, Rule.SPIKES, Rule.LONG_RUN),
    }
)
"""Rules that are told of on top, too."""
OF_A_SESSION = frozenset({Rule.RED, Rule.AMBER, Rule.STAYED})
"""Rules that tell of one session."""
RESTS = frozenset({Rule.SETTLE, Rule.REST})
"""Rules beside which no session is offered."""
EFFORTS = frozenset({Rule.FAR_RUN, Rule.LONG_RUN, Rule.LONG_DAY})
"""Rules that follow from what was done, and from no check-in."""
STEP_STAYS = frozenset(
    {Rule.SPIKES, Rule.DAILY_LIFE, Rule.ABOVE_FIVE, Rule.SORE, Rule.CLIMB, Rule.LEG_ABOVE, Rule.MEDICINE}
)
"""Rules that keep a step: beside one that leaves walks until a talk, what they say to do is not said."""
WITHOUT_A_PLAN = "Do not run until it is better."
IF_NEW = "If it is new or strong, or gets worse, read when to get help."
IS_IT_WORSE = "Is your back much worse than usual today, or is anything new? Then do not run."
IF_STRONG = "This is strong pain: read when to get help."
"""In place of the other, where the pain is as strong as the rules call strong: nobody has to ask whether it is."""


def warning_lines(
    found: Sequence[Shown],
    *,
    today: date,
    fired: Iterable[Rule] = (),
    session: date | None = None,
    sites: Collection[Site] = (),
    reds: Sequence[date] = (),
    may_walk: bool = True,
    on_own_running: bool = False,
) -> tuple[str, ...]:
    """State the warning after a bad morning: what was reported, what happened, what to do; empty where none is due.

    Args:
        found: what the last check-ins show.
        today: the local day.
        fired: the rules of the plan; none where it is not running.
        session: the day of the session that was a red, or an amber that stayed.
        sites: where that one hurt.
        reds: the days of the sessions that hurt much more than usual.
        may_walk: whether the safety answers leave walks; else nothing is said of them.
        on_own_running: whether the plan goes on from the person's own runs, which have no steps with a number.
    """
    rules = tuple(rule for rule in fired if rule in WORSE | SHOWN_ON_TOP)
    happened = []
    is_strong = any(one.pain is not None and one.pain >= lights.WALKS_FROM for one in found)
    for rule, text in HAPPENED.items():
        if _has_happened(rule, rules, session) and not (rule is Rule.HIGH and is_strong):
            happened.append(_with(text, session))
            happened += [_(HURT_AT[site]) for site in sites if rule in OF_A_SESSION]
            happened += [_days(reds)] if rule is Rule.TWO_REDS and reds else []
    if not found and not happened:
        return ()
    held = [rule for rule in NOW if _holds(rule, rules)]
    if TALK_BEFORE_RUNNING.isdisjoint(held) and (not held or not RESTS.isdisjoint(rules)):
        held = [*_asked_by(found), *held]
    words = NOW | (OF_OWN_RUNNING if on_own_running else {})
    now = list(dict.fromkeys(_with(words[rule], session) for rule in held)) or [_(WITHOUT_A_PLAN)]
    if may_walk and RESTS.isdisjoint(rules) and (not held or not WALKING_IS_FINE.isdisjoint(held)):
        now.append(_(WALKING))
    lines = (*(_shown(one, today) for one in found), *happened)
    help_line = _(IF_STRONG if is_strong else IF_NEW)
    help_lines = (help_line,) if found or not WORSE.isdisjoint(rules) or not RESTS.isdisjoint(rules) else ()
    return " ".join(lines), " ".join(now), *help_lines


def _asked_by(found: Sequence[Shown]) -> list[Rule]:
    """Return the rules whose words a check-in alone asks for, where no plan says anything."""
    leg = any(one.site is Site.LEG and (one.pain is None or one.pain >= LEG_SIGN_FROM) for one in found)
    strong = any(one.pain is not None and one.pain >= lights.WALKS_FROM for one in found)
    return [rule for rule, so in ((Rule.HIGH, strong), (Rule.LEG, leg)) if so]


def what_holds(found: Sequence[Shown], fired: Iterable[Rule]) -> HeldBy | None:
    """Return what holds back by the diary: a check-in, a long run or walk, or the step alone; None for nothing.

    Args:
        found: what the last check-ins show.
        fired: the rules of the plan.
    """
    rules = tuple(rule for rule in fired if rule in WORSE | SHOWN_ON_TOP)
    said = {rule for rule in rules if _holds(rule, rules)}
    if found or said - STEP_STAYS - EFFORTS - {Rule.NOT_RATED, Rule.RED, Rule.AMBER}:
        return HeldBy.CHECK_INS
    if said & EFFORTS:
        return HeldBy.EFFORT
    return HeldBy.STEP if said & STEP_STAYS else None


def words_offline() -> dict[str, object]:
    """Return the warnings that a phone can give by itself, from a check-in that waits to be sent, and their limits.

    A phone keeps nothing of a person, so it knows neither what is usual nor the plan: it repeats what was rated, and
    says what holds for everybody. Between `calm` and `walks_from` it can only ask.
    """
    return {
        "said": {name: _(TODAY[site]) for name, site in RATED.items()},
        "leg_said": _(LEG_TODAY),
        "high": _alone(Rule.HIGH),
        "leg": _alone(Rule.LEG),
        "flare": _alone(Rule.FLARE_NOW),
        "ask": _(IS_IT_WORSE),
        "strong": _(IF_STRONG),
        "new": _(IF_NEW),
        "calm": lights.CALM,
        "walks_from": lights.WALKS_FROM,
        "leg_from": LEG_SIGN_FROM,
        "day_starts_h": DAY_STARTS_H,
    }


def _alone(rule: Rule) -> str:
    """Say what one rule asks for, where it is the only one."""
    return f"{_with(NOW[rule], None)} {_(WALKING)}"


def _shown(one: Shown, today: date) -> str:
    is_today = one.day == today
    if one.pain is None:
        return _(LEG_TODAY) if is_today else _with(LEG_BEFORE, one.day)
    said = (TODAY if is_today else BEFORE)[one.site]
    line = _(said).format(pain=number(one.pain), weekday=weekday(one.day), day=day_month(one.day))
    return line if one.usual is None else f"{line} {_(USUAL).format(usual=number(one.usual))}"


def _has_happened(rule: Rule, rules: Sequence[Rule], session: date | None) -> bool:
    """Whether a rule tells of something before this morning; of a session only where it holds sessions now."""
    if rule not in rules:
        return False
    if rule in {Rule.RED, Rule.AMBER}:
        return session is not None and not RESTS.isdisjoint(rules)
    return rule is not Rule.STAYED or session is not None


def _holds(rule: Rule, rules: Sequence[Rule]) -> bool:
    """Whether a rule says what to do now: of two, the stricter one alone does.

    Where no session is offered, nothing is said beside it but of a talk with a provider.
    """
    if rule not in rules:
        return False
    if not RESTS.isdisjoint(rules):
        return rule in {*RESTS, Rule.RED, Rule.AMBER, *ASK_FOR_A_TALK}
    if rule in STEP_STAYS and not TALK_BEFORE_RUNNING.isdisjoint(rules):
        return False
    return rule not in {Rule.RED, Rule.AMBER}


def _days(days: Sequence[date]) -> str:
    shown = [f"{weekday(day)}, {day_month(day)}" for day in days]
    return _(AFTER_WHICH).format(days="; ".join(shown))


def _with(text: str, day: date | None) -> str:
    when = {} if day is None else {"weekday": weekday(day), "day": day_month(day)}
    return _(text).format(**in_numbers(), **when)
