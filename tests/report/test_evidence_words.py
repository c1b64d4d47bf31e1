"""The evidence in a terminal: both sides, plain, within the width."""

from html import unescape

import pytest

from backstride.evidence.claims import CLAIMS
from backstride.evidence.pathways import PATHWAYS
from backstride.evidence.running import LIMITS, RUNNING, SEASON_BELIEFS
from backstride.evidence.weight import forecast
from backstride.report.evidence_words import (
    WIDTH,
    belief_sentence,
    overview,
    pathway_text,
    season_belief_sentences,
    weight_sentences,
)
from backstride.report.page import page

from .reading import forbidden, grade, sentences

STRINGS = [
    *(f.says for row in PATHWAYS for f in row.findings),
    *(s for row in PATHWAYS for s in (row.claim, row.grade.says, row.verdict, row.learnable, row.belief.why)),
    *(belief_sentence(row.belief) for row in PATHWAYS),
    *(f.says for f in RUNNING),
    *(limit.says for limit in LIMITS),
    *(belief.why for belief in SEASON_BELIEFS),
    *season_belief_sentences(),
    *(s for claim in CLAIMS for s in (claim.says, claim.known)),
    *weight_sentences(forecast(75, weekly_minutes=90), weekly_minutes=90),
]


@pytest.mark.parametrize("text", dict.fromkeys(STRINGS), ids=lambda text: text[:40])
def test_every_string_is_plain_and_allowed(text):
    """School grade 8 at most, and no word that a diary must not use."""
    assert round(grade(sentences(text)), 1) <= 8.0
    assert forbidden(text) == []


@pytest.mark.parametrize("row", PATHWAYS, ids=lambda row: row.pathway.name.lower())
def test_a_pathway_shows_both_sides(row):
    """For, against, grade and belief, no line wider than a terminal."""
    told = pathway_text(row)
    assert told.index("For it") < told.index("Against it") < told.index(f"Grade {row.grade.letter}")
    assert max(map(len, told.splitlines())) <= WIDTH


def test_the_overview_fits_two_screens():
    """Every pathway and its grade, in at most 60 lines."""
    lines = overview().splitlines()
    assert len(lines) <= 60
    assert max(map(len, lines)) <= WIDTH
    assert [
        row.pathway for row in PATHWAYS if not any(f": {row.grade.letter}" in line for line in lines)
    ] == []


def test_weight_is_told_as_a_range():
    """90 minutes a week at 75 kg: some hundred grams, between the two costs of running."""
    said = weight_sentences(forecast(75, weekly_minutes=90), weekly_minutes=90)[0]
    assert "take off about 0.6 to 0.8 kg in 12 weeks" in said


def test_no_running_takes_nothing_off():
    """Without running there is no range and no minus sign."""
    said = weight_sentences(forecast(75, weekly_minutes=0), weekly_minutes=0)[0]
    assert "take off about 0 kg" in said


@pytest.mark.parametrize("row", PATHWAYS, ids=lambda row: row.pathway.name.lower())
def test_the_answer_page_reads_the_table(row, answers):
    """Beside each part of a person's answer stand the claim, the grade and what is known, as the table has them."""
    shown = unescape(page(answers["helps, drawn"]()))
    assert f"The claim: {row.claim} What is known (grade {row.grade.letter}): {row.verdict}" in shown
