"""The evidence in words for a terminal: claim, for, against, grade, and what the model believes."""

from textwrap import wrap

from backstride.core.measurement import Pathway
from backstride.evidence.finding import Belief, Finding, PathwayEvidence
from backstride.evidence.pathways import PATHWAYS
from backstride.evidence.running import LIMITS, RUNNING, SEASON_BELIEFS
from backstride.evidence.weight import WeightForecast
from backstride.report.amounts import number, signed
from backstride.report.figures import cited, in_whom, numbers
from backstride.report.language import _
from backstride.report.pathways import PATH_WORDS

WIDTH = 79
GRADES = "A is strong, B fair, C mixed, D weak, E means that what was found points the other way."


def pathway_name(pathway: Pathway) -> str:
    """Return the pathway's name, as on the answer page."""
    return _(PATH_WORDS[pathway].name)


def overview() -> str:
    """Every pathway in a few lines, and what trials say of running itself."""
    lines = [_("What is known of running and back pain"), ""]
    for finding in RUNNING[:4]:
        lines += _bullet(_(finding.says))
    for limit in LIMITS:
        lines += _bullet(_(limit.says))
    lines += ["", _("How it may work"), *_paragraph(_(GRADES))]
    for row in PATHWAYS:
        lines += ["", f"{pathway_name(row.pathway)}: {row.grade.letter}", *_paragraph(_(row.verdict))]
    lines += ["", *_paragraph(_("More on one of them:  backstride evidence mood"))]
    return "\n".join(lines) + "\n"


def pathway_text(row: PathwayEvidence) -> str:
    """One pathway: both sides with their sources, the grade, the belief."""
    lines = [pathway_name(row.pathway), "", *_paragraph(_("The claim: {c}").format(c=_(row.claim)))]
    for heading, findings in ((_("For it"), row.supports), (_("Against it"), row.against)):
        lines += ["", heading]
        for finding in findings:
            lines += _finding(finding)
    grade = _("Grade {letter}: {says}").format(letter=row.grade.letter, says=_(row.grade.says))
    lines += ["", *_paragraph(grade), *_paragraph(_(row.verdict)), *_paragraph(_(row.learnable))]
    lines += ["", *_paragraph(belief_sentence(row.belief)), *_paragraph(_(row.belief.why))]
    return "\n".join(lines) + "\n"


def belief_sentence(belief: Belief) -> str:
    """State the model's prior for a pathway."""
    return _(
        "What the model believes at first: one step moves pain by 0, give or take {sd} points. A step is {unit}. "
        "Your records move that."
    ).format(unit=_(belief.unit), sd=number(belief.delta_sd, decimals=2))


def season_belief_sentences() -> tuple[str, ...]:
    """State the two other priors that the answer page shows."""
    template = _("{name}: {mean} points, give or take {sd}. {why}")
    return tuple(
        # the rest of a name keeps its case: nouns are capital in German
        template.format(
            name=_(b.name)[:1].upper() + _(b.name)[1:], mean=signed(b.mean), sd=number(b.sd), why=_(b.why)
        )
        for b in SEASON_BELIEFS
    )


def weight_sentences(forecast: WeightForecast, *, weekly_minutes: float) -> tuple[str, ...]:
    """State how running alone may change this person's weight, and so pain."""
    kilos = number(abs(forecast.kg[0])), number(abs(forecast.kg[1]))
    template = _(
        "{minutes} minutes of easy running a week take off about {kilos} kg in {weeks} weeks, if you eat no more "
        "than before. Most people eat some of it back."
    )
    pain = _(
        "As far as the model believes, that moves pain by 0, give or take {sd} points. So weight alone makes no "
        "clear difference in a season."
    )
    return (
        template.format(
            minutes=number(weekly_minutes, decimals=0),
            kilos=kilos[0] if kilos[0] == kilos[1] else _("{a} to {b}").format(a=kilos[0], b=kilos[1]),
            weeks=number(forecast.days / 7, decimals=0),
        ),
        pain.format(sd=number(forecast.pain_sd[1], decimals=2)),
        _(
            "It is a rough sum of ours, from the energy that running takes and from how slowly weight follows."
        ),
    )


def _finding(finding: Finding) -> list[str]:
    detail = "; ".join(part for part in (in_whom(finding.sample), numbers(finding)) if part != "-")
    return _bullet(f"{_(finding.says)}{f' ({detail})' if detail else ''} [{cited(finding.source)}]")


def _bullet(text: str) -> list[str]:
    return wrap(text, WIDTH, initial_indent="- ", subsequent_indent="  ")


def _paragraph(text: str) -> list[str]:
    return wrap(text, WIDTH)
