"""The safety questions and what follows from the answers, in words. They name no disease, and judge nobody's back."""

from dataclasses import dataclass

from backstride.core.clearance import Clearance, Freedom, Level
from backstride.report.amounts import day_month
from backstride.report.language import _, plural
from backstride.report.said_of_lists import SAID_OF_A_LIST
from backstride.screening.item import Group, Item, Together
from backstride.screening.items import FOLLOW_UPS, ITEMS, in_group
from backstride.screening.occasions import Occasion
from backstride.screening.rules import together
from backstride.screening.taps import TAPS

LEVELS: dict[Level, tuple[str, str]] = {
    Level.EMERGENCY: (
        "Get help at once.",
        "Call your emergency number, or go to an emergency department. Do not wait for a visit. Do not run.",
    ),
    Level.SEE_A_CLINICIAN: (
        "Stop running. See a clinician in the next few days.",
        "Take the note with you, if you like. Go at once if it gets worse.",
    ),
    Level.PROVIDER_FIRST: (
        "Talk to your provider before you run.",
        "Walk as far as it feels all right.",
    ),
    Level.WITH_CARE: (
        "You choose. Keep this in mind.",
        "Do no more than you are used to, and stop if it gets worse.",
    ),
    Level.NOTHING_HELD: (
        "Nothing that you said holds you back.",
        "That is no promise: a list cannot look at your back. You choose.",
    ),
}
TODAY: dict[Level, tuple[str, str]] = {
    Level.EMERGENCY: (
        "Get help today.",
        "Call the number for urgent care. If nobody can see you today, go to an emergency department. Go at once if "
        "it gets worse. Do not run.",
    ),
    Level.SEE_A_CLINICIAN: (
        "Stop running. Speak to a clinician today.",
        "Take the note with you, if you like. Go at once if it gets worse.",
    ),
}
"""In the place of a level's words, where what was said asks for today: not for at once, and sooner than in days."""
UNFINISHED: tuple[str, str] = (
    "Safety questions: not done yet.",
    "An unanswered question holds you back as much as a yes.",
)
"""In the place of a level's words, where nothing was said that holds back, and not all was answered."""
WALKS: tuple[str, str] = (
    "For now: walks.",
    "Walk as far as it feels all right. Stop if it gets worse.",
)
"""In the place of a level's words, where an answer leaves walks, and asks for no talk or none opens more."""
NO_SESSIONS: tuple[str, str] = (
    "For now: no sessions.",
    "What you said leaves none for now.",
)
"""The same, where it leaves none."""
FREEDOMS: dict[Freedom, str] = {
    Freedom.PAUSED: "The programme pauses. The diary goes on, and each check-in counts as much as before.",
    Freedom.WALK: "For now the programme offers walks.",
    Freedom.RUN_WITH_CARE: "The programme offers running, with care: in steps, or from what you run now.",
    Freedom.RUN: "The programme offers running: in steps, or from what you run now.",
}
GROUPS: dict[Group, tuple[str, str]] = {
    Group.NOW: ("Get help at once", "If any of these is true for you, get help at once."),
    Group.SOON: (
        "Stop running, see a clinician in the next few days",
        "If any of these is true for you, stop running. Have a clinician look at it in the next few days.",
    ),
    Group.FIRST: (
        "Talk to your provider first, or go on with care",
        "If any of these is true for you, read what stands beside it. Then choose.",
    ),
}
BECAUSE: dict[Occasion, str] = {
    Occasion.START: "These are asked once, before you start.",
    Occasion.WEEKLY: "These three are asked each week.",
    Occasion.FLARE: "You reported a flare, or your last ratings or your last Roland-Morris list show one. So these "
    "three are asked again.",
    Occasion.LEG: "You reported something new in a leg. So the questions on legs are asked again.",
    Occasion.BONE: "You reported new pain elsewhere for a week. So the questions on bones are asked again.",
    Occasion.ILLNESS: "You were ill. These are asked before you go on.",
    Occasion.WEIGHT: "Your scale shows that you lost weight fast. So the questions on weight and food are asked.",
    Occasion.BIRTH: "You were pregnant, or gave birth, when you last answered. So these are asked again.",
    Occasion.HEALED: "An injury, surgery, or what you can walk may be better by now. So these are asked again.",
    Occasion.AGAIN: "You said yes to this in the last two weeks, and then no. So it is asked once more.",
    Occasion.SEEN: "Some signs come and go. So this is asked even where you took your yes back.",
    Occasion.SEEN_SOON: "Some signs come and go. So this is asked even where you took your yes back.",
}
DUE: dict[Occasion, str] = {
    Occasion.START: "Before you run: answer the safety questions once.",
    Occasion.WEEKLY: "Three safety questions, once a week.",
    Occasion.FLARE: "After a flare: three safety questions.",
    Occasion.LEG: "Something new in a leg: some safety questions.",
    Occasion.BONE: "New pain elsewhere for a week: three safety questions.",
    Occasion.ILLNESS: "After an illness: some safety questions.",
    Occasion.WEIGHT: "Fast loss of weight by the scale: three safety questions.",
    Occasion.BIRTH: "Safety questions on pregnancy and birth: their time is over, or it ended.",
    Occasion.HEALED: "Safety questions on an injury, surgery or walking: their time is over.",
    Occasion.AGAIN: "You took a yes back: the same question once more.",
    Occasion.SEEN: "You said yes to a sign that needs help at once: one question.",
    Occasion.SEEN_SOON: "You said yes to a sign that a clinician should look at: one question.",
}
SAID_OF_A_YES_BEFORE: dict[str, str] = {
    "not_seen_yet": "Nobody has looked at it yet.",
    "not_seen_soon": "Nobody has looked at it yet.",
    "seen_lately": "That was less than 14 days ago.",
    "sore_bone_lately": "That was less than 14 days ago.",
    "leg_lately": "That was less than 7 days ago.",
}
"""What a follow-up question says after the signs that it speaks of, in the place of the question."""
BY_KEY: dict[str, Item] = {item.key: item for item in (*ITEMS, *TAPS, *FOLLOW_UPS)}


@dataclass(frozen=True, slots=True)
class Advice:
    """What a clearance comes to, in words.

    Attributes:
        heading: the level, in a sentence or two.
        sentences: what to do, and what the programme and the diary do.
        reasons: each yes, with what to do about it.
        left_open: the questions that were not answered.
    """

    heading: str
    sentences: tuple[str, ...]
    reasons: tuple[str, ...]
    left_open: tuple[str, ...]


def advice(clearance: Clearance) -> Advice:
    """State what to do after these answers."""
    heading, what_to_do = (TODAY if _asks_for_today(clearance) else LEVELS)[clearance.level]
    unfinished = clearance.level is Level.NOTHING_HELD and not clearance.is_complete
    if unfinished or (clearance.level is Level.WITH_CARE and clearance.freedom < Freedom.RUN_WITH_CARE):
        heading, what_to_do = _held_back_words(clearance)
    return Advice(
        heading=_(heading),
        sentences=(
            *run_out_lines(clearance),
            *ending_lines(clearance),
            _(what_to_do),
            _(FREEDOMS[clearance.freedom]),
            *open_sentence(clearance),
        ),
        reasons=tuple(_reason_in(clearance, key) for key in clearance.because) + together_lines(clearance),
        left_open=tuple(question(BY_KEY[key]) for key in _still_to_ask(clearance)),
    )


def alarm_reasons(clearance: Clearance) -> tuple[str, ...]:
    """Name what raised the level at which a clinician should look, with what to do; nothing at lower levels."""
    if clearance.level < Level.SEE_A_CLINICIAN:
        return ()
    keys = (key for key in clearance.because if BY_KEY[key].level is clearance.level)
    rules = (rule for rule in _rules_that_hold(clearance) if rule.level is clearance.level)
    return (*(_reason_in(clearance, key) for key in keys), *(_(rule.action) for rule in rules))


def once_said_lines(clearance: Clearance, key: str) -> tuple[str, ...]:
    """Name each yes that a follow-up question speaks of, with its day.

    Args:
        clearance: what all answers leave open today.
        key: of the follow-up question.
    """
    return tuple(
        _(SAID_OF_A_LIST[said])
        if said in SAID_OF_A_LIST
        else _("On {day} you said yes to this: {question}").format(
            day=day_month(day), question=question(BY_KEY[said])
        )
        for follow_up, said, day in clearance.once_said
        if follow_up == key
    )


def follow_up_line(clearance: Clearance, key: str) -> str:
    """Say which yes was taken back, what is known of it since, and what to do.

    Args:
        clearance: what all answers leave open today.
        key: of the follow-up question.
    """
    words = (*once_said_lines(clearance, key), _(SAID_OF_A_YES_BEFORE[key]), _(BY_KEY[key].action))
    return " ".join(words)


def _reason_in(clearance: Clearance, key: str) -> str:
    if key in SAID_OF_A_YES_BEFORE and key not in clearance.agreed and once_said_lines(clearance, key):
        return follow_up_line(clearance, key)
    return reason(
        key,
        agreed=key in clearance.agreed,
        run_out=key in clearance.run_out,
        is_urgent=clearance.level is Level.EMERGENCY,
    )


def reason(key: str, *, agreed: bool, run_out: bool = False, is_urgent: bool = False) -> str:
    """State a yes, and what to do about it; of an agreement that has run out, or does not count now, that it has.

    Args:
        key: of the question.
        agreed: whether a provider has agreed that the person runs.
        run_out: whether that was too long ago.
        is_urgent: whether the answers together ask for help at once, or today.
    """
    item = BY_KEY[key]
    if key in SAID_OF_A_LIST:
        return f"{_(SAID_OF_A_LIST[key])} {_(item.action)}"
    if run_out and item.level is not Level.EMERGENCY:
        return _("{question} Yes. Your provider's consent has run out: ask again. {action}").format(
            question=question(item), action=_(item.action)
        )
    if agreed and item.if_agreed < Freedom.RUN_WITH_CARE:
        said = _("{question} Yes, and your provider agrees that you run. This plan still offers no more.")
        return said.format(question=question(item))
    if agreed and is_urgent:
        return _("{question} Yes. That your provider agreed once does not count now.").format(
            question=question(item)
        )
    if agreed:
        return _("{question} Yes, and your provider agrees that you run.").format(question=question(item))
    return _("{question} Yes. {action}").format(question=question(item), action=_(item.action))


def question(item: Item) -> str:
    """Return the question, with the signs to count where it asks for a count."""
    if not item.fits:
        return _(item.question)
    return _("{question} ({fits}.)").format(
        question=_(item.question), fits="; ".join(_(sign) for sign in item.fits)
    )


def to_talk_over(clearance: Clearance) -> tuple[Item, ...]:
    """Return the questions with a yes about which a provider's agreement would open more, alone or beside others.

    Args:
        clearance: what all answers leave open today.
    """
    rules = (rule for rule in _rules_that_hold(clearance) if rule.level < Level.EMERGENCY)
    together_with = frozenset(key for rule in rules for part in rule.among for key in part)
    said = (BY_KEY[key] for key in clearance.because if key not in clearance.agreed)
    return tuple(
        item
        for item in said
        if item not in TAPS and (item.if_agreed > item.freedom or item.key in together_with)
    )


def same_for_everyone() -> str:
    """State what the list is not."""
    return _("These questions are the same for everyone. They do not say what is wrong with your back.")


def asked_because(occasion: Occasion) -> str:
    """Why the questions are asked now."""
    return _(BECAUSE[occasion])


def due_line(occasion: Occasion) -> str:
    """One line that leads to the questions that are due."""
    return _(DUE[occasion])


def alarm_line(clearance: Clearance) -> str:
    """Return the heading of a level at which a clinician should look; empty at lower levels."""
    return advice(clearance).heading if clearance.level >= Level.SEE_A_CLINICIAN else ""


def when_asked() -> str:
    """When the questions come."""
    return _(
        "They are asked at the start. Each week three questions ask for anything new. They come back after a "
        "flare: one that you report, or a rating that is 2 points higher. After a new sign in a leg the questions "
        "on legs come again, those on bones after a week of new pain elsewhere, those on weight and food after a "
        "fast loss by the scale, and some after an illness. After a yes to the first or second list you are asked "
        "whether it was seen, even if you take it back. For 14 days after a yes to the first list there is no "
        "session, and there are walks only if your provider agrees. A yes that names a time is asked again when "
        "that is over. If you take back a yes within two weeks to what two weeks do not change, you are asked once "
        "more. If it was about a leg, there are walks for 7 days."
    )


def run_out_lines(clearance: Clearance) -> tuple[str, ...]:
    """Name the questions whose agreement has run out, so that nobody thinks that something new was found."""
    if clearance.level is Level.EMERGENCY:
        return ()
    return tuple(
        _(
            "You said yes to this: {question} Your provider agreed that you run. That has run out. Ask your "
            "provider again, then answer again."
        ).format(question=question(BY_KEY[key]))
        for key in clearance.run_out
    )


def _held_back_words(clearance: Clearance) -> tuple[str, str]:
    """Return heading and advice where less is open than the level alone leaves."""
    if not clearance.is_complete:
        return UNFINISHED
    return WALKS if clearance.freedom is Freedom.WALK else NO_SESSIONS


def ending_lines(clearance: Clearance) -> tuple[str, ...]:
    """Name the questions whose agreement soon runs out, with the last day on which it counts."""
    if clearance.level is Level.EMERGENCY:
        return ()
    return tuple(
        _(
            "You said yes to this: {question} Your provider agreed that you run. That counts until {day}. Ask your "
            "provider again before then."
        ).format(question=question(BY_KEY[key]), day=day_month(day))
        for key, day in clearance.ends_on
    )


def open_sentence(clearance: Clearance) -> tuple[str, ...]:
    """Say how many questions are still open; nothing where none is."""
    n = len(_still_to_ask(clearance))
    if n == 0:
        return ()
    first_list = {item.key for item in in_group(Group.NOW)}
    # one that was left out between answers, and not a list that nobody has come to yet
    is_urgent = 0 < len(first_list.intersection(_still_to_ask(clearance))) < len(first_list)
    unsure = _("If you are not sure about one on the first list, count it as a yes, and get help at once.")
    return (
        plural(n, "{n} safety question is still open.", "{n} safety questions are still open.").format(n=n),
        *((unsure,) if is_urgent else ()),
    )


def _still_to_ask(clearance: Clearance) -> tuple[str, ...]:
    """Whoever needs help at once has better things to do than to answer the rest."""
    return () if clearance.level is Level.EMERGENCY else clearance.left_open


def _asks_for_today(clearance: Clearance) -> bool:
    """Whether the most urgent of what was said asks for help today."""
    said: list[Item | Together] = [
        item
        for item in (BY_KEY[key] for key in clearance.because)
        if item.key not in clearance.agreed or item.if_agreed is Freedom.PAUSED
    ]
    said += _rules_that_hold(clearance)
    most_urgent = [one for one in said if one.level is clearance.level]
    if clearance.level is Level.EMERGENCY:
        return bool(most_urgent) and all(one.same_day for one in most_urgent)
    return any(one.same_day for one in most_urgent)


def together_lines(clearance: Clearance) -> tuple[str, ...]:
    """Say what to do about signs that say more together."""
    return tuple(_(rule.action) for rule in _rules_that_hold(clearance))


def _rules_that_hold(clearance: Clearance) -> tuple[Together, ...]:
    return together(clearance.because, agreed=clearance.agreed, looked_at=clearance.run_out)
