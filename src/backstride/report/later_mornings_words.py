"""What the mornings after a run show together, where that is why a question is open."""

from backstride.answer.effect import Reason
from backstride.answer.later_mornings import MORNINGS_AHEAD
from backstride.report.amounts import number, points
from backstride.report.language import _

NOT_CLEAR = "Can't tell yet. The three mornings after a run, taken together, do not show a clear change."
LATER_HIGHER = (
    "Can't tell yet. On the morning after a run your pain was lower, but on the two mornings after that it was "
    "higher. Together they do not show a clear change."
)
LATER_LOWER = (
    "Can't tell yet. On the morning after a run your pain was higher, but on the two mornings after that it was "
    "lower. Together they do not show a clear change."
)
TOGETHER_HIGHER = (
    "Can't tell yet. On the {mornings} mornings after a run your pain was higher, by about {points} on average. The "
    "rest of the analysis goes mostly by the first two, and does not agree."
)
TOGETHER_LOWER = (
    "Can't tell yet. On the {mornings} mornings after a run your pain was lower, by about {points} on average. The "
    "rest of the analysis goes mostly by the first two, and does not agree."
)
TOGETHER_UNCLEAR = "Can't tell yet. What your runs do to the later mornings is not clear."
AT_LEAST = 0.3
"""Points from which on a morning is said to be lower or higher."""
CLEAR_SE = 2.0
"""Standard errors from which on mornings together are said to be lower or higher, and by how much."""


def mornings_sentence(reason: Reason) -> str:
    """State what the mornings show together where it is clear, else which were higher and lower where they part."""
    following, later = reason.numbers.get("next", 0.0), reason.numbers.get("later", 0.0)
    if reason.numbers.get("sure"):
        mornings = reason.numbers.get("mornings", MORNINGS_AHEAD)
        if abs(following + later) < CLEAR_SE * reason.numbers.get("error", 0.0):
            return _(TOGETHER_UNCLEAR)
        mean = (following + later) / mornings
        return _(TOGETHER_HIGHER if mean > 0.0 else TOGETHER_LOWER).format(
            points=points(abs(mean)), mornings=number(mornings, decimals=0)
        )
    if min(abs(following), abs(later)) >= AT_LEAST and following * later < 0.0:
        return _(LATER_HIGHER if following < 0.0 else LATER_LOWER)
    return _(NOT_CLEAR)
