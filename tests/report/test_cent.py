"""The list of what a report of one person's trial should hold names places that exist."""

import json
import re
from pathlib import Path

from backstride.report.answer_json import answer_json
from backstride.report.page import page

LIST = (Path(__file__).parents[2] / "docs" / "cent-2015.md").read_text(encoding="utf-8")
COMMANDS = {"report.html", "answer.json", "backstride evidence", "code", "phi"}


def test_every_place_named_is_in_the_page_or_the_file(answers):
    """A section of the page, or a key of answer.json."""
    answer = answers["helps"]() if "helps" in answers else next(iter(answers.values()))()
    sections = set(re.findall(r'<h2 id="([\w-]+)"', page(answer)))
    known = sections | set(json.loads(answer_json(answer))) | COMMANDS
    assert set(re.findall(r"`([^`]+)`", LIST)) <= known


def test_every_item_of_the_statement_has_its_row():
    """1 to 25, none passed over."""
    first = re.findall(r"^\| ([\d][^|]*) \|", LIST, re.MULTILINE)
    numbers = {int(n) for row in first for n in re.findall(r"\d+", re.sub(r"\.\d", "", row))}
    assert numbers == set(range(1, 26))
