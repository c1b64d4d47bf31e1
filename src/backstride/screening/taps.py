"""The weekly three taps: one question stands for a whole group."""

from backstride.core.clearance import Freedom
from backstride.screening.item import Group, Item, first, now, soon
from backstride.screening.sources import OWN

TAPS: tuple[Item, ...] = (
    now(
        "tap_now",
        "Since you last said: is there anything new on the list 'get help at once'?",
        OWN,
        action="Get help at once.",
    ),
    soon(
        "tap_soon",
        "Is there anything new on the list 'stop running, see a clinician in the next days'?",
        "Stop running. Go through the questions one by one.",
        OWN,
    ),
    first(
        "tap_first",
        "Is there anything new on the list 'talk to your provider first'?",
        "Go through the questions one by one before you run.",
        OWN,
        if_agreed=Freedom.WALK,
    ),
)
"""No talk lifts a tap: after a yes the questions behind it are asked one by one, and they count."""

BEHIND: dict[str, Group] = {"tap_now": Group.NOW, "tap_soon": Group.SOON, "tap_first": Group.FIRST}
