"""The pages on safety and on the evidence are made from the data, and read plainly."""

import re
from pathlib import Path

import pytest

from backstride.evidence.pathways import PATHWAYS
from backstride.programme.ladder import LADDER
from backstride.programme.rule_texts import ABOUT
from backstride.programme.rules import Rule
from backstride.report.evidence_page import evidence_page
from backstride.report.figures import cited, in_whom, numbers
from backstride.report.plan_words import reason
from backstride.report.programme_page import programme_page
from backstride.report.safety_page import safety_page
from backstride.screening.items import ITEMS

from .reading import forbidden, grade, sentences

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"safety.md": safety_page, "evidence.md": evidence_page, "programme.md": programme_page}


def prose(page: str) -> list[str]:
    """Paragraphs and list items; tables, headings, code and the list of sources are held elsewhere."""
    page = re.sub(r"```.*?```", "", page, flags=re.DOTALL)
    blocks = [block for block in page.split("\n\n") if block.strip() and not re.match(r"[#|]|\d+\. ", block)]
    return [line.removeprefix("- ") for block in blocks for line in re.split(r"\n(?=- )", block)]


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_made_from_the_data(name):
    """What is committed is what the data gives; `backstride screen --page` and `evidence --page` write it anew."""
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name]()


@pytest.mark.parametrize("name", PAGES)
def test_the_page_reads_plainly(name):
    """Each paragraph at school grade 8 at most, and nothing that must not be said."""
    grades = {block: grade(sentences(block.replace("`", ""))) for block in prose(PAGES[name]())}
    assert {block: round(g, 1) for block, g in grades.items() if round(g, 1) > 8.0} == {}
    assert forbidden(PAGES[name]()) == []


def test_every_rule_is_one_row():
    """Each question stands in exactly one row of the safety page, with its key and a source."""
    rows = [line for line in safety_page().splitlines() if line.startswith("|")]
    for item in ITEMS:
        (row,) = (line for line in rows if f"? `{item.key}`" in line or f". `{item.key}`" in line)
        assert re.search(r"\[\d+\]", row)
        assert item.action in row


def test_every_cited_number_has_its_source():
    """The numbers in brackets are those of the list below, and all of them are used."""
    cited = {int(n) for n in re.findall(r"\[(\d+)\]", safety_page())}
    listed = [int(n) for n in re.findall(r"^(\d+)\. ", safety_page(), flags=re.MULTILINE)]
    assert cited == set(listed) == set(range(1, len(listed) + 1))


@pytest.mark.parametrize("row", PATHWAYS, ids=lambda row: row.pathway.name.lower())
def test_every_finding_is_on_the_page(row):
    """Both sides of each pathway stand on the page, with numbers and source."""
    page = evidence_page()
    for finding in row.findings:
        cells = (finding.says, in_whom(finding.sample), numbers(finding), cited(finding.source))
        assert f"| {' | '.join(cells)} |" in page


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_of_the_programme_is_one_row(rule):
    """Each rule stands once on its page, with what it does, why, and its source."""
    told = reason(rule)
    row = f"| `{rule}` | {told.does} | {told.why} | {told.source} |"
    assert programme_page().count(row) == 1


@pytest.mark.parametrize("stage", LADDER, ids=lambda stage: str(stage.number))
def test_every_stage_is_one_row(stage):
    """Each stage of the ladder stands once on the page, with its seconds and how often."""
    assert (
        programme_page().count(
            f"| {stage.number} | {stage.run_s} | {stage.walk_s} | {stage.times} | {stage.last_s} |"
        )
        == 1
    )


@pytest.mark.parametrize("rule", [rule for rule in Rule if re.search(r"\d{4}|PMC", ABOUT[rule].source)])
def test_a_rule_of_the_plan_says_what_was_read_of_its_source(rule):
    """Where a study is named: its summary, a copy, or nothing; and that the numbers are ours, where they are."""
    assert re.search(r"\bread\b|as a copy", ABOUT[rule].source)
