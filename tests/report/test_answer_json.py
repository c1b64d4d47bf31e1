"""The answer as JSON: every number, under the name the page on it gives."""

import json
from pathlib import Path

import pytest

from backstride.answer.answer import FORMAT, Answer
from backstride.report.answer_json import answer_json

PAGE = Path(__file__).parents[2] / "docs" / "what-the-answer-means.md"


def test_unknown_numbers_are_null(answers):
    """Strict readers accept it: there is no NaN in it."""
    told = json.loads(answer_json(answers["too few runs"]()), parse_constant=pytest.fail)
    assert told["week"]["estimate"]["dots"] == [None] * 20


def test_nothing_is_left_out(answer):
    """Every field of the answer is there, and the format says which version it is."""
    told = json.loads(answer_json(answer))
    assert list(told) == ["format", *Answer.__dataclass_fields__]
    assert told["format"] == FORMAT
    assert len(told["days"]) == len(answer.days)


def test_the_page_on_the_answer_explains_every_name(answers):
    """A reader of the file finds each name in the docs, and the record that holds it."""
    page = PAGE.read_text(encoding="utf-8")
    told = json.loads(answer_json(answers["made-up"]()))
    assert [name for name in told if f"`{name}`" not in page] == []
    assert FORMAT in page
