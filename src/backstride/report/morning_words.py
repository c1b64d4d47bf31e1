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
from backstride.report.morning_texts import (
    AFTER_WHICH,
    BEFORE,
    FIRST_RATED,
    HAPPENED,
    HURT_AT,
    LEG_BEFORE,
    LEG_TODAY,
    NOW,
    OF_OWN_RUNNING,
    RATED,
    TODAY,
    USUAL,
)
from backstride.report.plan_words import in_numbers


class HeldBy(Enum):
    """What holds back beside the safety answers."""

    CHECK_INS = "check-ins"
    EFFORT = "effort"
    STEP = "step"


WALKING_IS_FINE = TALK_BEFORE_RUNNING | {Rule.MORNING, Rule.HIGH, Rule.LEG, Rule.FLARE_NOW}
"""Rules beside which walks are."""
WALKING = "Walking is fine if it feels all right."
SHOWN_ON_TOP = frozenset(
    {
        *(Rule.AMBER, Rule.SETTLE, Rule.NOT_RATED, Rule.LONG_DAY, Rule.LEG_ABOVE, Rule.MEDICINE),
        *(Rule.SORE, Rule.LEG_NEAR, Rule.FAR_RUN, Rule.ABOVE_FIVE, Rule.REST, Rule.SPIKES, Rule.LONG_RUN),
        *(Rule.JUMP, Rule.SHORTER),
    }
)
"""Rules that are shown on top, too."""
OF_A_SESSION = frozenset({Rule.RED, Rule.AMBER, Rule.STAYED})
"""Rules about one session."""
RESTS = frozenset({Rule.SETTLE, Rule.REST})
"""Rules beside which no session is offered."""
EFFORTS = frozenset({Rule.FAR_RUN, Rule.LONG_RUN, Rule.LONG_DAY})
"""Rules that follow from what was done, and from no check-in."""
STEP_STAYS = frozenset(
    {
        Rule.SPIKES,
        Rule.DAILY_LIFE,
        Rule.ABOVE_FIVE,
        Rule.SORE,
        Rule.CLIMB,
        Rule.LEG_NEAR,
        Rule.LEG_ABOVE,
        Rule.MEDICINE,
        Rule.JUMP,
    }
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
    is_first_rated: bool = False,
) -> tuple[str, ...]:
    """State the warning after a bad morning: what was reported, what happened, what to do; empty where none is due.

    That running waits for a talk stands before all of it.

    Args:
        found: what the last check-ins show.
        today: the local day.
        fired: the rules of the plan; none where it is not running.
        session: the day of the session that was a red, or an amber that stayed.
        sites: where that one hurt.
        reds: the days of the sessions that hurt much more than usual.
        may_walk: whether the safety answers leave walks; else nothing is said of them.
        on_own_running: whether the plan goes on from the person's own runs, which have no steps with a number.
        is_first_rated: whether nothing was rated, where it hurt, before that session.
    """
    rules = _said_beside(fired)
    happened = []
    is_strong = any(one.pain is not None and one.pain >= lights.WALKS_FROM for one in found)
    for rule, text in (HAPPENED | (FIRST_RATED if is_first_rated else {})).items():
        if _has_happened(rule, rules, session) and not (rule is Rule.HIGH and is_strong):
            happened.append(_with(text, session))
            happened += [_(HURT_AT[site]) for site in sites if rule in OF_A_SESSION]
            happened += [_days(reds)] if rule is Rule.TWO_REDS and reds else []
    if not found and not happened:
        return ()
    held = [rule for rule in NOW if _holds(rule, rules)]
    if TALK_BEFORE_RUNNING.isdisjoint(held) and (not held or not RESTS.isdisjoint(rules)):
        held = [*_asked_by(found), *held]
    first = dict.fromkeys(_with(NOW[rule], session) for rule in held if rule in TALK_BEFORE_RUNNING)
    words = NOW | (OF_OWN_RUNNING if on_own_running else {})
    now = list(dict.fromkeys(_with(words[rule], session) for rule in held if rule not in TALK_BEFORE_RUNNING))
    if not held:
        now.append(_(WITHOUT_A_PLAN))
    if may_walk and RESTS.isdisjoint(rules) and (not held or not WALKING_IS_FINE.isdisjoint(held)):
        now.append(_(WALKING))
    lines = (*(_shown(one, today) for one in found), *happened)
    help_line = _(IF_STRONG if is_strong else IF_NEW)
    help_lines = (help_line,) if found or not WORSE.isdisjoint(rules) or not RESTS.isdisjoint(rules) else ()
    parts = (" ".join(first), " ".join(lines), " ".join(now))
    return *(part for part in parts if part), *help_lines


def _said_beside(fired: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return the rules that are named beside a bad morning; of those on a leg the mildest only where alone."""
    found = tuple(rule for rule in fired if rule in WORSE | SHOWN_ON_TOP)
    of_a_leg = {Rule.LEG, Rule.LEG_STAYS, Rule.LEG_WORSE, Rule.LEG_RETURNS, Rule.LEG_ABOVE}
    return tuple(rule for rule in found if rule is not Rule.LEG_NEAR or of_a_leg.isdisjoint(found))


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
    rules = _said_beside(fired)
    said = {rule for rule in rules if _holds(rule, rules)}
    if found or said - STEP_STAYS - EFFORTS - {Rule.NOT_RATED, Rule.SHORTER, Rule.RED, Rule.AMBER}:
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
    """Whether a rule is about something before this morning; of a session only where it holds sessions now."""
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
