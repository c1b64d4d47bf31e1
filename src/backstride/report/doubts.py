"""The doubts in plain words: what was asked, what came out, and the numbers behind it."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from backstride.answer.answer import Answer, Doubt
from backstride.answer.kinds import Check, DoubtResult
from backstride.report.amounts import in_our_digits, number, of_100, percent, signed
from backstride.report.doubt_words import DOUBT_WORDS, NO_VERDICT, UNKNOWN_DOUBT
from backstride.report.language import _

RESULT_NAMES = {
    DoubtResult.PASS: "Fine",
    DoubtResult.FAIL: "Open",
    DoubtResult.INFORMS: "Worth knowing",
    DoubtResult.NOT_RUN: "Not checked",
}
ORDER = (DoubtResult.FAIL, DoubtResult.INFORMS, DoubtResult.PASS)


@dataclass(frozen=True, slots=True)
class CheckText:
    """One doubt as the page tells it.

    Attributes:
        question: the doubt as a person would ask it.
        result: "Fine.", "Open.", "Worth knowing." or "Not run.".
        finding: what came out, with its numbers.
        checked: what was done to find out.
        css: the class that colours the result.
    """

    question: str
    result: str
    finding: str
    checked: str
    css: str


def check_text(doubt: Doubt) -> CheckText:
    """Put a check's result into words; a check or number without words is shown by its name."""
    words = DOUBT_WORDS.get(doubt.name, UNKNOWN_DOUBT)
    is_waiting = _waits(doubt)
    number_name, fine = words.fine_with or ("", words.fine)
    findings = {
        DoubtResult.PASS: fine if number_name in doubt.numbers else words.fine,
        DoubtResult.FAIL: words.open,
        DoubtResult.INFORMS: NO_VERDICT if is_waiting else words.informs,
        DoubtResult.NOT_RUN: _("Not checked for this answer."),
    }
    parts = [_(findings[doubt.result]), *number_sentences(doubt)]
    return CheckText(
        question=_(words.question) if words.question else doubt.name.capitalize(),
        result=_(RESULT_NAMES[doubt.result]) + ".",
        finding=" ".join(part for part in parts if part),
        checked=_(words.checked),
        css=f"result {doubt.result.name.lower()}",
    )


def in_order(answer: Answer) -> tuple[Doubt, ...]:
    """Return the checks that were run, failed ones first."""
    return tuple(d for result in ORDER for d in answer.doubts if d.result is result)


def waiting_for_a_verdict(answer: Answer) -> tuple[Doubt, ...]:
    """Return the checks that can only inform, as no question has a verdict that they could overturn."""
    if any(effect.reason is None for effect in answer.effects):
        return ()
    return tuple(doubt for doubt in in_order(answer) if _waits(doubt))


def _waits(doubt: Doubt) -> bool:
    """Whether a check only informs because there is no verdict that it could overturn."""
    if doubt.result is not DoubtResult.INFORMS:
        return False
    if doubt.name == Check.UNMEASURED_CAUSE:  # with a verdict it says how strong a cause would overturn it
        return any(key.endswith("_mean_moved") for key in doubt.numbers)
    return DOUBT_WORDS.get(doubt.name, UNKNOWN_DOUBT).informs == NO_VERDICT


def not_run_sentence(answer: Answer) -> str:
    """Which doubts were not looked into, or nothing where all were."""
    missing = [d for d in answer.doubts if d.result is DoubtResult.NOT_RUN]
    if not missing:
        return ""
    questions = " ".join(check_text(doubt).question for doubt in missing)
    needs_allocation = any(d.name == Check.RANDOMISATION for d in missing)
    why = _(" The question of chance needs run days that chance drew.")
    without_allocation = needs_allocation and not answer.week.tier.weeks_drawn_in_all
    return _("Not checked, so still open:") + f" {questions}" + (why if without_allocation else "")


def number_sentences(doubt: Doubt) -> list[str]:
    """Put the numbers of a check into sentences, or list them by name where there are none."""
    words = DOUBT_WORDS.get(doubt.name, UNKNOWN_DOUBT)
    left = {key: value for key, value in doubt.numbers.items() if key not in (words.fine_with or ())}
    sentences = []
    for sentence in words.numbers:
        if set(sentence.keys) <= left.keys():
            values = {key: formatted(key, left.pop(key)) for key in sentence.keys}
            sentences.append(_(sentence.words).format(**values))
    return [*filter(None, sentences), *([_by_name(left)] if left else [])]


def formatted(key: str, value: float) -> str:
    """Format a number of a check in the way that its name implies."""
    if not math.isfinite(value):
        return _("unknown")
    return next((form(value) for fits, form in _FORMS if fits(key)), in_our_digits(f"{value:.3g}"))


def _by_name(numbers: Mapping[str, float]) -> str:
    named = [f"{key.replace('_', ' ')} {formatted(key, value)}" for key, value in numbers.items()]
    return "; ".join(named).capitalize() + "."


def _changed(value: float) -> str:
    """Say that the verdict would be another one; that it stays is what the finding says already."""
    return _("The verdict would change.") if value else ""


def _gone(value: float) -> str:
    if value <= 0:
        return _("None of it goes away")
    return _("About {share} of it goes away").format(share=percent(min(value, 1.0)))


_FORMS: tuple[tuple[Callable[[str], bool], Callable[[float], str]], ...] = (
    (lambda key: key == "verdict_changed", _changed),
    (lambda key: key == "share_gone", _gone),
    (lambda key: key.endswith("_moved") or key.startswith("times_"), number),
    (lambda key: key in ("recorded", "tau_days"), lambda value: number(value, decimals=0)),
    (lambda key: key.startswith("mean_") or "_mean" in key, signed),
    (lambda key: key == "p" or key.startswith("p_"), of_100),
    (lambda key: key.startswith(("share", "chance")) or "explained" in key, percent),
    (lambda key: key.endswith("rhat"), lambda value: in_our_digits(f"{value:.3f}")),
    (lambda key: key.endswith("ess"), lambda value: in_our_digits(f"{value:,.0f}")),
)
