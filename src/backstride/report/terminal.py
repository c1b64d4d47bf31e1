"""The answer for a terminal: at most 25 lines of plain text."""

from textwrap import wrap

from backstride.answer.answer import Answer
from backstride.answer.effect import Effect
from backstride.answer.kinds import DoubtResult, Hurdle, Question
from backstride.report.amounts import signed_range
from backstride.report.cohort_section import terminal_sentence
from backstride.report.doubts import check_text
from backstride.report.language import _
from backstride.report.outlook import settling_sentences
from backstride.report.trust import tier_sentences, trust_line
from backstride.report.truth import made_up_sentence, truth_sentences
from backstride.report.words import (
    headline,
    is_stopped_by,
    may_be_shown,
    season_leads,
    title,
    verdict_sentences,
)

WIDTH = 79
NAMES = {Question.WEEK: "The week", Question.SEASON: "The season"}


def summary(answer: Answer) -> str:
    """Verdicts, ranges, tier, doubts and, for a simulated person, the truth."""
    paragraphs = [
        title(),
        *(_effect(answer, effect) for effect in answer.effects[:: -1 if season_leads(answer) else 1]),
        trust_line(answer),
        *_tiers(answer),
        _open_doubts(answer),
        *settling_sentences(answer)[:2],
        terminal_sentence(answer),
        *_truth(answer),
        _("It is a diary and an experiment on yourself. Ask your own provider. You choose."),
    ]
    return "\n".join(line for paragraph in paragraphs if paragraph for line in _lines(paragraph)) + "\n"


def _effect(answer: Answer, effect: Effect) -> str:
    parts = [f"{_(NAMES[effect.question])}: {headline(answer, effect)}"]
    parts += verdict_sentences(answer, effect)
    if may_be_shown(effect) and (effect.reason is None or is_stopped_by(effect, Hurdle.NO_ORDER)):
        interval = signed_range(effect.estimate.interval_95)
        parts.append(_("19 in 20: {range}.").format(range=interval))
    return " ".join(parts)


def _tiers(answer: Answer) -> tuple[str, ...]:
    """State the tier of each question; once where both are equal."""
    sentences = [tier_sentences(effect)[0] for effect in answer.effects]
    if sentences[0] == sentences[1]:
        return (sentences[0],)
    return tuple(
        f"{_(NAMES[effect.question])}: {sentence}"
        for effect, sentence in zip(answer.effects, sentences, strict=True)
    )


def _open_doubts(answer: Answer) -> str:
    doubts = [check_text(doubt).question for doubt in answer.doubts if doubt.result is DoubtResult.FAIL]
    return _("Open: {doubts}").format(doubts=" ".join(doubts)) if doubts else ""


def _truth(answer: Answer) -> tuple[str, ...]:
    if answer.truth is None:
        return ()
    return (" ".join((made_up_sentence(), *truth_sentences(answer))),)


def _lines(paragraph: str) -> list[str]:
    return wrap(paragraph, WIDTH, subsequent_indent="  ")
