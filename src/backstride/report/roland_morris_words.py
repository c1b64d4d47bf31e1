"""Words around the Roland-Morris questionnaire. Its own sentences stand in `core`, unchanged and untranslated."""

from backstride.core.roland_morris import CITATION, SENTENCES, RolandMorris
from backstride.report.amounts import long_date
from backstride.report.language import ENGLISH, _, language

TITLE = "Daily life with my back"
ABOUT = (
    "Once every four weeks, if you like: 24 sentences, and you tick what is true today. The count shows how much "
    "your back keeps you from. It is apart from how much it hurts."
)
IN_ENGLISH = (
    "The sentences are those of the authors, word for word, and in English. There is a German form. We could not "
    "make sure of its exact text, and another wording would count differently."
)
HOW_TO_READ = (
    "0 is nothing, 24 is all. What people notice is a change of about 5, or of a third. Below 4 and above 20 the "
    "count moves little. It takes no part in the answer."
)


def about() -> tuple[str, ...]:
    """State what the questionnaire is, and why it is in English where the page is not."""
    return (_(ABOUT),) if language() == ENGLISH else (_(ABOUT), _(IN_ENGLISH))


def how_to_read() -> tuple[str, str]:
    """Explain the score and the smallest noticeable change, with the questionnaire's source."""
    source = _(
        "The Roland-Morris questionnaire: {source}. Change that people notice: Ostelo 2008, Spine 33: 90-4."
    )
    return _(HOW_TO_READ), source.format(source=CITATION)


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
