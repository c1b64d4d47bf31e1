"""The doubts in words: every number has its sentence, and a stranger's number its name."""

import math
import re
from pathlib import Path

import pytest

from backstride.answer.answer import Doubt
from backstride.answer.kinds import Check, DoubtResult
from backstride.report.doubt_words import DOUBT_WORDS, NO_VERDICT
from backstride.report.doubts import (
    check_text,
    in_order,
    not_run_sentence,
    number_sentences,
    waiting_for_a_verdict,
)
from backstride.report.sections import doubts_section

PAGE = Path(__file__).parents[2] / "docs" / "what-the-answer-means.md"


@pytest.mark.parametrize("name", sorted(DOUBT_WORDS))
@pytest.mark.parametrize("result", list(DoubtResult))
def test_every_outcome_of_every_doubt_is_told(name, result):
    """A question, a result and a finding, each a whole sentence."""
    doubt = check_text(Doubt(name, result))
    assert doubt.question.endswith("?")
    assert doubt.result.endswith(".")
    assert doubt.finding[-1] in ".:"


@pytest.mark.parametrize("name", sorted(DOUBT_WORDS))
def test_every_number_with_words_is_told_in_them(name):
    """No sentence keeps a hole, and no number is left over."""
    for sentence in DOUBT_WORDS[name].numbers:
        numbers = dict.fromkeys(sentence.keys, 0.25)
        (line,) = number_sentences(Doubt(name, DoubtResult.FAIL, numbers))
        assert not set("{}_") & set(line)


def test_every_check_has_words():
    """None of them is shown by its bare name."""
    assert set(DOUBT_WORDS) == set(Check)


def test_every_check_is_on_the_page_of_the_answer():
    """In the order in which they are shown."""
    section = PAGE.read_text(encoding="utf-8").split("\n## Doubts\n")[1].split("\n## ")[0]
    names = re.findall(r"^\| ([^|]+) \|", section, re.MULTILINE)
    assert names == ["the check", *Check]


def test_a_number_without_words_is_shown_by_its_name():
    """Nothing found is kept back."""
    doubt = Doubt("natural course", DoubtResult.PASS, {"moon_phase": 0.25, "tide": math.nan})
    assert number_sentences(doubt) == ["Moon phase 0.25; tide unknown."]


def test_a_doubt_without_words_keeps_its_name():
    """One more check is shown, not lost."""
    assert check_text(Doubt("tides", DoubtResult.FAIL)).question == "Tides"


def test_open_doubts_come_first(answers):
    """What is open is read first; what was not run is told apart."""
    answer = answers["sampler failed"]()
    assert in_order(answer)[0].result is DoubtResult.FAIL
    assert "Do missing mornings hide bad ones?" in not_run_sentence(answer)


def test_a_verdict_that_stays_is_said_once():
    """The finding says so; its number says it only where the verdict would be another one."""
    stays = check_text(Doubt(Check.PRIORS, DoubtResult.PASS, {"verdict_changed": 0.0})).finding
    assert stays == "The verdict stays the same. Its size may not."
    assert (
        "would change" in check_text(Doubt(Check.PRIORS, DoubtResult.FAIL, {"verdict_changed": 1.0})).finding
    )


def test_without_a_verdict_that_is_said_once(answer):
    """Checks that only a verdict would give something to do are folded below one sentence, in no answer with one."""
    page = str(doubts_section(answer))
    assert NO_VERDICT not in page or any(effect.reason is None for effect in answer.effects)
    waiting = waiting_for_a_verdict(answer)
    assert ("no verdict yet that these checks could" in page) == bool(waiting)


def test_how_it_was_checked_stands_before_what_was_found(answers):
    """What was found speaks of the check, and cannot be understood before it."""
    page = str(doubts_section(answers["made-up"]()))
    assert page.index("It cannot. So the same analysis") < page.index("The test found nothing")
