"""How soon, and what is known of rolling and stretching: plain words, no promise."""

import pytest

from backstride.answer.answer import DaysNeeded
from backstride.answer.kinds import Question
from backstride.report.comfort_words import COMFORT
from backstride.report.soon_words import ABOUT, NONE_YET, soon_rows

from .reading import forbidden, grade, sentences


@pytest.mark.parametrize("text", [*ABOUT, NONE_YET, *COMFORT], ids=lambda text: text[:40])
def test_every_string_is_plain_and_allowed(text):
    """School grade 8 at most, and no word that a diary must not use."""
    assert round(grade(sentences(text)), 1) <= 8.0
    assert forbidden(text) == []


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "there is a verdict"), (None, "more than 52 weeks"), (12, "12 days"), (56, "8 weeks")],
)
def test_days_are_told_with_their_horizon(days, words):
    """None is beyond it, nought is a verdict that stands."""
    (row,) = soon_rows([DaysNeeded(Question.WEEK, days, 84, 0, 98, None, 365)])
    assert (row.question, row.own, row.days, row.weeks) == (
        "The week",
        words,
        "12 weeks",
        "there is a verdict",
    )
    assert (row.two_week_blocks, row.four_week_blocks) == ("14 weeks", "more than 52 weeks")


def test_drawn_days_are_a_least_for_the_season():
    """Their number is no even chance, as the Answer page says of them."""
    (row,) = soon_rows([DaysNeeded(Question.SEASON, 84, 84, 0, 98, None, 365)])
    assert (row.own, row.days, row.weeks) == ("12 weeks", "at least 12 weeks", "there is a verdict")
    assert (row.two_week_blocks, row.four_week_blocks) == ("at least 14 weeks", "more than 52 weeks")
