"""Trends in words: what a picture shows, every value for who touches it, and the table behind it."""

import json
from collections.abc import Callable, Collection, Sequence
from datetime import date
from statistics import fmean

from backstride.answer.answer import DayPoint
from backstride.core.measurement import FORMS, MeasurementKind
from backstride.diary.periods import Period
from backstride.report import trend_charts
from backstride.report.amounts import below_zero_too, long_date, minutes, number, percent, short_date
from backstride.report.drawing import NARROW, WIDE, Picture
from backstride.report.guides import guide
from backstride.report.language import _, plural
from backstride.report.lately_words import minutes_of, pain_of
from backstride.report.markup import Markup, element, styled
from backstride.report.table import Table
from backstride.report.year_chart import year_calendar

RATINGS = {
    "mood": ("Mood", "Your mood, from 0 (low) to 10 (good)."),
    "tightness": ("Tightness", "How tight hips and hamstrings were, from 0 (loose) to 10 (very tight)."),
    "sleep": ("Sleep", "How you slept, from 0 (very badly) to 10 (very well)."),
    "stress": ("Stress", "Your stress, from 0 (none) to 10 (as much as can be)."),
}


def compared_sentence(now: Period, before: Period) -> str:
    """Compare the last four weeks with the four before; a week of running is a quarter of their minutes."""
    if now.mean_pain is None:
        return _("There is no rating in the last four weeks.")
    sentence = _("In the last four weeks your average morning pain was {pain}.").format(pain=pain_of(now))
    if before.mean_pain is not None:
        sentence += " " + _("In the four weeks before it was {pain}.").format(pain=pain_of(before))
    return sentence


def running_sentence(now: Period, before: Period) -> str:
    """Minutes of running of the last four weeks, and of the four weeks before where the diary reaches there."""
    if before.is_before_diary:
        return _("Running: {now} in the last four weeks.").format(now=minutes_of(now))
    return _("Running: {now} in the last four weeks, {before} in the four weeks before.").format(
        now=minutes_of(now), before=minutes_of(before)
    )


def name_of(held: Period, *, is_month: bool) -> str:
    """Name a period: "Week of 4 May", "1 May to 31 May"."""
    if is_month:
        return _("{a} to {b}").format(a=short_date(held.first_day), b=long_date(held.last_day))
    return _("Week of {day}").format(day=long_date(held.first_day))


def main_figure(periods: Sequence[Period], *, are_months: bool) -> Markup:
    """Pain and running, with the value of each week or month."""
    names = [name_of(each, is_month=are_months) for each in periods]
    said = [f"{name}: {_values(each)}" for name, each in zip(names, periods, strict=True)]
    return touched(
        _(
            "Dots are the mean of your mornings. The line through a dot runs from the best morning to the worst. "
        )
        + _("Bars are minutes of running. Grey means that something is missing."),
        lambda width, name: trend_charts.pain_and_minutes(periods, width=width, name=name),
        "trend",
        said,
        _table(periods, names).folded,
    )


def bands_figure(periods: Sequence[Period], *, are_months: bool) -> Markup:
    """How many of the mornings were mild, and how many were not."""
    said = [f"{name_of(each, is_month=are_months)}: {_shares(each)}" for each in periods]
    return touched(
        _(
            "Of your mornings, the share with little pain, more, and much. The fuller the colour, the more pain."
        ),
        lambda width, name: trend_charts.bands(periods, width=width, name=name),
        "bands",
        said,
    )


def rating_figures(periods: Sequence[Period], *, are_months: bool) -> list[tuple[str, Markup]]:
    """Each of the other ratings that was answered, under its name."""
    made = []
    for what, (heading, caption) in RATINGS.items():
        if not any(each.ratings[what] for each in periods):
            continue
        said = [f"{name_of(each, is_month=are_months)}: {_mean(each.ratings[what])}" for each in periods]
        made.append((_(heading), small(_(caption), _rating_of(periods, what), what, said)))
    return made


def measured_figures(
    values: dict[MeasurementKind, tuple[tuple[date, float], ...]], periods: Sequence[Period]
) -> list[tuple[str, Markup]]:
    """Each measurement of which there are values, under its name, with a table of them."""
    made = []
    for kind, series in values.items():
        unit = FORMS[kind].unit
        caption = _("Each value in {unit}. The scale does not begin at 0.").format(unit=unit)
        rows = [(long_date(day), f"{below_zero_too(value)} {unit}") for day, value in series]
        table = Table(_("every value"), (_("Day"), _("Value")), rows)
        figure = small(caption, _measured_of(series, periods, unit), kind.value, [], table.folded)
        made.append((guide(kind).name, figure))
    return made


def year_figure(points: Sequence[DayPoint], year: int, *, unmeasured: Collection[date] = ()) -> Markup:
    """Render the chart of a year of mornings."""
    return touched(
        _("Each square is a morning; the fuller, the more pain. Grey has no rating. A bar marks a run."),
        lambda width, name: year_calendar(points, year, width=width, name=name, unmeasured=unmeasured),
        "year",
        [],
    )


def touched(
    caption: str, picture: Callable[[float, str], Picture], name: str, said: Sequence[str], *below: Markup
) -> Markup:
    """Render a figure whose values a script shows at a touch, with a table below for use without it.

    Args:
        caption: what is seen.
        picture: makes the drawing for a width and a name.
        name: unique on its page.
        said: a sentence for each of the equal parts of the picture, from left to right; empty where it says nothing.
        below: what stands under it.
    """
    narrow, wide = picture(NARROW, f"{name}-narrow"), picture(WIDE, f"{name}-wide")
    drawings = (styled("div", "narrow", narrow.svg), styled("div", "wide", wide.svg))
    return _figure(caption, drawings, said, below, hint=_("Touch or point at the picture for its values."))


def small(
    caption: str, picture: Callable[[float, str], Picture], name: str, said: Sequence[str], *below: Markup
) -> Markup:
    """Render such a figure in one size, to stand beside others like it."""
    return _figure(caption, (styled("div", "small-figure", picture(NARROW, name).svg),), said, below, hint="")


def _figure(
    caption: str, drawings: Sequence[Markup], said: Sequence[str], below: Sequence[Markup], *, hint: str
) -> Markup:
    if not said:
        return element("figure", element("figcaption", caption), *drawings, *below)
    line = element("p", attributes={"class": "said quiet", "data-hint": hint})
    shown = {"data-said": json.dumps(said, ensure_ascii=False), "data-left": f"{trend_charts.LEFT:g}"}
    return element("figure", element("figcaption", caption), *drawings, line, *below, attributes=shown)


def _rating_of(periods: Sequence[Period], what: str) -> Callable[[float, str], Picture]:
    return lambda width, name: trend_charts.rating(periods, what, width=width, name=name)


def _measured_of(
    values: Sequence[tuple[date, float]], periods: Sequence[Period], unit: str
) -> Callable[[float, str], Picture]:
    return lambda width, name: trend_charts.measured(values, periods, unit=unit, width=width, name=name)


def _values(held: Period) -> str:
    pain = (
        _("pain {mean}, from {least} to {most}").format(
            mean=number(fmean(held.pains)), least=number(min(held.pains)), most=number(max(held.pains))
        )
        if held.pains
        else _("no rating")
    )
    return f"{pain}; {_('running')} {minutes_of(held)}"


def _shares(held: Period) -> str:
    if not held.shares:
        return _("no rating")
    named = (f"{trend_charts.band_name(n)}: {percent(share)}" for n, share in enumerate(held.shares) if share)
    return ", ".join(named)


def _mean(answers: Sequence[float]) -> str:
    if not answers:
        return _("no answer")
    count = plural(len(answers), "{n} morning", "{n} mornings").format(n=len(answers))
    return f"{number(fmean(answers))} ({count})"


def _table(periods: Sequence[Period], names: Sequence[str]) -> Table:
    head = (
        _("When"),
        _("Rated"),
        _("Mean pain"),
        _("Best"),
        _("Worst"),
        _("Running"),
        _("Walks"),
        _("Not known"),
    )
    rows = [
        (
            name,
            str(len(each.pains)),
            number(fmean(each.pains)) if each.pains else "",
            number(min(each.pains)) if each.pains else "",
            number(max(each.pains)) if each.pains else "",
            minutes_of(each),
            minutes(each.walk_minutes) if each.walk_minutes else "",
            str(each.unknown_days),
        )
        for name, each in zip(names, periods, strict=True)
    ]
    return Table(_("pain and running"), head, rows[::-1])
