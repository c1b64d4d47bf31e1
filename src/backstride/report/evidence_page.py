"""The page on the evidence, as Markdown, made from the table that the model's beliefs are held to."""

from backstride.evidence.claims import CLAIMS, Claim
from backstride.evidence.finding import Belief, Finding, PathwayEvidence
from backstride.evidence.pathways import PATHWAYS
from backstride.evidence.running import LIMITS, RUNNING
from backstride.evidence.weight import forecast
from backstride.report.amounts import number
from backstride.report.evidence_words import (
    GRADES,
    belief_sentence,
    pathway_name,
    season_belief_sentences,
    weight_sentences,
)
from backstride.report.figures import cited, in_whom, numbers
from backstride.report.language import _
from backstride.report.markdown import Paragraphs, bold, rows

EXAMPLE_KG, EXAMPLE_MINUTES = 75.0, 90.0


def evidence_page(*, for_terminal: bool = True) -> str:
    """Render the evidence page as Markdown.

    Args:
        for_terminal: with the command that prints the same.
    """
    parts = Paragraphs(["# " + _("What is known"), *_lead()])
    if for_terminal:
        parts += [
            _(
                "The same table in a terminal: `backstride evidence`, and `backstride evidence mood` for one of "
                "the ways."
            )
        ]
    parts += ["## " + _("Common claims about running and back pain"), _claims()]
    parts += [
        "## " + _("Running and back pain"),
        _findings(RUNNING),
        _("What they leave open:"),
        _findings(LIMITS),
    ]
    parts += [_("Two other beliefs stand beside the answer for the season:")]
    parts += ["\n".join(f"- {sentence}" for sentence in season_belief_sentences())]
    parts += ["## " + _("The ways"), _(GRADES)]
    for row in PATHWAYS:
        parts += _pathway(row)
    parts += ["## " + _("What the model believes at first"), *_beliefs()]
    return parts.text


def _lead() -> tuple[str, ...]:
    return (
        _(
            "Each claim that is often made about running and back pain, with what speaks for it and against it. "
            "All numbers here were read, most of them in the summary of a paper. What was read is noted beside "
            "each. Our own sums and choices are marked as ours."
        ),
        _("SMD is a difference counted in standard deviations, so that scales can be set side by side."),
    )


def _claims() -> str:
    head = (_("Claim"), _("What is known"), _("What answers it for you"), _("Rests on"))
    cells = ((_(c.says), _(c.known), _(c.answered_by.value), _rests_on(c)) for c in CLAIMS)
    return rows(head, cells)


def _rests_on(claim: Claim) -> str:
    """List the sources of a claim's sentence, each once; a pathway's own table holds the rest."""
    sources = dict.fromkeys(finding.source for finding in claim.rests_on)
    shown = [cited(source) for source in sources]
    if claim.pathway is not None:
        shown.append(_("the table of {way}, below").format(way=pathway_name(claim.pathway)))
    return "; ".join(shown) or "-"


def _findings(findings: tuple[Finding, ...]) -> str:
    head = (_("Finding"), _("In whom"), _("Numbers"), _("Source"))
    return rows(head, ((_(f.says), in_whom(f.sample), numbers(f), cited(f.source)) for f in findings))


def _pathway(row: PathwayEvidence) -> list[str]:
    grade = _("Grade {letter}: {says}").format(letter=row.grade.letter, says=_(row.grade.says))
    parts = [
        f"### {pathway_name(row.pathway)}",
        _("The claim: {c}").format(c=_(row.claim)),
        bold(grade) + " " + _(row.verdict),
        _("For it:"),
        _findings(row.supports),
        _("Against it:"),
        _findings(row.against),
        f"{belief_sentence(row.belief)} {_(row.belief.why)} {_(row.learnable)}",
    ]
    if row.pathway.name == "WEIGHT":
        season = forecast(EXAMPLE_KG, weekly_minutes=EXAMPLE_MINUTES)
        sentences = weight_sentences(season, weekly_minutes=EXAMPLE_MINUTES)
        example = _("For someone of {kg} kg:").format(kg=number(EXAMPLE_KG, decimals=0))
        parts.append(" ".join((example, *sentences)))
    return parts


def _beliefs() -> tuple[str, ...]:
    head = (
        _("Way"),
        _("One step"),
        _("Pain a step, sd"),
        _("30 minutes a day for ever, sd in steps"),
        _("Kept from day to day"),
        _("Noise a day"),
        _("Error of the measure"),
    )
    return (
        _("These are the very numbers of the model. A test compares them one by one."),
        rows(head, ((pathway_name(row.pathway), *_cells(row.belief)) for row in PATHWAYS)),
    )


def _cells(belief: Belief) -> tuple[str, ...]:
    escaped = _("{mean} (sd {sd})").format(mean=f"{belief.phi_mean:g}", sd=f"{belief.phi_sd:g}")
    numbers = (f"{value:g}" for value in (belief.delta_sd, belief.reach))
    return (_(belief.unit), *numbers, escaped, f"{belief.daily_sd:g}", f"{belief.error_sd:g}")
