"""Whether a word for a place of pain is the back, another place, or one that nobody here knows."""

import re
from typing import Final, Literal

from backstride.errors import BadValue
from backstride.importers.sport_words import bare

Place = Literal["back", "elsewhere", "unknown"]

_BACK: Final = re.compile(
    r"(?<!\w)(?:(?:lower|upper|mid|middle)?back|(?:unter|ober|mittel)?(?:rucken|ruecken)(?:schmerz(?:en)?)?|backache"
    r"|lumb\w*|kreuz(?:schmerz(?:en)?|bein|gegend|bereich)?|lenden?(?:wirbel\w*|bereich|gegend)?"
    r"|(?:brust)?wirbelsaule|wirbelsaeule|brustwirbel|spine|spinal|lws|bws|isg|si ?joints?|sij|si gelenke?"
    r"|sacroiliac\w*|iliosakral\w*|sacrum|sacral|sakral|l[1-6]|s[12]|th?(?:[1-9]|1[0-2])|[lb]wk ?\d{1,2}"
    r"|dos|lombaires?|espalda|espaldas|schiena|lombare|lombari|rug|onderrug|rygg|korsrygg|plecy|columna)(?!\w)"
)
_ELSEWHERE: Final = re.compile(
    r"(?<!\w)(?:knees?|hips?|shoulders?|neck|cervical|ankles?|feet|foot|heels?|achilles|head|headache|migraine|teeth|tooth"
    r"|wrists?|elbows?|shins?|calf|calves|thighs?|hamstrings?|quads?|legs?|arms?|hands?|fingers?|toes?|chest|ribs?|belly"
    r"|stomach|abdomen|groin|buttocks?|glutes?|jaw|face|eyes?|ears?|throat"
    r"|knie|knies|hufte|huften|schulter|schultern|nacken|hals|hws|halswirbelsaule|fuss|fusse|ferse|kopf|migrane|zahn"
    r"|zahne|handgelenk|ellbogen|schienbein|wade|waden|oberschenkel|unterschenkel|bein|beine|arm|arme|hand|hande|finger"
    r"|zehe|zehen|brust|rippen?|bauch|leiste|gesass|po|kiefer|sprunggelenk|kreuzband|genou|rodilla|ginocchio"
    r"|\w*(?:hand|fuss|nasen|zungen|messer|finger)ruc?e?ken)(?!\w)"
)
_OF_ANOTHER: Final = re.compile(
    r"(?<!\w)back (?:side )?of (?:the |my |a |left |right |both |one )*\w+|(?<!\w)back (?:tooth|teeth|molars?)(?!\w)"
)
"""The back of the knee is none; back teeth are none."""
_NOT: Final = re.compile(r"(?<!\w)(?:not|no|non|kein|keine|nicht|ohne|except|ausser)(?!\w)")


def place_of_pain(text: str) -> Place:
    """Return which place the words are for; of several that one counts as the back which names it."""
    words = bare(text)
    if _NOT.search(words):
        return "unknown"
    others = _OF_ANOTHER.sub(" ", words)
    if _BACK.search(others):
        return "back"
    return "elsewhere" if others != words or _ELSEWHERE.search(words) else "unknown"


def refuse_another_place(text: str) -> None:
    """Refuse a rating of pain that is not of the back, or of which nobody knows the place.

    Raises:
        BadValue: it is.
    """
    place = place_of_pain(text)
    if place == "elsewhere":
        raise BadValue(
            f"It is about the {text[:40]}, and not about the back.",
            advice="Pain in another place has a column of its own, other_pain.",
        )
    if place == "unknown":
        raise BadValue(
            f"Nobody here knows whether '{text[:40]}' is the back.",
            advice="If it is, write 'back'. Pain in another place has a column of its own, other_pain.",
        )
