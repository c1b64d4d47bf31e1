"""The page on the programme, made from the data: every rule one row, and the ladder."""

from backstride.programme.ladder import LADDER, Stage, metres
from backstride.programme.rules import ABOUT, Rule
from backstride.report.language import _
from backstride.report.markdown import Paragraphs, rows


def programme_page() -> str:
    """The whole page, as Markdown."""
    parts = Paragraphs()
    parts += ["# " + _("The programme"), _("It offers sessions. You choose. Each rule says why it is there.")]
    parts += ["## " + _("The rules"), _rules(), "## " + _("The steps")]
    parts += [_("These steps are ours. No trial used this very table."), _ladder()]
    return parts.text


def _rules() -> str:
    head = (_("Rule"), _("What it does"), _("Why"), _("Source"))
    return rows(head, (_rule(rule) for rule in Rule))


def _rule(rule: Rule) -> tuple[str, ...]:
    about = ABOUT[rule]
    return f"`{rule}`", _(about.does), _(about.why), _(about.source)


def _ladder() -> str:
    head = (
        _("Step"),
        _("Run, seconds"),
        _("Walk, seconds"),
        _("Times"),
        _("Running, minutes"),
        _("About, km"),
    )
    return rows(head, (_stage(stage) for stage in LADDER))


def _stage(stage: Stage) -> tuple[str, ...]:
    far = metres(stage.run_min, stage.walk_min) / 1000.0
    counts = (stage.number, stage.run_s, stage.walk_s, stage.times)
    return *(str(count) for count in counts), f"{stage.run_min:g}", f"{far:.2f}"
