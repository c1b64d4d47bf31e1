"""What follows from safety answers, in words: what to do, and which answers it is for. It names no disease."""

from dataclasses import dataclass

from backstride.core.clearance import Clearance, Freedom, Level
from backstride.report.agreed_words import ending_lines, run_out_lines
from backstride.report.amounts import day_month
from backstride.report.language import _, plural
from backstride.report.morning_words import HeldBy
from backstride.report.safety_words import (
    BY_KEY,
    FREEDOMS,
    LEVELS,
    NO_SESSIONS,
    SAID_OF_A_YES_BEFORE,
    TODAY,
    UNFINISHED,
    WALKS,
    question,
)
from backstride.report.said_of_lists import SAID_OF_A_LIST
from backstride.screening.before import FOR_NEXT_VISIT
from backstride.screening.item import Group, Item, Together
from backstride.screening.items import in_group
from backstride.screening.rules import together
from backstride.screening.taps import TAPS


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


BY_DIARY: dict[HeldBy, tuple[str, str]] = {
    HeldBy.CHECK_INS: (
        "Your check-ins hold you back.",
        "You said no to the questions. Your check-ins count, too.",
    ),
    HeldBy.EFFORT: (
        "What you did in the last days holds you back.",
        "You said no to the questions. After much more than usual the plan offers less.",
    ),
    HeldBy.STEP: (
        "Nothing that you said holds you back.",
        "You said no to the questions. By your check-ins the plan stays on its step for now.",
    ),
}
"""In the place of a level's words, where the answers hold nothing back and the diary does, or keeps the step."""
IF_LOOKED_AT = "If it was looked at, and is gone, answer this question with no."


def advice(clearance: Clearance, *, held_by: HeldBy | None = None) -> Advice:
    """State what to do after these answers.

    Args:
        clearance: what all answers leave open today.
        held_by: what of the diary holds back what the answers leave: then no level and no offer of the programme
            that it contradicts is stated.
    """
    if _is_unfinished(clearance):
        return _unfinished(clearance)
    heading, what_to_do = (TODAY if _asks_for_today(clearance) else LEVELS)[clearance.level]
    if clearance.level is Level.WITH_CARE and clearance.freedom < Freedom.RUN_WITH_CARE:
        heading, what_to_do = WALKS if clearance.freedom is Freedom.WALK else NO_SESSIONS
    elif held_by is not None and clearance.level is Level.NOTHING_HELD:
        heading, what_to_do = BY_DIARY[held_by]
    # beside check-ins that leave no session, walks are not called offered
    is_less = clearance.freedom < (Freedom.WALK if held_by is HeldBy.CHECK_INS else Freedom.RUN_WITH_CARE)
    offers = held_by in {None, HeldBy.STEP} or is_less
    return Advice(
        heading=_(heading),
        sentences=(
            *run_out_lines(clearance),
            *ending_lines(clearance),
            _(what_to_do),
            *((_(FREEDOMS[clearance.freedom]),) if offers else ()),
            *open_sentence(clearance),
        ),
        reasons=_reasons(clearance),
        left_open=_open_questions(clearance),
    )


def _is_unfinished(clearance: Clearance) -> bool:
    """Whether nothing asks for a talk, and what holds back most is that not all was answered."""
    return clearance.level <= Level.WITH_CARE and not clearance.is_complete


def _unfinished(clearance: Clearance) -> Advice:
    """State that there are no sessions, until when, and what to do: one sentence, and what goes with it."""
    n = len(clearance.left_open)
    heading = plural(
        n,
        "No sessions for now. First answer {n} safety question.",
        "No sessions for now. First answer {n} safety questions.",
    )
    lines = (*run_out_lines(clearance), *ending_lines(clearance), _(UNFINISHED), *_if_unsure(clearance))
    return Advice(heading.format(n=n), lines, _reasons(clearance), _open_questions(clearance))


def _reasons(clearance: Clearance) -> tuple[str, ...]:
    return together_lines(clearance) + tuple(_reason_in(clearance, key) for key in clearance.because)


def _open_questions(clearance: Clearance) -> tuple[str, ...]:
    return tuple(question(BY_KEY[key]) for key in _still_to_ask(clearance))


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
        _(SAID_OF_A_LIST[said]).format(day=day_month(day))
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
    is_agreed, is_run_out = key in clearance.agreed, key in clearance.run_out
    once_said = once_said_lines(clearance, key) if key in SAID_OF_A_YES_BEFORE and not is_agreed else ()
    # how far to walk with one sign is not said where other questions leave nothing yet
    is_held = _is_unfinished(clearance) and BY_KEY[key].freedom > clearance.freedom
    if not is_agreed and not is_run_out and ((is_held and once_said) or _is_milder(clearance, BY_KEY[key])):
        return " ".join(once_said) or _said_yes(key)
    if once_said:
        return follow_up_line(clearance, key)
    return reason(key, agreed=is_agreed, run_out=is_run_out, is_urgent=clearance.level is Level.EMERGENCY)


def _is_milder(clearance: Clearance, item: Item) -> bool:
    """Whether a question alone asks for a later look than the whole: of two actions the milder one is done."""
    if clearance.level < Level.SEE_A_CLINICIAN:
        return clearance.level is Level.PROVIDER_FIRST and item.action == FOR_NEXT_VISIT
    return item.level < clearance.level or item.freedom > clearance.freedom


def _said_yes(key: str) -> str:
    """Say that a question, or one of a list, had a yes, and nothing of what to do."""
    if key in SAID_OF_A_LIST:
        return _(SAID_OF_A_LIST[key])
    return _("{question} Yes.").format(question=question(BY_KEY[key]))


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
    if agreed and item.if_agreed is Freedom.PAUSED:
        void = _("{question} Yes. That your provider agreed once does not count now.").format(
            question=question(item)
        )
        return f"{void} {_(IF_LOOKED_AT)}" if item.level is Level.EMERGENCY else void
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


def alarm_line(clearance: Clearance) -> str:
    """Return the heading of a level at which a clinician should look; empty at lower levels."""
    return advice(clearance).heading if clearance.level >= Level.SEE_A_CLINICIAN else ""


def hold_line(clearance: Clearance) -> str:
    """Return what stands above the answers where they leave no run; empty where they do, and beside an alarm.

    Args:
        clearance: what all answers leave open today.
    """
    if clearance.freedom >= Freedom.RUN_WITH_CARE or clearance.level >= Level.SEE_A_CLINICIAN:
        return ""
    return advice(clearance).heading


def open_sentence(clearance: Clearance) -> tuple[str, ...]:
    """Say how many questions are still open; nothing where none is."""
    n = len(_still_to_ask(clearance))
    if n == 0:
        return ()
    said = plural(n, "{n} safety question is still open.", "{n} safety questions are still open.").format(n=n)
    return (said, *_if_unsure(clearance))


def _if_unsure(clearance: Clearance) -> tuple[str, ...]:
    """Say how to take a question of the first list that is open; nothing where none is, or all are."""
    first_list = {item.key for item in in_group(Group.NOW)}
    # one that was left out between answers, and not a list that nobody has come to yet
    if not 0 < len(first_list.intersection(_still_to_ask(clearance))) < len(first_list):
        return ()
    return (_("If you are not sure about one on the first list, count it as a yes, and get help at once."),)


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
    """Say what to do about signs that say more together; nothing milder than the whole."""
    least = clearance.level if clearance.level >= Level.SEE_A_CLINICIAN else Level.NOTHING_HELD
    return tuple(_(rule.action) for rule in _rules_that_hold(clearance) if rule.level >= least)


def _rules_that_hold(clearance: Clearance) -> tuple[Together, ...]:
    return together(clearance.because, agreed=clearance.agreed, looked_at=clearance.run_out)
