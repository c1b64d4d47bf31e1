"""Numbers as a person writes them: rounded, with their unit, and never "-0.0"."""

import math
from datetime import date
from typing import Literal

from backstride.answer.effect import Estimate
from backstride.report.language import ENGLISH, _, language, locale, plural

MINUS = "\N{MINUS SIGN}"
DAYS_A_WEEK = 7
MIN_DAYS_SAID_IN_WEEKS = 21
SMALL_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def is_known(estimate: Estimate | None) -> bool:
    """Whether there is an estimate, and its numbers are numbers."""
    return estimate is not None and all(
        map(math.isfinite, (estimate.mean, *estimate.interval_95, *estimate.dots))
    )


def number(value: float, *, decimals: int = 1) -> str:
    """Format the absolute value: "0.8", "1", "0"; an unknown one is "unknown"."""
    if not math.isfinite(value):
        return _("unknown")
    written = f"{abs(value):,.{decimals}f}"
    return in_our_digits(written.rstrip("0").rstrip(".") if "." in written else written)


def below_zero_too(value: float) -> str:
    """Format a number with its sign where it is negative, as for a reach that ends short of the toes."""
    return f"{MINUS}{number(value)}" if value < 0 else number(value)


def in_our_digits(written: str) -> str:
    """Localise the separators of a number written in English."""
    if language() == ENGLISH:
        return written
    # Babel is loaded only where a language other than English is spoken
    from babel.numbers import get_decimal_symbol, get_group_symbol  # noqa: PLC0415

    marks = {".": get_decimal_symbol(locale()), ",": get_group_symbol(locale())}
    return "".join(marks.get(sign, sign) for sign in written)


def signed(value: float, *, decimals: int = 1) -> str:
    """For tables: a true minus sign, a plus sign, nothing before zero, and always as many decimals."""
    if not math.isfinite(value):
        return number(value)
    return _sign(value, decimals) + in_our_digits(f"{abs(value):,.{decimals}f}")


def on_axis(value: float) -> str:
    """For axes: a signed number without needless zeros."""
    return _sign(value, 1) + number(value)


def _sign(value: float, decimals: int) -> str:
    if number(value, decimals=decimals) == "0":
        return ""
    return MINUS if value < 0 else "+"


def points(value: float) -> str:
    """Format the size of a change: "0.8 points", "1 point"."""
    size = number(value)
    return (_("{n} point") if size == "1" else _("{n} points")).format(n=size)


def direction(value: float) -> str:
    """Which way a change of pain goes, once rounded: "less", "more", or nothing at all."""
    return _(less_or_more(value))


def less_or_more(value: float) -> Literal["", "less", "more"]:
    """Return the direction of a change as a key, whatever the reader's language."""
    if number(value) == "0":
        return ""
    return "less" if value < 0 else "more"


def span(interval: tuple[float, float]) -> str:
    """Format a range of changes: "between 0.2 and 1.4 less", "between 0.5 less and 0.3 more"."""
    lower, upper = interval
    ways = {direction(lower), direction(upper)} - {""}
    if len(ways) > 1:
        return _("between {a} less and {b} more").format(a=number(lower), b=number(upper))
    if not ways:
        return _("about 0")
    a, b = map(number, sorted((abs(lower), abs(upper))))
    text = _("close to {a} {way}") if a == b else _("between {a} and {b} {way}")
    return text.format(a=a, b=b, way=ways.pop())


def signed_range(interval: tuple[float, float], *, decimals: int = 1) -> str:
    """For tables: "-1.4 to +0.2"."""
    a, b = (signed(bound, decimals=decimals) for bound in interval)
    return _("{a} to {b}").format(a=a, b=b)


def percent(share: float) -> str:
    """Format a share of 1: "62%"; a share just above 0 or below 1 is not rounded to it."""
    return _("{n}%").format(n=_hundredths(share)) if math.isfinite(share) else _("unknown")


def of_100(share: float) -> str:
    """Format a probability with a constant denominator: "12 of 100"."""
    return _("{n} of 100").format(n=_hundredths(share)) if math.isfinite(share) else _("unknown")


def _hundredths(share: float) -> str:
    if 0 < share < 0.005:
        return _("under 1")
    if 0.995 < share < 1:
        return _("over 99")
    return number(100 * share, decimals=0)


def minutes(value: float) -> str:
    """Whole minutes: "42 minutes"."""
    whole = number(value, decimals=0)
    return (_("{n} minute") if whole == "1" else _("{n} minutes")).format(n=whole)


def days_ahead(days: int) -> str:
    """How far off: "12 days", and "5 weeks" from three weeks on."""
    if days < MIN_DAYS_SAID_IN_WEEKS:
        return plural(days, "{n} day", "{n} days").format(n=days)
    return _("{n} weeks").format(n=round(days / DAYS_A_WEEK))


def in_words(count: int) -> str:
    """Small counts as words, larger ones in figures."""
    return _(SMALL_NUMBERS[count]) if 0 <= count < len(SMALL_NUMBERS) else str(count)


def long_date(day: date) -> str:
    """Format a date in full: "3 March 2025"."""
    return _dated(day, "long") or f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """Format a date for an axis: "3 Mar". No point ends it, so that one of a sentence may."""
    return _dated(day, "d. MMM").removesuffix(".") or f"{day.day} {MONTHS[day.month - 1][:3]}"


def day_month(day: date) -> str:
    """Format a day whose year is plain: "3 March"."""
    return _dated(day, "d. MMMM") or f"{day.day} {MONTHS[day.month - 1]}"


def month_of(day: date) -> str:
    """Format the month of a day, with its year: "March 2026"."""
    return _dated(day, "LLLL y") or f"{MONTHS[day.month - 1]} {day.year}"


def weekday(day: date) -> str:
    """Return the name of the day of the week."""
    return _dated(day, "EEEE") or WEEKDAYS[day.weekday()]


def _dated(day: date, form: str) -> str:
    """Format the day in a language other than English; empty in English."""
    if language() == ENGLISH:
        return ""
    # Babel is loaded only where a language other than English is spoken
    from babel.dates import format_date  # noqa: PLC0415

    return format_date(day, form, locale=locale())
