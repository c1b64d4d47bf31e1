"""The table is whole, every row has its source, and the model believes what the table says."""

import re
from dataclasses import asdict

import pytest

from backstride.answer.other_priors import OTHER_PRIORS
from backstride.core.measurement import Pathway
from backstride.core.source import Reading, Source
from backstride.evidence import sources
from backstride.evidence.claims import CLAIMS, AnsweredBy
from backstride.evidence.pathways import ABOUT, PATHWAYS
from backstride.evidence.running import RUNNING, SEASON_BELIEFS
from backstride.model.data import PATHWAYS as IN_THE_MODEL
from backstride.model.priors import PATHWAY_PRIORS

each_pathway = pytest.mark.parametrize("row", PATHWAYS, ids=lambda row: row.pathway.name.lower())
FINDINGS = [f for row in PATHWAYS for f in row.supports + row.against] + list(RUNNING)
KNOWN = {name: thing for name, thing in vars(sources).items() if isinstance(thing, Source)}


def test_every_pathway_has_its_row():
    """The six pathways of the model, in its order."""
    assert tuple(row.pathway.value for row in PATHWAYS) == IN_THE_MODEL
    assert set(ABOUT) == set(Pathway)


@each_pathway
def test_the_model_believes_what_the_table_says(row):
    """Number by number: a prior cannot change without its row, nor a row without its prior."""
    told = asdict(row.belief)
    assert {
        name: told[name] for name in ("phi_mean", "phi_sd", "reach", "delta_sd", "daily_sd", "error_sd")
    } == (PATHWAY_PRIORS[row.pathway.value]._asdict())


def test_the_seasons_beliefs_are_those_of_the_answer():
    """The two other priors of the answer page are the table's, number by number."""
    assert [(b.name, b.mean, b.sd) for b in SEASON_BELIEFS] == [tuple(prior) for prior in OTHER_PRIORS]


@each_pathway
def test_both_sides_are_heard(row):
    """Each claim has something for it and something against it."""
    assert row.supports
    assert row.against
    assert re.fullmatch("[A-E][+-]?", row.grade.letter)


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda f: f.says[:40])
def test_every_finding_has_a_source(finding):
    """A page, a paper, or openly a sum of ours; a published one names a year or an identifier."""
    assert finding.source in KNOWN.values()
    assert finding.source.reading is Reading.OWN or re.search(r"\d{4}", finding.source.text)


@pytest.mark.parametrize("name", KNOWN)
def test_every_identifier_looks_like_one(name):
    """A digital object identifier begins with 10. and holds no spaces."""
    assert KNOWN[name].doi == "" or re.fullmatch(r"10\.\d{4,9}/\S+", KNOWN[name].doi)


def test_every_source_is_used():
    """No source is kept that no row leans on."""
    used = {finding.source for finding in FINDINGS}
    assert [name for name, source in KNOWN.items() if source not in used] == []


def test_every_claim_is_answered():
    """The question, the fear, the five, and the four after them; each pathway has its claim."""
    assert [claim.number for claim in CLAIMS] == ["Q", *map(str, range(10))]
    assert {claim.pathway for claim in CLAIMS} - {None} == set(Pathway)
    assert all((claim.pathway is not None) == (claim.answered_by is AnsweredBy.PART) for claim in CLAIMS)
