"""How a tap on a whole list of safety questions is said again: it answers no question of its own."""

SAID_OF_A_LIST: dict[str, str] = {
    "tap_now": "Of the list “get help at once” you said that one is true of you, or that you are not sure.",
    "tap_soon": "Of the list “stop running, see a clinician in the next few days” you said that one is true, "
    "or that you are not sure.",
    "tap_first": "Of the list “talk to your provider first” you said that one is true of you, or that you are not "
    "sure.",
}
"""By the key of the tap; each begins a sentence that ends with what to do."""
