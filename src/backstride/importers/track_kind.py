"""What kind of session a track is: by the file's own word, by its name, or by its speed."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from backstride.core.run import Activity

_WORDS: Final = (
    (
        Activity.OTHER,
        re.compile(r"bik|cycl|\brid(e|ing)|radfahr|\brad\b|fahrrad|v[ée]lo\b|swim|schwimm|ski|row(ing)?\b"),
    ),
    (Activity.TREADMILL, re.compile(r"treadmill|laufband|indoor.?run|virtual.?run|tapis")),
    (Activity.WALK, re.compile(r"walk|hik(e|ing)|\bgehen|wander|spazier|marche|randonn|caminata|senderis")),
    (Activity.RUN, re.compile(r"(?<![a-z])run|jog|lauf(?!rad)|läuf|course|corsa|carrera|hardlo")),
)
_STRAVA: Final = {"9": Activity.RUN, "4": Activity.WALK, "10": Activity.WALK}
"""Numbers that Strava writes as the type of a GPX track; all others are no sports on foot."""
_NOTHING_SAID: Final = frozenset({"", "unknown", "generic", "default", "track", "workout", "training"})
WALKS_BELOW_M_S: Final = 1.9
RUNS_UP_TO_M_S: Final = 5.8
_WALK_UP_TO_M_S: Final = 2.6


class Kind(NamedTuple):
    """A kind of session, and what says so: "word", "name" or "speed"."""

    activity: Activity
    by: str


def kind_of(word: str, *, names: Iterable[str], speed_m_s: float | None) -> Kind:
    """The kind of a session.

    Args:
        word: what the file calls it ("running", "9"); empty where it says nothing.
        names: other texts in which it may be told (title, file name), the surer first.
        speed_m_s: mean speed in motion; a name that contradicts it is not believed.
    """
    said = _by_word(word)
    if said is not None:
        return Kind(said, "word")
    for name in names:
        told = _by_word(name, numbers=False)
        if told is not None and _fits(told, speed_m_s):
            return Kind(told, "name")
    return Kind(_by_speed(speed_m_s), "speed")


def _by_word(text: str, *, numbers: bool = True) -> Activity | None:
    word = text.strip().lower().replace("_", " ")
    if word in _NOTHING_SAID:
        return None
    if word.isdigit() and numbers:
        return _STRAVA.get(word, Activity.OTHER)
    if word == "other":
        return Activity.OTHER
    return next((activity for activity, known in _WORDS if known.search(word)), None)


def _by_speed(speed_m_s: float | None) -> Activity:
    if speed_m_s is None or speed_m_s > RUNS_UP_TO_M_S:
        return Activity.OTHER
    return Activity.WALK if speed_m_s < WALKS_BELOW_M_S else Activity.RUN


def _fits(activity: Activity, speed_m_s: float | None) -> bool:
    if speed_m_s is None:
        return True
    if activity is Activity.WALK:
        return speed_m_s <= _WALK_UP_TO_M_S
    return activity is Activity.OTHER or speed_m_s <= RUNS_UP_TO_M_S
