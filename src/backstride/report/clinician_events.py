"""What happened lately that the programme goes by, in words for a clinician: one sentence each, none for nothing."""

from collections.abc import Callable, Sequence
from datetime import date

from backstride.report.amounts import minutes, number, short_date
from backstride.report.clinician import Dated, Happenings
from backstride.report.language import _, plural

MAX_DAYS = 2


def event_lines(happened: Happenings) -> tuple[str, ...]:
    """Name bad days, flares, pain elsewhere, and runs and days on foot far beyond those before, as one paragraph."""
    said = (
        (
            _("By the app's rule, the back was much worse than usual on: {days}."),
            _listed(happened.worse, lambda pain: _("{n} of 10").format(n=number(pain))),
        ),
        (_("The patient called it a flare on: {days}."), _days(happened.flares)),
        (_("Pain elsewhere: {days}."), _elsewhere(happened)),
        (
            _("By the app's rule, runs far beyond those on record before: {days}."),
            _listed(happened.long_runs, minutes),
        ),
        (_("Very long on foot: {days}."), _listed(happened.long_days, minutes)),
    )
    lines = [text.format(days=days) for text, days in said if days]
    return (" ".join(lines),) if lines else ()


def _listed(dated: Sequence[Dated], render: Callable[[float], str]) -> str:
    """Name the last ones with their days; the highest one, too, where it is earlier, and how many there are."""
    if not dated:
        return ""
    top = max(dated, key=lambda one: (one.value, one.day))
    shown = list(dated[-MAX_DAYS:])
    if top not in shown:
        shown[0] = top
    named = "; ".join(f"{short_date(one.day)}, {render(one.value)}" for one in shown)
    return _more(named, len(dated))


def _days(days: Sequence[date]) -> str:
    return _more("; ".join(map(short_date, days[-MAX_DAYS:])), len(days))


def _more(named: str, count: int) -> str:
    """Say how many there are where not all of them are named."""
    if count <= MAX_DAYS:
        return named
    more = count - MAX_DAYS
    text = plural(more, "{named} and on {n} more day", "{named} and on {n} more days")
    return text.format(named=named, n=more)


def _elsewhere(happened: Happenings) -> str:
    worst = happened.elsewhere_worst
    if worst is None or not happened.elsewhere:
        return ""
    count = plural(
        happened.elsewhere_answered, "on {n} of {all} day answered", "on {n} of {all} days answered"
    ).format(n=len(happened.elsewhere), all=happened.elsewhere_answered)
    return _("{count}, the worst {n} of 10 ({day})").format(
        count=count, n=number(worst.value), day=short_date(worst.day)
    )
