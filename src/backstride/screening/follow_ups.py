"""What follows from a yes that was taken back, or is over: whether it was seen, and walks for some days."""

from datetime import timedelta

from backstride.core.clearance import Freedom, Level
from backstride.screening.item import Group, Item
from backstride.screening.items import IN_A_LEG
from backstride.screening.leg_signs import LEG_COUNTS
from backstride.screening.sources import GIRFT, OWN_LEVEL

NOT_SEEN = Item(
    key="not_seen_yet",
    group=Group.NOW,
    question="You took back a yes on the list 'get help at once'. Has nobody looked at it yet? Say no if the yes "
    "was a slip.",
    level=Level.SEE_A_CLINICIAN,
    freedom=Freedom.PAUSED,
    if_agreed=Freedom.PAUSED,
    action="Have it looked at today, even if it went away.",
    sources=(GIRFT, OWN_LEVEL),
    same_day=True,
)
NOT_SEEN_SOON = Item(
    key="not_seen_soon",
    group=Group.SOON,
    question="You took back a yes on the list 'stop running, see a clinician in the next few days'. Has nobody "
    "looked at it yet? Say no if the yes was a slip.",
    level=Level.SEE_A_CLINICIAN,
    freedom=Freedom.WALK,
    if_agreed=Freedom.WALK,
    action="Have it looked at in the next few days, even if it went away. Walk in the meantime.",
    sources=(OWN_LEVEL,),
)
SEEN_LATELY = Item(
    key="seen_lately",
    group=Group.NOW,
    question="You said yes to a sign on the list 'get help at once' in the last 14 days.",
    level=Level.WITH_CARE,
    freedom=Freedom.PAUSED,
    if_agreed=Freedom.WALK,
    action="Wait until the 14 days are over, also where the yes was a slip: a slip cannot be told from a sign that "
    "went away. If your provider agrees, there are walks until then. If the sign is there again, get help at once.",
    sources=(OWN_LEVEL,),
)
"""It is never asked: it stands for 14 days after such a yes that was taken back."""
SORE_BONES = frozenset({"spot_on_bone", "bone_at_night", "ache_on_impact"})
SORE_LATELY = Item(
    key="sore_bone_lately",
    group=Group.SOON,
    question="You said yes to a question on a sore bone in the last 14 days.",
    level=Level.WITH_CARE,
    freedom=Freedom.WALK,
    if_agreed=Freedom.WALK,
    action="Walk until the 14 days are over, as far as nothing hurts. Rest may be why it does not hurt now.",
    sources=(OWN_LEVEL,),
)
"""It is never asked, either: it stands for 14 days after such a yes, whatever was answered since."""
LEG_LATELY = Item(
    key="leg_lately",
    group=Group.FIRST,
    question="You reported pain, tingling, numbness or weakness in a leg in the last 7 days.",
    level=Level.WITH_CARE,
    freedom=Freedom.WALK,
    if_agreed=Freedom.WALK,
    action="Walk until it has been gone for 7 days. What goes down a leg may come and go.",
    sources=(OWN_LEVEL,),
)
FEVER_LATELY = Item(
    key="fever_lately",
    group=Group.SOON,
    question="You said yes to the question on fever or chills in the last 2 days.",
    level=Level.WITH_CARE,
    freedom=Freedom.WALK,
    if_agreed=Freedom.WALK,
    action="Walk if you feel well. Run once the fever has been gone for 2 days. If it comes back, speak to a "
    "clinician on that day.",
    sources=(OWN_LEVEL,),
)
"""Fever may be down for some hours, by itself or by pain medicine."""
LATELY: dict[Item, tuple[frozenset[str], timedelta]] = {
    SORE_LATELY: (SORE_BONES, timedelta(days=14)),
    LEG_LATELY: (IN_A_LEG, LEG_COUNTS),
    FEVER_LATELY: (frozenset({"fever"}), timedelta(days=3)),
}
"""What stands for so long after the last yes to such a question, whatever was answered since."""
BY_CHECK_IN = "leg_in_check_in"
"""Stands for the key of a question where a check-in reported a sign in a leg."""

FOLLOW_UPS = (NOT_SEEN, NOT_SEEN_SOON, SEEN_LATELY, SORE_LATELY, LEG_LATELY, FEVER_LATELY)
"""What follows from a yes that was taken back."""
