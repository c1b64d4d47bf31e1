"""How the days and times of tables are written: brought into figures, and midnight told from no time."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from backstride.importers.strava_times import in_figures

_WEEKDAY = re.compile(r"^[^\W\d_]{2,10}\.?,?\s+")
YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|(\d\d)(\d\d))(?=\D|$)")
YEAR_LAST = re.compile(r"(\d{1,2})[-/.] ?(\d{1,2})[-/.] ?(\d{4}|\d\d)(?=\D|$)")
_MIDNIGHT: Final = re.compile(
    r"(?<=[\sT,])(?:0{1,2}[:.]00(?:[:.]00)?(?:[.,]0+)?|12[:.]00(?:[:.]00)?\s*a\.?\s?m\.?)"
    r"\s*(?:z|utc|gmt|[+-]\d\d:?\d\d)?$",
    re.IGNORECASE,
)
_EPOCH_SECONDS: Final = re.compile(r"\d{10}(?:\.\d+)?|\d{13}")
_HALF_OF_DAY: Final = re.compile(r"午前|午後|上午|下午|오전|오후|\b[ap]\.\s?m\b|\b[ap]\s[m]\b", re.IGNORECASE)
_NUMERIC_OFFSET = re.compile(r"\d[+-]\d\d:?\d\d$")
_OFFSET_AT_END: Final = re.compile(r":\d\d(?:[.,]\d+)?\s*(z|utc|gmt|[+-]\d\d:?\d\d)$", re.IGNORECASE)
_BASIC_TIME: Final = re.compile(r"^(\d{4}-?\d\d-?\d\d)[T ](\d\d)(\d\d)(\d\d)(?=\D|$)")


def plainly(text: str) -> str:
    """A day and time in figures, whatever words, half days and shorthands it is written with."""
    whole = text.strip().replace("\u202f", " ").replace("\u00a0", " ")
    bare = _WEEKDAY.sub("", whole)
    if _EPOCH_SECONDS.fullmatch(bare):
        seconds = float(bare) / (1000 if len(bare.partition(".")[0]) == 13 else 1)
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S}Z"
    if not has_day(bare) or _HALF_OF_DAY.search(bare):
        figures = in_figures(whole)
        offset = _OFFSET_AT_END.search(bare)
        bare = figures + (offset[1] if offset and has_day(figures) else "")
    return _BASIC_TIME.sub(r"\1 \2:\3:\4", bare)


def means_no_time(texts: Sequence[str]) -> bool:
    """Whether midnight stands for no time: where every row has it, and none says how far it is from UTC."""
    if any(_NUMERIC_OFFSET.search(text) for text in texts):
        return False
    midnights = sum(map(is_midnight, texts))
    return midnights == len(texts) > 0


def is_midnight(text: str) -> bool:
    """Whether a day and time ends in midnight."""
    return _MIDNIGHT.search(text) is not None


def has_day(text: str) -> bool:
    """Whether a text begins with a day in figures."""
    return bool(YEAR_FIRST.match(text) or YEAR_LAST.match(text))
