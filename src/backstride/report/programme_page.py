"""The page on the programme, made from the data: every rule one row, the ladder, and the numbers that are ours."""

from backstride.core import plan_step
from backstride.programme import breaks, history, holds, ladder, lights, on_foot, state, week
from backstride.programme.ladder import LADDER, Stage, metres
from backstride.programme.rules import Rule
from backstride.report.language import _
from backstride.report.markdown import Paragraphs, rows
from backstride.report.plan_words import HEAT, reason

FROM_STEPS = (4, 7, 14)
OWN_MIN = 40
"""What the table of breaks shows as examples."""


def programme_page(*, with_names: bool = True) -> str:
    """Render the programme page as Markdown.

    Args:
        with_names: with the names that the rules have in the code.
    """
    parts = Paragraphs()
    parts += [
        "# " + _("The programme"),
        _(
            "This is one plan for everyone, whether you begin or run already. It offers sessions by general rules. "
            "You choose. Each rule says why it is there."
        ),
    ]
    parts += ["## " + _("The rules"), _rules(with_names=with_names), "## " + _("The steps")]
    parts += [_("These steps are our own. No trial used this exact table."), _ladder()]
    parts += [
        "## " + _("After a break"),
        _(
            "The same rule holds on the steps, and if you go on from your own running. It depends on the days "
            "since the last run, and on what was run before it."
        ),
        _breaks(),
        _(
            "The same shares hold for the time on foot, by the days without a run or a walk. After the first "
            "session the limits above apply again: a tenth more than the longest, or one step."
        ),
    ]
    parts += ["## " + _("In the heat"), _(HEAT)]
    parts += ["## " + _("The numbers")]
    parts += [_("These numbers are ours, too. No trial tried them."), _numbers()]
    return parts.text


def _rules(*, with_names: bool) -> str:
    head = (_("Rule"), _("What it does"), _("Why"), _("Source"))
    first = 0 if with_names else 1
    return rows(head[first:], (_rule(rule)[first:] for rule in Rule))


def _rule(rule: Rule) -> tuple[str, ...]:
    text = reason(rule)
    return f"`{rule}`", text.does, text.why, text.source


def _ladder() -> str:
    head = (
        _("Step"),
        _("Run, seconds"),
        _("Walk, seconds"),
        _("Times"),
        _("Then run, seconds"),
        _("Running, minutes"),
        _("About, km"),
    )
    return rows(head, (_stage(stage) for stage in LADDER))


def _stage(stage: Stage) -> tuple[str, ...]:
    far = metres(stage.run_min, stage.walk_min) / 1000.0
    counts = (stage.number, stage.run_s, stage.walk_s, stage.times, stage.last_s)
    return *(str(count) for count in counts), f"{stage.run_min:g}", f"{far:.2f}"


def _breaks() -> str:
    """Return the grades of a break as a table: one row each, with what it leaves of a step and of own minutes."""
    head = (
        _("Days without a run"),
        _("Allowed, of what was run before, percent"),
        *(_("Instead of step {n}").format(n=n) for n in FROM_STEPS),
        _("Instead of {n} minutes of your own").format(n=OWN_MIN),
    )
    most = [days for days, _share in breaks.GRADES]
    made = []
    for (days, share), before in zip(breaks.GRADES, (-1, *most), strict=False):
        steps = [state.step_of_share(n, share) for n in FROM_STEPS]
        made.append(
            (f"{before + 1} - {days}", f"{100 * share:g}", *(str(n) for n in steps), f"{OWN_MIN * share:g}")
        )
    walks = _("walks first")
    made.append((_("more than {n}").format(n=most[-1]), "0", *(walks for _n in FROM_STEPS), walks))
    return rows(head, made)


def _numbers() -> str:
    values: tuple[tuple[str, float], ...] = (
        (_("Days whose first ratings give your usual: the lower of the two medians"), history.USUAL_DAYS),
        (_("The other of the two"), history.RECENT_DAYS),
        (_("Days with a rating until a usual of more than 3 counts as known"), history.USUAL_FROM),
        (_("Green walks before the first run"), state.ENTRY_WALKS),
        (_("Green sessions in a row for a step up"), state.GREENS_TO_ADVANCE),
        (_("Hours after a session in which the worst rating counts"), lights.AFTER.total_seconds() / 3600),
        (_("Days of rest after a red session"), holds.REST.days - 1),
        (_("Days within which two red sessions count as a pattern"), state.PATTERN_DAYS),
        (_("Days for which a talk with a provider counts"), plan_step.TALK_DAYS),
        (_("Walks in 14 days that put off a break"), state.WALKS_THAT_KEEP),
        (_("Days off that count as missed"), state.MAX_GAP + state.MISSED_DAYS),
        (_("Minutes on foot that are always fine"), on_foot.FIRST_WALK_MIN),
        (_("Minutes below which no run of one's own is offered"), week.MIN_RUN_MINUTES),
        (_("What a step changes of your own running, percent"), 100.0 * (state.OWN_STEP - 1.0)),
        (_("Speed taken for a walk, km/h"), 0.06 * ladder.WALK_M_A_MIN),
        (_("Speed taken for a run, km/h"), 0.06 * ladder.RUN_M_A_MIN),
    )
    return rows((_("What"), _("Number")), ((what, f"{number:.3g}") for what, number in values))
