"""The rows of the evidence table in words: in whom a number was found, the number itself, and what of it was read."""

from decimal import Decimal

from backstride.core.source import Reading, Source
from backstride.evidence.figure import Figure, Sample, Spread
from backstride.evidence.finding import Finding
from backstride.report.amounts import MINUS, in_our_digits
from backstride.report.language import _


def cited(source: Source) -> str:
    """Format a source in one line, with what was read of it in the reader's language."""
    doi = f", doi:{source.doi}" if source.doi else ""
    return f"{source.text}{doi} ({_(source.reading.value)})"


def in_whom(sample: Sample | None) -> str:
    """Who they were and how many; an unknown number is said to be unknown."""
    if sample is None:
        return "-"
    counts = (
        (_("{n} people"), sample.people),
        (_("{n} studies"), sample.studies),
        (_("part of a review of {n} studies"), sample.review),
    )
    shown = [template.format(n=_count(n)) for template, n in counts if n is not None]
    if not sample.is_counted:
        shown.append(_("number not given"))
    if sample.note:
        shown.append(_(sample.note))
    return f"{_(sample.population)}: {', '.join(shown)}"


def numbers(finding: Finding) -> str:
    """Every number of a finding that its sentence does not tell already; a dash where there is none."""
    shown = [figure_words(one, finding.source) for one in finding.figures if one.is_shown]
    return "; ".join(shown) or "-"


def figure_words(figure: Figure, source: Source) -> str:
    """One number, with its spread; marked where less was read of it than of the rest of the source."""
    unit = f" {figure.unit}" if figure.unit else ""
    text = f"{_(figure.quantity)}: {_digits(figure.value)}{unit}{_spread(figure)}"
    read = figure.read(source)
    return text if read is source.reading and read is not Reading.UNVERIFIED else f"{text} ({_(read.value)})"


def _spread(figure: Figure) -> str:
    if figure.least is None:
        return ""
    if figure.spread is Spread.DEVIATION or figure.most is None:
        return " " + _("(sd {sd})").format(sd=_digits(figure.least))
    template = _("(single studies {a} to {b})") if figure.spread is Spread.RANGE else _("({a} to {b})")
    return " " + template.format(a=_digits(figure.least), b=_digits(figure.most))


def _digits(value: Decimal) -> str:
    """Format a number with as many decimals as were published."""
    return (MINUS if value < 0 else "") + in_our_digits(f"{abs(value):,}")


def _count(count: int) -> str:
    return in_our_digits(f"{count:,}")
