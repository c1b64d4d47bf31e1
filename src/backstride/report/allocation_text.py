"""Drawn days in words: why chance is the friend here, and what it costs."""

from collections.abc import Iterable
from datetime import date, timedelta

from backstride.core.allocation import Allocation, AllocationScheme, Arm
from backstride.report.amounts import day_month, weekday
from backstride.report.language import _

WHY = (
    "On most days you choose by how your back feels. So runs come after good mornings, and running looks good even "
    "where it does nothing.",
    "A coin does not know how your back feels. Where chance picks the days, the gap between run days and rest days "
    "can come from only two things: running, or luck. How much luck could do can be worked out.",
)
COST = (
    "You give up some choice. You may draw a run on a day that does not suit you, and a rest day when you would "
    "like to run.",
    "You are free to skip a drawn run. Do so when your back or the plan says no. Log what you did: the draw stays "
    "as it was made, and what you did is shown beside it.",
    "It takes time. If you start with walks, you move up more slowly on drawn days, and more slowly still in drawn "
    "weeks.",
    "Blocks of weeks cost the most: chance may give you four weeks without a run, or eight where blocks are of "
    "four weeks, and part of what you gained is lost in them. In return they alone show what a season of running "
    "does.",
    "One round of blocks can be drawn in 14 ways. That is too few to rule out luck. Two rounds are enough: 24 or "
    "48 weeks.",
)
HIDDEN = (
    "A week is shown when it begins. Where weeks are drawn in pairs, the first one gives away the second. A block "
    "of weeks is shown as a whole when it begins.",
    "The days are drawn once. Look as often as you like: they stay the same.",
)
LAWS = {
    AllocationScheme.OWN: "You choose your days.",
    AllocationScheme.DAYS: "Chance picks three days of each week, never two in a row.",
    AllocationScheme.WEEKS: "Of each two weeks chance picks one for running. In the other one you walk.",
    AllocationScheme.BLOCKS_OF_2: (
        "For the season: of six blocks of two weeks chance picks three for running. It takes 12 weeks."
    ),
    AllocationScheme.BLOCKS_OF_4: (
        "For the season: of six blocks of four weeks chance picks three for running. It takes 24 weeks."
    ),
}
_GIVEN = {Arm.RUN: "run", Arm.REST: "rest or walk", Arm.OWN: "your choice"}


def chosen_lines(law: AllocationScheme, *, today: date) -> tuple[str, ...]:
    """Confirm a choice that was just made, and say how to take it back.

    Args:
        law: what was chosen.
        today: the local day; the choice counts from the Monday after it.
    """
    monday = today + timedelta(days=7 - today.weekday())
    when = {"weekday": weekday(monday), "day": day_month(monday)}
    if law is AllocationScheme.OWN:
        return (_("Saved. From {weekday}, {day}, you choose your days.").format(**when),)
    return (
        _("Saved. From {weekday}, {day}, chance picks your days. You see each week when it begins.").format(
            **when
        ),
        _(
            "Changed your mind? Until then you can go back: open “Choose another way” and choose your days yourself."
        ),
    )


def not_yet_line(opens: date | None) -> str:
    """Say what must be on record before chance can pick days.

    Args:
        opens: the day from which the choice is open; None without any rated morning.
    """
    if opens is None:
        return _(
            "Chance needs 14 days of your mornings first. Rate your back each morning. After one or two weeks you "
            "can choose one of these ways:"
        )
    return _(
        "Chance needs 14 days of your mornings first. From {weekday}, {day}, you can choose one of these ways:"
    ).format(weekday=weekday(opens), day=day_month(opens))


def given(allocation: Allocation) -> str:
    """Return the text of a day's allocation."""
    return _(_GIVEN[allocation.assigned])


def was_done(*, ran: bool) -> str:
    """Say whether a run is on record for a past day."""
    return _("you ran") if ran else _("no run on record")


def day_line(allocation: Allocation, *, ran: bool | None) -> str:
    """One drawn day, and what was done where that is over.

    Args:
        allocation: the day.
        ran: whether there was a run; None on days to come.
    """
    line = f"{allocation.day:%a %Y-%m-%d}  {given(allocation)}"
    return line if ran is None else f"{line:<32}{was_done(ran=ran)}"


def chance_line(allocations: Iterable[Allocation]) -> str:
    """How likely the last of these blocks was."""
    last = list(allocations)[-1]
    return _("This was one of {ways} ways, each as likely ({chance}). Seed {seed}.").format(
        ways=last.probability.denominator, chance=last.probability, seed=last.seed
    )
