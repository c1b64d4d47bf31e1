"""The dose curve: Delta against weekly minutes, as a band that ends where the records end."""

from collections.abc import Sequence
from dataclasses import dataclass

from backstride.answer.answer import DosePoint, Facts
from backstride.answer.effect import Estimate
from backstride.answer.kinds import Question
from backstride.report.amounts import is_known, minutes, number, signed, signed_range
from backstride.report.change_axis import upright_axis
from backstride.report.drawing import NARROW, Axis, Picture, band, curve, line, round_ends, words
from backstride.report.language import _
from backstride.report.markup import Markup

LEFT = 46.0
RIGHT = 14.0
TOP = 30.0
PLOT = 190.0
BELOW = 52.0


@dataclass(frozen=True, slots=True)
class _Frame:
    across: Axis
    up: Axis


def dose_estimates(points: Sequence[DosePoint], question: Question) -> list[tuple[float, Estimate]]:
    """Weekly minutes and the estimate there, for one question; unknown ones left out."""
    pairs = [(p.weekly_minutes, p.week if question is Question.WEEK else p.season) for p in points]
    return [(dose, estimate) for dose, estimate in pairs if is_known(estimate)]


def dose_curve(
    points: Sequence[DosePoint], *, question: Question, facts: Facts, width: float = NARROW, name: str
) -> Picture | None:
    """Draw the dose-response curve with its 50 % and 95 % bands; None with fewer than two known doses."""
    known = dose_estimates(points, question)
    if len(known) < 2:
        return None
    lowest, highest = round_ends(bound for _dose, estimate in known for bound in estimate.interval_95)
    frame = _Frame(
        across=Axis(0.0, max(dose for dose, _estimate in known), LEFT, width - RIGHT),
        up=Axis(lowest, highest, TOP + PLOT, TOP),
    )
    marks = [*_axes(frame), *_bands(known, frame), *_you_now(frame, facts)]
    return Picture(
        name=name,
        title=_("Change of pain against minutes of running a week"),
        description=_("A line with its ranges, from 0 to {most} a week, where your records end.").format(
            most=minutes(frame.across.highest)
        ),
        width=width,
        height=TOP + PLOT + BELOW,
        marks=tuple(marks),
    )


def _bands(known: list[tuple[float, Estimate]], frame: _Frame) -> list[Markup]:
    def path(values: list[float]) -> list[tuple[float, float]]:
        doses = [frame.across.at(dose) for dose, _estimate in known]
        return list(zip(doses, map(frame.up.at, values), strict=True))

    estimates = [estimate for _dose, estimate in known]
    bands = [
        band(
            path([getattr(e, interval)[1] for e in estimates]),
            path([getattr(e, interval)[0] for e in estimates]),
            role="prior",
            see_through=see_through,
        )
        for interval, see_through in (("interval_95", 0.2), ("interval_50", 0.3))
    ]
    return [*bands, curve(path([e.mean for e in estimates]), role="running")]


def _axes(frame: _Frame) -> list[Markup]:
    across, up = frame.across, frame.up
    marks = upright_axis(up, across)
    for value in across.ticks(most=5):
        x = across.at(value)
        marks.append(line((x, up.start), (x, up.start + 5.0), role="quiet"))
        marks.append(words((x, up.start + 21.0), number(value, decimals=0), anchor="middle"))
    marks.append(words((across.start, up.start + 43.0), _("minutes of running a week")))
    return marks


def _you_now(frame: _Frame, facts: Facts) -> list[Markup]:
    usual = facts.usual_weekly_minutes
    if not frame.across.lowest < usual <= frame.across.highest:
        return []
    x = frame.across.at(usual)
    anchor = "end" if usual > frame.across.highest / 2 else "start"
    return [
        line((x, TOP), (x, TOP + PLOT), role="running", dashes="4 4"),
        words(
            (x + (-6.0 if anchor == "end" else 6.0), TOP + PLOT - 8.0),
            _("you now"),
            role="running",
            anchor=anchor,
        ),
    ]


def dose_rows(points: Sequence[DosePoint]) -> list[tuple[str, ...]]:
    """Tabulate the curve: minutes a week, and both questions with their ranges."""
    return [
        (
            number(p.weekly_minutes, decimals=0),
            signed(p.week.mean, decimals=2),
            signed_range(p.week.interval_95, decimals=2),
            signed(p.season.mean, decimals=2),
            signed_range(p.season.interval_95, decimals=2),
        )
        for p in points
    ]
