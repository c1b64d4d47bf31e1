"""The doubts in words: every number has its sentence, and a stranger's number its name."""

import math

import pytest

from backstride.answer.answer import Doubt, DoubtResult
from backstride.report.doubt_words import DOUBT_WORDS
from backstride.report.doubts import in_order, not_run_sentence, number_sentences, told


@pytest.mark.parametrize("number", sorted(DOUBT_WORDS))
@pytest.mark.parametrize("result", list(DoubtResult))
def test_every_outcome_of_every_doubt_is_told(number, result):
    """A question, a result and a finding, each a whole sentence."""
    doubt = told(Doubt(number, "name", result))
    assert doubt.question.endswith("?")
    assert doubt.result.endswith(".")
    assert doubt.finding[-1] in ".:"


@pytest.mark.parametrize("number", sorted(DOUBT_WORDS))
def test_every_number_with_words_is_told_in_them(number):
    """No sentence keeps a hole, and no number is left over."""
    for sentence in DOUBT_WORDS[number].numbers:
        numbers = dict.fromkeys(sentence.keys, 0.25)
        (line,) = number_sentences(Doubt(number, "name", DoubtResult.PASS, numbers))
        assert not set("{}_") & set(line)


def test_a_number_without_words_is_shown_by_its_name():
    """Nothing found is kept back."""
    doubt = Doubt(3, "natural course", DoubtResult.PASS, {"moon_phase": 0.25, "tide": math.nan})
    assert number_sentences(doubt) == ["Moon phase 0.25; tide unknown."]


def test_a_doubt_without_words_keeps_its_name():
    """A tenth check is shown, not lost."""
    assert told(Doubt(10, "tides", DoubtResult.FAIL)).question == "Tides"


def test_open_doubts_come_first(answers):
    """What is open is read first; what was not run is told apart."""
    answer = answers["sampler failed"]()
    assert in_order(answer)[0].result is DoubtResult.FAIL
    assert "Do missing mornings hide bad ones?" in not_run_sentence(answer)
