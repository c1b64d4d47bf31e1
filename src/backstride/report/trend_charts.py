"""Weeks and months as pictures, in the grammar of the day strip: time to the right, pain as dots, runs as bars."""

import math
from collections.abc import Sequence
from datetime import date
from statistics import fmean

from backstride.diary.periods import BANDS, Period
from backstride.report.amounts import below_zero_too, number, short_date
from backstride.report.drawing import (
    Axis,
    Picture,
    areas,
    bar,
    columns,
    dots,
    line,
    words,
)
from backstride.report.language import _
from backstride.report.markup import Markup

LEFT = 38.0
TOP = 14.0
PAIN = 120.0
GAP = 12.0
BARS = 48.0
DATES = 24.0
LANE = 72.0
ROOM_FOR_A_DATE = 62.0
KEY = (0.0, 78.0, 228.0)
"""Where the names of the bands stand."""
SHADES = (0.3, 0.6, 1.0)
"""Of the bands of pain, the mild one first: the worse the fuller."""


def across(count: int, width: float) -> Axis:
    """Time from left to right; period n lies from n to n + 1."""
    return Axis(0.0, float(max(count, 1)), LEFT, width)


def pain_and_minutes(periods: Sequence[Period], *, width: float, name: str) -> Picture:
    """Draw each period's mean with its best and worst morning, and minutes of running as bars below."""
    x = across(len(periods), width)
    up = Axis(0.0, 10.0, TOP + PAIN, TOP)
    foot = TOP + PAIN + GAP + BARS
    longest = max((each.run_minutes for each in periods), default=0.0) or 1.0
    tall = Axis(0.0, longest, foot, foot - BARS)
    thick = min(0.6 * (x.at(1) - x.at(0)), 22.0)
    rated = [(x.at(n + 0.5), each) for n, each in enumerate(periods) if each.pains]
    spreads = [(at, up.at(min(each.pains)), up.at(max(each.pains))) for at, each in rated]
    ran = [
        (x.at(n + 0.5), foot, tall.at(each.run_minutes)) for n, each in enumerate(periods) if each.run_minutes
    ]
    unrated = [(x.at(n), x.at(n + 1)) for n, each in enumerate(periods) if not each.pains]
    unknown = [(x.at(n), x.at(n + 1)) for n, each in enumerate(periods) if each.unknown_days]
    has_untold = any(each.unmeasured_run_days for each in periods)
    marks = [
        *_scale(up, (0.0, 5.0, 10.0), width),
        areas(unrated, (up.end, up.start), role="line", see_through=0.55),
        areas(unknown, (tall.end, tall.start), role="line", see_through=0.55),
        line((LEFT, foot), (width, foot), role="quiet"),
        columns(ran, thick, role="running"),
        columns(spreads, 2.0, role="pain"),
        dots(((at, up.at(fmean(each.pains))) for at, each in rated), min(thick / 2, 5.0), role="pain"),
        *_minutes_scale(foot, longest, has_run=bool(ran), has_untold=has_untold, width=width),
        *_dates(periods, x, foot + DATES - 6.0),
    ]
    return _picture(
        name, _("Pain and running"), _("Mean pain, and minutes of running."), width, foot + DATES, marks
    )


def _minutes_scale(
    foot: float, longest: float, *, has_run: bool, has_untold: bool, width: float
) -> tuple[Markup, ...]:
    """Name the longest bar, and the unit; where there is none, say whether there was a run."""
    if not has_run:
        said = _("runs, length not known") if has_untold else _("no run recorded")
        return (words(((LEFT + width) / 2, foot - BARS / 2 + 5.0), said, anchor="middle"),)
    return (
        words((LEFT - 6.0, foot - BARS + 11.0), number(longest, decimals=0), anchor="end"),
        words((LEFT - 6.0, foot), _("min"), anchor="end"),
    )


def bands(periods: Sequence[Period], *, width: float, name: str) -> Picture:
    """Of the rated mornings of each period the share of each band, the worst on top."""
    x = across(len(periods), width)
    foot = TOP + LANE
    up = Axis(0.0, 1.0, foot, TOP)
    thick = min(0.7 * (x.at(1) - x.at(0)), 22.0)
    marks = [
        words((LEFT - 6.0, up.at(1.0) + 8.0), _("all"), anchor="end"),
        words((LEFT - 6.0, foot), "0", anchor="end"),
    ]
    for n, each in enumerate(periods):
        below = 0.0
        for share, shade in zip(each.shares, SHADES, strict=False):
            if share:
                corner = (x.at(n + 0.5) - thick / 2, up.at(below + share))
                marks.append(bar(corner, thick, up.at(below) - corner[1], role="pain", see_through=shade))
            below += share
    unrated = [(x.at(n), x.at(n + 1)) for n, each in enumerate(periods) if not each.pains]
    marks.append(areas(unrated, (up.end, foot), role="line", see_through=0.55))
    marks += [line((LEFT, foot), (width, foot), role="quiet"), *_dates(periods, x, foot + DATES - 6.0)]
    height = foot + DATES
    for n, shade in enumerate(SHADES):
        at = LEFT + KEY[n]
        marks.append(bar((at, height + 6.0), 14.0, 14.0, role="pain", see_through=shade))
        marks.append(words((at + 20.0, height + 18.0), band_name(n)))
    title = _("How the mornings were")
    return _picture(name, title, _("The share of mornings by pain."), width, height + 26.0, marks)


def band_name(place: int) -> str:
    """Name a band of pain: "0 to 3", "over 3, up to 6", "over 6"."""
    lower, upper = map(number, BANDS[place])
    if place == 0:
        return _("{a} to {b}").format(a=lower, b=upper)
    is_last = place == len(BANDS) - 1
    return (_("over {a}") if is_last else _("over {a}, up to {b}")).format(a=lower, b=upper)


def rating(periods: Sequence[Period], what: str, *, width: float, name: str) -> Picture:
    """Draw each period's mean answer, 0-10, to one of the other questions."""
    x, up = across(len(periods), width), Axis(0.0, 10.0, TOP + LANE, TOP)
    given = [
        (x.at(n + 0.5), fmean(each.ratings[what])) for n, each in enumerate(periods) if each.ratings[what]
    ]
    marks = [
        *_scale(up, (0.0, 5.0, 10.0), width),
        dots(((at, up.at(mean)) for at, mean in given), 4.0, role="ink"),
        *_dates(periods, x, TOP + LANE + DATES - 6.0),
    ]
    return _picture(name, _(what), _("The mean of each week or month."), width, TOP + LANE + DATES, marks)


def leg_shares(periods: Sequence[Period], *, width: float, name: str) -> Picture:
    """Of the days of each period that report on the legs, the share with a sign in one."""
    x, up = across(len(periods), width), Axis(0.0, 1.0, TOP + LANE, TOP)
    asked = [(n, each) for n, each in enumerate(periods) if each.leg_reported_days]
    shares = ((x.at(n + 0.5), up.at(each.leg_days / each.leg_reported_days)) for n, each in asked)
    silent = [(x.at(n), x.at(n + 1)) for n, each in enumerate(periods) if not each.leg_reported_days]
    marks = [
        *_scale(up, (0.0, 1.0), width),
        areas(silent, (up.end, up.start), role="line", see_through=0.55),
        dots(shares, 4.0, role="ink"),
        *_dates(periods, x, TOP + LANE + DATES - 6.0),
    ]
    title = _("Signs in a leg")
    return _picture(name, title, _("The share of days with symptoms."), width, TOP + LANE + DATES, marks)


def measured(
    values: Sequence[tuple[date, float]],
    periods: Sequence[Period],
    *,
    unit: str,
    width: float,
    name: str,
    whole: tuple[float, float] | None = None,
) -> Picture:
    """Every value of one measurement on its day; the axis holds all values, and zero only where `whole` has it."""
    first, last = periods[0].first_day, periods[-1].last_day
    x = Axis(0.0, float((last - first).days + 1), LEFT, width)
    least, most = math.floor(min(value for _, value in values)), math.ceil(max(value for _, value in values))
    lowest, highest = whole or (least, max(most, least + 1.0))
    up = Axis(lowest, highest, TOP + LANE, TOP)
    marks = [
        *_scale(up, (up.lowest, up.highest), width),
        dots(((x.at((day - first).days + 0.5), up.at(value)) for day, value in values), 4.0, role="ink"),
        *_dates(periods, across(len(periods), width), TOP + LANE + DATES - 6.0),
    ]
    return _picture(name, unit, _("Every value on its day."), width, TOP + LANE + DATES, marks)


def _scale(up: Axis, values: Sequence[float], width: float) -> list[Markup]:
    marks = []
    for value in values:
        marks.append(line((LEFT, up.at(value)), (width, up.at(value))))
        marks.append(words((LEFT - 6.0, up.at(value) + 5.0), below_zero_too(value), anchor="end"))
    return marks


def _dates(periods: Sequence[Period], x: Axis, baseline: float) -> list[Markup]:
    marks, free_from = [], LEFT
    for n, each in enumerate(periods):
        at = x.at(n)
        if at >= free_from and at + ROOM_FOR_A_DATE <= x.end + 4.0:
            marks.append(words((at, baseline), short_date(each.first_day)))
            free_from = at + ROOM_FOR_A_DATE + 14.0
    return marks


def _picture(
    name: str, title: str, description: str, width: float, height: float, marks: Sequence[Markup]
) -> Picture:
    return Picture(
        name=name,
        title=title,
        description=description,
        width=width,
        height=height,
        marks=tuple(mark for mark in marks if mark),
    )
