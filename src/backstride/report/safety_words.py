"""The safety questions and their levels, in words. They name no disease, and judge nobody's back."""

from backstride.core.clearance import Freedom, Level
from backstride.report.amounts import day_month
from backstride.report.language import _
from backstride.screening.flares import FlareSign
from backstride.screening.follow_ups import FOLLOW_UPS
from backstride.screening.item import Group, Item
from backstride.screening.items import ITEMS
from backstride.screening.occasions import Occasion, Signs
from backstride.screening.taps import TAPS

LEVELS: dict[Level, tuple[str, str]] = {
    Level.EMERGENCY: (
        "Get help at once.",
        "Call your emergency number, or go to an emergency department. Do not wait for a visit. Do not run.",
    ),
    Level.SEE_A_CLINICIAN: (
        "Stop running. See a clinician in the next few days.",
        "Take the note with you, if you like. Go at once if it gets worse.",
    ),
    Level.PROVIDER_FIRST: (
        "Talk to your provider before you run.",
        "Walk as far as it feels all right.",
    ),
    Level.WITH_CARE: (
        "You choose. Keep this in mind.",
        "Do no more than you are used to, and stop if it gets worse.",
    ),
    Level.NOTHING_HELD: (
        "Nothing that you said holds you back.",
        "That is no promise: a list cannot look at your back. You choose.",
    ),
}
TODAY: dict[Level, tuple[str, str]] = {
    Level.EMERGENCY: (
        "Get help today.",
        "Call the number for urgent care. If nobody can see you today, go to an emergency department. Go at once if "
        "it gets worse. Do not run.",
    ),
    Level.SEE_A_CLINICIAN: (
        "Stop running. Speak to a clinician today.",
        "Take the note with you, if you like. Go at once if it gets worse.",
    ),
}
"""In the place of a level's words, where what was said asks for today: not for at once, and sooner than in days."""
UNFINISHED = "An unanswered question holds you back as much as a yes. The diary goes on."
"""In the place of a level's words, where nothing was said that holds back, and not all was answered."""
WALKS: tuple[str, str] = (
    "For now: walks.",
    "Walk as far as it feels all right. Stop if it gets worse.",
)
"""In the place of a level's words, where an answer leaves walks, and asks for no talk or none opens more."""
NO_SESSIONS: tuple[str, str] = (
    "For now: no sessions.",
    "What you said leaves none for now.",
)
"""The same, where it leaves none."""
FREEDOMS: dict[Freedom, str] = {
    Freedom.PAUSED: "There are no sessions for now. The diary goes on, and each check-in counts as much as before.",
    Freedom.WALK: "For now the programme offers walks.",
    Freedom.RUN_WITH_CARE: "The programme offers running, with care: in steps, or from what you run now.",
    Freedom.RUN: "The programme offers running: in steps, or from what you run now.",
}
GROUPS: dict[Group, tuple[str, str]] = {
    Group.NOW: ("Get help at once", "If any of these is true for you, get help at once."),
    Group.SOON: (
        "Stop running, see a clinician in the next few days",
        "If any of these is true for you, stop running. Have a clinician look at it in the next few days.",
    ),
    Group.FIRST: (
        "Talk to your provider first, or go on with care",
        "If any of these is true for you, read what stands beside it. Then choose.",
    ),
}
BECAUSE: dict[Occasion, str] = {
    Occasion.START: "These are asked once, before you start.",
    Occasion.WEEKLY: "These three are asked each week.",
    Occasion.FLARE: "You reported a flare or strong pain elsewhere, or your last ratings or your last Roland-Morris "
    "list show a flare. So these three are asked again.",
    Occasion.LEG: "You reported something new in a leg. So the questions on legs are asked again.",
    Occasion.BONE: "You reported new pain elsewhere for a week. So the questions on bones are asked again.",
    Occasion.ILLNESS: "You were ill. These are asked before you go on.",
    Occasion.WEIGHT: "Your scale shows that you lost weight fast. So the questions on weight and food are asked.",
    Occasion.BIRTH: "You were pregnant, or gave birth, when you last answered. So these are asked again.",
    Occasion.HEALED: "An injury, surgery, or what you can walk may be better by now. So these are asked again.",
    Occasion.AGAIN: "You said yes to this in the last two weeks, and then no. So it is asked once more.",
    Occasion.SEEN: "Some signs come and go. So this is asked even where you took your yes back.",
    Occasion.SEEN_SOON: "Some signs come and go. So this is asked even where you took your yes back.",
}
FLARES: dict[FlareSign, str] = {
    FlareSign.SAID: "On {day} you reported a flare.",
    FlareSign.RATED: "On {day} your back pain was 2 or more points higher than the time before, or than usual.",
    FlareSign.ELSEWHERE: "On {day} your pain elsewhere was 7 or more.",
    FlareSign.QUESTIONNAIRE: "On {day} your Roland-Morris list showed a flare.",
}
"""By what a flare shows."""
DUE: dict[Occasion, str] = {
    Occasion.START: "Before you run: answer the safety questions once.",
    Occasion.WEEKLY: "Three safety questions, once a week.",
    Occasion.FLARE: "After a flare or strong pain: three safety questions.",
    Occasion.LEG: "Something new in a leg: some safety questions.",
    Occasion.BONE: "New pain elsewhere for a week: three safety questions.",
    Occasion.ILLNESS: "After an illness: some safety questions.",
    Occasion.WEIGHT: "Fast loss of weight by the scale: three safety questions.",
    Occasion.BIRTH: "Safety questions on pregnancy and birth: their time is over, or it ended.",
    Occasion.HEALED: "Safety questions on an injury, surgery or walking: their time is over.",
    Occasion.AGAIN: "You took a yes back: the same question once more.",
    Occasion.SEEN: "You said yes to a sign that needs help at once. There is one question about it.",
    Occasion.SEEN_SOON: "You said yes to a sign that a clinician should look at: one question.",
}
NUMBERS = (
    "In Europe and on most phones: 112. In the United States and Canada: 911. In Britain: 999. "
    "In Australia: 000. In New Zealand: 111."
)
"""Whom to call at once."""
SAID_OF_A_YES_BEFORE: dict[str, str] = {
    "not_seen_yet": "Nobody has looked at it yet.",
    "not_seen_soon": "Nobody has looked at it yet.",
    "seen_lately": "That was less than 14 days ago.",
    "sore_bone_lately": "That was less than 14 days ago.",
    "leg_lately": "That was less than 7 days ago.",
    "fever_lately": "That was at most 2 days ago.",
}
"""What a follow-up question says after the signs that it speaks of, in the place of the question."""
BY_KEY: dict[str, Item] = {item.key: item for item in (*ITEMS, *TAPS, *FOLLOW_UPS)}


def question(item: Item) -> str:
    """Return the question, with the signs to count where it asks for a count."""
    if not item.fits:
        return _(item.question)
    # a sentence for each sign: one long sentence of them is hard to read
    signs = (_(sign) for sign in item.fits)
    return " ".join((_(item.question), *(f"{sign[0].upper()}{sign[1:]}." for sign in signs)))


def same_for_everyone() -> str:
    """State what the list is not."""
    return _("These questions are the same for everyone. They do not say what is wrong with your back.")


def asked_because(occasion: Occasion, signs: Signs | None = None) -> str:
    """State why the questions are asked now; of a flare, by what it shows, where the signs are at hand."""
    if occasion is not Occasion.FLARE or signs is None or signs.flare is None:
        return _(BECAUSE[occasion])
    shown = [
        _(FLARES[sign]).format(day=day_month(day)) for sign, day in signs.flares.items() if day == signs.flare
    ]
    return " ".join((*shown, _("So three questions are asked again.")))


def due_line(occasion: Occasion) -> str:
    """One line that leads to the questions that are due."""
    return _(DUE[occasion])


def when_asked() -> str:
    """When the questions come."""
    return _(
        "They are asked at the start. Each week three questions ask for anything new. They come back after a "
        "flare: one that you report, a rating that is 2 points higher, or pain elsewhere of 7 or more. After a new "
        "sign in a leg the questions on legs come again, those on bones after a week of new pain elsewhere, those "
        "on weight and food after a fast loss by the scale, and some after an illness. After a yes to the first or "
        "second list you are asked whether it was seen, even if you take it back. After a fever alone you are not: "
        "there are walks for 2 days. For 14 days after a yes to the first list there is no session, and there are "
        "walks only if your provider agrees. A yes that names a time is asked again when that is over. If you take "
        "back a yes within two weeks to what two weeks do not change, you are asked once more. After a sign in a "
        "leg, here or in a check-in, there are walks for 7 days."
    )
