"""Every number that the evidence says has its row: source, quantity, in whom, how many, and what was read."""

import ast
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from backstride.core.source import Reading
from backstride.errors import BadValue
from backstride.evidence import claims, daily_pathways, finding, running, slow_pathways
from backstride.evidence.claims import CLAIMS, AnsweredBy, Claim
from backstride.evidence.figure import Sample, figure
from backstride.evidence.finding import Finding, PathwayEvidence
from backstride.evidence.pathways import ABOUT, PATHWAYS
from backstride.evidence.running import LIMITS, RUNNING, SEASON_BELIEFS, TRIAL_PAIN
from backstride.evidence.weight import COST_J_KG_M, HALF_TIME_DAYS, KG_A_UNIT
from backstride.report.figures import figure_words, in_whom, numbers
from backstride.report.language import _, speaking
from backstride.services.roland_morris import AGAIN_AFTER

from .numbers_said import is_carried, numbers_said

FINDINGS = [*(f for row in PATHWAYS for f in row.findings), *RUNNING, *LIMITS]
WRITTEN_IN = (claims, daily_pathways, running, slow_pathways)
ROWS_AND_SOURCES = {"figure", "said", "Figure", "Source"}


def rows_of_claim(claim: Claim) -> set[Decimal]:
    """The numbers that a claim's rows carry."""
    rows = {n for one in claim.rests_on for n in one.numbers} | {
        n for one in claim.article for n in one.numbers
    }
    return rows | (rows_of_pathway(ABOUT[claim.pathway]) if claim.pathway else set())


def rows_of_pathway(row: PathwayEvidence) -> set[Decimal]:
    """The numbers of both sides, and of the article."""
    return {n for one in (*row.findings, *row.article) for n in one.numbers}


def rows_of_belief(row: PathwayEvidence) -> set[Decimal]:
    """Our own choices, as the model keeps them or as the words name them."""
    belief = row.belief
    kept = (belief.delta_sd, belief.reach, belief.phi_mean, belief.phi_sd, belief.daily_sd, belief.error_sd)
    return {Decimal(str(n)) for n in kept} | {n for one in belief.figures for n in one.numbers}


def statements() -> dict[str, set[Decimal]]:
    """Every sentence of the evidence, with the numbers that its rows carry."""
    told: dict[str, set[Decimal]] = {}
    for one in FINDINGS:
        note = [one.sample.population, one.sample.note] if one.sample else []
        for text in (one.says, *note):
            told[text] = told.get(text, set()) | one.numbers
    for claim in CLAIMS:
        told[claim.says] = told[claim.known] = rows_of_claim(claim)
    for row in PATHWAYS:
        for text in (row.claim, row.grade.says, row.verdict, row.learnable):
            told[text] = told.get(text, set()) | rows_of_pathway(row)
        for text in (row.belief.unit, row.belief.why):
            told[text] = told.get(text, set()) | rows_of_belief(row)
    sheet = {Decimal(AGAIN_AFTER.days) / 7}
    told |= {by.value: sheet if by is AnsweredBy.FUNCTION else set() for by in AnsweredBy}
    return told | {belief.why: set() for belief in SEASON_BELIEFS}


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("text", [text for text in statements() if text], ids=lambda text: text[:50])
def test_every_number_has_its_row(text, language):
    """In digits or in words, in both languages: no number is said that no row carries."""
    with speaking(language):
        said = numbers_said(_(text), language)
    assert {number for number in said if not is_carried(number, statements()[text])} == set()


@pytest.mark.parametrize("text", [text for text in statements() if text], ids=lambda text: text[:50])
def test_german_says_the_same_numbers(text):
    """None is lost or changed in the translation; "one" aside, which German hides in an article."""
    with speaking("de"):
        german = numbers_said(_(text), "de")
    assert german - {1} == numbers_said(text, "en") - {1}


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Pain fell by 1.5 of 100 in 2,746 people.", "en", {"1.5", "100", "2746"}),
        ("Der Schmerz sank um 1,5 von 100 bei 2.746 Menschen.", "de", {"1.5", "100", "2746"}),
        ("Seven times a knee hurt, once the back.", "en", {"7", "1"}),
        ("Die Hälfte, zwölf Wochen lang.", "de", {"0.5", "12"}),
        ("No one of them ran.", "en", set()),
        ("From \u221215.3 to 0.", "en", {"-15.3", "0"}),
    ],
)
def test_numbers_are_found(text, language, found):
    """In digits with their marks, and in words."""
    assert numbers_said(text, language) == set(map(Decimal, found))


def test_a_number_without_a_row_is_found_out():
    """A sentence that says more than its rows would fail the test above."""
    assert not is_carried(Decimal(30), TRIAL_PAIN.numbers)
    assert is_carried(Decimal(15), TRIAL_PAIN.numbers)
    assert not is_carried(Decimal("15.4"), TRIAL_PAIN.numbers)


@pytest.mark.parametrize("module", WRITTEN_IN, ids=lambda module: module.__name__.rpartition(".")[2])
def test_no_text_with_a_number_escapes(module):
    """Each text of these modules that has a digit is a statement held above, a row, or the name of a source."""
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    spared: set[ast.AST] = set()
    for node in ast.walk(tree):
        is_row = isinstance(node, ast.Call) and getattr(node.func, "id", "") in ROWS_AND_SOURCES
        if is_row or isinstance(node, ast.Expr):
            spared |= set(ast.walk(node))
    for claim in CLAIMS:
        spared |= {n for n in ast.walk(tree) if isinstance(n, ast.Constant) and n.value == claim.number}
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in spared
    ]
    held = statements()
    assert [text for text in texts if numbers_said(text, "en") and text not in held] == []


@pytest.mark.parametrize("one", FINDINGS, ids=lambda one: one.says[:50])
def test_every_finding_says_in_whom(one):
    """Who they were and how many, or that this was not read; advice, and what is ours, has nobody."""
    if one.sample is None:
        assert one.source.reading in {Reading.READ, Reading.OWN}
        return
    told = in_whom(one.sample)
    assert one.sample.population in told
    assert ("number not given" in told) == (not one.sample.is_counted)


@pytest.mark.parametrize("one", FINDINGS, ids=lambda one: one.says[:50])
def test_every_row_is_on_the_page(one):
    """Each number that is not in the sentence, with all its digits; and each has words for what it is."""
    told = numbers(one)
    assert (told == "-") == (not any(row.is_shown for row in one.figures))
    for row in one.figures:
        assert row.quantity
        assert not row.is_shown or all(f"{abs(n):,}" in told for n in row.numbers)


def test_what_was_not_checked_says_so():
    """A number from memory is marked, whatever was read of the rest of its source."""
    from_memory = figure("weeks", "9", reading=Reading.UNVERIFIED)
    assert figure_words(from_memory, TRIAL_PAIN.source) == "weeks: 9 (from memory, not checked)"
    unread = replace(TRIAL_PAIN.source, reading=Reading.UNVERIFIED)
    assert "not checked" in figure_words(figure("weeks", "9"), unread)


def test_nothing_that_was_not_checked_is_shown():
    """All numbers of the table were read by somebody, or are openly ours."""
    assert [f.says for f in FINDINGS for row in f.figures if row.read(f.source) is Reading.UNVERIFIED] == []


def test_a_value_outside_of_its_interval_is_refused():
    """A slip of the pen is found where it is made."""
    with pytest.raises(BadValue, match="lies outside"):
        figure("average pain, of 100", "-15.3", "-5.3", "-25.3")


def test_digits_stay_as_published():
    """A zero at the end is kept, and German has its comma."""
    row = figure("standardised difference", "-0.62", "-0.80", "-0.45")
    assert (
        figure_words(row, TRIAL_PAIN.source)
        == "standardised difference: \u22120.62 (\u22120.80 to \u22120.45)"
    )
    with speaking("de"):
        assert "\u22120,62 (\u22120,80 bis \u22120,45)" in figure_words(row, TRIAL_PAIN.source)


def test_the_forecast_of_weight_rests_on_the_rows():
    """The cost of running, the half-time and a step's kilograms are those of the table."""
    rows = {
        row.quantity: row
        for f in ABOUT[next(p for p in ABOUT if p.name == "WEIGHT")].findings
        for row in f.figures
    }
    assert COST_J_KG_M[0] == float(rows["energy for each kg and metre"].value)
    assert 365 * float(rows["years until half of it"].value) == HALF_TIME_DAYS
    step = next(
        row
        for p, about in ABOUT.items()
        if p.name == "WEIGHT"
        for row in about.belief.figures
        if "kilo" in row.quantity
    )
    assert float(step.value) == KG_A_UNIT


def test_a_finding_is_a_row_of_its_own_kind():
    """A number cannot be given as a text: a finding takes rows, and no more."""
    assert set(finding.Finding.__annotations__) == {"says", "sample", "figures", "source"}
    with pytest.raises(TypeError):
        Finding(says="So.", numbers="40 people", source=TRIAL_PAIN.source)
    assert not Sample(population="people").is_counted
