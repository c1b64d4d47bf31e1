"""Whether a session took place: what a column of a table, or the word for what was done, says of it."""

import re
from typing import Final, Literal

from backstride.importers.cell_values import NO, YES
from backstride.importers.sport_words import bare

TookPlace = Literal["yes", "no", "open"]

HEADINGS: Final = (
    "status", "completed", "complete", "done", "finished", "erledigt", "gemacht", "absolviert",
    "durchgeführt", "stattgefunden", "did it", "hecho", "realizado", "completado", "fait", "effectué", "réalisé",
    "fatto", "svolto", "feito", "gedaan", "gjort", "tehty", "zrobione",
)  # fmt: skip
"""Headings under which yes says that the session took place."""
HEADINGS_AGAINST: Final = (
    "deleted", "is deleted", "duplicate", "is duplicate", "hidden", "gelöscht", "doppelt",
    "skipped", "cancelled", "canceled", "missed", "planned", "geplant", "ausgefallen", "abgesagt", "verpasst",
)  # fmt: skip
"""Headings under which yes says that it did not."""

_NO_WORDS: Final = (
    r"(?:not|no|non|didn t|did not|never|missed|miss|skipped|skip|cancell?ed|cancell?ation|dropped|dns|failed to"
    r"|nicht|kein|keine|keinen|ausgefallen|ausfall|abgesagt|verpasst|gestrichen|entfallen|entfallt|fallt aus"
    r"|annule|annulee|annullato|cancelado|cancelada|geannuleerd|manque|saltato|perdido)"
)
_NO: Final = re.compile(rf"(?<!\w){_NO_WORDS}(?!\w)")
_OPEN: Final = re.compile(
    r"(?<!\w)(?:planned|plan|plans|scheduled|schedule|to do|todo|upcoming|pending|geplant|geplante|geplanter"
    r"|geplantes|vorgesehen|offen|soll|prevu|prevue|planificado|pianificato)(?!\w)"
)
_NOTE_AGAINST: Final = re.compile(
    r"(?:skipped|cancell?ed|dns|did not run|didn't run|ausgefallen|abgesagt|nicht gelaufen)\s*(?:$|[-\u2013:,.(]"
    r"|because|due|weil|wegen)",
    re.IGNORECASE,
)
_YES: Final = YES | {
    "done", "completed", "complete", "finished", "ok", "erledigt", "gemacht", "fertig", "absolviert",
    "partial", "partly", "teilweise", "ran", "gelaufen", "actual", "ist", "hecho", "fait", "fatto", "sim",
    "tak", "hai", "da", "kylla", "evet",
}  # fmt: skip
"""What says yes in any cell, and what says it of a session alone."""
_NOT: Final = NO | {
    "nao", "nee", "nej", "nei", "nie", "ne", "ei", "hayir", "not", "none", "rest",
}  # fmt: skip
_SURE: Final = re.compile(
    r"(?<!\w)(?:done|completed?|finished|ran|gelaufen|erledigt|gemacht|fertig|absolviert|hecho|fait|fatto|synced"
    r"|uploaded|saved|recorded|success\w*|ok|good|great|gut|super)(?!\w)"
)
"""One of these in a status says that the session took place."""
_PLANNED_OR_DONE: Final = frozenset(
    {"planned", "actual", "plan", "ist", "soll", "done", "completed", "skipped", "missed", "cancelled", "canceled",
     "geplant", "erledigt", "gemacht", "ausgefallen", "abgesagt", "hecho", "fait", "fatto", "prevu", "scheduled"}
)  # fmt: skip
"""Words that speak of whether a session took place, whatever stands above them."""
_TICKS: Final = {
    "\u2713": "yes",
    "\u2714": "yes",
    "\u2705": "yes",
    "\u2717": "no",
    "\u2718": "no",
    "\u274c": "no",
}


def is_status(text: str) -> bool:
    """Whether a cell says of a session that it took place, did not, or was only planned; yes and no alone do not."""
    words = bare(text)
    is_tick = text.strip()[:1] in _TICKS
    return is_tick or words in _PLANNED_OR_DONE


def by_status(text: str, *, is_against: bool = False) -> TookPlace:
    """Interpret a cell under a heading such as status, completed or cancelled.

    Args:
        text: the cell.
        is_against: the heading speaks of what did not take place, so that yes means no.
    """
    if (ticked := _TICKS.get(text.strip()[:1])) is not None:
        return _turned("yes" if ticked == "yes" else "no", is_against=is_against)
    words = bare(text)
    if words in _YES or words in _NOT:
        return _turned("yes" if words in _YES else "no", is_against=is_against)
    if not words:
        return "yes" if is_against else "open"
    said = by_word(text)
    if said == "yes" and not is_against and not _SURE.search(words):
        return "open"  # postponed, ill, rained off: nobody can list every word
    return said


def note_says_not(text: str) -> bool:
    """Whether a note begins by saying that the session was left out; 'skipped breakfast' does not."""
    return _NOTE_AGAINST.match(text.strip()) is not None


def by_word(text: str) -> TookPlace:
    """Interpret the word for a session: 'planned run' and 'run cancelled' did not take place."""
    words = bare(text)
    if _NO.search(words):
        return "no"
    return "open" if _OPEN.search(words) else "yes"


def _turned(said: TookPlace, *, is_against: bool) -> TookPlace:
    return ("no" if said == "yes" else "yes") if is_against else said
