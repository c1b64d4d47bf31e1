"""Words around the Roland-Morris questionnaire. Its own sentences stand in `core`, unchanged and untranslated."""

from collections.abc import Sequence

from backstride.core.roland_morris import (
    CITATION,
    IMPORTANT_FALL,
    IMPORTANT_SHARE,
    SENTENCES,
    RolandMorris,
)
from backstride.report.amounts import long_date, number, percent
from backstride.report.language import ENGLISH, _, language

TITLE = "Daily life with your back"
ABOUT = (
    "Once every four weeks, if you like: 24 sentences, and you tick what is true today. The count shows how much "
    "your back limits you. That is not the same as how much it hurts."
)
IN_ENGLISH = (
    "The sentences are those of the authors, word for word, and in English. There are tested German forms "
    "(Wiesinger 1999; Exner and Keel 2000). We could not get their exact text, or leave to show it. With a wording "
    "of our own, the count could not be compared with others."
)
HOW_TO_READ = (
    "0 is nothing, {most} is all. Experts agreed that people notice a fall by {fall}, or by {share}. Below 4 and "
    "above 20 the count moves little. It is not part of the answer."
)


def about() -> tuple[str, ...]:
    """State what the questionnaire is, and why it is in English where the page is not."""
    return (_(ABOUT),) if language() == ENGLISH else (_(ABOUT), _(IN_ENGLISH))


def how_to_read() -> tuple[str, str]:
    """Explain the score and the smallest noticeable change, with the questionnaire's source."""
    source = _(
        "The Roland-Morris questionnaire: {source}. A fall that people notice: Ostelo 2008, Spine 33: 90-4; its "
        "summary was read."
    )
    how = _(HOW_TO_READ).format(most=len(SENTENCES), fall=IMPORTANT_FALL, share=percent(IMPORTANT_SHARE))
    return how, source.format(source=CITATION)


def score_line(questionnaire: RolandMorris) -> str:
    """One questionnaire in a sentence: "3 May 2026: 9 of 24"."""
    return _("{day}: {n} of {most}").format(
        day=long_date(questionnaire.local_day), n=questionnaire.score, most=len(SENTENCES)
    )


def first_and_last(questionnaires: tuple[RolandMorris, ...]) -> tuple[str, ...]:
    """Format the first and the last questionnaire, each in a line; nothing where there is none."""
    return tuple(
        score_line(one)
        for one in (questionnaires[:1] + questionnaires[-1:] if len(questionnaires) > 1 else questionnaires)
    )


def changes(questionnaires: Sequence[RolandMorris]) -> tuple[str, ...]:
    """State the first score, the last one and the change between them, and what of it people notice."""
    if not questionnaires:
        return ()
    first, last = questionnaires[0], questionnaires[-1]
    if len(questionnaires) == 1:
        return score_line(first), *how_to_read()
    return f"{score_line(first)}; {score_line(last)}.", noticed(first.score, last.score), *how_to_read()


def noticed(first: float, last: float) -> str:
    """Whether a change of the count is one that people notice."""
    change = last - first
    if change > 0:
        more = _("That is {n} more. The source does not say how large a rise people notice.")
        return more.format(n=number(change))
    if not change:
        return _("That is no change.")
    is_noticed = -change >= IMPORTANT_FALL or -change >= IMPORTANT_SHARE * first
    template = (
        _("That is {n} fewer: a fall that people notice.")
        if is_noticed
        else _("That is {n} fewer: less than people notice.")
    )
    return template.format(n=number(-change))
