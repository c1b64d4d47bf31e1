"""What asked for a talk with a provider and ended by itself, in words: what it was, and what changes now."""

from collections.abc import Sequence

from backstride.programme.ended_holds import EndedHold
from backstride.report.amounts import day_month, weekday
from backstride.report.language import _
from backstride.report.rule_names import HELD
from backstride.report.safety_words import BY_KEY, question

ENDED = (
    "Until {weekday}, {day}, you were asked to talk to your provider before you run. The reason: {reasons}. That is "
    "over, as it is no longer so. You did not say that anybody looked at it."
)
RUNS_AGAIN = "From now on the plan offers runs again."
STILL_WORTH_A_LOOK = (
    "It is still worth a look: tell your provider. If it comes back, do not run until you have."
)


URGENT_ENDED = (
    "The 14 days without a session are over. They came after your yes to this: {question} If it comes back, get help "
    "at once."
)


def urgent_ended_lines(keys: Sequence[str]) -> tuple[str, ...]:
    """Name what asked for help at once or today, once the pause after it is over; nothing where there is nothing.

    Args:
        keys: of the questions, or of the tap on their list.
    """
    return tuple(_(URGENT_ENDED).format(question=question(BY_KEY[key])) for key in keys)


def ended_lines(ended: Sequence[EndedHold], *, offers_runs: bool) -> tuple[str, ...]:
    """State which holds ended without a talk, and what changes now; nothing where none did.

    Args:
        ended: the holds, each with its last day.
        offers_runs: whether the plan offers a run in the days to come.
    """
    if not ended:
        return ()
    last = max(one.last for one in ended)
    reasons = ", ".join(_(HELD[one.rule]) for one in ended)
    said = _(ENDED).format(weekday=weekday(last), day=day_month(last), reasons=reasons)
    now = (_(RUNS_AGAIN),) if offers_runs else ()
    return (" ".join((said, *now, _(STILL_WORTH_A_LOOK))),)
