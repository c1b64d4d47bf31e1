"""The one list of what a session may be called: a run, a treadmill run, a walk, or something else.

`sport_words.json` holds the words of watches, apps and sites in the languages of Strava and Garmin Connect, and a
runner's own: other sports in two lists (those in which one moves along by other means, which names speak of too, and
the rest), and what may stand beside a runner's own word. Words are compared without capitals, accents and dashes.
There `word` stands for that whole word, `word*` for all that begin so, `*word` for all that end so, `*word*` for any
place (for scripts that put no spaces between words), and `_` for a space.

A list of other sports cannot be complete: a word that stands in none of these lists is told as not known.
"""

import json
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from backstride.core.run import Activity, KindSource

_LISTS: Final = {
    name: " ".join(lines)
    for name, lines in json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8")).items()
}
_AMOUNT: Final = re.compile(
    r"\d+(?:[.,]\d+)?(?:k|km|mi|m|min|h|x|s)?|\d+x\d+(?:m|k|km|s|min)?|w\d+(?:d\d+)?|d\d+"
)
_NOTHING_SAID: Final = frozenset(
    {"", "unknown", "generic", "default", "track", "workout", "training", "uncategorized", "activity", "exercise",
     "my activities", "meine aktivitaten", "mes activites", "none", "undefined", "not specified", "n a"}
)  # fmt: skip
_MAX_LENGTH: Final = 200
_MAX_CACHED_LENGTH: Final = 60
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_JOINED: Final = re.compile(r"[+&/,;]|\s(?:and|und|et|y|e|en|og|och|i|plus|then|dann)\s", re.IGNORECASE)
_PERHAPS: Final = re.compile(r"\?|/|\s(?:or|oder|ou|o|of|eller|lub|tai|nebo|vagy|veya|или)\s", re.IGNORECASE)
_RUN_WALK: Final = "run walk"
"""What apps call a run with pauses of walking."""
_BETWEEN: Final = re.compile(r"[\W_]+")
_WITHOUT_ACCENTS: Final = {
    **dict.fromkeys(range(0x300, 0x370)), ord("ø"): "o", ord("ł"): "l", ord("đ"): "d", ord("\u0131"): "i",
    ord("æ"): "ae", ord("ð"): "d", ord("þ"): "th", ord("œ"): "oe",
}  # fmt: skip


class Kind(NamedTuple):
    """A kind of session, and how it is known.

    Attributes:
        activity: run, treadmill, walk or other.
        by: the source's own word, a guess, or a word that is not known.
        word: the word, where nobody knows it; else empty.
    """

    activity: Activity
    by: KindSource = "stated"
    word: str = ""


@lru_cache(maxsize=256)
def _says_nothing(word: str) -> bool:
    return bare(word) in _NOTHING_SAID


def says_nothing(word: str) -> bool:
    """Whether a word for the kind tells none, as 'default' and 'track' do."""
    return (
        _says_nothing(word) if len(word) <= _MAX_CACHED_LENGTH else bare(word[:_MAX_LENGTH]) in _NOTHING_SAID
    )


def kind_called(word: str) -> Kind:
    """Map a source's word for a session to an activity; an unknown word is OTHER, never a run, and is kept."""
    activity = _meant(word[:_MAX_LENGTH])
    if activity is None or _joins_a_run(word[:_MAX_LENGTH]) or _is_perhaps_a_run(word[:_MAX_LENGTH]):
        return unknown_kind(word)
    return Kind(activity)


@lru_cache(maxsize=4096)
def _joins_a_run(word: str) -> bool:
    """Whether it names a run and another sport in one session, as 'strength + run': how long the run was is open."""
    parts = {_meant(part) for part in _JOINED.split(word) if part.strip()}
    return Activity.OTHER in parts and bool(parts & {Activity.RUN, Activity.TREADMILL})


@lru_cache(maxsize=4096)
def _is_perhaps_a_run(word: str) -> bool:
    """Whether it leaves open if there was a run, as 'run or walk', 'Gehen/Laufen' and 'run?' do."""
    if bare(word) == _RUN_WALK:
        return False
    parts = {_meant(part) for part in _PERHAPS.split(word) if part.strip()}
    running = {Activity.RUN, Activity.TREADMILL}
    return bool(parts & running) and ("?" in word or not parts <= running | {None})


def unknown_kind(word: str) -> Kind:
    """Return the activity of a session with an unknown word."""
    # cut first: of a word of 20 MB a list of its letters alone takes 160 MB
    printable = "".join(letter for letter in word[:_MAX_LENGTH] if letter.isprintable())
    return Kind(Activity.OTHER, "unknown", printable.strip()[:_MAX_CACHED_LENGTH].strip())


def is_sport(word: str) -> bool:
    """Whether a word names a sport, or rest; a runner's own 'tempo' or 'easy' describes how a run was."""
    text = bare(word[:_MAX_LENGTH])
    return any(_WORDS[name].search(text) for name in ("other_means", "other", "treadmill", "run", "walk"))


@lru_cache(maxsize=4096)
def activity_in_name(name: str) -> Activity | None:
    """Find an activity named as a whole word in a session's title; None where there is none."""
    text = _without_denied(bare(name[:_MAX_LENGTH]))
    if _NAMES["other_means"].search(text):
        return Activity.OTHER
    if _NAMED_SPORTS.search(text):
        return Activity.OTHER
    if _BEGINS_A_NAME.search(text) and not _WORDS["run"].search(text):
        return Activity.OTHER
    if _NAMES["treadmill"].search(text):
        return Activity.TREADMILL
    if _NAMES["run"].search(text):
        return Activity.RUN
    return Activity.WALK if _NAMES["walk"].search(text) else None


@lru_cache(maxsize=4096)
def _meant(word: str) -> Activity | None:
    text = _OF_SEVERAL.sub("", bare(word))
    text = text if text.startswith("not ") else _without_denied(text)
    if _may_hold_a_run(text):
        return None
    if _WORDS["other_means"].search(text) or _WORDS["other"].search(text):
        return Activity.OTHER
    if _WORDS["treadmill"].search(text):
        return Activity.WALK if _WORDS["walk"].search(text) else Activity.TREADMILL
    if _WORDS["run"].search(text):
        return Activity.TREADMILL if _WORDS["indoors"].search(text) else Activity.RUN
    if _WORDS["walk"].search(text):
        return Activity.WALK
    return Activity.RUN if _is_own(text) else None


def _without_denied(text: str) -> str:
    """Take out a run that a title denies or that was another one, as in 'walk after run' and 'not a run'."""
    return " ".join(_DENIED.sub(" ", text).split())


def _may_hold_a_run(text: str) -> bool:
    """Whether a word leaves open if there was a run: one for any sport, for several, or for a run that was not.

    'Workout' is what apps call a session that is none of their sports.
    """
    if text == "workout" or text.startswith("not ") or _WORDS["vague"].search(text):
        return True
    return bool(_ON_A_BIKE.search(text)) and bool(_RUNS_TOO.search(text))


def _is_own(text: str) -> bool:
    """Whether it is a runner's own word for a run, with nothing beside it but amounts and fillers."""
    words = text.split()
    own = [
        word
        for word in words
        if word in _OWN_WORDS or re.fullmatch(r"\d+(?:[.,]\d+)?(?:k|km)|w\d+d\d+", word)
    ]
    return bool(own) and all(
        word in _OWN_WORDS or word in _FILLER_WORDS or _AMOUNT.fullmatch(word) for word in words
    )


def bare(text: str) -> str:
    """Normalise text for comparison: lower case, no accents, single spaces."""
    parted = _CAMEL.sub(" ", unicodedata.normalize("NFKC", text))
    plain = unicodedata.normalize("NFD", parted.casefold()).translate(_WITHOUT_ACCENTS)
    return _BETWEEN.sub(" ", unicodedata.normalize("NFC", plain)).strip()


def _pattern(words: str, *, whole: bool) -> re.Pattern[str]:
    """Compile a pattern that matches any of the words; whole words only, except in scripts without spaces."""
    anywhere, alone = [], []
    for entry in dict.fromkeys(words.split()):
        core = re.escape(bare(entry.strip("*")))
        begins, ends = entry.endswith("*"), entry.startswith("*")
        if begins and ends and (not entry.isascii() or not whole):
            anywhere.append(core)
        else:
            free = r"\w*" if not whole else ""
            alone.append((free if ends else "") + core + (free if begins else ""))
    return re.compile("|".join([rf"(?<!\w)(?:{'|'.join(alone)})(?!\w)", *anywhere]))


_WORDS: Final = {
    name: _pattern(_LISTS[name], whole=False)
    for name in ("run", "treadmill", "indoors", "walk", "other_means", "other", "vague")
}
_NAMES: Final = {
    name: _pattern(_LISTS[name], whole=True) for name in ("run", "treadmill", "walk", "other_means")
}
_NAMED_SPORTS: Final = re.compile(
    r"(?<!\w)(?:golf(?! course| club)|tennis|segeln|sailing|skaten|inliner|fussball|football|soccer|yoga"
    r"|klettern|eislaufen|laufrad)(?!\w)"
)
"""Other sports that a title names beyond doubt; many others are words of everyday as well."""
_BEGINS_A_NAME: Final = re.compile(
    r"(?<!\w)(?:rennrad|fahrrad|mountainbike|kanu|kajak|kayak|canoe|ruder|segel|paddel|ausritt|ausreit|reitt|motorrad"
    r"|e ?scooter|cykel|sykkel|fiets|pyora|langlauf|skitour|skifahr|inline|inliner|bootsfahrt|bootstour|autofahrt"
    r"|kitesurf|windsurf|gleitschirm|paraglid)\w*"
)
"""Beginnings of words that tell in a title of another sport."""
_OF_SEVERAL: Final = re.compile(
    r"^(?:offroad ?)?(?:triathlon|duathlon|aquathlon|multisport|track and field) (?=run|cycl|bik|swim)"
)
"""What stands before the sport of a part of a session of several."""
_ON_A_BIKE: Final = re.compile(r"(?<!\w)(?:swim|swimming|bike|biking|ride|rad|schwimmen)(?!\w)")
_RUNS_TOO: Final = re.compile(r"(?<!\w)(?:run|running|lauf|laufen)(?!\w)")
_DENIED: Final = re.compile(
    r"(?<!\w)(?:not|no|never|without|instead of|rather than|after|before|post|pre|kein|keine|keinen|nicht|ohne|statt"
    r"|anstatt|nach|vor|sans|apres|avant|pas de|au lieu de|sin|despues de|antes de|en vez de|dopo|prima di|senza)\s+"
    r"(?:(?:a|an|any|the|my|der|die|das|dem|den|einem|einen|meinem|meinen|long|langen|le|la|el|il|un|una)\s+){0,2}"
    r"(?:run|runs|running|jog|jogging|lauf|laufe|laufen|joggen|course|correr|carrera|corsa)(?!\w)"
    r"|(?<!\w)running (?:late|behind|errands|an errand|around|out of|low on)(?!\w)"
)
_OWN_WORDS: Final = frozenset(map(bare, _LISTS["own"].split()))
_FILLER_WORDS: Final = frozenset(_LISTS["fillers"].split())
