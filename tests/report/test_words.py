"""The words: honest for each tier, plain, and never those that a diary must not use."""

import json
import math
import re

import pytest

from backstride.answer.answer import Verdict
from backstride.report.answer_json import answer_json
from backstride.report.page import page
from backstride.report.terminal import summary
from backstride.report.words import headline, verdict_sentences

from .reading import forbidden, grade, sentences


def text_of(html: str) -> str:
    """What a person reads: tags, styles and drawings taken out."""
    html = re.sub(r"<(style|svg|table|head).*?</\1>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "\n", html).replace("&#x27;", "'"))


def test_words_that_a_diary_must_not_use_are_absent(answer):
    """No diagnosing, no promising, no scolding."""
    assert forbidden(text_of(page(answer)) + summary(answer)) == []


def test_cause_is_claimed_only_where_chance_drew_the_days(answer):
    """'Because of running' stands in tier A alone."""
    claimed = "because of running" in text_of(page(answer)).lower()
    assert not claimed or answer.tier.letter == "A"


def test_looking_back_never_says_that_running_helps(answer):
    """In tier C no headline says helps or harms."""
    if answer.tier.letter == "C":
        for effect in answer.effects:
            assert re.search(r"\bhelps\b|\bharms\b", headline(answer, effect).lower()) is None


def test_the_season_always_names_its_rival(answers):
    """Backs mostly get better by themselves: said beside every season that has numbers."""
    for name in ("helps, drawn", "harms", "can't tell", "no difference"):
        assert "get better by themselves" in text_of(page(answers[name]()))


def test_both_are_said_where_both_hold(answers):
    """'Helps a little' and 'no difference that matters' together."""
    answer = answers["helps a little, and no difference"]()
    said = " ".join([headline(answer, answer.week), *verdict_sentences(answer, answer.week)])
    assert "too small to matter" in said


def test_too_few_runs_is_told_with_what_to_do(answers):
    """No numbers, and a next step."""
    answer = next(make() for name, make in answers.items() if "few" in name)
    assert answer.week.verdict is Verdict.TOO_FEW_RUNS
    assert re.search(r"\d", headline(answer, answer.week)) is None


def test_the_summary_fits_a_terminal(answer):
    """At most 35 lines of at most 80 characters."""
    lines = summary(answer).splitlines()
    assert len(lines) <= 35
    assert max(map(len, lines)) <= 80


def test_answer_json_holds_the_numbers(answer):
    """The file parses strictly, says its format, and holds both means."""
    told = json.loads(answer_json(answer), parse_constant=pytest.fail)
    assert told["format"] == "backstride answer 1"
    mean = answer.week.estimate.mean
    assert told["week"]["estimate"]["mean"] == (None if math.isnan(mean) else mean)


def test_the_words_read_at_school_grade_eight(answer):
    """Flesch-Kincaid grade of every paragraph, list item and caption is 8 or less."""
    grades = {block: grade(told) for block, told in blocks_of(page(answer)).items()}
    assert {block: round(g, 1) for block, g in grades.items() if g > 8.0} == {}


def blocks_of(html: str) -> dict[str, list[str]]:
    """Each block of prose with its sentences; the sampler's small print is for those who know its terms."""
    html = re.sub(r'<p class="small".*?</p>', "", html, flags=re.DOTALL)
    found = re.finditer(r"<(p|li|figcaption)\b.*?</\1>", html, re.DOTALL)
    blocks = [text_of(block.group()).strip() for block in found]
    told = {block: sentences(block) for block in blocks}
    return {block: its for block, its in told.items() if its}
