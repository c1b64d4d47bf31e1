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
from backstride.evidence.running import LIMITS, RUNNING, SEASON_BELIEFS
from backstride.model.data import PATHWAYS as IN_THE_MODEL
from backstride.model.priors import PATHWAY_PRIORS
from backstride.report.figures import cited

each_pathway = pytest.mark.parametrize("row", PATHWAYS, ids=lambda row: row.pathway.name.lower())
FINDINGS = [*(f for row in PATHWAYS for f in row.findings), *RUNNING, *LIMITS]
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
    assert [claim.number for claim in CLAIMS if claim.number[-1:] not in "abc"] == ["Q", *map(str, range(10))]
    assert [claim.number for claim in CLAIMS] == sorted(
        (c.number for c in CLAIMS), key=lambda n: (n != "Q", n)
    )
    assert {claim.pathway for claim in CLAIMS} - {None} == set(Pathway)
    assert all((claim.pathway is not None) == (claim.answered_by is AnsweredBy.PART) for claim in CLAIMS)


NUMBER_OF_PEOPLE_NOT_READ = {"LV", "ZHOU", "HALL", "HORI"}
"""Sources in whose summary we found no number of people or studies."""


@pytest.mark.parametrize("finding", [f for f in FINDINGS if f.sample], ids=lambda f: f.says[:40])
def test_every_finding_tells_of_how_many(finding):
    """How many people, studies or trials stand behind it; or openly that it was not read."""
    name = next(name for name, source in KNOWN.items() if source == finding.source)
    assert finding.sample.is_counted != (name in NUMBER_OF_PEOPLE_NOT_READ)


def test_totals_of_a_review_say_that_they_are_totals():
    """A whole review of 89 or 118 studies is never told as what carries one line."""
    assert [f.says for f in FINDINGS if f.sample and f.sample.studies in (89, 118, 19, 15, 218)] == []


def test_what_was_read_stands_beside_each_source():
    """Almost all are summaries; whoever adds a source says how much of it was read."""
    assert {source.reading for source in KNOWN.values()} <= set(Reading)
    assert cited(KNOWN["ASTEROID"]).endswith("(summary read)")


@pytest.mark.parametrize(
    ("name", "doi"),
    [
        ("SMITH", "10.1136/bjsports-2016-097383"),
        ("ZHANG", "10.1097/BSD.0000000000000468"),
        ("HUNG", "10.1371/journal.pone.0213158"),
        ("JONES", "10.1055/s-2002-19271"),
        ("TREHEARN", "10.1519/JSC.0b013e31818eaf49"),
        ("ARAB", "10.1177/0269215507076353"),
        ("WEWEGE", "10.1016/j.jpain.2020.04.003"),
        ("MASELLI", "10.1186/s12891-020-03357-4"),
        ("WIEWELHOVE", "10.3389/fphys.2019.00376"),
    ],
)
def test_papers_have_their_identifiers(name, doi):
    """As looked up, one by one."""
    assert KNOWN[name].doi == doi
