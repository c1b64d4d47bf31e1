"""The last days in words and one picture, for the page that is opened each morning."""

from collections.abc import Sequence

from backstride.answer.answer import DayPoint
from backstride.diary.periods import Period
from backstride.report.amounts import minutes, number
from backstride.report.day_strip import day_strip
from backstride.report.language import _, plural
from backstride.report.markup import Markup, element


def strip(points: Sequence[DayPoint], *, days: int) -> Markup:
    """Render the last days as dots and bars, with a sentence above; nothing for an empty diary."""
    picture = day_strip(points, name="lately", fewest=days, ends_today=True)
    if picture is None:
        return Markup()
    said = _(
        "Dots are your pain each morning, bars are your runs. Grey means that nothing was recorded. "
        "Today is not over."
    )
    return element("figure", element("figcaption", said), element("div", picture.svg))


def compared(week: Period, before: Period) -> tuple[tuple[str, str, str], ...]:
    """Tabulate the last seven days beside the seven before."""
    return (
        (_("Morning pain"), pain_of(week), pain_of(before)),
        (_("Running"), minutes_of(week), minutes_of(before)),
    )


def pain_of(held: Period) -> str:
    """Format the mean of the rated mornings, with their number where fewer than half of the days have one."""
    if held.mean_pain is None:
        return _("no rating")
    text = number(held.mean_pain)
    if 2 * len(held.pains) >= (held.last_day - held.first_day).days + 1:
        return text
    count = plural(len(held.pains), "{n} morning", "{n} mornings").format(n=len(held.pains))
    return f"{text} ({count})"


def late_ratings(*held: Period) -> str:
    """State how many of the ratings are of no morning; nothing where each is."""
    late = sum(each.late_ratings for each in held)
    said = plural(
        late,
        "{n} of these ratings is the first of its day, but was given at noon or later.",
        "{n} of these ratings are the first of their day, but were given at noon or later.",
    )
    return said.format(n=late) if late else ""


def minutes_of(held: Period) -> str:
    """Minutes of running; the least where some days are not known, and the number of runs where no length is."""
    untold = len(held.unmeasured_run_days)
    if untold and not held.run_minutes:
        return plural(untold, "{n} run, length not known", "{n} runs, length not known").format(n=untold)
    if held.is_before_diary or (not held.run_minutes and (held.unknown_days or not held.has_known_day)):
        return _("not known")
    text = minutes(held.run_minutes)
    return _("at least {minutes}").format(minutes=text) if held.unknown_days else text
