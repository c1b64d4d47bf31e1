"""Where a run comes from, in words, and why several sources are held to record one."""

from backstride.core.best_of_each import JOIN
from backstride.core.run import Run
from backstride.core.same_run import SameRun
from backstride.report.amounts import minutes
from backstride.report.language import _
from backstride.report.translate_messages import place_words

A_ZONE_APART_S = 15 * 60.0
"""Two clocks that differ by a zone are at least a quarter of an hour apart."""


def source_line(source: str) -> str:
    """Name who made a record: one source, or several that were joined when they were imported."""
    names = source.split(JOIN)
    if len(names) == 1:
        return _("Source: {source}").format(source=_named(source))
    return _("Sources: {sources}. They hold the same run, so it is kept once.").format(
        sources=", ".join(map(_named, names))
    )


def _named(source: str) -> str:
    """Name a source of our own in the reader's language; keep every other name."""
    return {
        "check-in": _("your check-in"),
        "by hand": _("added by you"),
        "made up": _("example data"),
    }.get(source, place_words(source))


def same_run_lines(same: SameRun) -> tuple[str, ...]:
    """One sentence for each further record: whose it is, how near it lies, and that the run counts once."""
    return tuple(_line(same.merged, other) for other in same.others)


def _line(merged: Run, other: Run) -> str:
    apart_s = abs((other.start - merged.start).total_seconds())
    own = [name for name in merged.source.split(JOIN) if name not in other.source.split(JOIN)]
    lines = [
        _("{one} and {other} hold the same run, so it counts once.").format(
            one=", ".join(own) or merged.source, other=other.source
        )
    ]
    if (apart := minutes(apart_s / 60)) != minutes(0.0):
        lines.append(_("They begin {apart} apart.").format(apart=apart))
    lengths = [minutes(one) for one in (merged.minutes, other.minutes) if one is not None]
    if len(set(lengths)) > 1:
        lines.append(_("It took {a} or {b}.").format(a=lengths[0], b=lengths[1]))
    if apart_s >= A_ZONE_APART_S and "assumed" in (merged.zone_source, other.zone_source):
        lines.append(_("One of them names no time zone."))
    return " ".join(lines)
