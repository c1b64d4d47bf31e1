"""Drawn days in words: why chance is the friend here, and what it costs."""

from collections.abc import Iterable

from backstride.core.draw import Assigned, Draw, Law
from backstride.report.language import _

WHY = (
    "On most days you choose by how your back feels. So runs come after good mornings, and running looks good "
    "even where it does nothing.",
    "A coin does not know how your back feels. Where chance picks the days, the gap between run days and rest "
    "days can come from only two things: running, or luck. How far luck goes can be counted.",
)
COST = (
    "It costs you some say. You may draw a run on a day you do not like, and a rest on a day you do.",
    "You are free to skip a drawn run. Do so when your back or the plan says no. Log what you did: the draw "
    "stays on record as it fell, and what you did stands beside it.",
    "It takes time. Who starts with walks moves up more slowly on drawn days, and slower still in drawn weeks.",
)
HIDDEN = (
    "A week is shown when it begins. Where weeks fall in pairs, the first tells the second.",
    "The draw is made once. Look as often as you like: it stays the same.",
)
LAWS = {
    Law.OWN: "You choose your days.",
    Law.DAYS: "Chance picks three days of each week, never two in a row.",
    Law.WEEKS: "Of each two weeks chance picks one for running. In the other one you walk.",
}
_GIVEN = {Assigned.RUN: "run", Assigned.REST: "rest or walk", Assigned.OWN: "your choice"}


def given(draw: Draw) -> str:
    """What chance gave a day."""
    return _(_GIVEN[draw.assigned])


def was_done(*, ran: bool) -> str:
    """What is on record of a day that is over."""
    return _("you ran") if ran else _("no run on record")


def day_line(draw: Draw, *, ran: bool | None) -> str:
    """One drawn day, and what was done where that is over.

    Args:
        draw: the day.
        ran: whether there was a run; None on days to come.
    """
    line = f"{draw.day:%a %Y-%m-%d}  {given(draw)}"
    return line if ran is None else f"{line:<32}{was_done(ran=ran)}"


def chance_line(draws: Iterable[Draw]) -> str:
    """How likely the last of these blocks was."""
    last = list(draws)[-1]
    return _("This was one of {ways} ways, each as likely ({chance}). Seed {seed}.").format(
        ways=last.probability.denominator, chance=last.probability, seed=last.seed
    )
