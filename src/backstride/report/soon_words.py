"""How soon somebody would know, on their own days and on drawn ones."""

from collections.abc import Iterable
from dataclasses import dataclass

from backstride.answer.answer import DaysNeeded
from backstride.answer.kinds import Question
from backstride.report.amounts import days_ahead
from backstride.report.language import _
from backstride.report.outlook import QUESTION_NAMES

ABOUT = (
    "This is from your last answer: how long until there is an even chance of a verdict. For the season, drawn days "
    "take at least so long: of simulated people who did so, most had no verdict by then.",
    "If weeks or blocks are drawn, weeks of running can be compared with weeks without. If days are drawn, you run "
    "each week, and chance says when.",
)
NONE_YET = "This cannot be worked out yet. It comes with your first answer."


@dataclass(frozen=True, slots=True)
class Row:
    """One question: how long on one's own days, and with days, weeks, or blocks of weeks drawn."""

    question: str
    own: str
    days: str
    weeks: str
    two_week_blocks: str
    four_week_blocks: str


def soon_rows(needed: Iterable[DaysNeeded]) -> tuple[Row, ...]:
    """One row for each question."""
    return tuple(
        Row(
            _(QUESTION_NAMES[need.question]),
            _days(need.own_days, need.horizon),
            *(
                _days(days, need.horizon, is_least=need.question is Question.SEASON)
                for days in (need.days_drawn, need.weeks_drawn, need.two_week_blocks, need.four_week_blocks)
            ),
        )
        for need in needed
    )


def _days(days: int | None, horizon: int, *, is_least: bool = False) -> str:
    if days == 0:
        return _("there is a verdict")
    if days is None:
        return _("more than {horizon}").format(horizon=days_ahead(horizon))
    return _("at least {days}").format(days=days_ahead(days)) if is_least else days_ahead(days)
