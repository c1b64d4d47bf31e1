"""How a tap on a whole list of safety questions, or a check-in, is said again: it answers no question of its own."""

from backstride.screening.follow_ups import BY_CHECK_IN

SAID_OF_A_LIST: dict[str, str] = {
    "tap_now": "Of the list “get help at once” you said that one is true of you, or that you are not sure.",
    "tap_soon": "Of the list “stop running, see a clinician in the next few days” you said that one is true, "
    "or that you are not sure.",
    "tap_first": "Of the list “talk to your provider first” you said that one is true of you, or that you are not "
    "sure.",
    BY_CHECK_IN: "On {day} you reported pain, tingling or numbness in a leg.",
}
"""By the key of the tap, or in the place of one; what to do stands after it."""
