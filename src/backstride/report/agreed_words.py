"""Agreements of a provider that count no more, or not for long, in words."""

from backstride.core.clearance import Clearance, Level
from backstride.report.amounts import day_month
from backstride.report.language import _
from backstride.report.safety_words import BY_KEY, question


def run_out_lines(clearance: Clearance) -> tuple[str, ...]:
    """Name the questions whose agreement counts no more: it has run out, or is older than the last yes."""
    if clearance.level is Level.EMERGENCY:
        return ()
    run_out = _(
        "You said yes to this: {question} Your provider agreed that you run. That has run out. Ask your "
        "provider again, then answer again."
    )
    older = _(
        "You said yes to this: {question} On {day} you said that your provider agrees that you run. You have said "
        "yes again since, so that counts no more: it may be new, or worse. Ask your provider again, then answer "
        "again."
    )
    return (
        *(run_out.format(question=question(BY_KEY[key])) for key in clearance.run_out),
        *(
            older.format(question=question(BY_KEY[key]), day=day_month(day))
            for key, day in clearance.agreed_before
            if BY_KEY[key].if_agreed > BY_KEY[key].freedom
        ),
    )


def ending_lines(clearance: Clearance) -> tuple[str, ...]:
    """Name the questions whose agreement soon runs out, with the last day on which it counts."""
    if clearance.level is Level.EMERGENCY:
        return ()
    return tuple(
        _(
            "You said yes to this: {question} Your provider agreed that you run. That counts until {day}. Ask your "
            "provider again before then."
        ).format(question=question(BY_KEY[key]), day=day_month(day))
        for key, day in clearance.ends_on
    )
