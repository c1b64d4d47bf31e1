"""Durations as people write them: 45, 0:45:30, 45:30, 1 h 05 min, 45'30", 1:05 h, PT45M."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from backstride.errors import BadValue
from backstride.importers.cell_values import number

HOURS: Final = (
    *(
        "h",
        "hr",
        "hrs",
        "hour",
        "hours",
        "std",
        "stunde",
        "stunden",
        "heure",
        "heures",
        "hora",
        "horas",
        "ora",
        "ore",
    ),
    *(
        "u",
        "uur",
        "uren",
        "godz",
        "godziny",
        "hod",
        "hodiny",
        "óra",
        "tim",
        "timmar",
        "timer",
        "tuntia",
        "sa",
        "saat",
    ),
    *("ч", "час", "часа", "часов", "год", "ώρες", "時間", "小时", "小時", "시간"),
)
MINUTES: Final = (
    *(
        "min",
        "mins",
        "minute",
        "minutes",
        "minuten",
        "minuti",
        "minuto",
        "minutos",
        "minuut",
        "minuter",
        "minutter",
    ),
    *("minuty", "minut", "minuuttia", "perc", "dk", "dakika", "мин", "минут", "хв", "λεπτά"),
    *("分", "分鐘", "分钟", "分間", "분"),
)
SECONDS: Final = (
    *(
        "s",
        "sec",
        "secs",
        "second",
        "seconds",
        "sek",
        "sekunde",
        "sekunden",
        "secondes",
        "segundo",
        "segundos",
    ),
    *("secondi", "seconden", "sekunder", "sekundy", "sekuntia", "mp", "másodperc", "sn", "saniye"),
    *("\u0441", "сек", "секунд", "秒", "초"),
)
"""What units of time are called, in small letters."""


def _any_of(words: Iterable[str], *more: str) -> str:
    return "(?:" + "|".join((*(rf"{re.escape(word)}\.?" for word in words), *more)) + ")"


_AND: Final = "(?:and|und|et|y|e|en|og|och|i|ja|ve|és|и)"
_NUMBER: Final = r"(\d+(?:[.,]\d+)?)\s*"
_HOUR: Final = _any_of(HOURS)
_MINUTE: Final = _any_of(MINUTES, "m", "'", "\u2032", "\u2019")
_SECOND: Final = _any_of(SECONDS, '"', "''", "\u2033", "\u201d")
_THREE: Final = re.compile(r"(\d{1,3}):([0-5]?\d):([0-5]?\d(?:[.,]\d+)?)")
_TWO: Final = re.compile(rf"(\d{{1,4}}):([0-5]\d(?:[.,]\d+)?)\s*({_HOUR}|{_any_of(MINUTES)})?", re.IGNORECASE)
_HOURS_AND_TWO: Final = re.compile(rf"(\d{{1,2}})\s*(?:{_HOUR}|t)\s*([0-5]?\d)", re.IGNORECASE)
"""1h02: the number behind hours is minutes, where nothing says otherwise."""
_AS_A_CLOCK: Final = re.compile(r"(\d{1,2}):([0-5]\d):([0-5]\d)\s*([ap])\.?\s?m\.?", re.IGNORECASE)
"""12:45:00 AM: how a spreadsheet shows three quarters of an hour where clocks have twelve hours."""
_WORDS: Final = re.compile(
    rf"(?:pt)?(?:{_NUMBER}{_HOUR}[\s,]*(?:{_AND}\s)?\s*)?"
    rf"(?:{_NUMBER}{_MINUTE}\s*,?\s*(?:{_AND}\s)?\s*)?"
    rf"(?:{_NUMBER}{_SECOND}?)?",
    re.IGNORECASE,
)

_IN_BRACKETS: Final = re.compile(r"\(([^\W\d_]+\.?)\)$")
_SEVERAL_QUOTES: Final = re.compile(r'"{2,}$')
"""A table in quotes doubles each quotation mark, some programs more than once."""

Writing = Literal["number", "two", "three", "words"]


@dataclass(frozen=True, slots=True)
class Duration:
    """A duration as a cell has it.

    Attributes:
        seconds: of a plain number as if it were minutes, of 1:05 as if it were an hour and five minutes.
        writing: a plain number, two parts without a unit, hours:minutes:seconds, or with units.
    """

    seconds: float
    writing: Writing


def duration(text: str, *, what: str) -> Duration | None:
    """Parse the duration in a cell; None where it is empty.

    Args:
        text: the cell.
        what: its name in words, for the message.

    Raises:
        BadValue: it holds something else.
    """
    if not text:
        return None
    text = _SEVERAL_QUOTES.sub('"', _IN_BRACKETS.sub(r"\1", text))
    if found := _HOURS_AND_TWO.fullmatch(text):
        return Duration(_seconds(found[1], found[2], "0"), "words")
    if found := _AS_A_CLOCK.fullmatch(text):
        hours = int(found[1]) % 12 + (12 if found[4].lower() == "p" else 0)
        return Duration(_seconds(str(hours), found[2], found[3]), "three")
    if found := _THREE.fullmatch(text):
        return Duration(_seconds(found[1], found[2], found[3]), "three")
    if found := _TWO.fullmatch(text):
        unit = (found[3] or "").lower()
        if unit.rstrip(".") in MINUTES:
            return Duration(_seconds("0", found[1], found[2]), "words")
        return Duration(_seconds(found[1], found[2], "0"), "words" if unit else "two")
    if (found := _WORDS.fullmatch(text)) and (any(found.groups()[:2]) or not text[-1].isdigit()):
        return Duration(_seconds(*found.groups()), "words")
    value = number(text, what=what)
    return None if value is None else Duration(float(value * 60), "number")


def _seconds(hours: str | None, minutes: str | None, seconds: str | None) -> float:
    parts = (float((part or "0").replace(",", ".")) for part in (hours, minutes, seconds))
    h, m, s = parts
    return h * 3600 + m * 60 + s


def refuse_two_parts(text: str, *, what: str) -> BadValue:
    """Build the error for a text like 1:05, which can be an hour and five minutes or a minute and five seconds."""
    return BadValue(
        f"The time {text[:40]} ({what}) can be hours and minutes, or minutes and seconds.",
        advice="Write minutes, as in 45 or 45.5, or all three, as in 0:45:30.",
    )
